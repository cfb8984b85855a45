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

pub(super) fn footer(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let copyright = match list.realm.copyright.as_str() {
        "" => say::none(lang),
        line => line,
    };
    let mut rows = vec![list.row("copyright", say::copyright(lang), copyright)];
    if list.realm.links.is_empty() {
        rows.push(list.row("links", say::links(lang), say::none(lang)));
    }
    let links = list.realm.links.iter().enumerate();
    rows.extend(
        links
            .map(|(n, (name, url))| list.row(&format!("links.{n}"), say::both(name), url.as_str())),
    );
    rows
}
