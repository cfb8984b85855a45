//! The file of an export, or the report of an import, written while it is read.

use crate::pages::failed;
use app::server::request_of;
use axum::{
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::transfer::Format;
use flows::{Services, transfers};
use futures_util::stream::try_unfold;
use std::sync::Arc;

/// For who started it, as long as it is kept.
pub async fn file(
    State(services): State<Arc<Services>>,
    Path((realm, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    let file = match transfers::file(&services, &caller, &realm, id).await {
        Ok(file) => file,
        Err(failure) => return failed(failure),
    };
    let kind = match file.format() {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Json => "application/json",
    };
    let name = format!("attachment; filename=\"{}\"", file.name());
    // The reader draws: a piece is opened when the one before has left.
    let pieces = try_unfold(file, |mut file| async {
        let piece = file.next().await;
        // The cause is logged; the broken-off answer tells the reader.
        let piece = piece.map_err(|_| std::io::Error::other("the file broke off"))?;
        Ok::<_, std::io::Error>(piece.map(|text| (Bytes::from(text), file)))
    });
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        Body::from_stream(pieces),
    )
        .into_response()
}
