//! The phone as the step that is asked for: its page waits, and goes on when there is
//! an answer.

use super::{Typed, page, proof_of};
use crate::{
    Failure, Reply, Request, Services,
    ceremony::{self, Ctx, Kept},
    pages::Query,
    phone, reset_pin, sign_in,
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

async fn load_waits<M: Kept>(ctx: Ctx<'_>) -> Result<Option<phone::Awaited>, Failure> {
    Ok(ceremony::load::<M>(ctx)
        .await?
        .and_then(|run| run.extras.phone))
}
