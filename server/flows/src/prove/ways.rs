//! The ways on at one more proof that are no proof: a new code, another way, and out.

use super::{current, is_theirs, purpose as read, show, start_again};
use crate::{
    Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Extras},
    effects::Material,
    reset_pin, sign_in,
};
use domain::{
    FactorKind,
    confirm::{self, Confirm},
    paths,
    reset_pin::ResetPin,
    screen::{CodePurpose, News},
    sign_in::SignIn,
};

/// The code once more, or a new one: the same way as before.
///
/// # Errors
/// The database could not.
pub async fn resend(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
) -> Result<Reply, Failure> {
    let found = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &found,
    };
    let asked = match read(&purpose)? {
        CodePurpose::SignIn => match ceremony::load::<SignIn>(ctx).await?.map(|r| r.machine) {
            Some(SignIn::Prove { asked, .. }) => asked,
            _ => None,
        },
        _ => match ceremony::load::<Confirm>(ctx).await?.map(|r| r.machine) {
            Some(Confirm::Prove { asked, .. }) => asked,
            _ => None,
        },
    };
    let kind = asked.filter(|kind| kind.is_sent());
    let kind = kind.unwrap_or(FactorKind::Email).slug().to_owned();
    another_way(services, request, realm, purpose, kind).await
}

/// Another of the ways at hand, or the list of them.
///
/// # Errors
/// The database could not.
pub async fn another_way(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    kind: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let purpose = read(&purpose)?;
    if purpose == CodePurpose::ResetPin {
        return reset_pin::back(ctx).await;
    }
    let wish = if kind.is_empty() {
        None
    } else {
        Some(FactorKind::parse(&kind).ok_or(Failure::BadRequest("no such factor"))?)
    };
    if purpose == CodePurpose::SignIn {
        let Some(run) = ceremony::load::<SignIn>(ctx).await? else {
            return start_again(ctx).await;
        };
        if run.machine == SignIn::Identify && run.extras.phone.is_some() {
            return sign_in::another_way(ctx, run, wish).await;
        }
        let Some(subject) = run.machine.subject() else {
            return start_again(ctx).await;
        };
        if current(ctx, subject).await?.is_none() {
            ceremony::drop_row::<SignIn>(ctx).await?;
            return start_again(ctx).await;
        }
        let before = run.extras.clone();
        let mut run = run;
        run.extras.again = matches!(&run.machine, SignIn::Prove { asked, .. } if *asked == wish);
        let event = domain::sign_in::Event::AnotherWay(wish);
        let mut done =
            ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
        done.run.extras.news = sent(&before, &done.run.extras);
        return sign_in::reply(ctx, done, false).await;
    }
    let session = services.signed_in_or_reset(request, &realm).await?;
    let Some(run) = ceremony::load::<Confirm>(ctx).await? else {
        return Ok(Reply::go(paths::overview(&realm.slug)));
    };
    if !is_theirs(&session, &run.machine) {
        return show(ctx, &session, purpose, &run).await;
    }
    let mut run = run;
    run.extras.again = matches!(&run.machine, Confirm::Prove { asked, .. } if *asked == wish);
    let event = confirm::Event::AnotherWay(wish);
    let before = run.extras.clone();
    let mut done =
        ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
    done.run.extras.news = sent(&before, &done.run.extras);
    Ok(show(ctx, &session, purpose, &done.run)
        .await?
        .with(done.cookies))
}

/// What is said of a code that was asked for once more.
pub(crate) fn sent(before: &Extras, after: &Extras) -> Option<News> {
    before.challenge.as_ref()?;
    if after.challenge != before.challenge {
        return Some(News::CodeSent);
    }
    (after.sends > before.sends).then_some(News::CodeAgain)
}

/// Leaves the ceremony.
///
/// # Errors
/// The database could not.
pub async fn cancel(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match read(&purpose)? {
        CodePurpose::SignIn => ceremony::drop_row::<SignIn>(ctx).await?,
        CodePurpose::ResetPin => ceremony::drop_row::<ResetPin>(ctx).await?,
        _ => {
            ceremony::drop_row::<Confirm>(ctx).await?;
            return Ok(Reply::go(paths::overview(&realm.slug)));
        }
    }
    Ok(Reply::go(paths::sign_in(&realm.slug)))
}
