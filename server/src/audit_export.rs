//! The audit trail as a file that is written while it is read.

use crate::pages::failed;
use app::server::request_of;
use axum::{
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use flows::{
    Services,
    audit_trail::{Format, export},
    pages::Query,
};
use futures_util::stream::try_unfold;
use std::sync::Arc;

/// As CSV.
pub async fn csv(
    State(services): State<Arc<Services>>,
    Path(realm): Path<String>,
    request: Request,
) -> Response {
    file(&services, &realm, request, Format::Csv).await
}

/// As JSON.
pub async fn json(
    State(services): State<Arc<Services>>,
    Path(realm): Path<String>,
    request: Request,
) -> Response {
    file(&services, &realm, request, Format::Json).await
}

async fn file(services: &Arc<Services>, realm: &str, request: Request, format: Format) -> Response {
    let (parts, _) = request.into_parts();
    let caller = request_of(&parts);
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let begun = match export(services, &caller, realm, format, &query).await {
        Ok(begun) => begun,
        Err(failure) => return failed(failure),
    };
    // The reader draws: a page is read when the one before has left.
    let pages = try_unfold(begun, |mut export| async {
        let part = export.next().await;
        // The cause is logged; the broken-off answer tells the reader.
        let part = part.map_err(|_| std::io::Error::other("the export broke off"))?;
        Ok::<_, std::io::Error>(part.map(|text| (Bytes::from(text), export)))
    });
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Json => "application/json",
    };
    let name = format!("attachment; filename=\"audit-{realm}.{}\"", format.slug());
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        Body::from_stream(pages),
    )
        .into_response()
}
