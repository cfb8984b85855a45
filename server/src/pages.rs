//! Pages that are no part of the single-page app: exports.

use app::server::request_of;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use flows::{Failure, Services, pages::Query};
use std::{convert::Infallible, sync::Arc, time::Duration};
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

/// Tells open pages of the desk that a case moved, and nothing else. The stream is
/// no activity, and ends when the node drains.
pub async fn desk_live(
    State((services, draining)): State<(Arc<Services>, watch::Receiver<bool>)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = flows::Request {
        quiet: true,
        ..request_of(&parts)
    };
    if let Err(failure) = services.desk(&caller).await {
        return match failure {
            // A stream cannot be sent elsewhere: the browser stops asking.
            Failure::SignIn(_) => StatusCode::UNAUTHORIZED.into_response(),
            other => failed(other),
        };
    }
    let ends = tokio::time::Instant::now() + STREAM_LIFE;
    let rings = (services.board.listen(), draining);
    let stream = futures_util::stream::unfold(rings, move |(mut board, mut draining)| async move {
        tokio::select! {
            rung = board.changed() => rung.ok()?,
            _ = draining.wait_for(|drains| *drains) => return None,
            () = tokio::time::sleep_until(ends) => return None,
        }
        let event = Event::default().data("moved");
        Some((Ok::<_, Infallible>(event), (board, draining)))
    });
    Sse::new(stream)
        .keep_alive(KeepAlive::default())
        .into_response()
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
