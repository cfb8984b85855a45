//! What waits, sealed, for one taker: who takes it is the only one.

use super::{Ctx, browser_of, context};
use crate::{Cookie, Failure, Request, Services, passkeys::CHALLENGE_SECONDS, request::token_hash};
use domain::{ids::RealmSlug, oidc::PENDING_SECONDS, screen::View};

const DISCOVERY: &str = "discovery";
const FLASH: &str = "flash";
const APPLICATION: &str = "application";

/// Seconds for which the answer to a plain form post waits.
const FLASH_SECONDS: i64 = 60;

/// Keeps a text under a kind of its own, in the place of the one before.
async fn keep(
    services: &Services,
    browser: &str,
    slot: &RealmSlug,
    kind: &str,
    plain: &[u8],
    seconds: i64,
) -> Result<(), Failure> {
    let now = services.now();
    let sealed = services
        .vault
        .seal(&context(kind, browser), plain, &services.random);
    let mut tx = services.store.begin().await?;
    tx.ceremony_drop(browser, slot, kind).await?;
    let until = now.plus_seconds(seconds);
    tx.ceremony_save(browser, slot, kind, &sealed, 0, until, now)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes what [`keep`] kept; `None` where nothing is, or it is too old.
async fn take(
    services: &Services,
    browser: &str,
    slot: &RealmSlug,
    kind: &str,
) -> Result<Option<Vec<u8>>, Failure> {
    let mut tx = services.store.begin().await?;
    let found = tx
        .ceremony_take(browser, slot, kind, services.now())
        .await?;
    tx.commit().await?;
    let Some(sealed) = found else { return Ok(None) };
    Ok(Some(services.vault.open(&context(kind, browser), &sealed)?))
}

/// The kind of one question. A browser has several open at once: the address field of
/// each tab offers passkeys, and the button asks anew. Were there one place for all, the
/// question that is asked last would end the others.
fn discovery(challenge: &str) -> String {
    format!("{DISCOVERY}:{challenge}")
}

/// Keeps the state of a challenge for anybody's passkey, for five minutes and
/// one answer.
///
/// # Errors
/// The database could not.
pub async fn keep_discovery(
    ctx: Ctx<'_>,
    challenge: &str,
    state: &str,
) -> Result<Vec<Cookie>, Failure> {
    let (hash, cookies) = browser_of(ctx);
    keep(
        ctx.services,
        &hash,
        &ctx.realm.slug,
        &discovery(challenge),
        state.as_bytes(),
        CHALLENGE_SECONDS,
    )
    .await?;
    Ok(cookies)
}

/// Takes the state of [`keep_discovery`]: it is there once.
///
/// # Errors
/// The database or the vault could not.
pub async fn take_discovery(ctx: Ctx<'_>, challenge: &str) -> Result<Option<String>, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(None);
    };
    let kind = discovery(challenge);
    let plain = take(ctx.services, &browser, &ctx.realm.slug, &kind).await?;
    Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
}

/// Keeps the request of an application that waits for its person, in the place of the
/// one before.
///
/// # Errors
/// The database could not.
pub async fn keep_application(ctx: Ctx<'_>, plain: &[u8]) -> Result<Vec<Cookie>, Failure> {
    let (hash, cookies) = browser_of(ctx);
    let slug = &ctx.realm.slug;
    keep(
        ctx.services,
        &hash,
        slug,
        APPLICATION,
        plain,
        PENDING_SECONDS,
    )
    .await?;
    Ok(cookies)
}

/// Takes what [`keep_application`] kept: it is there once.
///
/// # Errors
/// The database or the vault could not.
pub async fn take_application(ctx: Ctx<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(None);
    };
    take(ctx.services, &browser, &ctx.realm.slug, APPLICATION).await
}

/// Whether [`take_application`] would find something.
///
/// # Errors
/// The database could not.
pub async fn has_application(ctx: Ctx<'_>) -> Result<bool, Failure> {
    let Some(browser) = ctx.request.browser().map(token_hash) else {
        return Ok(false);
    };
    let mut conn = ctx.services.store.read().await?;
    let now = ctx.services.now();
    let found = conn
        .ceremony(&browser, &ctx.realm.slug, APPLICATION, now)
        .await?;
    Ok(found.is_some())
}

/// Keeps the answer to a plain form post for the page that the browser loads
/// next: refusals, what was typed, codes that are shown once. Sealed, for one
/// minute and one look.
///
/// # Errors
/// The database could not.
pub async fn keep_flash(services: &Services, browser: &str, view: &View) -> Result<(), Failure> {
    let Some(slot) = RealmSlug::parse(FLASH) else {
        return Ok(());
    };
    let plain = serde_json::to_vec(view).map_err(|e| Failure::unavailable(&e))?;
    let hash = token_hash(browser);
    keep(services, &hash, &slot, FLASH, &plain, FLASH_SECONDS).await
}

/// Takes what [`keep_flash`] kept, if it belongs to this address.
///
/// # Errors
/// The database or the vault could not.
pub async fn take_flash(
    services: &Services,
    request: &Request,
    path: &str,
) -> Result<Option<View>, Failure> {
    let Some(slot) = RealmSlug::parse(FLASH) else {
        return Ok(None);
    };
    let Some(browser) = request.browser().map(token_hash) else {
        return Ok(None);
    };
    // Most pages have none: a read first, so that pages do not queue to write.
    if services
        .store
        .read()
        .await?
        .ceremony(&browser, &slot, FLASH, services.now())
        .await?
        .is_none()
    {
        return Ok(None);
    }
    let plain = take(services, &browser, &slot, FLASH).await?;
    let view = plain.and_then(|plain| serde_json::from_slice::<View>(&plain).ok());
    Ok(view.filter(|v| v.frame.path == path))
}
