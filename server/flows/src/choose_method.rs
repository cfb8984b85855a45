//! Choosing a method and setting it up: inside a first sign-in, from the
//! overview, or by an enrol link. The pages are the same; who may be there is
//! told by [`locate`].

mod judge;
mod place;

use judge::held_back;
pub use judge::{name_for, proposed_name};
pub use place::{Where, extras, extras_mut, locate, machine};

use crate::{
    Fact, Failure, Reply, Request, Services, approval, capture_address,
    ceremony::{self, Ctx, Done, Extras, Run},
    codes,
    effects::Material,
    enroll_line, enroll_phone,
    infra::{numbers, qr},
    pages, passkeys,
    proof::{self, Spend},
    prove, sign_in,
};
use domain::{
    FactorKind, Refusal,
    enrollment::{Enroll, Event},
    ids::{FactorId, RealmSlug},
    paths,
    records::{Factor, Person, Session},
    refusal::{Code, Field},
    screen::{ChooseMethod, CodePurpose, EnrollPasskey, EnrollTotp, News, Screen, View},
    sign_in::SignIn,
};

/// The screen for where setting up stands.
///
/// # Errors
/// The database could not.
pub async fn screen(
    ctx: Ctx<'_>,
    who: &Person,
    enroll: &Enroll,
    extras: &Extras,
    first: bool,
) -> Result<Screen, Failure> {
    Ok(match enroll {
        Enroll::Choose { offers, .. }
            if ctx.realm.capture.is_some() && *offers == [FactorKind::Email] =>
        {
            Screen::CaptureAddress(capture_address::screen(ctx.realm, extras, first))
        }
        Enroll::Choose { offers, .. } if *offers == [FactorKind::Totp] => Screen::AdviseApp,
        Enroll::Choose { offers, .. } if offers.len() == 1 && offers[0].is_line() => {
            let kind = offers[0];
            Screen::SetNumber(enroll_line::screen(ctx, who, enroll, extras, kind, first).await?)
        }
        Enroll::Work { kind, sealed, .. } if kind.is_line() && sealed.is_empty() => {
            Screen::SetNumber(enroll_line::screen(ctx, who, enroll, extras, *kind, first).await?)
        }
        Enroll::Work { kind, sealed, .. } if kind.is_line() => {
            let mut task = prove::code_task(ctx, *kind, CodePurpose::Enroll, true, extras).await?;
            task.named = true;
            // Theirs, and named by them or by who approved it: only whole it shows a slip.
            task.sent_to = numbers::international(sealed);
            task.unsure = approval::is_unsure(*kind, sealed);
            Screen::Code(task)
        }
        Enroll::Choose { offers, .. } => Screen::ChooseMethod(ChooseMethod {
            kinds: offers.clone(),
            first,
            email: domain::text::mask_email(&who.email),
            chosen: None,
            lines: enroll_line::choices(ctx, who, offers, extras).await?,
        }),
        Enroll::Work {
            kind: FactorKind::Totp,
            sealed,
            ..
        } => {
            let uri = totp_uri(ctx, who, sealed);
            let (qr_path, qr_size) = qr::svg_path(&uri);
            let groups = sealed
                .as_bytes()
                .chunks(4)
                .map(String::from_utf8_lossy)
                .collect::<Vec<_>>();
            Screen::EnrollTotp(EnrollTotp {
                qr_path,
                qr_size,
                key: groups.join(" "),
                uri,
                account: who.login.clone(),
                name: extras.name.clone(),
            })
        }
        Enroll::Work {
            kind: FactorKind::Email,
            sealed,
            ..
        } => {
            let mut task =
                prove::code_task(ctx, FactorKind::Email, CodePurpose::Enroll, true, extras).await?;
            task.named = ctx.realm.capture.is_some();
            if task.named {
                // Typed by this person a moment ago: only whole it shows a slip.
                task.sent_to.clone_from(sealed);
            }
            Screen::Code(task)
        }
        Enroll::Work {
            kind: FactorKind::Smartphone,
            sealed,
            ..
        } => enroll_phone::screen(ctx, sealed).await?,
        Enroll::Work { .. } => Screen::EnrollPasskey(EnrollPasskey {
            options: extras.passkey_options.clone().unwrap_or_default(),
            first,
        }),
        Enroll::Done { .. } => Screen::NotFound,
    })
}

/// `otpauth://` as authenticator apps read it (Key URI Format): issuer and
/// account, SHA-1, six digits, thirty seconds.
fn totp_uri(ctx: Ctx<'_>, who: &Person, secret: &str) -> String {
    let issuer = format!("Rekey {}", ctx.realm.name.get(who.lang));
    let (issuer, account) = (pages::encode(&issuer), pages::encode(&who.login));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    )
}

/// The page of adding a factor from the overview.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], or the database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    kind: Option<FactorKind>,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (place, who) = locate(ctx).await?;
    let Where::Own(run, session) = place else {
        return Ok(Reply::go(paths::sign_in(slug)));
    };
    if let Some(session) = &session
        && proof::held_back(services, session).await?.is_some()
    {
        // The overview says why.
        return Ok(Reply::go(paths::overview(slug)));
    }
    if let Enroll::Work {
        kind: FactorKind::Smartphone,
        sealed,
        ..
    } = &run.machine
        && enroll_phone::is_added(ctx, sealed).await?
    {
        // The phone did the rest.
        ceremony::drop_row::<Enroll>(ctx).await?;
        let news = News::FactorAdded(FactorKind::Smartphone);
        return Ok(Reply::go(pages::with_news(&paths::overview(slug), &news)));
    }
    let mut reply = own_page(ctx, &who, session.as_deref(), &run).await?;
    if let (Some(kind), domain::screen::Answer::Show(view)) = (kind, &mut reply.answer)
        && let Screen::ChooseMethod(choice) = &mut view.screen
    {
        choice.chosen = Some(kind);
    }
    Ok(reply)
}

/// The page behind an enrol link that was confirmed.
///
/// # Errors
/// The database could not.
pub async fn by_link_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match locate(ctx).await {
        Ok((Where::Own(run, session), who)) => own_page(ctx, &who, session.as_deref(), &run).await,
        Ok(_) | Err(Failure::SignIn(_) | Failure::Confirm(_)) => {
            Ok(Reply::go(paths::sign_in(slug)))
        }
        Err(other) => Err(other),
    }
}

async fn own_page(
    ctx: Ctx<'_>,
    who: &Person,
    session: Option<&Session>,
    run: &Run<Enroll>,
) -> Result<Reply, Failure> {
    let path = if session.is_some() {
        paths::add(&ctx.realm.slug)
    } else {
        paths::enroll(&ctx.realm.slug)
    };
    let mut frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), session, path);
    frame.account = Some(who.account());
    let screen = screen(ctx, who, &run.machine, &run.extras, session.is_none()).await?;
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    }))
}

/// A method was chosen: what it takes is made.
///
/// # Errors
/// See [`locate`].
pub async fn choose(
    services: &Services,
    request: &Request,
    realm: String,
    method: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (place, who) = locate(ctx).await?;
    let Some(kind) = FactorKind::parse(&method) else {
        return refuse(
            ctx,
            place,
            &who,
            Refusal::at(Field::Method, Code::ChooseOne),
        )
        .await;
    };
    if enroll_line::must_ask(ctx, &who, &place, kind).await? {
        return Ok(Reply::go(paths::request_kind(&realm.slug, kind)));
    }
    begin(ctx, place, &who, kind).await
}

/// Makes what a method takes and shows its page; for a mail code this sends one, for codes
/// over the telephone network the number is asked for first.
///
/// # Errors
/// The database could not.
pub async fn begin(
    ctx: Ctx<'_>,
    place: Where,
    who: &Person,
    kind: FactorKind,
) -> Result<Reply, Failure> {
    let address = match machine(&place) {
        // A new code goes where the last one went.
        Some(Enroll::Work {
            kind: FactorKind::Email,
            sealed,
            ..
        }) if !sealed.is_empty() => sealed.clone(),
        // A code went there already: the next one does too.
        Some(Enroll::Work {
            kind: line, sealed, ..
        }) if *line == kind && kind.is_line() => sealed.clone(),
        _ if kind.is_line() => String::new(),
        // Where the realm asks for an address, no other one stands in for it.
        _ if ctx.realm.capture.is_some() && kind == FactorKind::Email => {
            return Err(Failure::BadRequest("an address is asked for first"));
        }
        _ => who.email.clone(),
    };
    begin_at(ctx, place, who, kind, address).await
}

/// [`begin`], with the address that a mail code goes to.
///
/// # Errors
/// The database could not.
pub async fn begin_at(
    ctx: Ctx<'_>,
    mut place: Where,
    who: &Person,
    kind: FactorKind,
    address: String,
) -> Result<Reply, Failure> {
    let mut fact = Fact::begin(ctx).await?;
    let refused = held_back(&mut fact, &place, who, Some(kind)).await?;
    drop(fact);
    if let Some(code) = refused {
        return refuse(ctx, place, who, Refusal::page(code)).await;
    }
    // Before anything is made or sent for it.
    if !machine(&place).is_some_and(|enroll| enroll.offers().contains(&kind)) {
        let refusal = Refusal::at(Field::Method, Code::NotOffered);
        return refuse(ctx, place, who, refusal).await;
    }
    let services = ctx.services;
    let goes = machine(&place).and_then(Enroll::replaces).cloned();
    let asks = match &place {
        Where::Own(_, Some(session)) => Some(session.id.clone()),
        _ => None,
    };
    let extras = match &mut place {
        Where::SignIn(run) => &mut run.extras,
        Where::Own(run, _) => &mut run.extras,
    };
    let mut sealed = String::new();
    let mut sent = None;
    match kind {
        FactorKind::Totp => {
            sealed = data_encoding::BASE32_NOPAD.encode(&services.random.totp_seed())
        }
        FactorKind::Passkey => {
            let factors = services.store.read().await?.factors(&who.id).await?;
            let (options, state) = passkeys::create(ctx, who, &factors)?;
            extras.passkey_options = Some(options);
            extras.passkey_state = Some(state);
        }
        FactorKind::Smartphone => {
            sealed = enroll_phone::make_link(ctx, who, goes.as_ref(), asks.as_ref()).await?;
        }
        // The number comes first.
        FactorKind::Sms | FactorKind::Voice if address.is_empty() => {
            extras.challenge = None;
            extras.typed.clear();
            extras.name.clear();
        }
        FactorKind::Email | FactorKind::Sms | FactorKind::Voice => {
            let mut fresh = extras.clone();
            fresh.refusals.clear();
            let mut fact = Fact::begin(ctx).await?;
            codes::send_to(&mut fact, who, kind, &address, codes::ENROLL, &mut fresh).await?;
            extras.challenge = fresh.challenge;
            extras.sends = fresh.sends;
            extras.said = fresh.said;
            sealed = address;
            if let Some(refusal) = fresh.refusals.into_iter().next() {
                fact.commit().await?;
                return refuse(ctx, place, who, refusal).await;
            }
            sent = Some(fact);
        }
        _ => {}
    }
    // The code goes out with the ceremony that knows it, or not at all: a form that was
    // posted twice sends one.
    let fact = match sent {
        Some(fact) => fact,
        None => Fact::begin(ctx).await?,
    };
    let event = Event::Begin { kind, sealed };
    step_in(fact, place, who, event, None, Material::default()).await
}

/// Moves the setting up by one event, wherever it is.
///
/// # Errors
/// The database could not.
pub async fn step(
    ctx: Ctx<'_>,
    place: Where,
    who: &Person,
    event: Event,
    spend: Option<Spend>,
    material: Material,
) -> Result<Reply, Failure> {
    let mut approval = None;
    if event == Event::Proved
        && let Some(enroll @ Enroll::Work { kind, sealed, .. }) = machine(&place)
        && kind.is_line()
    {
        let by = (enroll, extras(&place).link.as_deref());
        match enroll_line::allowed(ctx, &who.id, by, *kind, sealed).await? {
            Ok(found) => approval = found,
            Err(refusal) => return refuse(ctx, place, who, refusal).await,
        }
    }
    let material = Material {
        approval,
        case: extras(&place).case.clone(),
        // By a mailed link, and not in a session of theirs.
        recovers: extras(&place).link.is_some(),
        session: match &place {
            Where::Own(_, Some(session)) => Some(session.id.clone()),
            Where::Own(_, None) | Where::SignIn(_) => None,
        },
        ..material
    };
    let mut fact = Fact::begin(ctx).await?;
    if event == Event::Proved {
        let kind = machine(&place).and_then(Enroll::kind);
        if let Some(code) = held_back(&mut fact, &place, who, kind).await? {
            drop(fact);
            return refuse(ctx, place, who, Refusal::page(code)).await;
        }
    }
    step_in(fact, place, who, event, spend, material).await
}

/// [`step`] as the last part of a fact that has begun, where nothing needs to be judged.
async fn step_in(
    fact: Fact<'_>,
    place: Where,
    who: &Person,
    event: Event,
    spend: Option<Spend>,
    material: Material,
) -> Result<Reply, Failure> {
    let ctx = fact.ctx();
    let lost = Event::Failed(Code::UsedCode);
    let moves = machine(&place).is_some_and(|enroll| enroll.replaces().is_some());
    match place {
        Where::SignIn(run) => {
            let spend = with_link(&event, &run.extras, spend);
            let (event, lost) = (
                domain::sign_in::Event::Enroll(event),
                domain::sign_in::Event::Enroll(lost),
            );
            let done = ceremony::advance_in(fact, run, event, lost, spend, material).await?;
            sign_in::reply(ctx, done, true).await
        }
        Where::Own(run, session) => {
            let spend = with_link(&event, &run.extras, spend);
            let done = ceremony::advance_in(fact, run, event, lost, spend, material).await?;
            own_reply(ctx, who, session.as_deref(), moves, done).await
        }
    }
}

/// A link or code that allowed this is spent with the factor that it brings.
fn with_link(event: &Event, extras: &Extras, spend: Option<Spend>) -> Option<Spend> {
    match (event, &extras.link, spend) {
        (Event::Proved, Some(link), None) => Some(Spend::Link(link.clone())),
        (Event::Proved, Some(link), Some(code)) => Some(Spend::Both(Box::new(code), link.clone())),
        (_, _, spend) => spend,
    }
}

async fn own_reply(
    ctx: Ctx<'_>,
    who: &Person,
    session: Option<&Session>,
    moves: bool,
    done: Done<Enroll>,
) -> Result<Reply, Failure> {
    if let Enroll::Done { kind } = done.run.machine {
        let news = match kind {
            FactorKind::Email if ctx.realm.capture.is_some() => News::CodesMoved,
            _ if kind.is_line() && moves => News::NumberMoved,
            _ => News::FactorAdded(kind),
        };
        let to = match session {
            Some(_) => paths::overview(&ctx.realm.slug),
            None => paths::sign_in(&ctx.realm.slug),
        };
        return Ok(Reply::go(pages::with_news(&to, &news)).with(done.cookies));
    }
    Ok(own_page(ctx, who, session, &done.run)
        .await?
        .with(done.cookies))
}

/// Shows the page again with a refusal that no event caused.
///
/// # Errors
/// The database could not.
pub async fn refuse(
    ctx: Ctx<'_>,
    place: Where,
    who: &Person,
    refusal: Refusal,
) -> Result<Reply, Failure> {
    match place {
        Where::SignIn(mut run) => {
            run.extras.refusals = vec![refusal];
            ceremony::keep_refusals(ctx, &run, &[]).await?;
            Ok(Reply::show(sign_in::show(ctx, &run).await?))
        }
        Where::Own(mut run, session) => {
            run.extras.refusals = vec![refusal];
            ceremony::keep_refusals(ctx, &run, &[]).await?;
            own_page(ctx, who, session.as_deref(), &run).await
        }
    }
}

/// Back to the choice; from the choice, out.
///
/// # Errors
/// See [`locate`].
pub async fn cancel(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (place, who) = locate(ctx).await?;
    let working = match &place {
        Where::SignIn(run) => {
            matches!(&run.machine, SignIn::Enroll { enroll, .. } if enroll.kind().is_some())
        }
        Where::Own(run, _) => run.machine.kind().is_some(),
    };
    // There is no other choice where a phone was to take another's place.
    let moves_phone = realm.capture.is_none()
        && machine(&place).is_some_and(|enroll| enroll.replaces().is_some());
    if working && !moves_phone {
        return step(ctx, place, &who, Event::Back, None, Material::default()).await;
    }
    match place {
        Where::SignIn(_) => {
            ceremony::drop_row::<SignIn>(ctx).await?;
            Ok(Reply::go(paths::sign_in(&realm.slug)))
        }
        Where::Own(_, session) => {
            ceremony::drop_row::<Enroll>(ctx).await?;
            let to = if session.is_some() {
                paths::overview(&realm.slug)
            } else {
                paths::sign_in(&realm.slug)
            };
            Ok(Reply::go(to))
        }
    }
}

/// A factor that is about to become active.
pub fn new_factor(ctx: Ctx<'_>, who: &Person, kind: FactorKind, name: String) -> Factor {
    let now = ctx.services.now();
    Factor {
        id: FactorId::new(ctx.services.random.id(now)),
        person: who.id.clone(),
        kind,
        name,
        secret: Vec::new(),
        address: String::new(),
        credential: None,
        created_at: now,
        used_at: Some(now),
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}
