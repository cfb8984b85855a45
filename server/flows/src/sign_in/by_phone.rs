//! Signing in with the phone as the first factor: a name is typed, its phone is asked,
//! and the same page waits whether there is one or not. A phone without network shows a
//! code instead, which is asked for just the same, whoever has that name.

use super::{begin_with, failed, refused, reply};
use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::{self, ByName, Ctx, Extras, Run},
    effects::Material,
    phone,
    proof::{self, Held},
    prove,
};
use domain::{
    FactorKind,
    phone::Purpose,
    policy::Realm,
    records::Person,
    refusal::{Code, Field, Refusal},
    screen::{AnotherWay, CodePurpose, CodeTask, Screen},
    secret::Secret,
    sign_in::{Event, SignIn},
    text::Login,
};

/// The ways on for a name: what the realm's chains begin with, whoever has that name.
fn ways(realm: &Realm) -> Vec<FactorKind> {
    let firsts = realm.firsts();
    let mut ways = vec![FactorKind::Smartphone, FactorKind::Totp];
    ways.retain(|kind| firsts.contains(kind));
    ways
}

/// What somebody is asked for whose name was typed.
pub(super) const fn asked(extras: &Extras) -> Option<FactorKind> {
    match extras.by_name {
        ByName::Phone => Some(FactorKind::Smartphone),
        ByName::Choice => None,
        ByName::Code => Some(FactorKind::Totp),
    }
}

/// The page for a name. Nothing of it depends on who has that name.
///
/// # Errors
/// The database could not.
pub(super) async fn screen(ctx: Ctx<'_>, extras: &Extras) -> Result<Screen, Failure> {
    let (ways, purpose) = (ways(ctx.realm), CodePurpose::SignIn);
    let others = ways.len() > 1;
    Ok(match extras.by_name {
        ByName::Phone => {
            let mut task = phone::screen(ctx, extras.phone.as_ref(), purpose, others).await?;
            task.login.clone_from(&extras.typed);
            Screen::AwaitPhone(task)
        }
        ByName::Choice => Screen::AnotherWay(AnotherWay {
            kinds: ways,
            on_phone: ctx.realm.codes_stand_on_phones(),
            // Nobody is known whose case it could be.
            case: None,
        }),
        ByName::Code => {
            let kind = FactorKind::Totp;
            let task = prove::code_task(ctx, kind, purpose, others, extras).await?;
            Screen::Code(CodeTask {
                case: None,
                remember_days: 0,
                ..task
            })
        }
    })
}

/// Another of the ways for a name, or the list of them.
///
/// # Errors
/// The database could not.
pub async fn another_way(
    ctx: Ctx<'_>,
    mut run: Run<SignIn>,
    wish: Option<FactorKind>,
) -> Result<Reply, Failure> {
    run.extras.by_name = match wish {
        None => ByName::Choice,
        Some(kind) if !ways(ctx.realm).contains(&kind) => {
            return refused(ctx, run, Refusal::at(Field::Method, Code::NotOffered)).await;
        }
        Some(FactorKind::Totp) => ByName::Code,
        Some(_) => ByName::Phone,
    };
    let nothing = || Event::Cancel;
    let material = Material::default();
    let done = ceremony::advance(ctx, run, nothing(), nothing(), None, material).await?;
    reply(ctx, done, false).await
}

/// A code for a name: one that nobody has fails like a wrong code, and is counted.
///
/// # Errors
/// The database or the vault could not.
pub async fn code_typed(ctx: Ctx<'_>, run: Run<SignIn>, typed: &Secret) -> Result<Reply, Failure> {
    let Ok(login) = Login::parse(&run.extras.typed) else {
        return prove::start_again(ctx).await;
    };
    let key = login.key();
    let mut conn = ctx.services.store.read().await?;
    let who = conn.person_by_login(&ctx.realm.slug, &key).await?;
    drop(conn);
    let kind = FactorKind::Totp;
    let Some(who) = who else {
        let event = Event::Failed {
            person: None,
            kind,
            code: proof::of_nobody(ctx, &key, typed).await?,
        };
        return failed(ctx, run, event).await;
    };
    let found = proof::evaluate(ctx, &who, kind, typed, &run.extras).await?;
    // The right code of a disabled account answers like a wrong one.
    let found = found.and_then(|held| {
        if who.is_enabled() {
            Ok(held)
        } else {
            Err(Code::WrongCode)
        }
    });
    proved(ctx, run, who, kind, found, Code::UsedCode).await
}

/// A name, whose phone is asked. Nothing tells whether there is one.
///
/// # Errors
/// The database could not.
pub async fn ask_phone(
    services: &Services,
    request: &Request,
    realm: String,
    login: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    if !realm.firsts().contains(&FactorKind::Smartphone) {
        return Err(Failure::BadRequest("no phone is asked here"));
    }
    let mut run = ceremony::load::<SignIn>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(SignIn::default()));
    begin_with(&mut run, &login);
    let login = match Login::parse(&login) {
        Ok(login) => login,
        Err(code) => return refused(ctx, run, Refusal::at(Field::Login, code)).await,
    };
    let mut fact = Fact::begin(ctx).await?;
    let who = fact.tx().person_by_login(&realm.slug, &login.key()).await?;
    let waits = phone::ask(&mut fact, who.as_ref(), Purpose::SignIn, None).await?;
    run.extras.phone = Some(waits);
    let nothing = || Event::Cancel;
    let material = Material::default();
    let done = ceremony::advance_in(fact, run, nothing(), nothing(), None, material).await?;
    reply(ctx, done, false).await
}

/// The phone that was asked for a name: did it answer?
///
/// # Errors
/// The database could not.
pub async fn phone_answered(ctx: Ctx<'_>, run: Run<SignIn>) -> Result<Reply, Failure> {
    let kind = FactorKind::Smartphone;
    let mut run = run;
    let waits = run.extras.phone.clone();
    // Looked at once, whatever comes of it.
    run.extras.phone = waits.clone().map(phone::Awaited::closed);
    let Some((who, found)) = phone::who_answered(ctx, waits.as_ref()).await? else {
        let event = Event::Failed {
            person: None,
            kind,
            code: Code::PhoneSilent,
        };
        return failed(ctx, run, event).await;
    };
    proved(ctx, run, who, kind, found, Code::PhoneSilent).await
}

/// What a first proof led to; `late` is what is told when another one used it up.
async fn proved(
    ctx: Ctx<'_>,
    mut run: Run<SignIn>,
    who: Person,
    kind: FactorKind,
    found: Result<Held, Code>,
    late: Code,
) -> Result<Reply, Failure> {
    let fail = |code| Event::Failed {
        person: Some(who.id.clone()),
        kind,
        code,
    };
    let held = match found {
        Ok(held) => held,
        Err(code) => return failed(ctx, run, fail(code)).await,
    };
    let mut conn = ctx.services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let left = conn.recovery_left(&who.id).await?;
    drop(conn);
    let event = Event::Proved {
        subject: proof::subject(&who, &factors, left),
        kind,
    };
    // Whatever the phone is asked still, its answer counts no more.
    run.extras.phone = run.extras.phone.map(phone::Awaited::closed);
    let (spend, material) = prove::used(Some(held));
    let done = ceremony::advance(ctx, run, event, fail(late), spend, material).await?;
    reply(ctx, done, false).await
}
