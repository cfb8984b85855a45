//! What the log and the answers say of secrets: nothing.

use super::{
    GOOD, WRONG,
    recovery::{at_recovery, recovery_code},
};
use std::{
    io,
    sync::{Arc, Mutex},
};
use testkit::{EMIL, MAX, PASSWORD, TESS, World};
use tracing_subscriber::EnvFilter;

/// Collects what the process writes into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(text);
        Ok(text.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The log says which kind of page was asked for and how it went; it never says
/// a password, a code, a token or a cookie, at no level that we ship with.
#[tokio::test]
async fn xb13_xc11_no_secret_reaches_the_log_or_the_answer() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("debug,webauthn_rs=off,webauthn_rs_core=off"))
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // The tests of tokio stay on this thread, and so does what they log.
    let _guard = tracing::subscriber::set_default(subscriber);
    // With a single subscriber, tracing keeps what the first thread to reach a log line
    // answers. In a parallel test that thread has none, and the line would stay off.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let world = World::demo().await;
    let tess = world.secrets(TESS).await;
    let code = recovery_code(&tess, 0);

    let mut browser = world.browser();
    browser.password(TESS, WRONG).await;
    let mut browser = at_recovery(browser).await;
    assert!(browser.code("sign_in", &code).await.lets_in());
    browser.get("/customers/overview").await;
    let fields = [("realm", "customers")];
    let made = browser.post("recovery-codes/make", &fields).await;
    assert!(made.status.is_success());

    let mut other = world.browser();
    let answer = other.password(EMIL, PASSWORD).await;
    let mailed = world.mailed_code().await;
    assert!(!answer.body.contains(&mailed));
    let answer = other.code("sign_in", &mailed).await;
    assert!(answer.lets_in() && !answer.body.contains(&mailed));

    let fields = [("realm", "customers"), ("login", MAX)];
    let asked = world.browser().post("reset-password/ask", &fields).await;
    let letters = world.letters().await;
    let letter = letters.last().expect("a letter");
    let (short, token) = (letter.code().expect("a code"), letter.token());
    let token = token.expect("a token");
    assert!(!asked.body.contains(&short) && !asked.body.contains(&token));
    let mut max = world.browser();
    max.get(&format!("/customers/reset/{token}")).await;
    max.open("reset_password", &token).await;
    assert!(max.set_password(GOOD).await.tells("password_set"));

    let mut secrets = vec![code, mailed, short, token];
    secrets.extend([PASSWORD, WRONG, GOOD].map(str::to_owned));
    for browser in [&browser, &other, &max] {
        secrets.extend(browser.cookies.values().cloned());
    }
    let log = String::from_utf8_lossy(&log.0.lock().expect("a log")).into_owned();
    assert!(log.contains("place"), "something was logged:\n{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}
