//! Starting one: its row commits with the audit entry, and a worker is woken.

use super::input_context;
use crate::{Fact, Failure, Reply, Request, Services, audit, ceremony::Ctx};
use domain::{
    audit::{Action, Event},
    ids::TransferId,
    paths,
    policy::Realm,
    records::Session,
    trail::Filter,
    transfer::{Format, Transfer, TransferKind, TransferState},
};
use serde::{Deserialize, Serialize};

/// What a transfer works on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Whom to invite.
    Invitations {
        /// The rows, as they were checked.
        csv: String,
    },
    /// Everybody of the realm.
    People,
    /// Entries of the audit trail.
    Audit {
        /// Which ones.
        filter: Filter,
    },
}

impl What {
    const fn kind(&self) -> TransferKind {
        match self {
            Self::Invitations { .. } => TransferKind::ImportInvitations,
            Self::People => TransferKind::ExportPeople,
            Self::Audit { .. } => TransferKind::ExportAudit,
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Order {
    /// What it works on.
    pub what: What,
    /// How its file is written.
    pub format: Format,
    /// A few words for the audit trail; they say all of what is wanted, so that two
    /// orders for the same are known by them.
    pub about: String,
    /// All rows, where they are known.
    pub total: Option<i64>,
}

/// An order as it lies sealed in its row until it is over.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Input {
    /// The peer's address: what the worker does is written down as done from there.
    pub address: String,
    /// The browser.
    pub agent: String,
    /// What it works on.
    pub what: What,
}

/// Starts what the holder of `session` may do, and leads to its page. An export
/// that the same person is waiting for already is not started again.
///
/// # Errors
/// The database could not.
pub async fn start(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    order: Order,
) -> Result<Reply, Failure> {
    let kind = order.what.kind();
    let by = &session.person.id;
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    if !kind.is_import() {
        let same = fact.tx().transfer_same(&realm.slug, by, &order.about);
        if let Some(same) = same.await? {
            let to = paths::admin_transfer(&realm.slug, same.id.as_str());
            return Ok(Reply::go(to));
        }
    }
    let transfer = Transfer {
        id: TransferId::new(services.id()),
        realm: realm.slug.clone(),
        kind,
        format: order.format,
        about: order.about,
        starter: by.clone(),
        state: TransferState::Waiting,
        fault: None,
        done: 0,
        total: order.total,
        skipped: 0,
        reached: String::new(),
        created_at: services.now(),
        started_at: None,
        finished_at: None,
        tries: 0,
    };
    let input = Input {
        address: request.address.clone(),
        agent: request.agent.clone(),
        what: order.what,
    };
    let plain = serde_json::to_vec(&input).map_err(|e| Failure::unavailable(&e))?;
    let context = input_context(&transfer.id);
    let sealed = services.vault.seal(&context, &plain, &services.random);
    fact.tx().transfer_insert(&transfer, &sealed).await?;
    let event = Event::done(Action::TransferStarted, by.clone()).because(&transfer.about);
    audit::record(&mut fact, Some(by), &event).await?;
    fact.commit().await?;
    services.transfer_bell.notify_one();
    let to = paths::admin_transfer(&realm.slug, transfer.id.as_str());
    Ok(Reply::go(to))
}
