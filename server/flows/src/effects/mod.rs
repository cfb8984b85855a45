//! Carrying out what a machine asked for, as part of its fact.

mod activate;

use activate::{Told, activate};

pub use activate::is_named_like;

use crate::{
    Cookie, Fact, Failure, audit,
    ceremony::{Extras, Kept},
    codes, devices, outbox, passkeys, phone,
    proof::Spend,
    reply::session_cookie,
    request::token_hash,
    throttle::{self, Tries},
};
use domain::{
    FactorKind,
    approval::Approval,
    audit::{Action, Event, Outcome},
    ids::{CaseId, FactorId, PersonId, SessionId},
    link::Purpose,
    message::Notice,
    number,
    policy::{Realm, Remember},
    records::{Factor, Person, Session},
    secret::Secret,
    step::Effect,
};

/// Minutes for which somebody may set a new PIN after a reset.
const RESETS_PIN: i64 = 15;

/// What the caller made beforehand, because making it takes time or a secret.
#[derive(Debug, Default)]
pub struct Material {
    /// The factor that becomes active.
    pub factor: Option<Factor>,
    /// The hash of the new password.
    pub password: Option<String>,
    /// The new password takes the place of a forgotten one.
    pub recovers: bool,
    /// The factor that proved, for "last used".
    pub proved: Option<FactorId>,
    /// The session that proves itself anew, or in which a factor is set up.
    pub session: Option<SessionId>,
    /// What the proof used up (set by the engine).
    pub spent: Option<Spend>,
    /// The tries to give back.
    pub tries: Option<Tries>,
    /// The browser is to be remembered, where policy allows it.
    pub remember: bool,
    /// The approved case that the new factor uses up.
    pub case: Option<CaseId>,
    /// What a manager approved, and the new factor uses up.
    pub approval: Option<Approval>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Carried {
    /// What the browser keeps.
    pub cookies: Vec<Cookie>,
    /// A session was opened or proved itself anew.
    pub session: bool,
    /// The account's epoch, where this moved it on.
    pub epoch: Option<i64>,
}

async fn person(fact: &mut Fact<'_>, id: &PersonId) -> Result<Person, Failure> {
    fact.tx().person(id).await?.ok_or(Failure::NotFound)
}

/// Carries out effects in order; codes are bound to the kind of ceremony.
///
/// # Errors
/// The database could not: the fact must be dropped.
pub async fn carry_out(
    fact: &mut Fact<'_>,
    effects: &[Effect],
    extras: &mut Extras,
    browser: &str,
    kind_of_ceremony: &str,
    mut material: Material,
) -> Result<Carried, Failure> {
    let ctx = fact.ctx();
    let (services, realm, now) = (ctx.services, ctx.realm, ctx.services.now());
    let mut carried = Carried::default();
    let mut told = Told::default();
    let proves = effects.iter().any(|e| {
        matches!(
            e,
            Effect::OpenSession { .. }
                | Effect::Refresh { .. }
                | Effect::Challenge { .. }
                | Effect::Activate { .. }
        )
    }) || effects
        .iter()
        .any(|e| matches!(e, Effect::Record(event) if event.outcome == Outcome::Done));
    if proves && let Some(tries) = material.tries.take() {
        tries.give_back(fact.tx()).await?;
    }
    if proves && let Some(factor) = &material.proved {
        fact.tx().factor_used(factor, now).await?;
    }
    for effect in effects {
        match effect {
            Effect::Record(event) => {
                if event.action == Action::FactorTested
                    && let Some(factor) = &material.proved
                {
                    fact.tx().factor_tested(factor, now).await?;
                }
                // Who failed to prove to be somebody is nobody that we know.
                let by = event
                    .target
                    .as_ref()
                    .filter(|_| event.outcome == Outcome::Done);
                audit::record(fact, by, event).await?;
            }
            Effect::Notify(id, what) => {
                let who = person(fact, id).await?;
                let what = match (what, &material.factor) {
                    // Another number for the same codes is no further way in.
                    (Notice::FactorAdded { .. }, Some(f)) if told.line_moved == Some(f.kind) => {
                        Notice::NumberMoved {
                            kind: f.kind,
                            number: number::mask(&f.address),
                        }
                    }
                    // Another address for the same codes is no further way in.
                    (Notice::FactorAdded { .. }, Some(f))
                        if f.kind == FactorKind::Email && told.undo.is_some() =>
                    {
                        Notice::CodesMoved {
                            address: domain::text::mask_email(&f.address),
                        }
                    }
                    (Notice::FactorAdded { kind, .. }, Some(f)) => Notice::FactorAdded {
                        kind: *kind,
                        name: f.name.clone(),
                    },
                    (what, _) => what.clone(),
                };
                let also: Vec<&str> = told.also.iter().map(String::as_str).collect();
                outbox::notify_with(fact, &who, what, &also, told.undo.take()).await?;
            }
            Effect::Challenge { person: id, kind } => {
                let who = person(fact, id).await?;
                match kind {
                    kind if kind.is_sent() => {
                        codes::send(fact, &who, *kind, kind_of_ceremony, extras).await?;
                    }
                    FactorKind::Passkey => passkeys::ask(fact.tx(), ctx, &who.id, extras).await?,
                    FactorKind::Smartphone => {
                        let purpose = phone_purpose(kind_of_ceremony);
                        extras.phone = Some(phone::ask(fact, Some(&who), purpose, None).await?);
                    }
                    _ => {}
                }
            }
            Effect::OpenSession { person: id, proven } => {
                let who = person(fact, id).await?;
                carried
                    .cookies
                    .push(open_session(fact, &who, proven, browser).await?);
                carried.session = true;
                let last = proven.last().copied();
                if material.remember
                    && let Some(rule) = realm.remember
                    && last.is_some_and(Remember::takes)
                {
                    carried
                        .cookies
                        .push(devices::remember(fact, &who, rule).await?);
                }
                if proven.contains(&FactorKind::Recovery) {
                    recovered(fact, &who).await?;
                }
            }
            Effect::Refresh { proven } => {
                let Some(session) = &material.session else {
                    continue;
                };
                let token = services.random.token();
                if fact
                    .tx()
                    .session_refresh(session, &token_hash(token.reveal()), now)
                    .await?
                {
                    // Applications are told what was proven, and when.
                    for kind in proven {
                        fact.tx().session_proof_put(session, *kind, now).await?;
                    }
                    if proven.contains(&FactorKind::Recovery)
                        && let Some(Spend::Recovery(id, _)) = &material.spent
                    {
                        let who = person(fact, id).await?;
                        recovered(fact, &who).await?;
                    }
                    carried.cookies.push(session_cookie_of(realm, token));
                    carried.session = true;
                }
            }
            Effect::Activate {
                person: id,
                replaces,
                ..
            } => {
                activate(fact, id, replaces.as_ref(), &mut material, &mut told).await?;
                carried.epoch = Some(person(fact, id).await?.epoch);
            }
            Effect::AddAddress { person: id, email } => {
                let address = services.random.id(now);
                fact.tx().address_insert(&address, id, email, now).await?;
            }
            Effect::SetPassword(id) => {
                let Some(hash) = &material.password else {
                    return Err(Failure::unavailable(
                        &"a password was to be set, and none was hashed",
                    ));
                };
                if material.recovers {
                    fact.tx().person_recover(id, now).await?;
                }
                set_knowledge(fact, id, FactorKind::Password, hash).await?;
            }
            Effect::EndSessions(id) => {
                fact.tx().person_bump(id).await?;
                fact.tx().sessions_end(id, None, now).await?;
                fact.tx().browsers_forget(id).await?;
                throttle::unlock(fact.tx(), id).await?;
                for purpose in [Purpose::ResetPassword, Purpose::Invitation, Purpose::Phone] {
                    fact.tx().links_void(id, purpose, now).await?;
                }
                let event = Event::done(Action::SessionsEnded, id.clone());
                audit::record(fact, Some(id), &event).await?;
            }
        }
    }
    Ok(carried)
}

/// A recovery code was used up: for a day nothing is taken away by who came by it, and every
/// address hears of it.
async fn recovered(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    fact.tx().person_recover(&who.id, now).await?;
    let left = fact.tx().recovery_left(&who.id).await?;
    let left = u32::try_from(left).unwrap_or(0);
    outbox::notify(fact, who, Notice::RecoveryCodeUsed { left }, &[]).await
}

/// What a phone is asked for by a kind of ceremony.
fn phone_purpose(kind_of_ceremony: &str) -> domain::phone::Purpose {
    if kind_of_ceremony == domain::sign_in::SignIn::KIND {
        domain::phone::Purpose::SignIn
    } else {
        domain::phone::Purpose::Confirm
    }
}

/// Sets a password or PIN: the old one goes, the new one is a factor with no
/// history.
///
/// # Errors
/// The database could not.
pub async fn set_knowledge(
    fact: &mut Fact<'_>,
    id: &PersonId,
    kind: FactorKind,
    hash: &str,
) -> Result<(), Failure> {
    let services = fact.ctx().services;
    let now = services.now();
    let factors = fact.tx().factors(id).await?;
    for old in factors.iter().filter(|f| f.kind == kind) {
        fact.tx().factor_remove(&old.id, id, now).await?;
    }
    let factor = Factor {
        id: FactorId::new(services.random.id(now)),
        person: id.clone(),
        kind,
        name: String::new(),
        secret: hash.as_bytes().to_vec(),
        address: String::new(),
        credential: None,
        created_at: now,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    };
    fact.tx().factor_insert(&factor).await?;
    Ok(())
}

async fn open_session(
    fact: &mut Fact<'_>,
    who: &Person,
    proven: &[FactorKind],
    browser: &str,
) -> Result<Cookie, Failure> {
    let ctx = fact.ctx();
    let (services, realm, now) = (ctx.services, ctx.realm, ctx.services.now());
    // A session that this browser held before is over: a new id at every
    // change of rights (ASVS 7.2.4).
    if let Some(token) = ctx.request.session_token(&realm.slug)
        && let Some(old) = fact
            .tx()
            .session_by_hash(&realm.slug, &token_hash(token))
            .await?
    {
        fact.tx().session_end(&old.id, &old.person.id, now).await?;
    }
    // As fresh as the strongest proof: a code from the mailbox does not stand for
    // a passkey that the person holds as well. Who came by a recovery code may set
    // up what was lost; what it may not do, `domain::quarantine` says.
    let factors = fact.tx().factors(&who.id).await?;
    let left = fact.tx().recovery_left(&who.id).await?;
    let strong = realm.step_up_after(&crate::proof::held(&factors, left), proven);
    let is_strong = |k: &FactorKind| strong.contains(k) || *k == FactorKind::Recovery;
    let resets_pin = proven.contains(&FactorKind::Emergency);
    let fresh_at = if resets_pin || proven.iter().any(is_strong) {
        now
    } else {
        now.plus_seconds(-60 * realm.sessions.fresh_minutes)
    };
    let minutes = if resets_pin {
        RESETS_PIN
    } else {
        realm.sessions.overall_minutes
    };
    let token = services.random.token();
    let session = Session {
        id: SessionId::new(services.random.id(now)),
        realm: realm.slug.clone(),
        person: who.clone(),
        proven: proven.to_vec(),
        opened_at: now,
        fresh_at,
        seen_at: now,
        expires_at: now.plus_seconds(minutes * 60),
        agent: ctx.request.agent.clone(),
        address: ctx.request.address.clone(),
        grants: Vec::new(),
    };
    let knew_others = fact.tx().browsers_known(&who.id).await?;
    fact.tx()
        .session_insert(&session, &token_hash(token.reveal()))
        .await?;
    let proofs = proven
        .iter()
        .map(|k| k.slug())
        .collect::<Vec<_>>()
        .join(" ");
    let event = Event::done(Action::SignIn, who.id.clone()).because(proofs);
    audit::record(fact, Some(&who.id), &event).await?;
    if resets_pin {
        // Nothing says yet that this browser is the person's own.
        outbox::notify(fact, who, Notice::EmergencyUsed, &[]).await?;
        return Ok(session_cookie_of(realm, token));
    }
    let is_new = fact.tx().browser_note(browser, &who.id, now).await?;
    if is_new && knew_others {
        outbox::notify(fact, who, Notice::NewBrowser, &[]).await?;
    }
    Ok(session_cookie_of(realm, token))
}

fn session_cookie_of(realm: &Realm, token: Secret) -> Cookie {
    Cookie {
        name: session_cookie(&realm.slug),
        value: token,
        keep: None,
    }
}
