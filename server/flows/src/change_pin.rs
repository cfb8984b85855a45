//! A new PIN, set by its owner after a fresh proof (workforce guide, II). The old
//! one is dead with the same commit.

use crate::{
    Fact, Failure, Reply, Request, Services, account::LockedAccount, audit, ceremony::Ctx, effects,
    infra::password_rules, outbox, pages, request::token_hash, throttle,
};
use domain::{
    FactorKind,
    audit::{Action, Event},
    ids::RealmSlug,
    message::Notice,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field, Refusal},
    screen::{ChangePin, News, Screen, View},
    secret::Secret,
};

/// Seconds for which a session that set a forgotten PIN still shows that it is set.
const SPENT: i64 = 300;

/// The page.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for who has no PIN.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.fresh_or_reset(request, &realm).await?;
    kept(services, &session.person).await?;
    Ok(Reply::show(show(
        services,
        request,
        &realm,
        &session,
        Vec::new(),
    )))
}

/// The hash of the PIN at hand.
async fn kept(services: &Services, who: &Person) -> Result<String, Failure> {
    let factors = services.store.read().await?.factors(&who.id).await?;
    let pin = factors.into_iter().find(|f| f.kind == FactorKind::Pin);
    let pin = pin.ok_or(Failure::NotFound)?;
    Ok(String::from_utf8_lossy(&pin.secret).into_owned())
}

fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    refusals: Vec<Refusal>,
) -> View {
    let path = paths::change_pin(&realm.slug);
    let frame = pages::frame(services, request, Some(realm), Some(session), path);
    View {
        frame,
        screen: Screen::ChangePin(ChangePin {
            login: session.person.login.clone(),
            least: realm.pin.least,
        }),
        refusals,
        news: None,
    }
}

/// Sets it.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`] without a fresh proof,
/// [`Failure::NotFound`] for who has no PIN; the hash queue could not.
pub async fn set(
    services: &Services,
    request: &Request,
    realm: String,
    pin: String,
    repeat: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh_or_reset(request, &realm).await?;
    let who = &session.person;
    let old = kept(services, who).await?;
    let (new, repeat) = (Secret::new(pin), Secret::new(repeat));
    let refused = |refusal: Refusal| {
        let view = show(services, request, &realm, &session, vec![refusal]);
        Ok(Reply::show(view))
    };
    if let Some(refusal) = judge(&realm, who, &new, &repeat) {
        return refused(refusal);
    }
    if services.hasher.verify(&new, Some(&old)).await?.matches {
        return refused(Refusal::at(Field::Pin, Code::PasswordUnchanged));
    }
    let hash = services.hasher.hash(&new, services.random.bytes()).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    // The lock under which two tabs set one after the other.
    let account = LockedAccount::hold(&mut fact, &who.id).await?;
    if let Some(code) = account.held_back(&session.proven, now) {
        drop(fact);
        return refused(Refusal::page(code));
    }
    fact.tx().person_bump(&who.id).await?;
    // Ended meanwhile: whoever ended it did not want this change.
    let token = request.session_token(&realm.slug).map(token_hash);
    let still = match token {
        Some(hash) => fact.tx().session_by_hash(&realm.slug, &hash).await?,
        None => None,
    };
    if still.is_none_or(|s| s.resets_pin() && s.is_spent()) {
        return Err(Failure::SignIn(realm.slug.clone()));
    }
    if session.resets_pin() {
        // It was opened for this one thing.
        let until = now.plus_seconds(SPENT);
        fact.tx().session_spend(&session.id, until).await?;
        fact.tx().person_recover(&who.id, now).await?;
        throttle::unlock(fact.tx(), &who.id).await?;
    }
    effects::set_knowledge(&mut fact, &who.id, FactorKind::Pin, &hash).await?;
    fact.tx()
        .sessions_end(&who.id, Some(&session.id), now)
        .await?;
    let event = Event::done(Action::PinChanged, who.id.clone()).with(FactorKind::Pin);
    audit::record(&mut fact, Some(&who.id), &event).await?;
    outbox::notify(&mut fact, who, Notice::PinChanged, &[]).await?;
    fact.commit().await?;
    let to = pages::with_news(&paths::overview(&realm.slug), &News::PinChanged);
    Ok(Reply::go(to))
}

fn judge(realm: &Realm, who: &Person, new: &Secret, repeat: &Secret) -> Option<Refusal> {
    if new.is_empty() {
        return Some(Refusal::at(Field::Pin, Code::Missing));
    }
    let personal = [who.login.as_str(), &who.name, &who.email];
    if let Err(code) = password_rules::judge_pin(new, &realm.pin, &personal) {
        return Some(Refusal::at(Field::Pin, code));
    }
    if repeat.is_empty() {
        return Some(Refusal::at(Field::Repeat, Code::Missing));
    }
    (new != repeat).then(|| Refusal::at(Field::Repeat, Code::RepeatDiffers))
}
