//! Carrying out what a machine asked for, in its transaction.

use crate::{
    Cookie, Failure, audit,
    ceremony::{Ctx, Extras},
    codes, outbox, passkeys,
    proof::Spend,
    reply::session_cookie,
    request::token_hash,
};
use domain::{
    FactorKind,
    audit::{Action, Event},
    ids::{FactorId, PersonId, SessionId},
    message::Notice,
    records::{Factor, Person, Session},
    step::Effect,
};
use store::Conn;

/// What the caller made beforehand, because making it takes time or a secret.
#[derive(Debug, Default)]
pub struct Material {
    /// The factor that becomes active.
    pub factor: Option<Factor>,
    /// The hash of the new password.
    pub password: Option<String>,
    /// The factor that proved, for "last used".
    pub proved: Option<FactorId>,
    /// The session that proves itself anew.
    pub session: Option<SessionId>,
    /// What the proof used up (set by the engine).
    pub spent: Option<Spend>,
    /// The tries to give back.
    pub tries: Option<crate::throttle::Tries>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Carried {
    /// What the browser keeps.
    pub cookies: Vec<Cookie>,
    /// A session was opened or proved itself anew.
    pub session: bool,
}

async fn person(tx: &mut Conn, id: &PersonId) -> Result<Person, Failure> {
    tx.person(id).await?.ok_or(Failure::NotFound)
}

/// Carries out effects in order; codes are bound to the kind of ceremony.
///
/// # Errors
/// The database could not: the transaction must be dropped.
pub async fn carry_out(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    effects: &[Effect],
    extras: &mut Extras,
    browser: &str,
    kind_of_ceremony: &str,
    mut material: Material,
) -> Result<Carried, Failure> {
    let (services, realm, now) = (ctx.services, ctx.realm, ctx.services.now());
    let mut carried = Carried::default();
    let proves = effects.iter().any(|e| {
        matches!(
            e,
            Effect::OpenSession { .. }
                | Effect::Refresh { .. }
                | Effect::Challenge { .. }
                | Effect::Activate { .. }
        )
    }) || effects.iter().any(
        |e| matches!(e, Effect::Record(event) if event.outcome == domain::audit::Outcome::Done),
    );
    if proves && let Some(tries) = material.tries.take() {
        tries.give_back(tx).await?;
    }
    if proves && let Some(factor) = &material.proved {
        tx.factor_used(factor, now).await?;
    }
    for effect in effects {
        match effect {
            Effect::Record(event) => {
                if event.action == Action::FactorTested
                    && let Some(factor) = &material.proved
                {
                    tx.factor_tested(factor, now).await?;
                }
                let actor = ctx.request.actor(
                    event
                        .target
                        .as_ref()
                        .filter(|_| event.outcome == domain::audit::Outcome::Done),
                );
                audit::record(tx, services, &realm.slug, &actor, event).await?;
            }
            Effect::Notify(id, what) => {
                let who = person(tx, id).await?;
                let what = match (what, &material.factor) {
                    (Notice::FactorAdded { kind, .. }, Some(f)) => Notice::FactorAdded {
                        kind: *kind,
                        name: f.name.clone(),
                    },
                    (what, _) => what.clone(),
                };
                outbox::notify(tx, services, ctx.request, realm, &who, what, None).await?;
            }
            Effect::Challenge { person: id, kind } => {
                let who = person(tx, id).await?;
                match kind {
                    FactorKind::Email => {
                        codes::send(tx, ctx, &who, kind_of_ceremony, extras).await?
                    }
                    FactorKind::Passkey => passkeys::ask(tx, ctx, &who.id, extras).await?,
                    _ => {}
                }
            }
            Effect::OpenSession { person: id, proven } => {
                let who = person(tx, id).await?;
                carried
                    .cookies
                    .push(open_session(tx, ctx, &who, proven, browser).await?);
                carried.session = true;
                if proven.contains(&FactorKind::Recovery) {
                    let left = u32::try_from(tx.recovery_left(id).await?).unwrap_or(0);
                    let what = Notice::RecoveryCodeUsed { left };
                    outbox::notify(tx, services, ctx.request, realm, &who, what, None).await?;
                }
            }
            Effect::Refresh { .. } => {
                let Some(session) = &material.session else {
                    continue;
                };
                let token = services.random.token();
                if tx
                    .session_refresh(session, &token_hash(token.reveal()), now)
                    .await?
                {
                    carried.cookies.push(Cookie {
                        name: session_cookie(&realm.slug),
                        value: token,
                        keep: None,
                    });
                    carried.session = true;
                }
            }
            Effect::Activate {
                person: id,
                replaces,
                ..
            } => {
                let Some(factor) = &material.factor else {
                    return Err(Failure::unavailable(
                        &"a factor was to be activated, and none was made",
                    ));
                };
                tx.factor_insert(factor).await?;
                if let Some(old) = replaces {
                    tx.factor_remove(old, id, now).await?;
                }
                // Sign-ins that are under way elsewhere saw another set of
                // factors; this one has its epoch already.
            }
            Effect::SetPassword(id) => {
                let Some(hash) = &material.password else {
                    return Err(Failure::unavailable(
                        &"a password was to be set, and none was hashed",
                    ));
                };
                set_knowledge(tx, ctx, id, FactorKind::Password, hash).await?;
            }
            Effect::EndSessions(id) => {
                tx.sessions_end(id, None, now).await?;
                tx.person_bump(id).await?;
                crate::throttle::unlock(tx, id).await?;
                for purpose in [
                    domain::link::Purpose::ResetPassword,
                    domain::link::Purpose::Invitation,
                ] {
                    tx.links_void(id, purpose, now).await?;
                }
                let event = Event::done(Action::SessionsEnded, id.clone());
                audit::record(
                    tx,
                    services,
                    &realm.slug,
                    &ctx.request.actor(Some(id)),
                    &event,
                )
                .await?;
            }
        }
    }
    Ok(carried)
}

/// Sets a password or PIN: the old one goes, the new one is a factor with no
/// history.
///
/// # Errors
/// The database could not.
pub async fn set_knowledge(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    id: &PersonId,
    kind: FactorKind,
    hash: &str,
) -> Result<(), Failure> {
    let now = ctx.services.now();
    for old in tx.factors(id).await?.iter().filter(|f| f.kind == kind) {
        tx.factor_remove(&old.id, id, now).await?;
    }
    let factor = Factor {
        id: FactorId::new(ctx.services.random.id(now)),
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
    };
    tx.factor_insert(&factor).await?;
    Ok(())
}

async fn open_session(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    who: &Person,
    proven: &[FactorKind],
    browser: &str,
) -> Result<Cookie, Failure> {
    let (services, realm, now) = (ctx.services, ctx.realm, ctx.services.now());
    // A session that this browser held before is over: a new id at every
    // change of rights (ASVS 7.2.4).
    if let Some(token) = ctx.request.session_token(&realm.slug)
        && let Some(old) = tx.session_by_hash(&realm.slug, &token_hash(token)).await?
    {
        tx.session_end(&old.id, &old.person.id, now).await?;
    }
    let token = services.random.token();
    let session = Session {
        id: SessionId::new(services.random.id(now)),
        realm: realm.slug.clone(),
        person: who.clone(),
        proven: proven.to_vec(),
        opened_at: now,
        fresh_at: now,
        seen_at: now,
        expires_at: now.plus_seconds(realm.sessions.overall_minutes * 60),
        agent: ctx.request.agent.clone(),
        address: ctx.request.address.clone(),
        grants: Vec::new(),
    };
    let had_others = !tx.sessions_of(&who.id, now).await?.is_empty();
    tx.session_insert(&session, &token_hash(token.reveal()))
        .await?;
    let proofs = proven
        .iter()
        .map(|k| k.slug())
        .collect::<Vec<_>>()
        .join(" ");
    let event = Event::done(Action::SignIn, who.id.clone()).because(proofs);
    audit::record(
        tx,
        services,
        &realm.slug,
        &ctx.request.actor(Some(&who.id)),
        &event,
    )
    .await?;
    let is_new = tx.browser_note(browser, &who.id, now).await?;
    if is_new && had_others {
        outbox::notify(
            tx,
            services,
            ctx.request,
            realm,
            who,
            Notice::NewBrowser,
            None,
        )
        .await?;
    }
    Ok(Cookie {
        name: session_cookie(&realm.slug),
        value: token,
        keep: None,
    })
}
