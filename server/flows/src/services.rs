//! What the use cases work with: one value, made at start-up.

use crate::announcements::Noticed;
use crate::infra::{Board, Clock, HashThreads, Metrics, Push, Random, Vault};
use domain::{Timestamp, ids::RealmSlug, policy::Realm};
use std::{path::PathBuf, sync::Arc};
use store::Store;
use tokio::sync::Notify;
use webauthn_rs::Webauthn;

/// The realms of this installation, in the order of the start page.
#[derive(Clone, Debug)]
pub struct Realms(Vec<Arc<Realm>>);

impl Realms {
    /// Takes the parsed policies.
    pub fn new(realms: Vec<Realm>) -> Self {
        Self(realms.into_iter().map(Arc::new).collect())
    }
    /// The realm of a slug.
    pub fn get(&self, slug: &RealmSlug) -> Option<&Arc<Realm>> {
        self.0.iter().find(|r| &r.slug == slug)
    }
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Realm>> {
        self.0.iter()
    }
}

/// Everything that a use case may touch.
pub struct Services {
    /// The database.
    pub store: Store,
    /// Password hashing on threads of its own.
    pub hasher: HashThreads,
    /// Seals secrets at rest.
    pub vault: Vault,
    /// Chance.
    pub random: Random,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The realms.
    pub realms: Realms,
    /// Passkeys: one RP ID for all realms.
    pub webauthn: Webauthn,
    /// The configured address, without a slash at its end. Links are built
    /// from it and never from a request (Z7).
    pub public_url: String,
    /// Demo mode.
    pub demo: bool,
    /// The file beside the database that holds the signed head of the audit
    /// trail.
    pub audit_head: PathBuf,
    /// Rings when a message was put into the outbox.
    pub outbox_bell: Arc<Notify>,
    /// Rings when an import or an export was started.
    pub transfer_bell: Arc<Notify>,
    /// What is announced.
    pub noticed: Noticed,
    /// Reaches phones whose page is closed.
    pub push: Push,
    /// Tells open pages of the desk that a case moved.
    pub board: Board,
    /// What an operator looks at.
    pub metrics: Metrics,
}

impl Services {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
    /// A new id.
    pub fn id(&self) -> String {
        self.random.id(self.now())
    }
    /// A link that a mail may carry.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}
