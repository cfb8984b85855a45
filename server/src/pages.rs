//! Pages that are no part of the single-page app: exports, and the streams by which
//! open pages hear that they should look again.

use app::server::request_of;
use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use flows::{Failure, Services, infra::board::DESK, pages::Query};
use futures_util::{future::select_all, stream::unfold};
use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};
use tokio::sync::watch;

/// The queue of the desk as CSV, with the filters of its page.
pub async fn cases_csv(State(services): State<Arc<Services>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    match flows::desk::export(&services, &caller, &query).await {
        Ok(csv) => (
            [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"cases.csv\"",
                ),
            ],
            csv,
        )
            .into_response(),
        Err(failure) => failed(failure),
    }
}

/// Longest life of one stream: then the browser asks again, and is looked at
/// again.
const STREAM_LIFE: Duration = Duration::from_secs(300);

/// What a page that looks again by itself hears: that something moved.
type Live = State<(Arc<Services>, watch::Receiver<bool>)>;

fn quiet(request: Request) -> flows::Request {
    let (parts, _) = request.into_parts();
    flows::Request {
        quiet: true,
        ..request_of(&parts)
    }
}

/// The stream of some topics. It is no activity, and ends when the node drains.
fn rings(services: &Services, draining: watch::Receiver<bool>, topics: &[String]) -> Response {
    let ends = tokio::time::Instant::now() + STREAM_LIFE;
    let bells: Vec<_> = topics.iter().map(|t| services.board.listen(t)).collect();
    let stream = unfold(
        (bells, draining),
        move |(mut bells, mut draining)| async move {
            let rung = async {
                if bells.is_empty() {
                    // Nothing to hear; `select_all` panics on it.
                    return pending().await;
                }
                let each = bells.iter_mut().map(|bell| Box::pin(bell.changed()));
                select_all(each).await.0.ok()
            };
            tokio::select! {
                rung = rung => rung?,
                _ = draining.wait_for(|drains| *drains) => return None,
                () = tokio::time::sleep_until(ends) => return None,
            }
            let event = Event::default().data("moved");
            Some((Ok::<_, Infallible>(event), (bells, draining)))
        },
    );
    Sse::new(stream)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Tells a browser that what its ceremony waits for moved: the phone answered, or the
/// desk approved.
pub async fn waits(
    State((services, draining)): Live,
    Path((realm, purpose)): Path<(String, String)>,
    request: Request,
) -> Response {
    let caller = quiet(request);
    match flows::prove::waits_for(&services, &caller, &realm, &purpose).await {
        Ok(topics) => rings(&services, draining, &topics),
        Err(failure) => failed(failure),
    }
}

/// Tells a phone that it is asked something, or that what it shows moved.
pub async fn phone_live(State((services, draining)): Live, request: Request) -> Response {
    match flows::phone::topics(&services, &quiet(request)).await {
        Ok(topics) => rings(&services, draining, &topics),
        Err(failure) => failed(failure),
    }
}

/// Tells open pages of the desk that a case moved, and nothing else.
pub async fn desk_live(State((services, draining)): Live, request: Request) -> Response {
    if let Err(failure) = services.desk(&quiet(request)).await {
        return match failure {
            // A stream cannot be sent elsewhere: the browser stops asking.
            Failure::SignIn(_) => StatusCode::UNAUTHORIZED.into_response(),
            other => failed(other),
        };
    }
    rings(&services, draining, &[DESK.to_owned()])
}

/// What a browser is told that asked for a file.
pub fn failed(failure: Failure) -> Response {
    match failure {
        Failure::SignIn(slug) | Failure::Confirm(slug) => {
            Redirect::to(&domain::paths::sign_in(&slug)).into_response()
        }
        Failure::Forbidden => StatusCode::FORBIDDEN.into_response(),
        Failure::NotFound => StatusCode::NOT_FOUND.into_response(),
        Failure::BadRequest(_) => StatusCode::BAD_REQUEST.into_response(),
        Failure::Busy(_) | Failure::Unavailable { .. } => {
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
