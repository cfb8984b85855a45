//! The start page: the world map, and the realms of each region.

mod world;

use crate::{Failure, Realms, Reply, Request, Services, pages, pages::Query};
use domain::{
    Lang, paths,
    region::Region,
    screen::{RealmCard, RegionCard, Screen, Start},
};

/// A region as the map draws it: data of SVG paths.
#[derive(Clone, Copy, Debug)]
struct Drawing {
    land: &'static str,
    reach: &'static str,
    middle: (i32, i32),
}

/// The page. Whoever names a region with one realm goes straight there; one
/// without a realm, or none, is no choice.
///
/// # Errors
/// None; the signature is that of every page.
pub async fn page(services: &Services, request: &Request, query: &Query) -> Result<Reply, Failure> {
    let asked = Region::parse(&query.region);
    let path = asked.map_or_else(|| paths::START.to_owned(), paths::region);
    let frame = pages::frame(services, request, None, None, path);
    let regions = regions(frame.lang, &services.realms);
    let chosen = asked.and_then(|asked| regions.iter().find(|r| r.region == asked));
    if let Some(RegionCard { realms, path, .. }) = chosen
        && realms.len() == 1
    {
        return Ok(Reply::go(path.clone()));
    }
    let chosen = chosen.filter(|r| !r.realms.is_empty()).map(|r| r.region);
    let screen = Start {
        regions,
        chosen,
        size: world::SIZE,
    };
    Ok(Reply::show(pages::view(frame, Screen::Start(screen))))
}

/// Every region with the realms whose policy names it.
fn regions(lang: Lang, realms: &Realms) -> Vec<RegionCard> {
    let card = |region: Region| {
        let realms: Vec<_> = realms
            .iter()
            .filter(|realm| realm.regions.contains(&region))
            .map(|realm| RealmCard {
                slug: realm.slug.clone(),
                name: realm.name.get(lang).to_owned(),
                summary: realm.summary.get(lang).to_owned(),
                places: Vec::new(),
            })
            .collect();
        let Drawing {
            land,
            reach,
            middle,
        } = world::drawing(region);
        RegionCard {
            region,
            path: match realms.as_slice() {
                [] => String::new(),
                [only] => paths::sign_in(&only.slug),
                _ => paths::region(region),
            },
            land: land.to_owned(),
            reach: reach.to_owned(),
            middle,
            realms,
        }
    };
    Region::ALL.map(card).into()
}

#[cfg(test)]
mod tests {
    use super::{Realms, regions, world};
    use domain::{Lang, policy, policy::Realm, region::Region};

    fn realm(slug: &str, serves: &str) -> Realm {
        let text = include_str!("../../policies/agents.toml");
        let line = text
            .lines()
            .find(|l| l.starts_with("regions"))
            .expect("is there");
        let text = text
            .replace(line, &format!("regions = [{serves}]"))
            .replace("\"agents\"", &format!("{slug:?}"));
        policy::parse(&text).expect("a good policy")
    }

    #[test]
    fn one_realm_is_the_way_and_several_are_a_page() {
        let both = realm("both", "\"europe\", \"asia_pacific\"");
        let near = realm("near", "\"europe\"");
        let shown = regions(Lang::En, &Realms::new(vec![both, near]));
        let of = |region| {
            let card = shown
                .iter()
                .find(|card| card.region == region)
                .expect("all are there");
            let realms: Vec<_> = card.realms.iter().map(|r| r.slug.as_str()).collect();
            (card.path.as_str(), realms)
        };
        assert_eq!(
            of(Region::Europe),
            ("/?region=europe", vec!["both", "near"])
        );
        assert_eq!(of(Region::AsiaPacific), ("/both/sign-in", vec!["both"]));
        assert_eq!(of(Region::NorthAmerica), ("", vec![]));
    }

    #[test]
    fn every_region_is_drawn_within_the_map() {
        let (width, height) = world::SIZE;
        for region in Region::ALL {
            let drawing = world::drawing(region);
            for path in [drawing.land, drawing.reach] {
                assert!(path.starts_with('M') && path.ends_with('z'), "{region:?}");
                assert!(
                    path.chars()
                        .all(|c| c.is_ascii_digit() || "Mhvlz -".contains(c))
                );
            }
            let (x, y) = drawing.middle;
            assert!(
                (0..width).contains(&x) && (0..height).contains(&y),
                "{region:?}"
            );
        }
        let bytes: usize = Region::ALL
            .map(|r| world::drawing(r).land.len() + world::drawing(r).reach.len())
            .iter()
            .sum();
        assert!(bytes < 10_000, "{bytes}: it travels with every start page");
    }
}
