//! The phone as the step that is asked for: its page waits, and goes on when there is
//! an answer. And what this and other pages that wait listen to.

use super::{Typed, page, proof_of};
use crate::{
    Failure, Reply, Request, Services, approval,
    ceremony::{self, Ctx, Extras, Kept},
    choose_method,
    infra::board::NOBODY,
    pages::Query,
    phone, receipts, reset_pin, sign_in,
};
use domain::{
    FactorKind,
    confirm::Confirm,
    screen::{CodePurpose, PhoneStage},
    secret::Secret,
    sign_in::SignIn,
};

/// The page that waits for a phone goes on, or waits on.
///
/// # Errors
/// The database could not.
pub async fn phone(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
) -> Result<Reply, Failure> {
    let purpose = super::purpose(&purpose)?;
    let here = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &here,
    };
    let waits = match purpose {
        CodePurpose::ResetPin => return reset_pin::phone_answered(ctx).await,
        CodePurpose::SignIn => load_waits::<SignIn>(ctx).await?,
        _ => {
            services.signed_in(request, &here).await?;
            load_waits::<Confirm>(ctx).await?
        }
    };
    if let Some(waits) = waits {
        let asked = phone::awaited(services, &waits).await?;
        if phone::stage(&waits, asked.as_ref(), services.now()) == PhoneStage::Waiting {
            // Nobody answered yet: no proof was tried.
            return match purpose {
                CodePurpose::SignIn => {
                    sign_in::page(services, request, &here.slug, &Query::default()).await
                }
                purpose => page(services, request, &here.slug, purpose).await,
            };
        }
    }
    let typed = Typed {
        secret: Secret::default(),
        only: Some(FactorKind::Smartphone),
        remember: false,
    };
    proof_of(services, request, &realm, purpose, typed).await
}

/// What the page of a purpose listens to while it waits: for a phone to answer, for a code
/// to arrive, for what is asked and decided. Where nobody was asked it listens as well,
/// which looks the same.
///
/// # Errors
/// [`Failure::BadRequest`] for what is no purpose; the database could not.
pub async fn waits_for(
    services: &Services,
    request: &Request,
    realm: &str,
    purpose: &str,
) -> Result<Vec<String>, Failure> {
    let realm = services.realm(realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut topics = if purpose == ENROLL {
        enrolls(ctx).await?
    } else if purpose == APPROVAL {
        asks(ctx).await?
    } else if purpose == APPROVALS {
        decides(ctx).await?
    } else {
        match super::purpose(purpose)? {
            CodePurpose::ResetPin => reset_pin::topics(ctx).await?,
            CodePurpose::SignIn => topics_of::<SignIn>(ctx).await?,
            _ => topics_of::<Confirm>(ctx).await?,
        }
    };
    if topics.is_empty() {
        topics.push(NOBODY.to_owned());
    }
    Ok(topics)
}

async fn topics_of<M: Kept>(ctx: Ctx<'_>) -> Result<Vec<String>, Failure> {
    match ceremony::load::<M>(ctx).await? {
        Some(run) => topics_in(ctx, &run.extras).await,
        None => Ok(Vec::new()),
    }
}

/// A page that sets codes up listens to the one that it waits for. No form names this
/// purpose: what is set up has calls of its own.
const ENROLL: &str = "enroll";

async fn enrolls(ctx: Ctx<'_>) -> Result<Vec<String>, Failure> {
    match choose_method::locate(ctx).await {
        Ok((place, _)) => topics_in(ctx, choose_method::extras(&place)).await,
        Err(Failure::SignIn(_) | Failure::Confirm(_)) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// The page of a request listens to what becomes of it.
const APPROVAL: &str = "approval";

async fn asks(ctx: Ctx<'_>) -> Result<Vec<String>, Failure> {
    match approval::request::who(ctx).await {
        Ok(who) => Ok(vec![approval::topic(&who)]),
        Err(Failure::SignIn(_) | Failure::Confirm(_)) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// The list of one who decides listens to what is asked and decided.
const APPROVALS: &str = "approvals";

async fn decides(ctx: Ctx<'_>) -> Result<Vec<String>, Failure> {
    let session = match ctx.services.signed_in(ctx.request, ctx.realm).await {
        Ok(session) => session,
        Err(Failure::SignIn(_)) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let mut conn = ctx.services.store.read().await?;
    let now = ctx.services.now();
    let decides = conn.approves_anybody(&session.person.id, now).await?;
    Ok(decides
        .then(|| approval::LISTS.to_owned())
        .into_iter()
        .collect())
}

async fn topics_in(ctx: Ctx<'_>, extras: &Extras) -> Result<Vec<String>, Failure> {
    let asked = extras.phone.as_ref().and_then(phone::Awaited::topic);
    let sent = match &extras.challenge {
        Some(id) => ctx.services.store.read().await?.challenge(id).await?,
        None => None,
    };
    let carries = sent.map(|sent| sent.message).filter(|m| !m.is_empty());
    let carries = carries.map(|message| receipts::topic(&message));
    Ok(asked.into_iter().chain(carries).collect())
}

async fn load_waits<M: Kept>(ctx: Ctx<'_>) -> Result<Option<phone::Awaited>, Failure> {
    Ok(ceremony::load::<M>(ctx)
        .await?
        .and_then(|run| run.extras.phone))
}
