//! Pages that are no part of the single-page app: exports.

use app::server::request_of;
use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use flows::{Failure, Services};
use std::sync::Arc;

/// The people of a realm as CSV.
pub async fn people_csv(
    State(services): State<Arc<Services>>,
    Path(realm): Path<String>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    match flows::people::export(&services, &caller, &realm).await {
        Ok(csv) => {
            let name = format!("attachment; filename=\"people-{realm}.csv\"");
            (
                [
                    (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                ],
                csv,
            )
                .into_response()
        }
        Err(failure) => failed(failure),
    }
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
