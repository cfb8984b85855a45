//! One run of signing in, enrolling, resetting or confirming: loaded, moved by
//! one event, saved with what it caused, all in one transaction.

mod challenge;
mod kept;
mod once;

pub use challenge::next_challenge;
pub use kept::Kept;
pub use once::{
    has_application, keep_application, keep_discovery, keep_flash, take_application,
    take_discovery, take_flash,
};

use crate::{
    Cookie, Fact, Failure, Request, Services,
    account::LockedAccount,
    audit,
    effects::{self, Material},
    phone::Awaited,
    proof::Spend,
    reply::{BROWSER, browser_cookie, session_cookie},
    request::token_hash,
};
use domain::{
    FactorKind,
    audit::{Action, Event as AuditEvent},
    ids::{CaseId, PersonId},
    policy::Realm,
    refusal::{Code, Refusal},
    screen::{FormTyped, News},
    secret::Secret,
};
use serde::{Deserialize, Serialize};
use store::Conn;

/// How somebody goes on of whom a name is known and nothing proven. It says nothing of
/// whether anybody has that name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByName {
    /// The page waits for the phone.
    #[default]
    Phone,
    /// The ways at hand are shown.
    Choice,
    /// A code that the phone shows without network is asked for.
    Code,
}

/// A code as it was said to a telephone. It is kept nowhere else: here it lies sealed, is
/// gone when it was used, and with its ceremony.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Which challenge it answers.
    pub challenge: String,
    /// Which way, and to which number.
    pub to: (FactorKind, String),
    /// The digits.
    pub code: Secret,
}

/// What is kept beside the machine: what the page needs to show it again, and
/// what the server needs to evaluate the next proof. Sealed as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Extras {
    /// What was refused, until the next event.
    pub refusals: Vec<Refusal>,
    /// What was typed; never a secret.
    pub typed: String,
    /// The name that was typed for a new factor; where an address is typed twice,
    /// the second one.
    #[serde(default)]
    pub name: String,
    /// What went well, until the next event.
    pub news: Option<News>,
    /// The code that is on its way, or what waits for the desk's approval.
    pub challenge: Option<String>,
    /// How many codes were sent in this ceremony.
    pub sends: i64,
    /// The code that went to a telephone, so that the same can go there once more.
    #[serde(default)]
    pub said: Option<Said>,
    /// WebAuthn: the state to evaluate the answer with.
    pub passkey_state: Option<String>,
    /// WebAuthn: what the browser was given.
    pub passkey_options: Option<String>,
    /// Where the person wanted to go.
    pub back_to: Option<String>,
    /// The enrol link that allowed this, spent when it is done.
    pub link: Option<String>,
    /// The approved case that allowed this, used up when it is done.
    #[serde(default)]
    pub case: Option<CaseId>,
    /// What was typed into the form of a case.
    #[serde(default)]
    pub form: Option<FormTyped>,
    /// The mail that is on its way makes an account.
    #[serde(default)]
    pub registers: bool,
    /// The phone that is asked.
    #[serde(default)]
    pub phone: Option<Awaited>,
    /// How somebody goes on whose name was typed and whose phone is asked.
    #[serde(default)]
    pub by_name: ByName,
    /// A new code was asked for in so many words.
    #[serde(skip)]
    pub again: bool,
}

/// A loaded ceremony.
#[derive(Clone, Debug)]
pub struct Run<M> {
    /// Where it stands.
    pub machine: M,
    /// What is kept beside.
    pub extras: Extras,
    version: i64,
}

#[derive(Serialize, Deserialize)]
struct Row<M, E> {
    machine: M,
    extras: E,
}

impl<M> Run<M> {
    /// A ceremony that has no row yet.
    pub fn new(machine: M) -> Self {
        Self {
            machine,
            extras: Extras::default(),
            version: 0,
        }
    }

    /// Counts the changes of its row: what was made for one state is not good for
    /// the next.
    pub const fn stamp(&self) -> i64 {
        self.version
    }

    /// The same row with another machine.
    #[must_use]
    pub fn back_at(self, machine: M) -> Self {
        Self { machine, ..self }
    }
}

/// Everything a use case is called with.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// The world.
    pub services: &'a Services,
    /// The caller.
    pub request: &'a Request,
    /// The realm.
    pub realm: &'a Realm,
}

fn context(kind: &str, browser: &str) -> String {
    format!("ceremony/{kind}/{browser}")
}

/// The hash that this browser is known by; a browser without one gets one, with
/// the cookie for it.
fn browser_of(ctx: Ctx<'_>) -> (String, Vec<Cookie>) {
    if let Some(token) = ctx.request.browser() {
        return (token_hash(token), Vec::new());
    }
    let token = ctx.services.random.token();
    let hash = token_hash(token.reveal());
    (hash, vec![browser_cookie(token)])
}

/// The cookie for a browser that has none yet. A page whose script asks something by
/// itself gives it before: were it given with the answer, it would come into the place of
/// the one that a form got which was posted meanwhile, and what that form began was lost.
pub fn known_from_now(ctx: Ctx<'_>) -> Vec<Cookie> {
    browser_of(ctx).1
}

/// Saves a ceremony, sealed; `false` when its row has moved on meanwhile.
async fn save<M: Kept>(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    browser: &str,
    run: &Run<M>,
) -> Result<bool, Failure> {
    let services = ctx.services;
    let now = services.now();
    let row = Row {
        machine: &run.machine,
        extras: &run.extras,
    };
    let plain = serde_json::to_vec(&row).map_err(|e| Failure::unavailable(&e))?;
    let sealed = services
        .vault
        .seal(&context(M::KIND, browser), &plain, &services.random);
    let until = now.plus_seconds(M::MINUTES * 60);
    let slug = &ctx.realm.slug;
    Ok(tx
        .ceremony_save(browser, slug, M::KIND, &sealed, run.version, until, now)
        .await?)
}

/// The ceremony of this browser; `None` when there is none, or it is too old.
///
/// # Errors
/// The database or the vault could not.
pub async fn load<M: Kept>(ctx: Ctx<'_>) -> Result<Option<Run<M>>, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(None);
    };
    let mut conn = ctx.services.store.read().await?;
    let found = conn
        .ceremony(&browser, &ctx.realm.slug, M::KIND, ctx.services.now())
        .await?;
    let Some((sealed, version)) = found else {
        return Ok(None);
    };
    let plain = ctx
        .services
        .vault
        .open(&context(M::KIND, &browser), &sealed)?;
    // A row of another version of this program that does not read any more is
    // "start again", never a failure (R20).
    let Ok(row) = serde_json::from_slice::<Row<M, Extras>>(&plain) else {
        return Ok(None);
    };
    Ok(Some(Run {
        machine: row.machine,
        extras: row.extras,
        version,
    }))
}

/// Drops the ceremony of this browser.
///
/// # Errors
/// The database could not.
pub async fn drop_row<M: Kept>(ctx: Ctx<'_>) -> Result<(), Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(());
    };
    let mut tx = ctx.services.store.begin().await?;
    tx.ceremony_drop(&browser, &ctx.realm.slug, M::KIND).await?;
    tx.commit().await?;
    Ok(())
}

/// What an event led to.
#[derive(Debug)]
pub struct Done<M> {
    /// The ceremony as it was saved.
    pub run: Run<M>,
    /// What the browser keeps.
    pub cookies: Vec<Cookie>,
    /// A session was opened or proved itself anew.
    pub session: bool,
}

/// Moves a ceremony by one event.
///
/// `spend` is used up in the same transaction; when somebody was faster with
/// it, `lost` happens instead of `event`.
///
/// # Errors
/// The database could not. When another tab was faster with the ceremony
/// itself, nothing happens and the stored state is given back with
/// [`Code::StartAgain`]; the same when the account that the event presumes is another
/// one by now ([`Kept::presumes`]): then the ceremony is over.
pub async fn advance<M: Kept>(
    ctx: Ctx<'_>,
    run: Run<M>,
    event: M::Event,
    lost: M::Event,
    spend: Option<Spend>,
    material: Material,
) -> Result<Done<M>, Failure> {
    let fact = Fact::begin(ctx).await?;
    advance_in(fact, run, event, lost, spend, material).await
}

/// [`advance`] as the last part of a fact that has begun: what it holds already
/// commits with the ceremony, or not at all.
///
/// # Errors
/// See [`advance`].
pub async fn advance_in<M: Kept>(
    mut fact: Fact<'_>,
    run: Run<M>,
    event: M::Event,
    lost: M::Event,
    spend: Option<Spend>,
    mut material: Material,
) -> Result<Done<M>, Failure> {
    let ctx = fact.ctx();
    let now = ctx.services.now();
    let (browser, mut cookies) = browser_of(ctx);
    if let Some((id, epoch)) = run.machine.presumes(&event) {
        let account = LockedAccount::hold(&mut fact, &id).await?;
        if !account.stands_at(epoch) {
            drop(fact);
            return void(ctx, run, cookies).await;
        }
    }
    let before = run.clone();
    let mut event = event;
    if let Some(spend) = spend {
        if spend.carry_out(fact.tx(), now).await? {
            material.spent = Some(spend);
        } else {
            event = lost;
        }
    }
    let step = run.machine.apply(event, ctx.realm, now);
    let mut extras = Extras {
        refusals: step.refusal.into_iter().collect(),
        news: None,
        said: run.extras.said.filter(|_| material.spent.is_none()),
        ..run.extras
    };
    let carried = effects::carry_out(
        &mut fact,
        &step.effects,
        &mut extras,
        &browser,
        M::KIND,
        material,
    )
    .await?;
    let mut run = Run {
        machine: step.state,
        extras,
        version: run.version,
    };
    if let Some(epoch) = carried.epoch {
        run.machine.stand_at(epoch);
    }
    let others = end_session_of_another(&mut fact, &run.machine).await?;
    if let Some((cookie, login)) = others {
        run.extras.news = Some(News::SignedOutHere { login });
        cookies.push(cookie);
    }
    let saved = if run.machine.is_over() {
        // A ceremony without a row yet ends with the proof that it spends.
        let ended = fact
            .tx()
            .ceremony_finish(&browser, &ctx.realm.slug, M::KIND, run.version)
            .await?;
        ended || run.version == 0
    } else {
        save(fact.tx(), ctx, &browser, &run).await?
    };
    if !saved {
        // Nothing happened: the transaction goes with the fact.
        drop(fact);
        let mut run = load::<M>(ctx).await?.unwrap_or(before);
        run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
        return Ok(Done {
            run,
            cookies,
            session: false,
        });
    }
    // Only now: the cookie of a session that never was is worth nothing.
    cookies.extend(carried.cookies);
    fact.commit().await?;
    run.version += 1;
    Ok(Done {
        run,
        cookies,
        session: carried.session,
    })
}

/// A ceremony whose account is not what it was when it began: it is over, and nothing of
/// the event happened.
async fn void<M: Kept>(
    ctx: Ctx<'_>,
    run: Run<M>,
    cookies: Vec<Cookie>,
) -> Result<Done<M>, Failure> {
    drop_row::<M>(ctx).await?;
    let mut run = Run::new(run.machine.voided());
    run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
    keep_refusals(ctx, &run, &cookies).await?;
    Ok(Done {
        run,
        cookies,
        session: false,
    })
}

/// A browser speaks for one account of a realm at a time. A ceremony that proved somebody
/// else than who is signed in here ends that session: otherwise what is set up next could
/// end in the account of whoever used this browser before. Returns the cookie that forgets
/// the session, and whose it was.
async fn end_session_of_another<M: Kept>(
    fact: &mut Fact<'_>,
    machine: &M,
) -> Result<Option<(Cookie, String)>, Failure> {
    let ctx = fact.ctx();
    let (Some(id), Some(token)) = (
        machine.speaks_for(),
        ctx.request.session_token(&ctx.realm.slug),
    ) else {
        return Ok(None);
    };
    let hash = token_hash(token);
    let found = fact.tx().session_by_hash(&ctx.realm.slug, &hash).await?;
    let Some(session) = found.filter(|session| session.person.id != *id) else {
        return Ok(None);
    };
    let whose: &PersonId = &session.person.id;
    let now = ctx.services.now();
    fact.tx().session_end(&session.id, whose, now).await?;
    let event = AuditEvent::done(Action::SignOut, whose.clone());
    audit::record(fact, Some(whose), &event).await?;
    let cookie = Cookie {
        name: session_cookie(&ctx.realm.slug),
        value: Secret::default(),
        keep: Some(0),
    };
    Ok(Some((cookie, session.person.login)))
}

/// Keeps refusals that no event caused (an empty field), so that a reload, the
/// back button and a second tab show them too.
///
/// [`keep_flash`] is no substitute: it keeps an answer for one look at any page,
/// also one without a ceremony, while this is the ceremony itself, with its
/// machine, until its next event.
///
/// # Errors
/// The database could not.
pub async fn keep_refusals<M: Kept>(
    ctx: Ctx<'_>,
    run: &Run<M>,
    cookies: &[Cookie],
) -> Result<(), Failure> {
    let fresh = cookies
        .iter()
        .find(|c| c.name == BROWSER)
        .map(|c| c.value.reveal());
    let Some(browser) = fresh.or_else(|| ctx.request.browser()).map(token_hash) else {
        return Ok(());
    };
    let mut tx = ctx.services.store.begin().await?;
    save(&mut tx, ctx, &browser, run).await?;
    tx.commit().await?;
    Ok(())
}
