//! Naming the address that codes go to: at the first sign-in, or another one
//! later. The mailbox proves itself as in [`crate::enroll_email`], and until then
//! nothing changes.

use crate::{
    Fact, Failure, Reply, Request, Services,
    ceremony::{Ctx, Extras},
    choose_method::{self, Where, extras_mut, locate, refuse},
    outbox,
    request::token_hash,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Refusal, capture,
    link::{Purpose, Standing},
    message::Message,
    policy::{Bind, Realm},
    records::{Factor, Link, Person},
    refusal::{Code, Field},
    screen::CaptureAddress,
    text,
};

/// What was typed, as the page shows it again.
pub fn screen(realm: &Realm, extras: &Extras, first: bool) -> CaptureAddress {
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
        coded: coded(realm, extras, first),
    }
}

/// Whether the address takes the code that the partner's contact got: the first
/// one does, unless a decided case stands for it.
fn coded(realm: &Realm, extras: &Extras, first: bool) -> bool {
    let bind = realm.capture.as_ref().map(|c| c.bind);
    first && extras.case.is_none() && bind.is_some_and(|b| b != Bind::Password)
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
    code: String,
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
    let first = matches!(place, Where::SignIn(_));
    if coded(&realm, choose_method::extras(&place), first) {
        match redeem(ctx, &who, &code).await? {
            Ok(link) => extras_mut(&mut place).link = Some(link),
            Err(code) => {
                return refuse(ctx, place, &who, Refusal::at(Field::Code, code)).await;
            }
        }
    }
    let is_same = |f: &Factor| f.kind == FactorKind::Email && f.address == email.as_str();
    if choose_method::extras(&place).case.is_none() && factors.iter().any(is_same) {
        let refusal = Refusal::at(Field::Email, Code::AddressKnown);
        return refuse(ctx, place, &who, refusal).await;
    }
    // Another address is another code. The same one keeps the code that is on its way.
    let address = email.as_str().to_owned();
    choose_method::begin_at(ctx, place, &who, FactorKind::Email, address).await
}

/// Seconds that a code for the first address works: a week, for people who meet.
const CODE_SECONDS: i64 = 7 * 24 * 3600;

/// The code's row; it is used up when the address has proved itself.
async fn redeem(ctx: Ctx<'_>, who: &Person, typed: &str) -> Result<Result<String, Code>, Failure> {
    let services = ctx.services;
    let typed = match text::recovery(typed) {
        Ok(typed) => typed,
        Err(code) => return Ok(Err(code)),
    };
    let whose = Whose::Person(&who.id);
    let tries = match throttle::take_address_code(services, ctx.request, whose).await? {
        Ok(tries) => tries,
        Err(code) => return Ok(Err(code)),
    };
    let mut tx = services.store.begin().await?;
    let found = tx
        .link_by_token(&ctx.realm.slug, Purpose::AddressCode, &token_hash(&typed))
        .await?;
    let found = found.filter(|link| link.person == who.id);
    let now = services.now();
    let standing = |l: &Link| {
        Standing::judge(
            l.expires_at,
            l.used_at.is_some(),
            l.voided_at.is_some(),
            now,
        )
    };
    let code = match found.as_ref().map(standing) {
        Some(Standing::Live) => None,
        Some(Standing::Used) => Some(Code::UsedCode),
        Some(Standing::Expired) => Some(Code::ExpiredCode),
        Some(_) | None => Some(Code::WrongCode),
    };
    if code.is_none() {
        tries.give_back(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(match (code, found) {
        (None, Some(link)) => Ok(link.id),
        (code, _) => Err(code.unwrap_or(Code::WrongCode)),
    })
}

/// Whether a code for the first address can be sent for somebody; `None` where
/// the realm asks for no such code.
pub fn can_send_code(realm: &Realm, who: &Person, factors: &[Factor]) -> Option<bool> {
    let capture = realm.capture.as_ref()?;
    if capture.bind == Bind::Password {
        return None;
    }
    let has_contact = who.partner.as_ref().is_some_and(|p| !p.contact.is_empty());
    let is_named = factors.iter().any(|f| f.kind == FactorKind::Email);
    Some(has_contact && !is_named)
}

/// Sends the contact of a person's partner a code for the person's first address;
/// one from before is void.
///
/// # Errors
/// [`Failure::BadRequest`] where [`can_send_code`] says no.
pub async fn send_code(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let factors = fact.tx().factors(&who.id).await?;
    let can = can_send_code(ctx.realm, who, &factors) == Some(true);
    let (Some(partner), true) = (&who.partner, can) else {
        return Err(Failure::BadRequest("no code can be sent for this person"));
    };
    fact.tx()
        .links_void(&who.id, Purpose::AddressCode, now)
        .await?;
    let code = services.random.recovery_code();
    let typed =
        text::recovery(code.reveal()).map_err(|_| Failure::unavailable(&"a code of ours"))?;
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose: Purpose::AddressCode,
        created_at: now,
        expires_at: now.plus_seconds(CODE_SECONDS),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: String::new(),
    };
    let name = if who.name.is_empty() {
        who.login.clone()
    } else {
        format!("{} ({})", who.name, who.login)
    };
    let message = Message::AddressCode {
        code,
        who: name,
        valid_until: link.expires_at,
    };
    let outbox = outbox::put(fact, who, &partner.contact, &message).await?;
    fact.tx()
        .link_insert(&link, &ctx.realm.slug, &token_hash(&typed), "", &outbox)
        .await?;
    Ok(())
}
