//! Recovery codes: ten of 80 bits each, shown once, kept as keyed hashes.

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    audit,
    ceremony::Ctx,
    oidc, outbox,
    pages::{self, Query},
    proof,
};
use domain::{
    FactorKind,
    audit::{Action, Event},
    ids::RealmSlug,
    message::Notice,
    paths,
    policy::Realm,
    records::Session,
    refusal::Refusal,
    screen::{News, RecoveryCodes, Screen, StepName},
};

/// How many codes a set has.
const CODES: usize = 10;

/// Whether the realm's chains know recovery codes.
pub fn offered(realm: &Realm) -> bool {
    realm
        .chains
        .iter()
        .any(|c| c.contains(&FactorKind::Recovery))
}

/// The page that offers them.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], or the database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    _: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.fresh(request, &realm).await?;
    if !offered(&realm) {
        return Ok(Reply::go(paths::overview(slug)));
    }
    show(services, request, &realm, &session, Vec::new()).await
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    codes: Vec<String>,
) -> Result<Reply, Failure> {
    let left = services
        .store
        .read()
        .await?
        .recovery_left(&session.person.id)
        .await?;
    let mut frame = pages::frame(
        services,
        request,
        Some(realm),
        Some(session),
        paths::recovery_codes(&realm.slug),
    );
    let first = left == 0 || !codes.is_empty();
    if first {
        let names = [
            StepName::Credentials,
            StepName::ChooseMethod,
            StepName::SetUp,
            StepName::RecoveryCodes,
        ];
        frame.steps = pages::steps(&names, 3);
    }
    let screen = Screen::RecoveryCodes(RecoveryCodes {
        codes,
        left: u32::try_from(left).unwrap_or(0),
        first,
    });
    Ok(Reply::show(pages::view(frame, screen)))
}

/// Makes a new set; the old one is void at once.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], or the database could not.
pub async fn make(services: &Services, request: &Request, realm: String) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    if !offered(&realm) {
        return Err(Failure::NotFound);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let who = &session.person;
    let codes: Vec<_> = (0..CODES)
        .map(|_| services.random.recovery_code())
        .collect();
    let mut hashes = Vec::with_capacity(CODES);
    for code in &codes {
        let plain = domain::text::recovery(code.reveal())
            .map_err(|_| Failure::unavailable(&"a code that does not read back"))?;
        hashes.push(proof::recovery_hash(ctx, &plain));
    }
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    if let Some(code) = account.held_back(&session.proven, services.now()) {
        drop(fact);
        let mut reply = show(services, request, &realm, &session, Vec::new()).await?;
        if let domain::screen::Answer::Show(view) = &mut reply.answer {
            view.refusals.push(Refusal::page(code));
        }
        return Ok(reply);
    }
    fact.tx()
        .recovery_replace(&who.id, &hashes, services.now())
        .await?;
    let event = Event::done(Action::RecoveryCodesMade, who.id.clone()).with(FactorKind::Recovery);
    audit::record(&mut fact, Some(&who.id), &event).await?;
    outbox::notify(&mut fact, who, Notice::RecoveryCodesMade, &[]).await?;
    fact.commit().await?;
    let shown = codes.iter().map(|c| c.reveal().to_owned()).collect();
    show(services, request, &realm, &session, shown).await
}

/// The person has them on paper or in a file.
///
/// # Errors
/// [`Failure::SignIn`].
pub async fn saved(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    services.signed_in(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    if oidc::is_pending(ctx).await? {
        // The codes came up on the way to an application.
        return Ok(Reply::anew(oidc::resume_path(&realm.slug)));
    }
    Ok(Reply::go(pages::with_news(
        &paths::overview(&realm.slug),
        &News::CodesSaved,
    )))
}
