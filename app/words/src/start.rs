//! The start page: the map, and the realms of each region.

use crate::count::noun;
use domain::{Lang, region::Region};

say! {
    title = "Choose your region", "Wählen Sie Ihre Region";
    lead = "Click on the map, or pick from the list.", "Klicken Sie auf die Karte, oder wählen Sie aus der Liste.";
    chosen_lead = "Pick where you want to sign in, or choose another region.", "Wählen Sie, wo Sie sich anmelden möchten, oder eine andere Region.";
    map = "Regions on the map", "Regionen auf der Karte";
    list = "Regions and sign-ins", "Regionen und Anmeldungen";
    others = "Other regions", "Andere Regionen";
    nothing = "No sign-in is set up here yet. An administrator adds one as a policy file.", "Hier ist noch keine Anmeldung eingerichtet. Eine Administratorin oder ein Administrator fügt sie als Policy-Datei hinzu.";
}

tell! {
    straight(realm: &str) = "straight to {realm}", "direkt zu „{realm}“";
}

/// "2 sign-ins".
pub fn sign_ins(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "sign-in", "sign-ins"),
        Lang::De => noun(n, "Anmeldung", "Anmeldungen"),
    }
}

/// A region, as it stands in lists.
pub fn region(lang: Lang, region: Region) -> String {
    let (first, second) = on_map(lang, region);
    [first, second].join(" ").trim_end().to_owned()
}

/// A region in the one or two lines that its name takes on the map.
pub const fn on_map(lang: Lang, region: Region) -> (&'static str, &'static str) {
    match (region, lang) {
        (Region::NorthAmerica, Lang::En) => ("North America", ""),
        (Region::NorthAmerica, Lang::De) => ("Nordamerika", ""),
        (Region::SouthAmerica, Lang::En) => ("South America", ""),
        (Region::SouthAmerica, Lang::De) => ("Südamerika", ""),
        (Region::Europe, Lang::En) => ("Europe", ""),
        (Region::Europe, Lang::De) => ("Europa", ""),
        (Region::AfricaMiddleEast, Lang::En) => ("Africa", "and Middle East"),
        (Region::AfricaMiddleEast, Lang::De) => ("Afrika", "und Naher Osten"),
        (Region::AsiaPacific, Lang::En) => ("Asia Pacific", ""),
        (Region::AsiaPacific, Lang::De) => ("Asien-Pazifik", ""),
    }
}
