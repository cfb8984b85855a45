//! What a realm says of itself, in words.

use super::{Listing, Row};
use domain::{Lang, policy::Realm};
use words::{read_policy as say, start};

pub(super) fn regions(lang: Lang, realm: &Realm) -> String {
    let names = realm.regions.iter().map(|&one| start::region(lang, one));
    names.collect::<Vec<_>>().join(", ")
}

pub(super) fn announcement(lang: Lang, realm: &Realm) -> String {
    let announced = realm.announcement.as_ref();
    announced.map_or_else(|| say::none(lang).to_owned(), say::both)
}

pub(super) fn links(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    if list.realm.links.is_empty() {
        return vec![list.row("links", say::links(lang), say::none(lang))];
    }
    let links = list.realm.links.iter().enumerate();
    links
        .map(|(n, (name, url))| list.row(&format!("links.{n}"), say::both(name), url.as_str()))
        .collect()
}
