//! Regions and their realms.

use crate::{admin_place::AdminPlace, ids::RealmSlug, region::Region};
use serde::{Deserialize, Serialize};

/// The start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Every region of the world, in order; also those without a realm.
    pub regions: Vec<RegionCard>,
    /// The one that was chosen.
    pub chosen: Option<Region>,
    /// Width and height of the map.
    pub size: (i32, i32),
}

/// A region, on the map and in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionCard {
    /// Which.
    pub region: Region,
    /// Where it leads: straight to the sign-in of its only realm, or to the page
    /// of its realms; empty when it has none.
    pub path: String,
    /// Its land on the map: the data of one SVG path. It comes from the server,
    /// so that no browser loads it with the program.
    pub land: String,
    /// Where it can be touched: its land and the water around, as SVG data.
    pub reach: String,
    /// Where its name stands on the map.
    pub middle: (i32, i32),
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
