//! The world map: a link for each region that has a realm.

use domain::{
    Lang,
    screen::{RegionCard, Start},
};
use leptos::prelude::*;
use words::start;

/// The list below the map. Links of the map lead to it, so that a keyboard goes
/// on there and not before the map.
pub const LIST: &str = "sign-ins";

/// The map. Links within SVG are the browser's own business: the router leaves
/// them alone.
pub fn map(lang: Lang, screen: &Start) -> AnyView {
    let (width, height) = screen.size;
    let regions = screen.regions.iter().map(|region| {
        if region.path.is_empty() {
            bare(lang, region)
        } else {
            link(lang, region, screen.chosen == Some(region.region))
        }
    });
    let regions = regions.collect_view();
    view! {
        <nav class="map" aria-label=start::map(lang)>
            <svg viewBox=format!("0 0 {width} {height}") role="presentation">{regions}</svg>
        </nav>
    }
    .into_any()
}

/// What a choice leads to, in words.
pub fn leads(lang: Lang, region: &RegionCard) -> String {
    match region.realms.as_slice() {
        [only] => start::straight(lang, &only.name),
        several => start::sign_ins(lang, u32::try_from(several.len()).unwrap_or(u32::MAX)),
    }
}

fn link(lang: Lang, region: &RegionCard, chosen: bool) -> AnyView {
    let several = region.realms.len() > 1;
    let href = if several {
        format!("{}#{LIST}", region.path)
    } else {
        region.path.clone()
    };
    let name = name(lang, region);
    // The group tells the macro that this link is one of SVG.
    view! {
        <g>
            <a
                href=href
                aria-label=start::region(lang, region.region)
                aria-current=chosen.then_some("true")
            >
                <path class="reach" d=region.reach.clone()></path>
                <path d=region.land.clone()></path>
                {name}
            </a>
        </g>
    }
    .into_any()
}

/// A region without a realm: drawn, because the world has it, and nothing else.
fn bare(lang: Lang, region: &RegionCard) -> AnyView {
    view! {
        <g class="bare" aria-hidden="true">
            <path d=region.land.clone()></path>
            {name(lang, region)}
        </g>
    }
    .into_any()
}

/// The name in the middle of the land, on one or two lines. What screen readers
/// hear is the link's label: small maps leave the name out.
fn name(lang: Lang, region: &RegionCard) -> AnyView {
    let (x, y) = region.middle;
    let (first, second) = start::on_map(lang, region.region);
    let second = (!second.is_empty()).then(|| {
        view! { <tspan x=x dy="1.15em">{second}</tspan> }
    });
    view! {
        <text x=x y=y>
            {first} " " {second}
        </text>
    }
    .into_any()
}
