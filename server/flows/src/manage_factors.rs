//! The overview of one's factors: test, rename, remove.

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    approval, audit,
    ceremony::Ctx,
    oidc, outbox,
    pages::{self, Query},
    proof, prove, recovery_codes,
    when::{self, Times},
};
use domain::{
    FactorKind, Lang, Refusal,
    audit::{Action, Event},
    ids::{FactorId, RealmSlug},
    message::Notice,
    oidc::Application,
    paths,
    policy::Realm,
    quarantine,
    records::{Factor, Session},
    refusal::{Code, Field},
    screen::{FactorFace, FactorPage, Later, News, Overview, ResetsPin, Screen, Tile, View},
    text::Name,
};
use std::sync::Arc;

/// A factor as its owner sees it.
pub fn face(realm: &Realm, times: &Times, f: &Factor, all: &[Factor]) -> FactorFace {
    FactorFace {
        id: f.id.as_str().to_owned(),
        kind: f.kind,
        name: f.name.clone(),
        address: if f.address.is_empty() {
            String::new()
        } else {
            domain::text::mask(&f.address)
        },
        added: times.moment(f.created_at),
        used: times.maybe(f.used_at),
        tested: times.maybe(f.tested_at),
        ready: f.disabled_at.is_none(),
        removable: removable(realm, f, all),
        guards: f.kind.resists_phishing()
            && !all
                .iter()
                .any(|o| o.id != f.id && o.kind.resists_phishing() && o.disabled_at.is_none()),
        codes: f.codes(all).map(|codes| times.maybe(codes.used_at)),
    }
}

/// Whether a way in stays when a factor goes. What is remembered is replaced,
/// never removed; recovery codes are no way to live on. The codes of a phone go with it,
/// and never alone.
pub fn removable(realm: &Realm, f: &Factor, all: &[Factor]) -> bool {
    if f.kind.is_knowledge() || !f.stands_alone() {
        return false;
    }
    let goes = |o: &Factor| o.id == f.id || o.shown_by.as_ref() == Some(&f.id);
    let rest: Vec<_> = all.iter().filter(|o| !goes(o)).cloned().collect();
    realm.can_enter(&proof::held(&rest, 0))
}

/// What may be added: of most kinds several, of mail codes one, because there is
/// one mailbox on record. Where people name that mailbox themselves, another one
/// takes its place: then the factor that goes stands beside.
pub fn offers(realm: &Realm, factors: &[Factor]) -> (Vec<FactorKind>, Option<FactorId>) {
    let mail = factors.iter().find(|f| f.kind == FactorKind::Email);
    if let Some(mail) = mail
        && realm.capture.is_some()
    {
        return (vec![FactorKind::Email], Some(mail.id.clone()));
    }
    // One number at a time: another one takes its place. To the other kind of code the
    // desk alone switches.
    let line = factors.iter().find(|f| f.kind.is_line());
    if let Some(line) = line.filter(|f| realm.offers.contains(&f.kind)) {
        return (vec![line.kind], Some(line.id.clone()));
    }
    let offers = realm.offers.iter().copied();
    let rest = offers.filter(|k| *k != FactorKind::Email || mail.is_none());
    (rest.collect(), None)
}

/// The overview.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn overview(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in_or_reset(request, &realm).await?;
    let mut conn = services.store.read().await?;
    let factors = conn.factors(&session.person.id).await?;
    let left = conn.recovery_left(&session.person.id).await?;
    let now = services.now();
    let approvals = approval::waiting_for(&mut conn, &session.person.id, now).await?;
    drop(conn);
    let frame = pages::frame(
        services,
        request,
        Some(&realm),
        Some(&session),
        paths::overview(slug),
    );
    let times = Times::of(services, request, &realm, frame.lang);
    let mut faces: Vec<_> = factors
        .iter()
        .filter(|f| f.stands_alone())
        .map(|f| face(&realm, &times, f, &factors))
        .collect();
    faces.sort_by_key(|f| FactorKind::ALL.iter().position(|k| *k == f.kind));
    // What takes another's place is changed at that one, not added.
    let offers = match offers(&realm, &factors) {
        (offers, None) if !session.resets_pin() => offers,
        _ => Vec::new(),
    };
    // Got in by grace: the page says until when.
    let bare = !realm.can_enter(&proof::held(&factors, left));
    let due = realm.grace.as_ref().filter(|_| bare).map(|grace| {
        if when::day(&realm, now) < grace.before {
            grace.before.clone()
        } else {
            String::new()
        }
    });
    let groups = realm.groups.iter();
    let groups = groups.map(|(name, kinds)| (name.get(frame.lang).to_owned(), kinds.clone()));
    // Who sets a new PIN is signed in for that and for nothing else; of a frozen account,
    // what it opens elsewhere is shut.
    let shut = session.resets_pin() || session.person.frozen_at.is_some();
    let held = proof::held(&factors, left);
    let today = when::day(&realm, now);
    let with = oidc::with_applications(services, Arc::clone(&realm)).await?;
    let applications = with.applications.iter().filter(|_| !shut);
    let applications = applications
        .filter(|app| app.opens_for(&held, &today))
        .map(|app| tile(app, &held, &today, frame.lang));
    let screen = Screen::Overview(Overview {
        applications: applications.collect(),
        factors: faces,
        groups: groups.collect(),
        resets_pin: resets_pin(&session),
        offers,
        recovery_left: recovery_codes::offered(&realm).then(|| u32::try_from(left).unwrap_or(0)),
        frozen: session.person.frozen_at.is_some(),
        due,
        approvals,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: Vec::new(),
        news: pages::news(services, query),
    }))
}

/// An application that somebody may open, and what it asks for.
fn tile(app: &Application, held: &[FactorKind], today: &str, lang: Lang) -> Tile {
    let later = app.next_turn(today).map(|day| Later {
        day: day.to_owned(),
        asks: app.asks_on(day),
        lacks: !app.opens_for(held, day),
    });
    Tile {
        name: app.name.get(lang).to_owned(),
        url: app.url.clone(),
        host: app.host().to_owned(),
        asks: app.asks_on(today),
        later,
    }
}

/// How far somebody is who signed in to set a new PIN; `None` for everybody else.
fn resets_pin(session: &Session) -> Option<ResetsPin> {
    session.resets_pin().then(|| {
        if session.is_spent() {
            ResetsPin::After
        } else {
            ResetsPin::Before
        }
    })
}

/// The session of who may look at a factor or test it: its owner, or who is about to
/// set a new PIN, and then that PIN alone.
async fn reaches(
    services: &Services,
    request: &Request,
    realm: &Realm,
    id: &FactorId,
) -> Result<(Session, Factor, Vec<Factor>), Failure> {
    let session = services.signed_in_or_reset(request, realm).await?;
    let (factor, all) = find(services, &session, id).await?;
    if session.resets_pin() && factor.kind != FactorKind::Pin {
        return Err(Failure::SignIn(realm.slug.clone()));
    }
    Ok((session, factor, all))
}

async fn find(
    services: &Services,
    session: &Session,
    id: &FactorId,
) -> Result<(Factor, Vec<Factor>), Failure> {
    let all = services
        .store
        .read()
        .await?
        .factors(&session.person.id)
        .await?;
    let one = all
        .iter()
        .find(|f| f.id == *id && f.stands_alone())
        .cloned()
        .ok_or(Failure::NotFound)?;
    Ok((one, all))
}

/// The page of one factor.
///
/// # Errors
/// [`Failure::NotFound`] for what is not this person's.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &FactorId,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let (session, factor, all) = reaches(services, request, &realm, id).await?;
    Ok(Reply::show(show(
        services, request, &realm, &session, &factor, &all, None,
    )))
}

fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    factor: &Factor,
    all: &[Factor],
    refused: Option<(String, Refusal)>,
) -> View {
    let path = paths::factor(&realm.slug, factor.id.as_str());
    let frame = pages::frame(services, request, Some(realm), Some(session), path);
    let times = Times::of(services, request, realm, frame.lang);
    let (name, refusals) = match refused {
        Some((typed, refusal)) => (typed, vec![refusal]),
        None => (factor.name.clone(), Vec::new()),
    };
    let factor = face(realm, &times, factor, all);
    View {
        frame,
        screen: Screen::Factor(FactorPage {
            resets_pin: resets_pin(session),
            moves: realm.capture.is_some() && factor.kind == FactorKind::Email,
            factor,
            name,
        }),
        refusals,
        news: None,
    }
}

/// The page of one factor, with what was refused.
pub fn refused(
    ctx: Ctx<'_>,
    session: &Session,
    factor: &Factor,
    all: &[Factor],
    refusal: Refusal,
) -> View {
    let Ctx {
        services,
        request,
        realm,
    } = ctx;
    let refused = Some((factor.name.clone(), refusal));
    show(services, request, realm, session, factor, all, refused)
}

/// Renames a factor.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], [`Failure::NotFound`].
pub async fn rename(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    name: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    let (factor, all) = find(services, &session, &FactorId::new(id)).await?;
    let refused = |code| {
        let refusal = Refusal::at(Field::Name, code);
        let typed = name.chars().filter(|c| !c.is_control()).take(64).collect();
        Ok(Reply::show(show(
            services,
            request,
            &realm,
            &session,
            &factor,
            &all,
            Some((typed, refusal)),
        )))
    };
    let parsed = match Name::parse(&name) {
        Ok(parsed) => parsed,
        Err(code) => return refused(code),
    };
    if all
        .iter()
        .any(|f| f.id != factor.id && f.kind == factor.kind && f.name == parsed.as_str())
    {
        return refused(Code::NameTaken);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let who = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    if let Some(code) = account.held_back(&session.proven, services.now()) {
        drop(fact);
        return refused(code);
    }
    fact.tx()
        .factor_rename(&factor.id, who, parsed.as_str())
        .await?;
    let event = Event::done(Action::FactorRenamed, who.clone()).with(factor.kind);
    audit::record(&mut fact, Some(who), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::overview(&realm.slug),
        &News::FactorRenamed,
    )))
}

/// Removes a factor: other sessions end, every address is told.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], [`Failure::NotFound`].
pub async fn remove(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let who = &session.person;
    let id = FactorId::new(id);
    let now = services.now();
    // Read inside the transaction: two tabs must not remove the last two.
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    let held_back = account.held_back(&session.proven, now);
    let all = account.factors;
    let factor = all
        .iter()
        .find(|f| f.id == id && f.stands_alone())
        .cloned()
        .ok_or(Failure::NotFound)?;
    let recovered = fact.tx().person_recovered(&who.id).await?;
    let rest = quarantine::rest(recovered, &session.proven, &all, now);
    let refusal = if held_back.is_some() {
        held_back
    } else if let Some(seconds) = rest {
        Some(Code::JustRecovered { seconds })
    } else if !removable(&realm, &factor, &all) {
        Some(Code::LastWayIn)
    } else {
        None
    };
    if let Some(code) = refusal {
        drop(fact);
        let refused = Some((factor.name.clone(), Refusal::page(code)));
        return Ok(Reply::show(show(
            services, request, &realm, &session, &factor, &all, refused,
        )));
    }
    fact.tx().person_bump(&who.id).await?;
    fact.tx().factor_remove(&id, &who.id, now).await?;
    fact.tx()
        .sessions_end(&who.id, Some(&session.id), now)
        .await?;
    let event = Event::done(Action::FactorRemoved, who.id.clone()).with(factor.kind);
    audit::record(&mut fact, Some(&who.id), &event).await?;
    let what = Notice::FactorRemoved {
        kind: factor.kind,
        name: factor.name.clone(),
    };
    outbox::notify(&mut fact, who, what, &[]).await?;
    fact.commit().await?;
    let news = News::FactorRemoved(factor.kind);
    Ok(Reply::go(pages::with_news(
        &paths::overview(&realm.slug),
        &news,
    )))
}

/// Begins the test of a factor.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::NotFound`].
pub async fn test(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let (session, factor, _) = reaches(services, request, &realm, &FactorId::new(id)).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    prove::begin_test(ctx, &session, factor.kind, factor.id).await
}
