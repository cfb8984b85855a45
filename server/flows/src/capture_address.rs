//! Naming the address that codes go to: at the first sign-in, or another one
//! later. The mailbox proves itself as in [`crate::enroll_email`], and until then
//! nothing changes.

use crate::{
    Failure, Reply, Request, Services,
    ceremony::{Ctx, Extras},
    choose_method::{self, extras_mut, locate, refuse},
};
use domain::{
    FactorKind, Refusal, capture,
    records::Factor,
    refusal::{Code, Field},
    screen::CaptureAddress,
};

/// What was typed, as the page shows it again.
pub fn screen(extras: &Extras, first: bool) -> CaptureAddress {
    let warned = extras.refusals.iter().any(|r| {
        matches!(
            r.code,
            Code::SharedMailbox { is_final: false } | Code::ForeignAddress { is_final: false }
        )
    });
    CaptureAddress {
        email: extras.typed.clone(),
        repeat: extras.name.clone(),
        sure: if warned {
            extras.typed.clone()
        } else {
            String::new()
        },
        first,
    }
}

fn shown(text: &str) -> String {
    let visible = text.chars().filter(|c| !c.is_control());
    visible.take(254).collect()
}

/// The address was typed twice: a code goes there.
///
/// # Errors
/// See [`locate`]; [`Failure::NotFound`] where the realm asks for none.
pub async fn update(
    services: &Services,
    request: &Request,
    realm: String,
    email: String,
    repeat: String,
    sure: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (mut place, who) = locate(ctx).await?;
    let Some(rules) = &realm.capture else {
        return Err(Failure::NotFound);
    };
    let extras = extras_mut(&mut place);
    extras.typed = shown(&email);
    extras.name = shown(&repeat);
    if who.frozen_at.is_some() {
        return refuse(ctx, place, &who, Refusal::page(Code::Frozen)).await;
    }
    let partner = who.partner.as_ref();
    let email = match capture::judge(rules, partner, &email, &repeat, &sure) {
        Ok(email) => email,
        Err(refusal) => return refuse(ctx, place, &who, refusal).await,
    };
    let factors = services.store.read().await?.factors(&who.id).await?;
    let is_same = |f: &Factor| f.kind == FactorKind::Email && f.address == email.as_str();
    if choose_method::extras(&place).case.is_none() && factors.iter().any(is_same) {
        let refusal = Refusal::at(Field::Email, Code::AddressKnown);
        return refuse(ctx, place, &who, refusal).await;
    }
    // Another address is another code; the one before it proves nothing here.
    extras_mut(&mut place).challenge = None;
    let address = email.as_str().to_owned();
    choose_method::begin_at(ctx, place, &who, FactorKind::Email, address).await
}
