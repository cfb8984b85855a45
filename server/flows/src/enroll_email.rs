//! Setting up codes by mail: the mailbox proves itself first. How a code proves where it
//! went is the same for telephones ([`crate::enroll_line`]).

use crate::{
    Failure, Reply, Request, Services,
    ceremony::Ctx,
    choose_method::{self, extras, extras_mut, locate, machine, new_factor, refuse, step},
    codes,
    effects::Material,
    proof::Spend,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Refusal,
    enrollment::{Enroll, Event},
    refusal::{Code, Field},
    screen::News,
};

/// The code from the mail.
///
/// # Errors
/// See [`choose_method::locate`].
pub async fn confirm(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
) -> Result<Reply, Failure> {
    let is_mail = |kind| kind == FactorKind::Email;
    confirm_kind(services, request, realm, is_mail, code).await
}

/// The code that went where codes of a kind are to go.
///
/// # Errors
/// See [`choose_method::locate`].
pub(crate) async fn confirm_kind(
    services: &Services,
    request: &Request,
    realm: String,
    fits: impl Fn(FactorKind) -> bool,
    code: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (place, who) = locate(ctx).await?;
    let (kind, address) = match machine(&place) {
        Some(Enroll::Work { kind, sealed, .. }) if fits(*kind) && !sealed.is_empty() => {
            (*kind, sealed.clone())
        }
        _ => return refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await,
    };
    if code.trim().is_empty() {
        return refuse(ctx, place, &who, Refusal::at(Field::Code, Code::Missing)).await;
    }
    let tries = match throttle::take(services, request, Whose::Person(&who.id), kind).await? {
        Ok(tries) => tries,
        Err(wait) => return refuse(ctx, place, &who, Refusal::at(Field::Code, wait)).await,
    };
    match codes::check(ctx, kind, extras(&place).challenge.as_deref(), &code).await? {
        Ok(challenge) => {
            let mut factor = new_factor(ctx, &who, kind, String::new());
            factor.address = address;
            let material = Material {
                factor: Some(factor),
                tries: Some(tries),
                ..Material::default()
            };
            step(
                ctx,
                place,
                &who,
                Event::Proved,
                Some(Spend::Challenge(challenge)),
                material,
            )
            .await
        }
        Err(code) => {
            step(
                ctx,
                place,
                &who,
                Event::Failed(code),
                None,
                Material::default(),
            )
            .await
        }
    }
}

/// A new code, please.
///
/// # Errors
/// See [`choose_method::locate`].
pub async fn resend(
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
    let (mut place, who) = locate(ctx).await?;
    extras_mut(&mut place).again = true;
    let reply = choose_method::begin(ctx, place, &who, FactorKind::Email).await?;
    Ok(reply.with_news(News::CodeSent))
}
