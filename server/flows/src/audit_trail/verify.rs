//! Walking the chain, because somebody asked.

use super::show;
use crate::{
    Failure, Reply, Request, Services,
    audit::{self, Head, Verdict},
};
use domain::{
    admin_place::AdminPlace,
    screen::{AuditAsked, AuditVerdict},
};
use std::time::Duration;
use tokio::{sync::Mutex, time::timeout};

/// How long the walk may take; a page ends after 30 seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// One walk at a time on a node: each reads the whole trail.
static WALKING: Mutex<()> = Mutex::const_new(());

/// Walks the chain of all realms, holds it against the signed head, and shows
/// the page again with what was found.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn verify(
    services: &Services,
    request: &Request,
    realm: String,
    asked: AuditAsked,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Audit)
        .await?;
    let walk = timeout(PATIENCE, async {
        let _turn = WALKING.lock().await;
        walk(services).await
    });
    let verdict = match walk.await {
        Ok(found) => found?,
        Err(_) => AuditVerdict::TooLong,
    };
    let view = show(services, request, &realm, &session, asked, Some(verdict)).await?;
    Ok(Reply::show(view))
}

async fn walk(services: &Services) -> Result<AuditVerdict, Failure> {
    // Read first: what is sealed meanwhile comes after it.
    let Ok(head) = Head::read(&services.audit_head) else {
        return Ok(AuditVerdict::ForgedHead);
    };
    let key = services.vault.audit_key();
    let found = audit::verify(&services.store, &key, head.as_ref()).await?;
    Ok(match found {
        Verdict::Whole(entries) if head.is_none() && entries > 0 => {
            AuditVerdict::WholeWithoutHead(entries)
        }
        Verdict::Whole(entries) => AuditVerdict::Whole(entries),
        Verdict::Altered { seq, id } if id.is_empty() => AuditVerdict::Missing(seq),
        Verdict::Altered { seq, .. } => AuditVerdict::Altered(seq),
        Verdict::Cut { found, expected } => AuditVerdict::Cut { found, expected },
        Verdict::ForgedHead => AuditVerdict::ForgedHead,
    })
}
