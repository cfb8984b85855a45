//! Regions and realms.

use crate::{
    pages::parts::{Here, top},
    ui::Go,
};
use domain::{
    paths,
    screen::{RealmCard, Start, View},
};
use leptos::prelude::*;
use words::start;

/// Each region with its realms, as a plain list.
pub fn page(view: &View, screen: &Start) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.regions.iter().all(|r| r.realms.is_empty()) {
        return view! {
            {top(here, start::title(lang), start::nothing(lang))}
        }
        .into_any();
    }
    let regions = screen
        .regions
        .iter()
        .filter(|r| !r.realms.is_empty())
        .map(|region| {
            let realms = region.realms.iter().map(realm).collect_view();
            view! {
                <section class="card stack tight">
                    <h2>{region.name.clone()}</h2>
                    <div class="regions">{realms}</div>
                </section>
            }
        });
    let regions = regions.collect_view();
    view! {
        {top(here, start::title(lang), start::lead(lang))}
        <nav class="stack" aria-label=start::list(lang)>{regions}</nav>
    }
    .into_any()
}

/// A realm: its cut and colour, its name, a sentence.
fn realm(card: &RealmCard) -> AnyView {
    view! {
        <Go
            href=paths::sign_in(&card.slug)
            title=card.name.clone()
            text=card.summary.clone()
            realm=card.slug.to_string()
        />
    }
    .into_any()
}
