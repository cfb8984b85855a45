//! Regions: parts of the world by which realms are found on the start page.

use serde::{Deserialize, Serialize};

/// A region of the world map. Realms name those that they serve in their policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// With Central America and the Caribbean.
    NorthAmerica,
    /// All of it.
    SouthAmerica,
    /// To the Urals.
    Europe,
    /// With Turkey, the Caucasus and Iran.
    AfricaMiddleEast,
    /// All of Asia that is left, and Oceania.
    AsiaPacific,
}

impl Region {
    /// Every region, from west to east: the order of the map and of every list.
    pub const ALL: [Self; 5] = [
        Self::NorthAmerica,
        Self::SouthAmerica,
        Self::Europe,
        Self::AfricaMiddleEast,
        Self::AsiaPacific,
    ];

    /// The name in policies and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::NorthAmerica => "north_america",
            Self::SouthAmerica => "south_america",
            Self::Europe => "europe",
            Self::AfricaMiddleEast => "africa_middle_east",
            Self::AsiaPacific => "asia_pacific",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.slug() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn a_region_is_named_alike_everywhere() {
        for region in Region::ALL {
            assert_eq!(Region::parse(region.slug()), Some(region));
            let json = serde_json::to_value(region).expect("a name");
            assert_eq!(json, region.slug());
        }
        assert_eq!(Region::parse("Europe"), None);
        assert_eq!(Region::parse(""), None);
    }
}
