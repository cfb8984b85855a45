//! Transfers: imports and exports that go on beside the requests. A request only
//! starts one ([`start`]); a worker of any node goes on with it chunk by chunk
//! ([`turn`]), each chunk in one transaction with how far it came, so that a node
//! that dies in the middle repeats nothing and loses nothing. Its page shows how
//! far it is ([`page`]), and afterwards the file or the report ([`file`]).

mod export;
mod file;
mod import;
mod page;
mod start;
mod trail_lines;
mod work;

pub use file::{File, file};
pub use page::{cancel, list, page};
pub use start::{Order, What, start};
pub use work::turn;

use crate::{Failure, Request, Services};
use domain::{
    admin_place::AdminPlace, ids::TransferId, policy::Realm, records::Session, transfer::Transfer,
};

/// Where the input of a transfer may be opened, and nowhere else.
fn input_context(id: &TransferId) -> String {
    format!("transfer/{id}/input")
}

/// The same for a piece of what came of it.
fn part_context(id: &TransferId, from_row: i64) -> String {
    format!("transfer/{id}/{from_row}")
}

/// A transfer of the realm, for somebody who holds the right to the same act.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::NotFound`] for one of another realm.
async fn found(
    services: &Services,
    request: &Request,
    realm: &Realm,
    id: &TransferId,
) -> Result<(Session, Transfer), Failure> {
    let session = services
        .admitted(request, realm, AdminPlace::Transfers)
        .await?;
    let mut conn = services.store.read().await?;
    let transfer = conn.transfer(&realm.slug, id).await?;
    drop(conn);
    let transfer = transfer.ok_or(Failure::NotFound)?;
    if !transfer.kind.place().opens(&session.grants, &realm.slug) {
        services.denied(request, &session).await?;
    }
    Ok((session, transfer))
}

/// A number for a page.
fn count(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}
