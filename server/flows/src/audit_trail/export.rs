//! The trail as a file: a transfer of what the page shows for the same search.

use super::{show, sought};
use crate::{
    Failure, Reply, Request, Services,
    transfers::{self, Order, What},
};
use domain::{admin_place::AdminPlace, screen::AuditAsked, transfer::Format};

/// Starts an export of what the page shows for the same search.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::BadRequest`] for a format that there is
/// not.
pub async fn export(
    services: &Services,
    request: &Request,
    realm: String,
    format: String,
    asked: AuditAsked,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Audit)
        .await?;
    let format = Format::parse(&format).ok_or(Failure::BadRequest("format"))?;
    let filter = match sought(services, &realm, &asked).await? {
        Ok(filter) => filter,
        // The page says what is wrong at its field.
        Err(_) => {
            let view = show(services, request, &realm, &session, asked, None).await?;
            return Ok(Reply::show(view));
        }
    };
    let order = Order {
        about: purpose(format, &asked),
        what: What::Audit { filter },
        format,
        total: None,
    };
    transfers::start(services, request, &realm, &session, order).await
}

/// "audit trail, csv, action sign_in": what leaves, for the reader of the trail.
/// The person is last, because it alone is free text.
fn purpose(format: Format, asked: &AuditAsked) -> String {
    let mut out = format!("audit trail, {}", format.slug());
    let given = [
        ("action", &asked.action),
        ("result", &asked.result),
        ("person", &asked.person),
    ];
    for (name, value) in given.into_iter().filter(|(_, v)| !v.is_empty()) {
        out.push_str(&format!(", {name} {value}"));
    }
    out
}
