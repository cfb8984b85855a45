//! One run of signing in, enrolling, resetting or confirming: loaded, moved by
//! one event, saved with what it caused, all in one transaction.

use crate::{
    Cookie, Failure, Request, Services,
    effects::{self, Material},
    proof::Spend,
    reply::BROWSER,
    request::token_hash,
};
use domain::{
    confirm::Confirm,
    enrollment::Enroll,
    policy::Realm,
    refusal::{Code, Refusal},
    reset::Reset,
    screen::News,
    sign_in::SignIn,
    step::Machine,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A machine that is kept in a row of its own per browser and realm.
pub trait Kept: Machine + Clone + Serialize + DeserializeOwned + Send {
    /// The kind in the row's key.
    const KIND: &'static str;
    /// Minutes that it lives after its last change.
    const MINUTES: i64;
    /// Nothing can happen any more: the row goes.
    fn is_over(&self) -> bool;
}

impl Kept for SignIn {
    const KIND: &'static str = "sign_in";
    const MINUTES: i64 = 15;
    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }
}

impl Kept for Confirm {
    const KIND: &'static str = "confirm";
    const MINUTES: i64 = 10;
    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }
}

impl Kept for Enroll {
    const KIND: &'static str = "enroll";
    const MINUTES: i64 = 15;
    fn is_over(&self) -> bool {
        matches!(self, Self::Done { .. })
    }
}

impl Kept for Reset {
    const KIND: &'static str = "reset";
    const MINUTES: i64 = 30;
    fn is_over(&self) -> bool {
        matches!(self, Self::Finished)
    }
}

/// What is kept beside the machine: what the page needs to show it again, and
/// what the server needs to evaluate the next proof. Sealed as a whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Extras {
    /// What was refused, until the next event.
    pub refusals: Vec<Refusal>,
    /// What was typed; never a secret.
    pub typed: String,
    /// The name that was typed for a new factor.
    #[serde(default)]
    pub name: String,
    /// What went well, until the next event.
    pub news: Option<News>,
    /// The code that is on its way.
    pub challenge: Option<String>,
    /// How many codes were sent in this ceremony.
    pub sends: i64,
    /// WebAuthn: the state to evaluate the answer with.
    pub passkey_state: Option<String>,
    /// WebAuthn: what the browser was given.
    pub passkey_options: Option<String>,
    /// Where the person wanted to go.
    pub back_to: Option<String>,
    /// The enrol link that allowed this, spent when it is done.
    pub link: Option<String>,
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
struct Row<M> {
    machine: M,
    extras: Extras,
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
    let Ok(row) = serde_json::from_slice::<Row<M>>(&plain) else {
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
/// [`Code::StartAgain`].
pub async fn advance<M: Kept>(
    ctx: Ctx<'_>,
    run: Run<M>,
    event: M::Event,
    lost: M::Event,
    spend: Option<Spend>,
    mut material: Material,
) -> Result<Done<M>, Failure> {
    let services = ctx.services;
    let now = services.now();
    let mut cookies = Vec::new();
    let browser = match ctx.request.browser() {
        Some(token) => token.to_owned(),
        None => {
            let token = services.random.token();
            let value = token.reveal().to_owned();
            cookies.push(Cookie {
                name: BROWSER.to_owned(),
                value: token,
                keep: Some(400 * 24 * 3600),
            });
            value
        }
    };
    let hash = token_hash(&browser);
    let Run {
        machine,
        extras,
        version,
    } = run;
    let before = Run {
        machine: machine.clone(),
        extras: extras.clone(),
        version,
    };
    let mut tx = services.store.begin().await?;
    let mut event = event;
    if let Some(spend) = spend {
        if spend.carry_out(&mut tx, now).await? {
            material.spent = Some(spend);
        } else {
            event = lost;
        }
    }
    let step = machine.apply(event, ctx.realm, now);
    let mut extras = Extras {
        refusals: step.refusal.into_iter().collect(),
        news: None,
        ..extras
    };
    let carried = effects::carry_out(
        &mut tx,
        ctx,
        &step.effects,
        &mut extras,
        &hash,
        M::KIND,
        material,
    )
    .await?;
    cookies.extend(carried.cookies);
    let machine = step.state;
    if machine.is_over() {
        tx.ceremony_drop(&hash, &ctx.realm.slug, M::KIND).await?;
    } else {
        let plain = serde_json::to_vec(&Row {
            machine: machine.clone(),
            extras: extras.clone(),
        })
        .map_err(|e| Failure::unavailable(&e))?;
        let sealed = services
            .vault
            .seal(&context(M::KIND, &hash), &plain, &services.random);
        let until = now.plus_seconds(M::MINUTES * 60);
        let saved = tx
            .ceremony_save(
                &hash,
                &ctx.realm.slug,
                M::KIND,
                &sealed,
                version,
                until,
                now,
            )
            .await?;
        if !saved {
            // Nothing happened: the transaction goes with `tx`.
            drop(tx);
            let mut run = load::<M>(ctx).await?.unwrap_or(before);
            run.extras.refusals = vec![Refusal::page(Code::StartAgain)];
            return Ok(Done {
                run,
                cookies,
                session: false,
            });
        }
    }
    tx.commit().await?;
    services.outbox_bell.notify_one();
    Ok(Done {
        run: Run {
            machine,
            extras,
            version: version + 1,
        },
        cookies,
        session: carried.session,
    })
}

/// Keeps refusals that no event caused (an empty field), so that a plain form
/// post finds them after its redirect.
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
        .map(|c| c.value.reveal().to_owned());
    let Some(browser) = fresh.or_else(|| ctx.request.browser().map(str::to_owned)) else {
        return Ok(());
    };
    let hash = token_hash(&browser);
    let services = ctx.services;
    let now = services.now();
    let plain = serde_json::to_vec(&Row {
        machine: run.machine.clone(),
        extras: run.extras.clone(),
    })
    .map_err(|e| Failure::unavailable(&e))?;
    let sealed = services
        .vault
        .seal(&context(M::KIND, &hash), &plain, &services.random);
    let mut tx = services.store.begin().await?;
    let until = now.plus_seconds(M::MINUTES * 60);
    tx.ceremony_save(
        &hash,
        &ctx.realm.slug,
        M::KIND,
        &sealed,
        run.version,
        until,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

const DISCOVERY: &str = "discovery";

/// Keeps the state of a challenge for anybody's passkey, for five minutes and
/// one answer.
///
/// # Errors
/// The database could not.
pub async fn keep_discovery(ctx: Ctx<'_>, state: String) -> Result<Vec<Cookie>, Failure> {
    let services = ctx.services;
    let now = services.now();
    let mut cookies = Vec::new();
    let browser = match ctx.request.browser() {
        Some(token) => token.to_owned(),
        None => {
            let token = services.random.token();
            let value = token.reveal().to_owned();
            cookies.push(Cookie {
                name: BROWSER.to_owned(),
                value: token,
                keep: Some(400 * 24 * 3600),
            });
            value
        }
    };
    let hash = token_hash(&browser);
    let sealed = services.vault.seal(
        &context(DISCOVERY, &hash),
        state.as_bytes(),
        &services.random,
    );
    let mut tx = services.store.begin().await?;
    tx.ceremony_drop(&hash, &ctx.realm.slug, DISCOVERY).await?;
    tx.ceremony_save(
        &hash,
        &ctx.realm.slug,
        DISCOVERY,
        &sealed,
        0,
        now.plus_seconds(300),
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(cookies)
}

/// Takes the state of [`keep_discovery`]: it is there once.
///
/// # Errors
/// The database or the vault could not.
pub async fn take_discovery(ctx: Ctx<'_>) -> Result<Option<String>, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(None);
    };
    let mut tx = ctx.services.store.begin().await?;
    let found = tx
        .ceremony_take(&browser, &ctx.realm.slug, DISCOVERY, ctx.services.now())
        .await?;
    tx.commit().await?;
    let Some(sealed) = found else { return Ok(None) };
    let plain = ctx
        .services
        .vault
        .open(&context(DISCOVERY, &browser), &sealed)?;
    Ok(String::from_utf8(plain).ok())
}

const FLASH: &str = "flash";

/// Keeps the answer to a plain form post for the page that the browser loads
/// next: refusals, what was typed, codes that are shown once. Sealed, for one
/// minute and one look.
///
/// # Errors
/// The database could not.
pub async fn keep_flash(
    services: &Services,
    browser: &str,
    view: &domain::screen::View,
) -> Result<(), Failure> {
    let Some(slot) = domain::ids::RealmSlug::parse(FLASH) else {
        return Ok(());
    };
    let now = services.now();
    let hash = token_hash(browser);
    let plain = serde_json::to_vec(view).map_err(|e| Failure::unavailable(&e))?;
    let sealed = services
        .vault
        .seal(&context(FLASH, &hash), &plain, &services.random);
    let mut tx = services.store.begin().await?;
    tx.ceremony_drop(&hash, &slot, FLASH).await?;
    tx.ceremony_save(&hash, &slot, FLASH, &sealed, 0, now.plus_seconds(60), now)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes what [`keep_flash`] kept, if it belongs to this address.
///
/// # Errors
/// The database or the vault could not.
pub async fn take_flash(
    services: &Services,
    request: &Request,
    path: &str,
) -> Result<Option<domain::screen::View>, Failure> {
    let Some(slot) = domain::ids::RealmSlug::parse(FLASH) else {
        return Ok(None);
    };
    let Some(browser) = request.browser().map(token_hash) else {
        return Ok(None);
    };
    let now = services.now();
    // Most pages have none: a read first, so that pages do not queue to write.
    if services
        .store
        .read()
        .await?
        .ceremony(&browser, &slot, FLASH, now)
        .await?
        .is_none()
    {
        return Ok(None);
    }
    let mut tx = services.store.begin().await?;
    let found = tx.ceremony_take(&browser, &slot, FLASH, now).await?;
    tx.commit().await?;
    let Some(sealed) = found else { return Ok(None) };
    let plain = services.vault.open(&context(FLASH, &browser), &sealed)?;
    let view = serde_json::from_slice::<domain::screen::View>(&plain).ok();
    Ok(view.filter(|v| v.frame.path == path))
}
