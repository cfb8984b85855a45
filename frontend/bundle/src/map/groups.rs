//! Which country belongs to which region of the start page.
//!
//! The regions are those that a company with offices everywhere has, along the
//! subregions of the United Nations (M49): North America has Central America and
//! the Caribbean; the Middle East is Western Asia and Iran; all of Asia that is
//! left joins Oceania. The map draws no border of a state. Russia and France
//! are divided where they lie: at the Urals, and for French Guiana. Antarctica
//! is not drawn.

use std::collections::BTreeMap;

use super::atlas::{Country, Point};
use crate::failure::{Failure, Result};

/// A region: its name in `domain::region::Region`, and its countries as the
/// data names them.
pub struct Group {
    /// The variant.
    pub name: &'static str,
    countries: &'static str,
}

/// The regions from west to east, which is the order of the enumeration too.
pub const GROUPS: [Group; 5] = [
    Group {
        name: "NorthAmerica",
        countries: "Bahamas|Belize|Canada|Costa Rica|Cuba|Dominican Rep.|El Salvador|Greenland|\
            Guatemala|Haiti|Honduras|Jamaica|Mexico|Nicaragua|Panama|Puerto Rico|\
            Trinidad and Tobago|United States of America",
    },
    Group {
        name: "SouthAmerica",
        countries: "Argentina|Bolivia|Brazil|Chile|Colombia|Ecuador|Falkland Is.|Guyana|Paraguay|\
            Peru|Suriname|Uruguay|Venezuela",
    },
    Group {
        name: "Europe",
        countries: "Albania|Austria|Belarus|Belgium|Bosnia and Herz.|Bulgaria|Croatia|Czechia|\
            Denmark|Estonia|Finland|France|Germany|Greece|Hungary|Iceland|Ireland|Italy|Kosovo|\
            Latvia|Lithuania|Luxembourg|Macedonia|Moldova|Montenegro|Netherlands|Norway|Poland|\
            Portugal|Romania|Russia|Serbia|Slovakia|Slovenia|Spain|Sweden|Switzerland|Ukraine|\
            United Kingdom",
    },
    Group {
        name: "AfricaMiddleEast",
        countries: "Algeria|Angola|Benin|Botswana|Burkina Faso|Burundi|Cameroon|\
            Central African Rep.|Chad|Congo|Côte d'Ivoire|Dem. Rep. Congo|Djibouti|Egypt|\
            Eq. Guinea|Eritrea|Ethiopia|Gabon|Gambia|Ghana|Guinea|Guinea-Bissau|Kenya|Lesotho|\
            Liberia|Libya|Madagascar|Malawi|Mali|Mauritania|Morocco|Mozambique|Namibia|Niger|\
            Nigeria|Rwanda|S. Sudan|Senegal|Sierra Leone|Somalia|Somaliland|South Africa|Sudan|\
            Tanzania|Togo|Tunisia|Uganda|W. Sahara|Zambia|Zimbabwe|eSwatini|\
            Armenia|Azerbaijan|Cyprus|Georgia|Iran|Iraq|Israel|Jordan|Kuwait|Lebanon|N. Cyprus|\
            Oman|Palestine|Qatar|Saudi Arabia|Syria|Turkey|United Arab Emirates|Yemen",
    },
    Group {
        name: "AsiaPacific",
        countries: "Afghanistan|Bangladesh|Bhutan|Brunei|Cambodia|China|India|Indonesia|Japan|\
            Kazakhstan|Kyrgyzstan|Laos|Malaysia|Mongolia|Myanmar|Nepal|North Korea|Pakistan|\
            Philippines|South Korea|Sri Lanka|Taiwan|Tajikistan|Thailand|Timor-Leste|\
            Turkmenistan|Uzbekistan|Vietnam|\
            Australia|Fiji|New Caledonia|New Zealand|Papua New Guinea|Solomon Is.|Vanuatu",
    },
];

/// What is not drawn.
const LEFT_OUT: [&str; 2] = ["Antarctica", "Fr. S. Antarctic Lands"];

/// The line of the Urals, in degrees of longitude.
const URALS: f64 = 60.0;
/// Everything of France that lies further west is in South America.
const ATLANTIC: f64 = -30.0;

/// The countries that are drawn, each with the index of its region.
pub fn grouped(countries: Vec<Country>) -> Result<Vec<(usize, Country)>> {
    let known: BTreeMap<&str, usize> = (GROUPS.iter().enumerate())
        .flat_map(|(n, group)| group.countries.split('|').map(move |name| (name, n)))
        .collect();
    let drawn = countries
        .into_iter()
        .filter(|country| !LEFT_OUT.contains(&country.name.as_str()));
    drawn
        .map(|country| match known.get(country.name.as_str()) {
            Some(&group) => Ok((group, country)),
            None => Err(Failure::new(format!(
                "no region has {}; name it in map/groups.rs",
                country.name
            ))),
        })
        .collect()
}

/// The region of a place in a country, which is nearly always the country's.
pub fn region_at(country: &str, group: usize, [longitude, _]: Point) -> usize {
    let named = |name: &str| GROUPS.iter().position(|g| g.name == name);
    let elsewhere = match country {
        // The far east of Russia lies beyond 180 degrees.
        "Russia" if !(0.0..=URALS).contains(&longitude) => named("AsiaPacific"),
        "France" if longitude < ATLANTIC => named("SouthAmerica"),
        _ => None,
    };
    elsewhere.unwrap_or(group)
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, region_at};
    use std::collections::BTreeSet;

    fn name(country: &str, group: &str, longitude: f64) -> &'static str {
        let group = GROUPS.iter().position(|g| g.name == group).unwrap();
        GROUPS[region_at(country, group, [longitude, 5.0])].name
    }

    #[test]
    fn a_country_belongs_to_one_region() {
        let mut seen = BTreeSet::new();
        for group in &GROUPS {
            for country in group.countries.split('|') {
                assert!(seen.insert(country), "{country} stands here twice");
                assert_eq!(country, country.trim());
            }
        }
    }

    #[test]
    fn two_countries_are_divided() {
        assert_eq!(name("Russia", "Europe", 37.6), "Europe");
        assert_eq!(name("Russia", "Europe", 82.9), "AsiaPacific");
        assert_eq!(name("Russia", "Europe", -175.0), "AsiaPacific");
        assert_eq!(name("France", "Europe", 2.3), "Europe");
        assert_eq!(name("France", "Europe", -52.3), "SouthAmerica");
        assert_eq!(name("Norway", "Europe", 62.0), "Europe");
    }
}
