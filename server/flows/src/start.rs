//! The start page: regions and their realms.

use crate::{Failure, Reply, Request, Services, pages};
use domain::{
    paths,
    screen::{RealmCard, Region, Screen, Start},
};

/// The page.
///
/// # Errors
/// None; the signature is that of every page.
pub async fn page(services: &Services, request: &Request) -> Result<Reply, Failure> {
    let frame = pages::frame(services, request, None, None, paths::START.to_owned());
    let mut regions: Vec<Region> = Vec::new();
    for realm in services.realms.iter() {
        let name = realm.region.get(frame.lang).to_owned();
        let card = RealmCard {
            slug: realm.slug.clone(),
            name: realm.name.get(frame.lang).to_owned(),
            summary: realm.summary.get(frame.lang).to_owned(),
            places: Vec::new(),
        };
        match regions.iter_mut().find(|r| r.name == name) {
            Some(region) => region.realms.push(card),
            None => regions.push(Region {
                name,
                realms: vec![card],
            }),
        }
    }
    Ok(Reply::show(pages::view(
        frame,
        Screen::Start(Start { regions }),
    )))
}
