//! Regions and their realms.

use crate::ids::RealmSlug;
use serde::{Deserialize, Serialize};

/// The start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Regions in order, each with its realms.
    pub regions: Vec<Region>,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// Its realms: slug, name, a sentence.
    pub realms: Vec<RealmCard>,
}

/// A realm on the start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealmCard {
    /// Its name in addresses.
    pub slug: RealmSlug,
    /// Its name.
    pub name: String,
    /// A sentence.
    pub summary: String,
    /// People are invited here.
    pub invites: bool,
}
