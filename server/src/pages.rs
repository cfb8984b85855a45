//! Pages that are no part of the single-page app: exports.

use app::server::request_of;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use flows::{Failure, Services, pages::Query};
use std::sync::Arc;

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

/// What a browser is told that asked for a file.
pub fn failed(failure: Failure) -> Response {
    match failure {
        Failure::SignIn(slug) | Failure::Confirm(slug) | Failure::OtherAccount(slug) => {
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
