//! Setting up the first authenticator app, each answer checked: choose it, see
//! the QR code and the key, type the first code, take the recovery codes.

use crate::{
    Failed,
    driver::{Answered, Connection},
    people::{AtBrowser, REALM, code_of},
};
use domain::screen::{Answer, Screen};
use std::time::{Duration, Instant};

const CHOOSE: &str = "/api/choose-method";
const CONFIRM: &str = "/api/enroll-totp";
const CODES: &str = "/api/recovery-codes/make";
/// Codes of one set.
const SET: usize = 10;

/// All of it; how long each post took.
///
/// # Errors
/// An answer is wrong.
pub async fn totp(connection: &mut Connection, at: AtBrowser) -> Result<[Duration; 3], Failed> {
    let mut cookies = at.cookies;
    let begun = Instant::now();
    let fields = [("realm", REALM), ("method", "totp")];
    let answered = connection.post(CHOOSE, &cookies, &fields).await?;
    let chose = begun.elapsed();
    let seed = shown_seed(&answered).ok_or_else(|| answered.unexpected(CHOOSE))?;
    cookies.keep(&answered.headers);
    let code = code_of(seed);
    let fields = [("realm", REALM), ("code", &code), ("name", "")];
    let begun = Instant::now();
    let answered = connection.post(CONFIRM, &cookies, &fields).await?;
    let confirmed = begun.elapsed();
    let on = matches!(answered.read(), Some(Answer::Go { path, .. }) if path == "/customers/recovery-codes");
    if !on {
        return Err(answered.unexpected(CONFIRM));
    }
    cookies.keep(&answered.headers);
    let begun = Instant::now();
    let answered = connection
        .post(CODES, &cookies, &[("realm", REALM)])
        .await?;
    let made = begun.elapsed();
    let all = match answered.read() {
        Some(Answer::Show(view)) => match view.screen {
            Screen::RecoveryCodes(shown) => shown.codes.len() == SET,
            _ => false,
        },
        _ => false,
    };
    if all {
        Ok([chose, confirmed, made])
    } else {
        Err(answered.unexpected(CODES))
    }
}

/// The key beside the QR code, where both are shown.
fn shown_seed(answered: &Answered) -> Option<Vec<u8>> {
    let Some(Answer::Show(view)) = answered.read() else {
        return None;
    };
    let Screen::EnrollTotp(screen) = view.screen else {
        return None;
    };
    let key = screen.key.replace(' ', "");
    let drawn = !screen.qr_path.is_empty() && view.refusals.is_empty();
    let seed = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).ok()?;
    drawn.then_some(seed)
}
