//! Codes that are sent, by mail, SMS or call: one at a time, a new one voids the old one. To
//! a telephone the same one goes once more as long as it lives (`security.md`, 2).

use crate::{
    Fact, Failure, audit,
    ceremony::{Ctx, Extras, Said},
    lines, outbox, when,
};
use domain::{
    FactorKind, Refusal,
    audit::{Action, Event},
    message::{Message, Way},
    records::{Challenge, Person},
    refusal::Code,
    secret::Secret,
    throttle,
};

/// A code that signs in; one for another purpose never fits (XB10). The names
/// are those of the ceremonies.
pub const SIGN_IN: &str = "sign_in";
/// A code that tests a factor or proves oneself anew.
pub const CONFIRM: &str = "confirm";
/// A code that proves a mailbox before it becomes a factor.
pub const ENROLL: &str = "enroll";
/// A code that proves an address for notices.
pub const ADDRESS: &str = "address";

/// The keyed hash under which a code is kept.
pub fn hash(ctx: Ctx<'_>, challenge: &str, code: &str) -> String {
    ctx.services
        .vault
        .mac("code", format!("{challenge}/{code}").as_bytes())
}

/// Where codes of a kind go. Those by mail go to the address on record while none is set
/// up; a telephone is only ever called at a number that proved itself.
async fn address(
    fact: &mut Fact<'_>,
    who: &Person,
    kind: FactorKind,
) -> Result<Option<String>, Failure> {
    let factors = fact.tx().factors(&who.id).await?;
    let mut mine = factors
        .into_iter()
        .filter(|f| f.kind == kind && f.disabled_at.is_none());
    let on_record = (kind == FactorKind::Email).then(|| who.email.clone());
    Ok(mine.next().map(|f| f.address).or(on_record))
}

/// Sends a code for a purpose, unless it is too soon or too often; then the
/// refusal stands in `extras`.
///
/// # Errors
/// The database could not.
pub async fn send(
    fact: &mut Fact<'_>,
    who: &Person,
    kind: FactorKind,
    purpose: &str,
    extras: &mut Extras,
) -> Result<(), Failure> {
    match address(fact, who, kind).await? {
        Some(to) => send_to(fact, who, kind, &to, purpose, extras).await,
        None => {
            extras.refusals.push(Refusal::page(Code::NotOffered));
            Ok(())
        }
    }
}

/// [`send`], to an address that is not proven yet.
///
/// # Errors
/// The database could not.
pub async fn send_to(
    fact: &mut Fact<'_>,
    who: &Person,
    kind: FactorKind,
    to: &str,
    purpose: &str,
    extras: &mut Extras,
) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    if let Some(last) = &extras.challenge
        && let Some(last) = fact.tx().challenge(last).await?
        && (last.kind, last.address.as_str()) == (kind, to)
    {
        let wait = now.seconds_until(
            last.sent_at
                .plus_seconds(throttle::resend_pause(last.sends)),
        );
        if extras.again && wait > 0 {
            extras
                .refusals
                .push(Refusal::page(Code::Wait { seconds: wait }));
            return Ok(());
        }
        // Five wrong tries end a code before its time.
        let lives = last.tries < i64::from(throttle::MOST_CODE_TRIES);
        let works = now.plus_seconds(throttle::WORTH_SENDING) < last.expires_at;
        if !extras.again && lives && (works || wait > 0) {
            // The code that is on its way stays; nothing is minted.
            return Ok(());
        }
    }
    let today = fact
        .tx()
        .challenges_since(&who.id, now.plus_seconds(-throttle::DAY))
        .await?;
    if extras.sends >= throttle::MOST_SENDS || today >= throttle::MOST_SENDS_PER_DAY {
        let seconds = throttle::SENDS_SPENT_PAUSE;
        extras.refusals.push(Refusal::page(Code::Wait { seconds }));
        return Ok(());
    }
    let way = match kind {
        FactorKind::Sms => Way::Sms,
        FactorKind::Voice => Way::Voice,
        _ => Way::Mail,
    };
    if way != Way::Mail
        && let Err(refused) = lines::take(fact, to, purpose != ENROLL).await?
    {
        lines::tell(fact, who, kind, to, &refused).await?;
        extras.refusals.push(Refusal::page(refused.code()));
        return Ok(());
    }
    extras.sends += 1;
    let (challenge, code) = match again(fact, extras, kind, to).await? {
        Some(same) => same,
        None => mint(fact, who, purpose, extras, kind, to).await?,
    };
    let valid_until = challenge.expires_at;
    let zone = when::told(ctx.request).unwrap_or_default().to_owned();
    let message = if purpose == SIGN_IN || purpose == CONFIRM {
        Message::SignInCode {
            code,
            valid_until,
            asked: outbox::asked(services, ctx.request),
            zone,
        }
    } else {
        Message::ConfirmAddress {
            code,
            valid_until,
            zone,
        }
    };
    let message = outbox::put_by(fact, who, to, &message, way).await?;
    if way != Way::Mail {
        fact.tx().challenge_carried(&challenge.id, &message).await?;
    }
    let event = Event::done(Action::CodeSent, who.id.clone())
        .with(kind)
        .because(purpose);
    audit::record(fact, None, &event).await?;
    extras.challenge = Some(challenge.id);
    Ok(())
}

/// The code that went to a telephone before, where the same is to go there once more:
/// whichever of the two messages comes first, its code is right. Only this ceremony knows
/// it, sealed; `None` where a new one is needed.
async fn again(
    fact: &mut Fact<'_>,
    extras: &Extras,
    kind: FactorKind,
    to: &str,
) -> Result<Option<(Challenge, Secret)>, Failure> {
    let (Some(id), Some(said)) = (&extras.challenge, &extras.said) else {
        return Ok(None);
    };
    if said.challenge != *id || said.to != (kind, to.to_owned()) {
        return Ok(None);
    }
    let now = fact.ctx().services.now();
    let until = now.plus_seconds(throttle::WORTH_SENDING);
    let most = i64::from(throttle::MOST_CODE_TRIES);
    let same = fact
        .tx()
        .challenge_again(id, extras.sends, most, until, now);
    Ok(same.await?.map(|same| (same, said.code.clone())))
}

/// A new code: those from before for the same purpose are void.
async fn mint(
    fact: &mut Fact<'_>,
    who: &Person,
    purpose: &str,
    extras: &mut Extras,
    kind: FactorKind,
    to: &str,
) -> Result<(Challenge, Secret), Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let rules = ctx.realm.code_rules(kind);
    let code = services.random.digits(rules.digits);
    let challenge = Challenge {
        id: services.random.id(now),
        kind,
        address: to.to_owned(),
        created_at: now,
        sent_at: now,
        expires_at: now.plus_seconds(rules.minutes * 60),
        sends: extras.sends,
        tries: 0,
        message: String::new(),
    };
    let kept = hash(ctx, &challenge.id, code.reveal());
    fact.tx()
        .challenge_insert(&who.id, purpose, &challenge, &kept)
        .await?;
    // A mailbox keeps what came; a telephone that was off may need it once more.
    extras.said = (kind != FactorKind::Email).then(|| Said {
        challenge: challenge.id.clone(),
        to: (kind, to.to_owned()),
        code: code.clone(),
    });
    Ok((challenge, code))
}

/// Tries a code against a challenge; the try is committed before it is
/// compared. `Ok` when it fits: the caller uses it up in its own transaction.
///
/// # Errors
/// The database could not.
pub async fn check(
    ctx: Ctx<'_>,
    kind: FactorKind,
    challenge: Option<&str>,
    typed: &str,
) -> Result<Result<String, Code>, Failure> {
    let code = match domain::text::digits(typed, ctx.realm.code_rules(kind).digits) {
        Ok(code) => Secret::new(code),
        Err(Code::Missing) => return Ok(Err(Code::Missing)),
        Err(_) => Secret::default(),
    };
    let Some(id) = challenge else {
        return Ok(Err(Code::ExpiredCode));
    };
    let now = ctx.services.now();
    let most = i64::from(throttle::MOST_CODE_TRIES);
    let mut tx = ctx.services.store.begin().await?;
    // A code that went another way proves another factor.
    let sent = tx.challenge(id).await?;
    if sent.is_none_or(|sent| sent.kind != kind) {
        return Ok(Err(Code::ExpiredCode));
    }
    let kept = tx.challenge_try(id, most, now).await?;
    tx.commit().await?;
    let Some(kept) = kept else {
        let gone = ctx.services.store.read().await?.challenge(id).await?;
        return Ok(Err(match gone {
            Some(c) if c.tries >= most => Code::NewCodeNeeded,
            _ => Code::ExpiredCode,
        }));
    };
    use subtle::ConstantTimeEq;
    let fits = bool::from(
        hash(ctx, id, code.reveal())
            .as_bytes()
            .ct_eq(kept.as_bytes()),
    );
    Ok(if fits && !code.is_empty() {
        Ok(id.to_owned())
    } else {
        Err(Code::WrongCode)
    })
}
