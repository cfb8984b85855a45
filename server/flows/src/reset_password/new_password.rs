//! The new password: judged, hashed and set, and its link spent with it.

use crate::{
    Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Run},
    effects::Material,
    infra::password_rules,
    pages,
    proof::Spend,
};
use domain::{
    Refusal,
    ids::RealmSlug,
    link::Purpose,
    paths,
    policy::Realm,
    records::Person,
    refusal::{Code, Field},
    reset::{Event, Reset},
    screen::{NewPassword, News, Screen, StepName, View},
    secret::Secret,
    sign_in::SignIn,
};

/// The page for the new password.
///
/// # Errors
/// The database could not.
pub async fn new_password_page(
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
    match ceremony::load::<Reset>(ctx).await? {
        Some(run) => show_new_password(ctx, &run).await,
        None => Ok(Reply::go(paths::sign_in(slug))),
    }
}

async fn show_new_password(ctx: Ctx<'_>, run: &Run<Reset>) -> Result<Reply, Failure> {
    let slug = &ctx.realm.slug;
    let Reset::NewPassword {
        person, purpose, ..
    } = &run.machine
    else {
        return Ok(Reply::go(paths::forgot(slug)));
    };
    let Some(who) = ctx.services.store.read().await?.person(person).await? else {
        return Ok(Reply::go(paths::sign_in(slug)));
    };
    let mut frame = pages::frame(
        ctx.services,
        ctx.request,
        Some(ctx.realm),
        None,
        paths::set_password(slug),
    );
    frame.account = Some(who.account());
    // Who registered signs in next; what comes after that is another day's.
    if *purpose == Purpose::Invitation && ctx.realm.invitation_hours.is_some() {
        frame.steps = pages::steps(
            &[
                StepName::NewPassword,
                StepName::Credentials,
                StepName::ChooseMethod,
                StepName::SetUp,
            ],
            0,
        );
    }
    let screen = Screen::NewPassword(NewPassword {
        purpose: *purpose,
        login: who.login,
        least: ctx.realm.password.least,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    }))
}

/// Sets the password: the link is spent in the same transaction.
///
/// # Errors
/// The database or the hash queue could not.
pub async fn set(
    services: &Services,
    request: &Request,
    realm: String,
    new_password: String,
    repeat: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let Some(run) = ceremony::load::<Reset>(ctx).await? else {
        return Ok(Reply::go(paths::sign_in(&realm.slug)));
    };
    let Reset::NewPassword {
        person,
        epoch,
        link,
        purpose,
    } = run.machine.clone()
    else {
        return Ok(Reply::go(paths::forgot(&realm.slug)));
    };
    let who = services.store.read().await?.person(&person).await?;
    // Disabled, frozen or changed meanwhile: this proof is void (XC05, XC13).
    let Some(who) = who.filter(|w| w.is_enabled() && w.frozen_at.is_none() && w.epoch == epoch)
    else {
        ceremony::drop_row::<Reset>(ctx).await?;
        return Ok(Reply::go(paths::forgot(&realm.slug)));
    };
    request.is_about(&who)?;
    let (new, repeat) = (Secret::new(new_password), Secret::new(repeat));
    if let Some(refusal) = judge(&realm, &who, &new, &repeat) {
        let event = Event::Weak(refusal);
        let done =
            ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
        return Ok(show_new_password(ctx, &done.run).await?.with(done.cookies));
    }
    let hash = services.hasher.hash(&new, services.random.bytes()).await?;
    let lost = Event::Weak(Refusal::page(Code::LinkUsed));
    let material = Material {
        password: Some(hash),
        recovers: purpose == Purpose::ResetPassword,
        ..Material::default()
    };
    let done = ceremony::advance(
        ctx,
        run,
        Event::Set,
        lost,
        Some(Spend::Link(link)),
        material,
    )
    .await?;
    if matches!(done.run.machine, Reset::Finished) {
        let to = pages::with_news(
            &paths::sign_in(&realm.slug),
            &News::PasswordSet { login: who.login },
        );
        // What this browser had half done with the old password is over.
        ceremony::drop_row::<SignIn>(ctx).await?;
        return Ok(Reply::anew(to).with(done.cookies));
    }
    Ok(show_new_password(ctx, &done.run).await?.with(done.cookies))
}

fn judge(realm: &Realm, who: &Person, new: &Secret, repeat: &Secret) -> Option<Refusal> {
    if new.is_empty() {
        return Some(Refusal::at(Field::NewPassword, Code::Missing));
    }
    let personal = [
        who.login.as_str(),
        &who.name,
        &who.email,
        &realm.name.en,
        &realm.name.de,
    ];
    if let Err(code) = password_rules::judge(new, &realm.password, &personal) {
        return Some(Refusal::at(Field::NewPassword, code));
    }
    (new != repeat).then(|| Refusal::at(Field::Repeat, Code::RepeatDiffers))
}
