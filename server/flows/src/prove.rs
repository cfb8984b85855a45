//! One more proof: at sign-in after the first factor, to prove oneself anew,
//! and to test a factor. The page is the same; the ceremony differs.

mod by_phone;
mod task;
mod ways;

pub use by_phone::{phone, waits_for};
pub use task::{code_task, task};
pub(crate) use ways::sent;
pub use ways::{another_way, cancel, resend};

use crate::{
    Failure, Reply, Request, Services,
    ceremony::{self, ByName, Ctx, Done, Kept, Run},
    effects::Material,
    pages, passkeys, phone,
    proof::{self, Held},
    reset_pin, sign_in,
};
use domain::{
    FactorKind, Refusal,
    confirm::{self, Confirm},
    ids::{FactorId, PersonId, RealmSlug},
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::Code,
    screen::{CodePurpose, News, View},
    secret::Secret,
    sign_in::{SignIn, Subject},
};

/// Reads a purpose as forms name it.
///
/// # Errors
/// [`Failure::BadRequest`].
pub fn purpose(text: &str) -> Result<CodePurpose, Failure> {
    match text {
        "sign_in" => Ok(CodePurpose::SignIn),
        "confirm" => Ok(CodePurpose::Confirm),
        "test" => Ok(CodePurpose::Test),
        "reset_pin" => Ok(CodePurpose::ResetPin),
        _ => Err(Failure::BadRequest("purpose")),
    }
}

/// Begins to prove oneself anew, and goes back to `back_to` afterwards.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn begin_confirm(
    services: &Services,
    request: &Request,
    realm: &Realm,
    back_to: String,
) -> Result<Reply, Failure> {
    let session = services.signed_in(request, realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let held = held(ctx, &session.person).await?;
    let mut open = realm.step_up_after(&held, &session.proven);
    // Whoever lost the device that is asked for gets past it as at the sign-in.
    let device = open.iter().any(|kind| !kind.is_knowledge());
    if device && held.contains(&FactorKind::Recovery) {
        open.push(FactorKind::Recovery);
    }
    // A page that is only looked at asks no phone: its owner asks it, by a button.
    let first = open.first().copied();
    let first = first.filter(|kind| *kind != FactorKind::Smartphone);
    begin(ctx, &session, open, first, None, back_to).await?;
    Ok(Reply::go(paths::confirm(&realm.slug)))
}

/// Begins to prove one of some factors for an application, and goes back to `back_to`
/// afterwards.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn begin_step_up(
    ctx: Ctx<'_>,
    open: Vec<FactorKind>,
    back_to: String,
) -> Result<(), Failure> {
    let session = ctx.services.signed_in(ctx.request, ctx.realm).await?;
    let first = open.first().copied();
    let first = first.filter(|kind| *kind != FactorKind::Smartphone);
    begin(ctx, &session, open, first, None, back_to).await
}

/// Begins to test a factor.
///
/// # Errors
/// The database could not.
pub async fn begin_test(
    ctx: Ctx<'_>,
    session: &Session,
    kind: FactorKind,
    factor: FactorId,
) -> Result<Reply, Failure> {
    let back_to = paths::overview(&ctx.realm.slug);
    begin(ctx, session, vec![kind], Some(kind), Some(factor), back_to).await?;
    Ok(Reply::go(paths::test(&ctx.realm.slug)))
}

async fn begin(
    ctx: Ctx<'_>,
    session: &Session,
    open: Vec<FactorKind>,
    first: Option<FactorKind>,
    tests: Option<FactorId>,
    back_to: String,
) -> Result<(), Failure> {
    // A code that is on its way stays: whoever loads the page again, or is led here by
    // another site, gets no second one (D04).
    let before = ceremony::load::<Confirm>(ctx).await?;
    let before = before.filter(|run| is_theirs(session, &run.machine));
    ceremony::drop_row::<Confirm>(ctx).await?;
    let machine = Confirm::Prove {
        person: session.person.id.clone(),
        tests,
        open: open.clone(),
        asked: None,
    };
    let mut run = Run::new(machine);
    run.extras.back_to = Some(back_to);
    if let Some(before) = before {
        run.extras.challenge = before.extras.challenge;
        run.extras.said = before.extras.said;
        run.extras.sends = before.extras.sends;
    }
    let event = confirm::Event::AnotherWay(first);
    ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
    Ok(())
}

async fn held(ctx: Ctx<'_>, who: &Person) -> Result<Vec<FactorKind>, Failure> {
    let mut conn = ctx.services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    Ok(proof::held(&factors, conn.recovery_left(&who.id).await?))
}

/// The page of step-up or test.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    purpose: CodePurpose,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = match purpose {
        // Who sets a new PIN may test it, and prove nothing else.
        CodePurpose::Test => services.signed_in_or_reset(request, &realm).await?,
        _ => services.signed_in(request, &realm).await?,
    };
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match ceremony::load::<Confirm>(ctx).await? {
        Some(run) => show(ctx, &session, purpose, &run).await,
        // Nothing is under way: whoever came here by hand has nothing to prove.
        None => Ok(Reply::go(paths::overview(slug))),
    }
}

async fn show(
    ctx: Ctx<'_>,
    session: &Session,
    purpose: CodePurpose,
    run: &Run<Confirm>,
) -> Result<Reply, Failure> {
    let Confirm::Prove {
        tests, open, asked, ..
    } = &run.machine
    else {
        return Ok(Reply::go(paths::overview(&ctx.realm.slug)));
    };
    if !is_theirs(session, &run.machine) {
        ceremony::drop_row::<Confirm>(ctx).await?;
        return Ok(Reply::go(paths::overview(&ctx.realm.slug)));
    }
    let purpose = if tests.is_some() {
        CodePurpose::Test
    } else {
        purpose
    };
    let path = match purpose {
        CodePurpose::Test => paths::test(&ctx.realm.slug),
        _ => paths::confirm(&ctx.realm.slug),
    };
    let frame = pages::frame(
        ctx.services,
        ctx.request,
        Some(ctx.realm),
        Some(session),
        path,
    );
    let screen = task(
        ctx,
        purpose,
        *asked,
        open.clone(),
        open.len() > 1,
        &run.extras,
    )
    .await?;
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    }))
}

/// Whether a session goes on with a ceremony: its own person's, not that of somebody
/// who used this browser before; and one that sets a new PIN only with the test of that.
fn is_theirs(session: &Session, machine: &Confirm) -> bool {
    let Confirm::Prove {
        person,
        tests,
        open,
        ..
    } = machine
    else {
        return true;
    };
    let is_pin_test = tests.is_some() && *open == [FactorKind::Pin];
    *person == session.person.id && (is_pin_test || !session.resets_pin())
}

async fn confirmed(
    ctx: Ctx<'_>,
    session: &Session,
    purpose: CodePurpose,
    kind: FactorKind,
    done: Done<Confirm>,
) -> Result<Reply, Failure> {
    if done.run.machine.is_over() {
        let back = done
            .run
            .extras
            .back_to
            .clone()
            .unwrap_or_else(|| paths::overview(&ctx.realm.slug));
        if purpose == CodePurpose::Test {
            return Ok(
                Reply::go(pages::with_news(&back, &News::FactorWorks(kind))).with(done.cookies)
            );
        }
        return Ok(Reply::anew(back).with(done.cookies));
    }
    Ok(show(ctx, session, purpose, &done.run)
        .await?
        .with(done.cookies))
}

/// A code, PIN or password for the step that is asked for.
///
/// # Errors
/// The database, the vault or the hash queue could not.
pub async fn code(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    code: String,
    remember: bool,
) -> Result<Reply, Failure> {
    let typed = Typed {
        secret: Secret::new(if code.len() > 4096 {
            String::new()
        } else {
            code
        }),
        only: None,
        remember,
    };
    proof_of(services, request, &realm, self::purpose(&purpose)?, typed).await
}

/// A passkey's answer for the step that is asked for.
///
/// # Errors
/// The database or the vault could not.
pub async fn passkey(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    credential: String,
) -> Result<Reply, Failure> {
    let typed = Typed {
        secret: Secret::new(credential),
        only: Some(FactorKind::Passkey),
        remember: false,
    };
    proof_of(services, request, &realm, self::purpose(&purpose)?, typed).await
}

/// What was given for the step that is asked for.
struct Typed {
    secret: Secret,
    /// The kind that it can prove alone; `None` for what people type.
    only: Option<FactorKind>,
    /// The browser is to be remembered.
    remember: bool,
}

async fn proof_of(
    services: &Services,
    request: &Request,
    realm: &str,
    purpose: CodePurpose,
    typed: Typed,
) -> Result<Reply, Failure> {
    let realm = services.realm(realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match purpose {
        CodePurpose::SignIn => return sign_in_proof(ctx, typed).await,
        // What is typed there has calls of its own.
        CodePurpose::ResetPin if typed.only == Some(FactorKind::Passkey) => {
            return reset_pin::passkey(ctx, typed.secret.reveal()).await;
        }
        CodePurpose::ResetPin => return Err(Failure::BadRequest("purpose")),
        _ => {}
    }
    let session = services.signed_in_or_reset(request, &realm).await?;
    let Some(run) = ceremony::load::<Confirm>(ctx).await? else {
        return Ok(Reply::go(paths::overview(&realm.slug)));
    };
    let Confirm::Prove {
        person,
        asked: Some(kind),
        ..
    } = &run.machine
    else {
        return show(ctx, &session, purpose, &run).await;
    };
    let kind = *kind;
    if !is_theirs(&session, &run.machine) {
        return Err(Failure::SignIn(realm.slug.clone()));
    }
    if *person != session.person.id || typed.only.is_some_and(|k| k != kind) {
        return Err(Failure::BadRequest("another factor is asked for"));
    }
    let asked = run.extras.clone();
    let Some(mut run) = ask_anew(ctx, &session.person.id, kind, run).await? else {
        let Some(mut run) = ceremony::load::<Confirm>(ctx).await? else {
            return Ok(Reply::go(paths::overview(&realm.slug)));
        };
        run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
        return show(ctx, &session, purpose, &run).await;
    };
    let event = match proof::evaluate(ctx, &session.person, kind, &typed.secret, &asked).await? {
        Ok(held) => (
            confirm::Event::Proved {
                person: session.person.id.clone(),
                kind,
                factor: held.factor.clone(),
            },
            Some(held),
        ),
        Err(code) => (confirm::Event::Failed(kind, softened(kind, code)), None),
    };
    let lost = confirm::Event::Failed(kind, Code::UsedCode);
    let (event, held) = event;
    // Looked at once, whatever comes of it.
    run.extras.phone = run.extras.phone.map(phone::Awaited::closed);
    let (spend, mut material) = used(held);
    material.session = Some(session.id.clone());
    let done = ceremony::advance(ctx, run, event, lost, spend, material).await?;
    confirmed(ctx, &session, purpose, kind, done).await
}

/// Before a passkey's answer is looked at, its challenge is replaced by the one
/// that is shown if the answer fails. `None` when another request was faster.
async fn ask_anew<M: Kept>(
    ctx: Ctx<'_>,
    person: &PersonId,
    kind: FactorKind,
    run: Run<M>,
) -> Result<Option<Run<M>>, Failure> {
    if kind != FactorKind::Passkey {
        return Ok(Some(run));
    }
    let mut next = run.extras.clone();
    let mut conn = ctx.services.store.read().await?;
    passkeys::ask(&mut conn, ctx, person, &mut next).await?;
    drop(conn);
    ceremony::next_challenge(ctx, run, next).await
}

/// What a proof uses up, and what is to be known of it.
pub(crate) fn used(held: Option<Held>) -> (Option<proof::Spend>, Material) {
    match held {
        Some(held) => (
            held.spend,
            Material {
                proved: held.factor,
                tries: Some(held.tries),
                ..Material::default()
            },
        ),
        None => (None, Material::default()),
    }
}

/// At a second step a wrong PIN is told as such, not as "name or password".
fn softened(kind: FactorKind, code: Code) -> Code {
    match (kind, code) {
        (FactorKind::Pin | FactorKind::Password, Code::WrongCredentials) => Code::WrongCode,
        (_, code) => code,
    }
}

async fn sign_in_proof(ctx: Ctx<'_>, typed: Typed) -> Result<Reply, Failure> {
    use domain::sign_in::Event;
    let Some(run) = ceremony::load::<SignIn>(ctx).await? else {
        return start_again(ctx).await;
    };
    if run.machine == SignIn::Identify
        && run.extras.phone.is_some()
        && typed.only == Some(FactorKind::Smartphone)
    {
        return sign_in::phone_answered(ctx, run).await;
    }
    if run.machine == SignIn::Identify
        && run.extras.phone.is_some()
        && run.extras.by_name == ByName::Code
        && typed.only.is_none()
    {
        return sign_in::code_typed(ctx, run, &typed.secret).await;
    }
    let SignIn::Prove {
        subject,
        asked: Some(kind),
        ..
    } = &run.machine
    else {
        return Ok(Reply::show(sign_in::show(ctx, &run).await?));
    };
    let kind = *kind;
    if typed.only.is_some_and(|k| k != kind) {
        return Err(Failure::BadRequest("another factor is asked for"));
    }
    let Some(who) = current(ctx, subject).await? else {
        ceremony::drop_row::<SignIn>(ctx).await?;
        return start_again(ctx).await;
    };
    let subject = Subject {
        epoch: who.epoch,
        ..subject.clone()
    };
    let asked = run.extras.clone();
    let Some(mut run) = ask_anew(ctx, &who.id, kind, run).await? else {
        let Some(mut run) = ceremony::load::<SignIn>(ctx).await? else {
            return start_again(ctx).await;
        };
        run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
        return Ok(Reply::show(sign_in::show(ctx, &run).await?));
    };
    let (event, held) = match proof::evaluate(ctx, &who, kind, &typed.secret, &asked).await? {
        Ok(held) => (Event::Proved { subject, kind }, Some(held)),
        Err(code) => (
            Event::Failed {
                person: Some(who.id.clone()),
                kind,
                code: softened(kind, code),
            },
            None,
        ),
    };
    let lost = Event::Failed {
        person: Some(who.id),
        kind,
        code: Code::UsedCode,
    };
    // Looked at once, whatever comes of it.
    run.extras.phone = run.extras.phone.map(phone::Awaited::closed);
    let (spend, mut material) = used(held);
    material.remember = typed.remember;
    let done = ceremony::advance(ctx, run, event, lost, spend, material).await?;
    sign_in::reply(ctx, done, false).await
}

/// The person of a ceremony, unless what protects the account has changed
/// since the first proof (XA19) or the account was disabled.
pub async fn current(ctx: Ctx<'_>, subject: &Subject) -> Result<Option<Person>, Failure> {
    let who = ctx
        .services
        .store
        .read()
        .await?
        .person(&subject.person)
        .await?;
    Ok(who.filter(|w| w.epoch == subject.epoch && w.is_enabled()))
}

/// The sign-in page with the word that this ceremony is over.
///
/// # Errors
/// The database could not.
pub async fn start_again(ctx: Ctx<'_>) -> Result<Reply, Failure> {
    let mut run = Run::new(SignIn::default());
    run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
    ceremony::keep_refusals(ctx, &run, &[]).await?;
    Ok(Reply::show(sign_in::show(ctx, &run).await?))
}
