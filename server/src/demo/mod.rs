//! The demo: people to play with, a mailbox to look into, a clock to move.
//! None of it answers outside of demo mode, and demo mode listens on loopback
//! only. This is the contract for anyone who tests from outside (README).

pub mod authenticator;
mod cast;
mod mailbox;
mod people;
mod phone;

pub use mailbox::deliver;
pub use people::seed;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::delivery::{Told, Why};
use flows::{Services, infra::ShiftedClock};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Mutex;

/// What the demo's pages work with.
#[derive(Clone)]
pub struct Demo {
    services: Arc<Services>,
    clock: Arc<ShiftedClock>,
    links: Arc<Mutex<HashMap<String, String>>>,
}

/// The pages of the demo.
pub fn router(services: Arc<Services>, clock: Arc<ShiftedClock>) -> Router {
    let demo = Demo {
        services,
        clock,
        links: Arc::default(),
    };
    Router::new()
        .route("/demo/people.json", get(people_json))
        .route("/demo/outbox.json", get(outbox_json))
        .route("/demo/outbox", get(outbox_page))
        .route("/demo/outbox/waiting.json", get(outbox_waiting))
        .route("/demo/outbox/{id}", get(letter_page))
        .route("/demo/phone/{id}", get(phone::page).post(phone::take))
        .route("/demo/clock", get(clock_get).post(clock_post))
        .with_state(demo)
}

fn broken(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "demo");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

async fn people_json(State(demo): State<Demo>) -> Response {
    match people::list(&demo.services, &demo.links).await {
        Ok(people) => Json(people).into_response(),
        Err(error) => broken(&error),
    }
}

async fn outbox_json(State(demo): State<Demo>) -> Response {
    match mailbox::list(&demo.services).await {
        Ok(mails) => Json(mails).into_response(),
        Err(error) => broken(&error),
    }
}

/// What has not been sent yet.
#[derive(Serialize)]
struct Waiting {
    /// How many messages wait, those for a later time included.
    waiting: i64,
    /// Whether one of them should be on its way by now.
    is_due: bool,
}

async fn outbox_waiting(State(demo): State<Demo>) -> Response {
    match waiting(&demo).await {
        Ok(waiting) => Json(waiting).into_response(),
        Err(error) => broken(&error),
    }
}

async fn waiting(demo: &Demo) -> store::Result<Waiting> {
    let mut conn = demo.services.store.read().await?;
    let (waiting, oldest_due) = conn.outbox_waiting(demo.services.now()).await?;
    Ok(Waiting {
        waiting,
        is_due: oldest_due.is_some(),
    })
}

async fn outbox_page(State(demo): State<Demo>) -> Response {
    match mailbox::list(&demo.services).await {
        Ok(mails) => Html(mailbox::page(&mails)).into_response(),
        Err(error) => broken(&error),
    }
}

async fn letter_page(
    State(demo): State<Demo>,
    axum::extract::Path(id): axum::extract::Path<String>,
) -> Response {
    match mailbox::list(&demo.services).await {
        Ok(mails) => match mails.into_iter().find(|m| m.id == id) {
            Some(mail) => mailbox::letter(&mail).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Err(error) => broken(&error),
    }
}

#[derive(Serialize)]
struct ClockNow {
    now: i64,
    offset_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

fn clock_now(demo: &Demo) -> Json<ClockNow> {
    Json(ClockNow {
        now: demo.services.now().millis(),
        offset_seconds: demo.clock.offset() / 1000,
    })
}

async fn clock_get(State(demo): State<Demo>) -> Json<ClockNow> {
    clock_now(&demo)
}

async fn clock_post(State(demo): State<Demo>, Json(advance): Json<Advance>) -> Response {
    // Ten years at most, so that nothing overflows far from here.
    if advance.advance_seconds.abs() > 315_360_000 {
        return StatusCode::BAD_REQUEST.into_response();
    }
    demo.clock.advance(advance.advance_seconds);
    // What waits for a moment looks whether it has come.
    demo.services.board.ring_all();
    // Whoever reminds of requests does not wait for the next round either.
    if let Err(error) = flows::approval::remind::round(&demo.services).await {
        tracing::warn!(?error, "requests to managers were not looked at");
    }
    // A restart in the middle of a test finds the clock where it was left.
    let kept = keep_clock(&demo).await;
    demo.services.outbox_bell.notify_one();
    match kept {
        Ok(()) => clock_now(&demo).into_response(),
        Err(error) => broken(&error),
    }
}

/// A telephone of the demo that is switched off: what goes there does not arrive, so that
/// anybody can see what is said then.
const SWITCHED_OFF: &str = "+491713920099";

/// What a gateway would tell of an SMS or a call to a number of the demo.
pub(crate) fn told(number: &str) -> Told {
    if number == SWITCHED_OFF {
        Told::Failed(Why::Unreachable)
    } else {
        Told::Delivered
    }
}

const CLOCK: &str = "demo_clock";

async fn keep_clock(demo: &Demo) -> store::Result<()> {
    let mut tx = demo.services.store.begin().await?;
    tx.setting_put(CLOCK, &(demo.clock.offset() / 1000).to_string())
        .await?;
    tx.commit().await
}

/// Sets the demo's clock to where it was left.
///
/// # Errors
/// The database could not.
pub async fn restore_clock(services: &Services, clock: &ShiftedClock) -> store::Result<()> {
    if let Some(seconds) = services.store.read().await?.setting(CLOCK).await?
        && let Ok(seconds) = seconds.parse::<i64>()
    {
        clock.advance(seconds);
    }
    Ok(())
}
