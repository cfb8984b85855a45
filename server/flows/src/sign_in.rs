//! Signing in: the first factor, and what comes of it.

mod by_phone;

pub use by_phone::{another_way, ask_phone, code_typed, phone_answered};

use crate::{
    Cookie, Fact, Failure, Reply, Request, Services, audit, cases,
    ceremony::{self, ByName, Ctx, Done, Run},
    choose_method, confirm_call, devices, discovery,
    effects::Material,
    lost_line, oidc,
    pages::{self, Query},
    proof::{self, Spend},
    prove,
    reply::session_cookie,
    request::token_hash,
    throttle::{self, Whose},
    way_back, when,
};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event as AuditEvent},
    enrollment::Enroll,
    ids::RealmSlug,
    paths,
    policy::Realm,
    records::Person,
    refusal::{Code, Field, Refusal},
    screen::{CodePurpose, Identify, News, Screen, StepName, View},
    secret::Secret,
    sign_in::{Event, SignIn, Subject},
    text::Login,
};

/// The page: wherever the ceremony of this browser stands.
///
/// # Errors
/// The database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    if query.news.is_empty() && services.session(request, &realm).await?.is_some() {
        return Ok(pages::home(slug));
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let run = ceremony::load::<SignIn>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(SignIn::default()));
    let mut view = show(ctx, &run).await?;
    // What was refused meanwhile is newer.
    if view.news.is_none() && view.refusals.is_empty() {
        view.news = pages::news(services, query);
    }
    // Its script asks for passkeys.
    let asks = realm.firsts().contains(&FactorKind::Passkey);
    let cookies = asks.then(|| ceremony::known_from_now(ctx));
    Ok(Reply::show(view).with(cookies.unwrap_or_default()))
}

/// The page for a stored ceremony.
///
/// # Errors
/// The database could not.
pub async fn show(ctx: Ctx<'_>, run: &Run<SignIn>) -> Result<View, Failure> {
    let mut frame = pages::frame(
        ctx.services,
        ctx.request,
        Some(ctx.realm),
        None,
        paths::sign_in(&ctx.realm.slug),
    );
    let screen = match &run.machine {
        SignIn::Identify if run.extras.phone.is_some() => {
            frame.steps = chain_steps(ctx.realm, &[], by_phone::asked(&run.extras));
            by_phone::screen(ctx, &run.extras).await?
        }
        SignIn::Identify | SignIn::Finished => {
            let wanted = way_back::find(ctx).is_some() || oidc::is_pending(ctx).await?;
            identify(ctx.realm, &run.extras.typed, wanted)
        }
        SignIn::NotYet => Screen::NoSecondFactorYet,
        SignIn::Prove { proven, asked, .. } => {
            frame.steps = chain_steps(ctx.realm, proven, *asked);
            let others = run.machine.open(ctx.realm).len() > 1;
            prove::task(
                ctx,
                CodePurpose::SignIn,
                *asked,
                run.machine.open(ctx.realm),
                others,
                &run.extras,
            )
            .await?
        }
        SignIn::Enroll {
            subject, enroll, ..
        } => {
            frame.steps = enroll_steps(ctx.realm, enroll);
            let who = person(ctx, subject).await?;
            frame.account = Some(who.account());
            choose_method::screen(ctx, &who, enroll, &run.extras, true).await?
        }
    };
    Ok(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    })
}

async fn person(ctx: Ctx<'_>, subject: &Subject) -> Result<Person, Failure> {
    ctx.services
        .store
        .read()
        .await?
        .person(&subject.person)
        .await?
        .ok_or(Failure::NotFound)
}

fn identify(realm: &Realm, typed: &str, wanted: bool) -> Screen {
    let firsts = realm.firsts();
    Screen::Identify(Identify {
        login_kind: realm.login,
        login: typed.to_owned(),
        password: firsts.contains(&FactorKind::Password),
        passkey: firsts.contains(&FactorKind::Passkey),
        phone: firsts.contains(&FactorKind::Smartphone),
        forgot: realm.reset_minutes.is_some(),
        forgot_pin: realm.reset_pin.is_some(),
        confirm_call: confirm_call::is_offered(realm),
        invited: realm.invitation_hours.is_some(),
        instructions: realm.instructs(),
        registers: realm.registration.is_some(),
        wanted,
    })
}

/// The steps of a sign-in: what was proven, what is asked for, and what the chain
/// asks for after it.
fn chain_steps(
    realm: &Realm,
    proven: &[FactorKind],
    asked: Option<FactorKind>,
) -> Vec<domain::screen::StepFace> {
    let name = |kind: FactorKind| match kind {
        FactorKind::Password => StepName::Credentials,
        kind => StepName::Factor(kind),
    };
    let mut names: Vec<_> = proven.iter().copied().map(name).collect();
    let now = names.len();
    names.push(asked.map_or(StepName::ChooseMethod, StepName::Factor));
    if let Some(asked) = asked {
        let so_far: Vec<_> = proven.iter().copied().chain([asked]).collect();
        let chain = realm.chains.iter().find(|c| c.starts_with(&so_far));
        let rest = chain.map_or(&[][..], |c| &c[so_far.len()..]);
        names.extend(rest.iter().copied().map(name));
    }
    pages::steps(&names, now)
}

fn enroll_steps(realm: &Realm, enroll: &Enroll) -> Vec<domain::screen::StepFace> {
    if realm.capture.is_some() {
        let names = [
            StepName::Credentials,
            StepName::SetUp,
            StepName::Factor(FactorKind::Email),
        ];
        return pages::steps(&names, if enroll.kind().is_some() { 2 } else { 1 });
    }
    let mut names = vec![
        StepName::Credentials,
        StepName::ChooseMethod,
        StepName::SetUp,
    ];
    if crate::recovery_codes::offered(realm) {
        names.push(StepName::RecoveryCodes);
    }
    pages::steps(&names, if enroll.kind().is_some() { 2 } else { 1 })
}

/// Where a finished sign-in leads, or the page it stands at.
///
/// # Errors
/// The database could not.
pub async fn reply(ctx: Ctx<'_>, done: Done<SignIn>, first: bool) -> Result<Reply, Failure> {
    if done.session {
        let slug = &ctx.realm.slug;
        let to = if first
            && ctx
                .realm
                .chains
                .iter()
                .any(|c| c.contains(&FactorKind::Recovery))
        {
            paths::recovery_codes(slug)
        } else if oidc::is_pending(ctx).await? {
            oidc::resume_path(slug)
        } else {
            done.run
                .extras
                .back_to
                .clone()
                .or_else(|| way_back::find(ctx))
                .unwrap_or_else(|| paths::overview(slug))
        };
        return Ok(Reply::anew(to)
            .with(done.cookies)
            .with(vec![way_back::forget()]));
    }
    Ok(Reply::show(show(ctx, &done.run).await?).with(done.cookies))
}

/// Name and password.
///
/// # Errors
/// The database or the hash queue could not.
pub async fn password(
    services: &Services,
    request: &Request,
    realm: String,
    login: String,
    password: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let place = services.hasher.reserve()?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    // Starting over: whatever this browser had half done is gone.
    let mut run = ceremony::load::<SignIn>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(SignIn::default()));
    // What a mailed link allows takes the password that comes now.
    let link = run.extras.link.take();
    begin_with(&mut run, &login);
    run.extras.link = link;
    if !realm.firsts().contains(&FactorKind::Password) {
        return Err(Failure::BadRequest("no password is asked for here"));
    }
    let password = Secret::new(password);
    let login = match Login::parse(&login) {
        Ok(login) => login,
        Err(code) => return refused(ctx, run, Refusal::at(Field::Login, code)).await,
    };
    if password.is_empty() {
        return refused(ctx, run, Refusal::at(Field::Password, Code::Missing)).await;
    }
    if password.reveal().len() > 4096 {
        return refused(
            ctx,
            run,
            Refusal::at(Field::Password, Code::WrongCredentials),
        )
        .await;
    }
    let key = login.key();
    let who = services
        .store
        .read()
        .await?
        .person_by_login(&realm.slug, &key)
        .await?;
    let whose = match &who {
        Some(who) => Whose::Person(&who.id),
        None => Whose::Nobody(&realm.slug, &key),
    };
    let tries = match throttle::take(services, request, whose, FactorKind::Password).await? {
        Ok(tries) => tries,
        Err(code) => {
            let event = Event::Failed {
                person: who.map(|w| w.id),
                kind: FactorKind::Password,
                code,
            };
            return failed(ctx, run, event).await;
        }
    };
    let (factors, left) = match &who {
        Some(who) => {
            let mut conn = services.store.read().await?;
            (
                conn.factors(&who.id).await?,
                conn.recovery_left(&who.id).await?,
            )
        }
        None => (Vec::new(), 0),
    };
    let factor = factors
        .iter()
        .find(|f| f.kind == FactorKind::Password && f.disabled_at.is_none());
    let kept = factor.map(|f| String::from_utf8_lossy(&f.secret).into_owned());
    // A name that nobody has costs the same hash (XA01).
    let verdict = services.hasher.verify(&password, kept.as_deref()).await?;
    drop(place);
    let (Some(who), Some(factor), true) = (&who, factor, verdict.matches) else {
        if let Some(who) = &who
            && tries.locked(services).await?
        {
            proof::tell_locked(ctx, who, FactorKind::Password).await?;
        }
        let event = Event::Failed {
            person: who.map(|w| w.id),
            kind: FactorKind::Password,
            code: Code::WrongCredentials,
        };
        return failed(ctx, run, event).await;
    };
    if !who.is_enabled() {
        // The right password of a disabled account answers like a wrong one.
        let event = Event::Failed {
            person: Some(who.id.clone()),
            kind: FactorKind::Password,
            code: Code::WrongCredentials,
        };
        return failed(ctx, run, event).await;
    }
    if verdict.outdated {
        let hash = services
            .hasher
            .hash(&password, services.random.bytes())
            .await?;
        let mut tx = services.store.begin().await?;
        tx.factor_secret(&factor.id, hash.as_bytes()).await?;
        tx.commit().await?;
    }
    // The desk found that codes go to a wrong address: it is asked for anew.
    let now = services.now();
    let mut conn = services.store.read().await?;
    let asks = cases::address_to_ask(&mut conn, &realm, &who.id, now).await?;
    // The desk mailed them a link because the number that codes go to is lost.
    let link = run.extras.link.as_deref();
    let lost = lost_line::of(&mut conn, link, &who.id, now).await?;
    drop(conn);
    let factors = proof::without_address(&factors, asks.is_some());
    run.extras.case = asks;
    let mut subject = if lost.is_some() {
        proof::subject(who, &lost_line::known(&factors), 0)
    } else {
        run.extras.link = None;
        proof::subject(who, &factors, left)
    };
    subject.anew = lost.is_some();
    if let Some(grace) = &realm.grace
        && subject.bare
        && !subject.anew
    {
        let mut conn = services.store.read().await?;
        let before = conn
            .audit_count(&who.id, Action::SignIn.slug(), Timestamp::default())
            .await?;
        subject.grace = grace.covers(before, &when::day(&realm, services.now()));
    }
    let proved = |subject| Event::Proved {
        subject,
        kind: FactorKind::Password,
    };
    let material = Material {
        proved: Some(factor.id.clone()),
        tries: Some(tries),
        ..Material::default()
    };
    // Forgotten in this very moment: the code is asked for after all.
    let lost = proved(subject.clone());
    let device = devices::of(ctx, &who.id).await?;
    subject.remembered = device.is_some();
    // It was the login; further on it is an address that is typed.
    run.extras.typed.clear();
    let spend = device.map(|d| Spend::Device(d.id));
    let done = ceremony::advance(ctx, run, proved(subject), lost, spend, material).await?;
    reply(ctx, done, false).await
}

/// Starts over: whatever this browser had half done is gone.
fn begin_with(run: &mut Run<SignIn>, login: &str) {
    run.machine = SignIn::default();
    run.extras.challenge = None;
    run.extras.link = None;
    run.extras.phone = None;
    run.extras.by_name = ByName::default();
    run.extras.sends = 0;
    run.extras.typed = login
        .chars()
        .filter(|c| !c.is_control())
        .take(254)
        .collect();
}

/// A refusal that no factor caused: nothing was tried.
async fn refused(ctx: Ctx<'_>, mut run: Run<SignIn>, refusal: Refusal) -> Result<Reply, Failure> {
    run.machine = SignIn::default();
    let mut done = ceremony::advance(
        ctx,
        run,
        Event::Cancel,
        Event::Cancel,
        None,
        Material::default(),
    )
    .await?;
    done.run.extras.refusals = vec![refusal];
    ceremony::keep_refusals(ctx, &done.run, &done.cookies).await?;
    reply(ctx, done, false).await
}

async fn failed(ctx: Ctx<'_>, run: Run<SignIn>, event: Event) -> Result<Reply, Failure> {
    let done = ceremony::advance(ctx, run, event, Event::Cancel, None, Material::default()).await?;
    reply(ctx, done, false).await
}

/// The answer of anybody's passkey.
///
/// # Errors
/// The database could not.
pub async fn passkey(
    services: &Services,
    request: &Request,
    realm: String,
    credential: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut run = ceremony::load::<SignIn>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(SignIn::default()));
    run.machine = SignIn::default();
    run.extras.phone = None;
    let fail = |person, code| Event::Failed {
        person,
        kind: FactorKind::Passkey,
        code,
    };
    let found = match discovery::answer(ctx, &credential).await? {
        Ok(found) => found,
        Err((person, code)) => return failed(ctx, run, fail(person, code)).await,
    };
    let discovery::Found {
        who,
        factor,
        record,
        tries,
    } = found;
    let mut conn = services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let left = conn.recovery_left(&who.id).await?;
    drop(conn);
    let subject = proof::subject(&who, &factors, left);
    let event = Event::Proved {
        subject,
        kind: FactorKind::Passkey,
    };
    let lost = fail(Some(who.id), Code::PasskeyFailed);
    let material = Material {
        proved: Some(factor.id.clone()),
        tries: Some(tries),
        ..Material::default()
    };
    let spend = Some(Spend::Passkey(factor.id, record));
    let done = ceremony::advance(ctx, run, event, lost, spend, material).await?;
    reply(ctx, done, false).await
}

/// Ends the session of this browser at a realm.
///
/// # Errors
/// The database could not.
pub async fn sign_out(
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
    let gone = end_session(ctx).await?;
    if oidc::is_pending(ctx).await? {
        // Whoever signs in here next does not go on to where somebody else wanted to.
        ceremony::take_application(ctx).await?;
    }
    let to = pages::with_news(&paths::sign_in(&realm.slug), &News::SignedOut);
    Ok(Reply::anew(to).with(vec![gone, way_back::forget()]))
}

/// Ends the session of this browser at a realm, if there is one; gives the cookie that
/// forgets it.
///
/// # Errors
/// The database could not.
pub(crate) async fn end_session(ctx: Ctx<'_>) -> Result<Cookie, Failure> {
    let (services, realm) = (ctx.services, ctx.realm);
    if let Some(token) = ctx.request.session_token(&realm.slug) {
        let mut fact = Fact::begin(ctx).await?;
        let found = fact
            .tx()
            .session_by_hash(&realm.slug, &token_hash(token))
            .await?;
        if let Some(session) = found {
            let who = &session.person.id;
            fact.tx()
                .session_end(&session.id, who, services.now())
                .await?;
            let event = AuditEvent::done(Action::SignOut, who.clone());
            audit::record(&mut fact, Some(who), &event).await?;
        }
        fact.commit().await?;
    }
    Ok(Cookie {
        name: session_cookie(&realm.slug),
        value: Secret::default(),
        keep: Some(0),
    })
}
