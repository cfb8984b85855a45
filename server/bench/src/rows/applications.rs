//! What applications ask the portal for, beside axum's hello on the same processor:
//! exchanges of an authorization code, and who is behind a request to an application that
//! stands behind a proxy. `performance.md` has no such rows; the aims are our own.
//!
//! An exchange checks code, verifier and address in the statement that uses the code up,
//! signs two tokens (ES256), keeps the one and commits. So it is no page, and more than
//! a page: it is asked for a fiftieth of what says hello and keeps nothing.
//!
//! A check comes with every picture of such an application. It writes nothing and draws
//! nothing; it reads the applications of the realm and who the cookie speaks of, and is
//! asked for a tenth.

use super::{
    b4::{hello, numbers},
    next,
};
use crate::{
    Failed,
    alone::Alone,
    driver::{Connection, Driver, Jar},
    engine::{Engine, name_missing},
    floor::Floor,
    measure::{ROUNDS, Rounds, rate},
    people::grants::{CLIENT, HOST, REDIRECT, VERIFIER},
    portal::{Built, Start, settle},
    report::{Aim, Figure},
};
use axum::http::StatusCode;

/// The name of the row.
const ROW: &str = "applications";
/// Requests in flight.
const AT_ONCE: usize = 16;
/// Exchanges of one round.
const COUNT: usize = 600;
/// Hellos of one round.
const HELLOS: usize = 40_000;
/// The part of hello that an exchange should reach.
const EXCHANGE: f64 = 0.02;
/// The part of hello that a check should reach.
const CHECK: f64 = 0.1;

/// Measures.
///
/// # Errors
/// An answer is wrong.
pub async fn run(built: &Built) -> Result<Vec<Figure>, Failed> {
    let mut figures = Vec::new();
    for engine in Engine::all() {
        let many = AT_ONCE + ROUNDS * COUNT;
        let filled = Alone::start(built, &engine, async |people| people.codes(many).await);
        let (alone, codes) = filled.await?;
        let rounds = beside_hello(&alone, codes, exchange).await;
        alone.end().await?;
        let what = format!(
            "authorization-code exchanges, {AT_ONCE} in flight, {} / axum hello",
            engine.name()
        );
        let aim = Aim::AtLeast(EXCHANGE);
        figures.push(Figure::of(ROW, what, "per CPU second", &rounds?, aim));
        let start = Start {
            behind_proxy: true,
            ..Start::default()
        };
        let filled = Alone::start_as(built, &engine, start, async |people| {
            people.proxied(many).await
        });
        let (alone, cookies) = filled.await?;
        let rounds = beside_hello(&alone, cookies, check).await;
        alone.end().await?;
        let what = format!(
            "forward-auth checks, {AT_ONCE} in flight, {} / axum hello",
            engine.name()
        );
        let aim = Aim::AtLeast(CHECK);
        figures.push(Figure::of(ROW, what, "per CPU second", &rounds?, aim));
    }
    name_missing(&mut figures);
    Ok(figures)
}

/// Works through items on the portal and says hello to the floor, in turns; the first
/// few items warm up.
async fn beside_hello<I, W>(alone: &Alone, mut items: Vec<I>, work: W) -> Result<Rounds, Failed>
where
    I: 'static,
    W: AsyncFn(&mut Connection, I) -> Result<(), Failed> + Clone + 'static,
{
    let floor = Floor::start(1).await?;
    let mut driver = Driver::open(&alone.portal.target, AT_ONCE).await?;
    let mut floor_driver = Driver::open(&floor.target, AT_ONCE).await?;
    driver.all(next(&mut items, AT_ONCE)?, work.clone()).await?;
    floor_driver.all(numbers(AT_ONCE), hello).await?;
    settle().await;
    let mut rounds = Rounds::default();
    for _ in 0..ROUNDS {
        let those = next(&mut items, COUNT)?;
        let round = async {
            let done = driver.all(those, work.clone()).await?;
            settle().await;
            Ok::<_, Failed>(done.len())
        };
        let (done, used) = alone.portal.program.used(round).await?;
        let measured = rate(done, used)?;
        let hellos = floor_driver.all(numbers(HELLOS), hello);
        let (done, used) = floor.program.used(hellos).await?;
        rounds.push(measured, rate(done.len(), used)?);
    }
    Ok(rounds)
}

/// Exchanges a code; both tokens have to be there.
async fn exchange(connection: &mut Connection, code: String) -> Result<(), Failed> {
    const TOKEN: &str = "/customers/oidc/token";
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("client_id", CLIENT),
        ("code_verifier", VERIFIER),
    ];
    let answered = connection.post(TOKEN, &Jar::default(), &fields).await?;
    let given: serde_json::Value = serde_json::from_slice(&answered.body).unwrap_or_default();
    let is_token = |name: &str| {
        let text = given[name].as_str().unwrap_or_default();
        text.split('.').count() == 3
    };
    if answered.status == StatusCode::OK && is_token("id_token") && is_token("access_token") {
        Ok(())
    } else {
        Err(answered.unexpected(TOKEN))
    }
}

/// Asks about a request as nginx does; whose it is has to be there.
async fn check(connection: &mut Connection, cookie: String) -> Result<(), Failed> {
    const CHECK: &str = "/customers/forward-auth/check";
    let cookie = format!("{}={cookie}", flows::oidc::forward_auth::COOKIE);
    let said = [
        ("x-forwarded-method", "GET"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", HOST),
        ("x-forwarded-uri", "/picture.png"),
        ("cookie", &cookie),
    ];
    let answered = connection.get(CHECK, &said).await?;
    if answered.status == StatusCode::OK && !answered.header("remote-user").is_empty() {
        Ok(())
    } else {
        Err(answered.unexpected(CHECK))
    }
}
