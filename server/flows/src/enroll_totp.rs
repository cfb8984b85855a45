//! Setting up an authenticator app: active after its first code.

use crate::{
    Failure, Reply, Request, Services,
    ceremony::Ctx,
    choose_method::{self, extras_mut, locate, machine, new_factor, refuse, step},
    effects::Material,
    proof,
};
use domain::{
    FactorKind, Refusal,
    enrollment::{Enroll, Event},
    records::{Factor, Person},
    refusal::{Code, Field},
    text::Name,
};

/// A factor whose codes come from this secret, which is kept sealed.
pub fn factor(ctx: Ctx<'_>, who: &Person, name: String, secret: &[u8]) -> Factor {
    let Services { vault, random, .. } = ctx.services;
    let factor = new_factor(ctx, who, FactorKind::Totp, name);
    Factor {
        secret: vault.seal(&proof::totp_context(&factor.id), secret, random),
        ..factor
    }
}

/// The first code that the app shows.
///
/// # Errors
/// See [`choose_method::locate`].
pub async fn confirm(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
    name: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (mut place, who) = locate(ctx).await?;
    extras_mut(&mut place).name = name.chars().filter(|c| !c.is_control()).take(64).collect();
    let Some(Enroll::Work {
        kind: FactorKind::Totp,
        sealed,
        ..
    }) = machine(&place)
    else {
        return choose_method::refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await;
    };
    let name = match Name::parse(&name) {
        Ok(name) => name.as_str().to_owned(),
        Err(Code::Missing) => String::new(),
        Err(code) => return refuse(ctx, place, &who, Refusal::at(Field::Name, code)).await,
    };
    let name = match choose_method::name_for(ctx, &who, FactorKind::Totp, name).await? {
        Ok(name) => name,
        Err(code) => return refuse(ctx, place, &who, Refusal::at(Field::Name, code)).await,
    };
    if code.trim().is_empty() {
        return refuse(ctx, place, &who, Refusal::at(Field::Code, Code::Missing)).await;
    }
    let Ok(secret) = data_encoding::BASE32_NOPAD.decode(sealed.as_bytes()) else {
        return Err(Failure::unavailable(&"a TOTP secret that is not base32"));
    };
    match proof::totp_step(secret.clone(), &code, services.now()) {
        Ok(last_step) => {
            let factor = Factor {
                // The code that confirmed it is used up with it.
                last_step,
                ..factor(ctx, &who, name, &secret)
            };
            let material = Material {
                factor: Some(factor),
                ..Material::default()
            };
            step(ctx, place, &who, Event::Proved, None, material).await
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
