//! Signing in with the phone as the first factor: a name is typed, its phone is asked,
//! and the same page waits whether there is one or not.

use super::{begin_with, failed, refused, reply};
use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Run},
    effects::Material,
    phone, proof,
};
use domain::{
    FactorKind,
    phone::Purpose,
    refusal::{Code, Field, Refusal},
    sign_in::{Event, SignIn},
    text::Login,
};

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
    let mut conn = ctx.services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let left = conn.recovery_left(&who.id).await?;
    drop(conn);
    let fail = |code| Event::Failed {
        person: Some(who.id.clone()),
        kind,
        code,
    };
    let held = match found {
        Ok(held) => held,
        Err(code) => return failed(ctx, run, fail(code)).await,
    };
    let event = Event::Proved {
        subject: proof::subject(&who, &factors, left),
        kind,
    };
    let material = Material {
        proved: held.factor,
        ..Material::default()
    };
    let lost = fail(Code::PhoneSilent);
    let done = ceremony::advance(ctx, run, event, lost, held.spend, material).await?;
    reply(ctx, done, false).await
}
