//! Where the gateway for SMS and calls tells what became of them. It has no session; its
//! signature is what it is believed by. Whoever it is learns nothing here: a message that we
//! do not know is answered like one that we do.

use app::server::request_of;
use axum::{
    Router,
    body::to_bytes,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use courier::gateway::{Gateway, Post, ReceiptError};
use flows::Services;
use std::sync::Arc;

/// The address; the id of a message may follow.
pub const PATH: &str = "/gateway/receipts";

/// The longest that a gateway sends here, in bytes.
const MOST: usize = 16 * 1024;

/// What the endpoint works with.
#[derive(Clone)]
struct Receipts {
    services: Arc<Services>,
    gateway: Arc<Gateway>,
}

/// The routes; none where there is no gateway.
pub fn router(services: Arc<Services>, gateway: Option<Arc<Gateway>>) -> Router {
    let Some(gateway) = gateway else {
        return Router::new();
    };
    Router::new()
        .route(PATH, post(unnamed))
        .route(&format!("{PATH}/{{message}}"), post(named))
        .with_state(Receipts { services, gateway })
}

/// Whether an address is this one: one machine tells of everybody's messages.
pub fn is_ours(path: &str) -> bool {
    path.strip_prefix(PATH)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn unnamed(State(receipts): State<Receipts>, request: Request) -> Response {
    take(&receipts, "", request).await
}

async fn named(
    State(receipts): State<Receipts>,
    Path(message): Path<String>,
    request: Request,
) -> Response {
    take(&receipts, &message, request).await
}

async fn take(receipts: &Receipts, message: &str, request: Request) -> Response {
    let Receipts { services, gateway } = receipts;
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let url = services.url(
        parts
            .uri
            .path_and_query()
            .map_or(PATH, |path| path.as_str()),
    );
    let read = gateway.receipt(&Post {
        url: &url,
        message,
        headers: &parts.headers,
        body: &body,
    });
    let done = match read {
        Ok(Some(receipt)) => flows::receipts::take(services, &receipt).await,
        Ok(None) => Ok(()),
        Err(ReceiptError::Unreadable) => return StatusCode::BAD_REQUEST.into_response(),
        Err(ReceiptError::Forged | ReceiptError::Old) => {
            return match flows::receipts::forged(services, &request_of(&parts)).await {
                Ok(()) => StatusCode::FORBIDDEN.into_response(),
                Err(failure) => crate::pages::failed(failure),
            };
        }
    };
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => crate::pages::failed(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn the_address_is_told_from_others() {
        assert!(is_ours("/gateway/receipts") && is_ours("/gateway/receipts/m"));
        assert!(!is_ours("/gateway/receiptsx") && !is_ours("/gateway"));
    }
}
