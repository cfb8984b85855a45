//! Evaluating a proof. The try is counted and committed before; what the proof
//! uses up is used up later, in the transaction of what it earns.

use crate::{
    Fact, Failure, Services, audit,
    ceremony::{Ctx, Extras},
    codes, outbox,
    passkeys::{self, Refused},
    phone,
    throttle::{self, Tries, Whose},
};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event},
    ids::{FactorId, PhoneRequestId},
    message::Notice,
    probation,
    records::{Factor, Person, Session},
    refusal::Code,
    secret::Secret,
};
use store::Conn;

/// What a proof uses up: one statement each.
#[derive(Clone, Debug)]
pub enum Spend {
    /// A TOTP step.
    Step(FactorId, i64),
    /// A code that was sent.
    Challenge(String),
    /// A recovery code, by its hash.
    Recovery(domain::ids::PersonId, String),
    /// A passkey's counter moves on.
    Passkey(FactorId, Vec<u8>),
    /// A link.
    Link(String),
    /// A code and the link that allowed to use it: both, or it does not count.
    Both(Box<Spend>, String),
    /// A remembered browser: used, not used up, unless it was forgotten.
    Device(String),
    /// What a phone accepted.
    Phone(PhoneRequestId),
    /// What the desk issued.
    Emergency(String),
}

impl Spend {
    /// Uses it up; `false` when somebody was faster.
    ///
    /// # Errors
    /// The database could not.
    pub async fn carry_out(&self, tx: &mut Conn, now: Timestamp) -> Result<bool, Failure> {
        Ok(match self {
            Self::Step(id, step) => tx.factor_take_step(id, *step).await?,
            Self::Challenge(id) => tx.challenge_take(id, now).await?,
            Self::Recovery(person, hash) => tx.recovery_take(person, hash, now).await?,
            Self::Passkey(id, secret) => tx.factor_secret(id, secret).await?,
            Self::Link(id) => tx.link_take(id, now).await?,
            Self::Both(first, link) => {
                Box::pin(first.carry_out(tx, now)).await? && tx.link_take(link, now).await?
            }
            Self::Device(id) => tx.device_used(id, now).await?,
            Self::Phone(id) => tx.phone_request_take(id).await?,
            Self::Emergency(id) => tx.emergency_take(id, now).await?,
        })
    }
}

/// A proof that held.
#[derive(Debug)]
pub struct Held {
    /// Which factor; `None` for recovery codes.
    pub factor: Option<FactorId>,
    /// What is to be used up.
    pub spend: Option<Spend>,
    /// The tries to give back.
    pub tries: Tries,
}

/// The kinds that a person holds and may use now.
pub fn held(factors: &[Factor], recovery_left: i64) -> Vec<FactorKind> {
    let mut kinds: Vec<_> = factors
        .iter()
        .filter(|f| f.disabled_at.is_none())
        .map(|f| f.kind)
        .collect();
    if recovery_left > 0 {
        kinds.push(FactorKind::Recovery);
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The factors without codes by mail, where the address they go to is asked for
/// anew.
pub fn without_address(factors: &[Factor], asks: bool) -> Vec<Factor> {
    let kept = factors
        .iter()
        .filter(|f| !asks || f.kind != FactorKind::Email);
    kept.cloned().collect()
}

/// Why a session changes nothing in an account now; `None` when it may.
///
/// # Errors
/// The database could not.
pub async fn held_back(services: &Services, session: &Session) -> Result<Option<Code>, Failure> {
    if session.person.frozen_at.is_some() {
        return Ok(Some(Code::Frozen));
    }
    let mut conn = services.store.read().await?;
    let factors = conn.factors(&session.person.id).await?;
    let left = probation::left(&session.proven, &factors, services.now());
    Ok(left.map(|seconds| Code::OnProbation { seconds }))
}

/// A person as the sign-in machine needs them.
pub fn subject(who: &Person, factors: &[Factor], recovery_left: i64) -> domain::sign_in::Subject {
    domain::sign_in::Subject {
        person: who.id.clone(),
        epoch: who.epoch,
        held: held(factors, recovery_left),
        bare: recovery_left == 0 && factors.iter().all(|f| f.kind.is_knowledge()),
        grace: false,
        remembered: false,
        anew: false,
    }
}

/// Evaluates what a person typed or what their authenticator answered.
///
/// # Errors
/// The database, the vault or the hash queue could not.
pub async fn evaluate(
    ctx: Ctx<'_>,
    who: &Person,
    kind: FactorKind,
    typed: &Secret,
    extras: &Extras,
) -> Result<Result<Held, Code>, Failure> {
    if kind == FactorKind::Smartphone {
        // What was wrong there was counted there.
        return phone::evaluate(ctx, who, extras.phone.as_ref()).await;
    }
    if typed.is_empty() {
        // Nothing was typed: no proof was tried, and no try is used up.
        return Ok(Err(Code::Missing));
    }
    let tries =
        match throttle::take(ctx.services, ctx.request, Whose::Person(&who.id), kind).await? {
            Ok(tries) => tries,
            Err(wait) => return Ok(Err(wait)),
        };
    let factors = ctx.services.store.read().await?.factors(&who.id).await?;
    let mut mine = factors
        .iter()
        .filter(|f| f.kind == kind && f.disabled_at.is_none());
    let verdict = match kind {
        FactorKind::Password | FactorKind::Pin => knowledge(ctx, mine.next(), typed).await?,
        FactorKind::Totp => totp(ctx, mine, typed)?,
        FactorKind::Email | FactorKind::Sms | FactorKind::Voice => {
            let sent = extras.challenge.as_deref();
            let found = codes::check(ctx, kind, sent, typed.reveal()).await?;
            let factor = mine.next().map(|f| f.id.clone());
            found.map(|id| (factor, Some(Spend::Challenge(id))))
        }
        FactorKind::Recovery => recovery(ctx, who, typed).await?,
        FactorKind::Passkey => match passkeys::answer(ctx, &factors, typed.reveal(), extras)? {
            Ok((id, secret)) => Ok((Some(id.clone()), Some(Spend::Passkey(id, secret)))),
            Err(refused) => Err(passkey_refused(ctx, who, refused).await?),
        },
        // An emergency password is no proof but in `reset_pin`.
        FactorKind::Smartphone | FactorKind::Emergency => Err(Code::NotOffered),
    };
    // Nobody is told of tries at what they do not have.
    let has_one = factors.iter().any(|f| f.kind == kind) || kind == FactorKind::Recovery;
    if verdict.is_err() && has_one && tries.locked(ctx.services).await? {
        tell_locked(ctx, who, kind).await?;
    }
    Ok(verdict.map(|(factor, spend)| Held {
        factor,
        spend,
        tries,
    }))
}

/// What is told of a code for a name that nobody has: counted alike, and never right.
///
/// # Errors
/// The database could not.
pub async fn of_nobody(ctx: Ctx<'_>, login_key: &str, typed: &Secret) -> Result<Code, Failure> {
    if typed.is_empty() {
        return Ok(Code::Missing);
    }
    let whose = Whose::Nobody(&ctx.realm.slug, login_key);
    let kind = FactorKind::Totp;
    if let Err(wait) = throttle::take(ctx.services, ctx.request, whose, kind).await? {
        return Ok(wait);
    }
    let read = domain::text::digits(typed.reveal(), 6);
    Ok(read.err().unwrap_or(Code::WrongCode))
}

/// A bucket locked with this try: the person is told, once per lock.
///
/// # Errors
/// The database could not.
pub async fn tell_locked(ctx: Ctx<'_>, who: &Person, kind: FactorKind) -> Result<(), Failure> {
    let mut fact = Fact::begin(ctx).await?;
    let event = Event::done(Action::Locked, who.id.clone()).with(kind);
    audit::record(&mut fact, None, &event).await?;
    outbox::notify(&mut fact, who, Notice::Locked { kind }, &[]).await?;
    fact.commit().await
}

/// What is told of a passkey that proved nobody. One that has a copy is switched
/// off: nobody can say which of the two answered (XD10).
///
/// # Errors
/// The database could not.
pub async fn passkey_refused(
    ctx: Ctx<'_>,
    who: &Person,
    refused: Refused,
) -> Result<Code, Failure> {
    let id = match refused {
        Refused::Code(code) => return Ok(code),
        Refused::Cloned(id) => id,
    };
    // The answer may have come in at another realm.
    let realm = ctx.services.realm(who.realm.as_str())?;
    let ctx = Ctx {
        realm: &realm,
        ..ctx
    };
    let mut fact = Fact::begin(ctx).await?;
    // Read inside the transaction: it is switched off, and told, once.
    fact.tx().person_bump(&who.id).await?;
    let factors = fact.tx().factors(&who.id).await?;
    let factor = factors
        .into_iter()
        .find(|f| f.id == id && f.disabled_at.is_none());
    let Some(factor) = factor else {
        return Ok(Code::PasskeyFailed);
    };
    let now = ctx.services.now();
    fact.tx().factor_disable(&id, Some(now)).await?;
    let event = Event::done(Action::PasskeyCloned, who.id.clone())
        .with(FactorKind::Passkey)
        .because(id.as_str());
    audit::record(&mut fact, None, &event).await?;
    let what = Notice::PasskeyCloned { name: factor.name };
    outbox::notify(&mut fact, who, what, &[]).await?;
    fact.commit().await?;
    Ok(Code::PasskeyFailed)
}

type Found = Result<(Option<FactorId>, Option<Spend>), Code>;

async fn knowledge(
    ctx: Ctx<'_>,
    factor: Option<&Factor>,
    typed: &Secret,
) -> Result<Found, Failure> {
    let kept = factor.map(|f| String::from_utf8_lossy(&f.secret).into_owned());
    let verdict = ctx.services.hasher.verify(typed, kept.as_deref()).await?;
    Ok(match factor {
        Some(f) if verdict.matches => Ok((Some(f.id.clone()), None)),
        _ => Err(Code::WrongCredentials),
    })
}

/// The context under which a TOTP secret is sealed.
pub fn totp_context(id: &FactorId) -> String {
    format!("factor/{id}/totp")
}

/// The step (RFC 6238) in which a code fits, one step around now.
pub fn totp_step(secret: Vec<u8>, typed: &str, now: Timestamp) -> Result<i64, Code> {
    let code = domain::text::digits(typed, 6)?;
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_skew(1)
        .build_noncompliant();
    let seconds = u64::try_from(now.seconds()).unwrap_or(0);
    let step = totp.check(&code, seconds).ok_or(Code::WrongCode)?;
    i64::try_from(step).map_err(|_| Code::WrongCode)
}

fn totp<'a>(
    ctx: Ctx<'_>,
    factors: impl Iterator<Item = &'a Factor>,
    typed: &Secret,
) -> Result<Found, Failure> {
    // Said before anything is looked up: it tells nothing of who was meant.
    if let Err(code) = domain::text::digits(typed.reveal(), 6) {
        return Ok(Err(code));
    }
    let mut last = Code::WrongCode;
    for factor in factors {
        let secret = ctx
            .services
            .vault
            .open(&totp_context(&factor.id), &factor.secret)?;
        match totp_step(secret, typed.reveal(), ctx.services.now()) {
            Ok(step) if step > factor.last_step => {
                return Ok(Ok((
                    Some(factor.id.clone()),
                    Some(Spend::Step(factor.id.clone(), step)),
                )));
            }
            Ok(_) => last = Code::UsedCode,
            Err(code) => last = if last == Code::UsedCode { last } else { code },
        }
    }
    Ok(Err(last))
}

/// The keyed hash of a recovery code (80 bits of chance need no slow hash;
/// NIST SP 800-63B-4, 4.2.1.1).
pub fn recovery_hash(ctx: Ctx<'_>, code: &str) -> String {
    ctx.services.vault.mac("recovery", code.as_bytes())
}

async fn recovery(ctx: Ctx<'_>, who: &Person, typed: &Secret) -> Result<Found, Failure> {
    let code = match domain::text::recovery(typed.reveal()) {
        Ok(code) => code,
        Err(code) => return Ok(Err(code)),
    };
    let hash = recovery_hash(ctx, &code);
    let mut conn = ctx.services.store.read().await?;
    Ok(match conn.recovery_used(&who.id, &hash).await? {
        None => Err(Code::WrongCode),
        Some(true) => Err(Code::UsedCode),
        // Another request may use it first: the statement that uses it up decides.
        Some(false) => Ok((None, Some(Spend::Recovery(who.id.clone(), hash)))),
    })
}
