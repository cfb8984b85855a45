//! Regions and their realms.

use crate::{admin_place::AdminPlace, ids::RealmSlug};
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
    /// The places of its administration that are open to the reader.
    pub places: Vec<AdminPlace>,
}
