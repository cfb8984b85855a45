//! A phone says how it is reached while its page is closed.

use super::{device, page};
use crate::{Failure, Reply, Request, Services};
use domain::{Refusal, ids::FactorId, refusal::Code, screen::News};

fn context(device: &str) -> String {
    format!("phone/{device}/subscription")
}

/// Keeps the subscription of this browser, sealed: whoever knows its address can
/// write to the phone.
///
/// # Errors
/// [`Failure::NotFound`] for a browser that is no phone.
pub async fn subscribe(
    services: &Services,
    request: &Request,
    subscription: String,
) -> Result<Reply, Failure> {
    let device = device(request).ok_or(Failure::NotFound)?;
    let mut conn = services.store.read().await?;
    if conn.phones_of_device(&device).await?.is_empty() {
        return Err(Failure::NotFound);
    }
    drop(conn);
    let Some(kept) = services.push.read(&subscription) else {
        let refusal = Refusal::page(Code::NotReachable);
        return Ok(Reply::show(
            page::show(services, request, vec![refusal]).await?,
        ));
    };
    keep(services, &device, &kept).await?;
    let mut view = page::show(services, request, Vec::new()).await?;
    view.news = Some(News::PhoneReachable);
    Ok(Reply::show(view))
}

/// Keeps how the browser of a phone is reached.
///
/// # Errors
/// The database could not.
pub async fn keep(services: &Services, device: &str, subscription: &str) -> Result<(), Failure> {
    let (vault, plain) = (&services.vault, subscription.as_bytes());
    let sealed = vault.seal(&context(device), plain, &services.random);
    let mut tx = services.store.begin().await?;
    tx.phone_subscribe(device, Some(&sealed)).await?;
    tx.commit().await?;
    Ok(())
}

/// How a phone is reached now, for the worker that sends; `None` where it is not, or
/// is a phone no more.
///
/// # Errors
/// The database or the vault could not.
pub async fn subscription(
    services: &Services,
    factor: &FactorId,
) -> Result<Option<String>, Failure> {
    let mut conn = services.store.read().await?;
    let Some((device, sealed)) = conn.phone_subscription(factor).await? else {
        return Ok(None);
    };
    let plain = services.vault.open(&context(&device), &sealed)?;
    Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
}
