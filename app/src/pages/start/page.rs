//! The start page: the map on top, the same as a list below.

use super::map;
use crate::{
    pages::parts::{Here, top},
    ui::Go,
};
use domain::{
    Lang, paths,
    screen::{RealmCard, RegionCard, Start, View},
};
use leptos::prelude::*;
use words::start;

/// Before a region is chosen, all of them with their realms; afterwards its
/// realms, and ways to the others.
pub fn page(view: &View, screen: &Start) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let served: Vec<_> = screen
        .regions
        .iter()
        .filter(|r| !r.realms.is_empty())
        .collect();
    if served.is_empty() {
        return view! {
            {top(here, start::title(lang), start::nothing(lang))}
        }
        .into_any();
    }
    let chosen = served
        .iter()
        .find(|region| screen.chosen == Some(region.region));
    let (title, lead, list) = match chosen {
        None => (
            start::title(lang).to_owned(),
            start::lead(lang),
            all(lang, &served),
        ),
        Some(chosen) => (
            start::region(lang, chosen.region),
            start::chosen_lead(lang),
            one(lang, chosen, &served),
        ),
    };
    view! {
        {top(here, &title, lead)}
        {map::map(lang, screen)}
        <nav id=map::LIST class="stack" aria-label=start::list(lang)>{list}</nav>
    }
    .into_any()
}

/// Each region with its realms.
fn all(lang: Lang, regions: &[&RegionCard]) -> AnyView {
    let regions = regions.iter().map(|region| {
        view! {
            <section class="stack tight">
                <h2>{start::region(lang, region.region)}</h2>
                {realms(region)}
            </section>
        }
    });
    let regions = regions.collect_view();
    view! { <div class="by-region">{regions}</div> }.into_any()
}

/// The realms of a region, and the other regions.
fn one(lang: Lang, chosen: &RegionCard, regions: &[&RegionCard]) -> AnyView {
    let others: Vec<_> = regions
        .iter()
        .filter(|other| other.region != chosen.region)
        .map(|other| {
            view! {
                <li>
                    <Go
                        href=other.path.clone()
                        title=start::region(lang, other.region)
                        text=map::leads(lang, other)
                    />
                </li>
            }
        })
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! {
            <section class="stack near">
                <h2>{start::others(lang)}</h2>
                <ul role="list" class="regions">{others}</ul>
            </section>
        }
    });
    view! {
        <div class="card">{realms(chosen)}</div>
        {others}
    }
    .into_any()
}

fn realms(region: &RegionCard) -> AnyView {
    let realms = region.realms.iter().map(realm).collect_view();
    view! { <ul role="list" class="regions">{realms}</ul> }.into_any()
}

/// A realm: its cut and colour, its name, a sentence.
fn realm(card: &RealmCard) -> AnyView {
    view! {
        <li>
            <Go
                href=paths::sign_in(&card.slug)
                title=card.name.clone()
                text=card.summary.clone()
                realm=card.slug.to_string()
            />
        </li>
    }
    .into_any()
}
