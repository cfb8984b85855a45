//! The time zone of whoever reads. The script tells it once, when the server showed
//! a page in another one; the server keeps it in a cookie that no script can read.
//! Without script, times are those of the realm.

use crate::{browser, error::AppError};
use domain::screen::Answer;
use leptos::prelude::*;
use server_fn::ServerFn;

/// Keeps the time zone of this browser, by its name in the IANA database.
#[server(name = TellZone, prefix = "/api", endpoint = "zone")]
pub async fn tell_zone(zone: String) -> Result<Answer, AppError> {
    let exchange = crate::server::exchange()?;
    exchange.finish(flows::when::tell(&zone)).await
}

/// Tells the zone, unless `known` is it. What is on the page stays as it is: it may
/// have been typed into already.
pub fn tell(known: &str) {
    let Some(zone) = browser::zone::untold(known) else {
        return;
    };
    browser::spawn(async move {
        // A zone that the server does not know leaves the times to the realm.
        let _ = browser::post::send(TellZone::PATH, &format!("zone={zone}")).await;
    });
}
