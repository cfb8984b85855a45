//! The applications that are one step from here: their own start pages, which come back
//! for the sign-in.

use crate::ui::{Tile, Tiles};
use domain::{
    FactorKind, Lang,
    screen::{self, Later, Overview},
};
use leptos::prelude::*;
use words::{overview, read_policy, when};

/// The tiles; nothing where there is no application.
pub fn tiles(lang: Lang, screen: &Overview) -> Option<AnyView> {
    let tiles = screen.applications.iter().map(|one| tile(lang, one));
    let tiles = tiles.collect_view();
    (!screen.applications.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{overview::applications(lang)}</h2>
                <Tiles>{tiles}</Tiles>
            </section>
        }
        .into_any()
    })
}

fn tile(lang: Lang, one: &screen::Tile) -> AnyView {
    let asks = if one.asks.is_empty() {
        String::new()
    } else {
        overview::app_asks(lang, &ways(lang, &one.asks))
    };
    let later = one.later.as_ref().map(|later| said(lang, later));
    view! {
        <Tile
            href=one.url.clone()
            title=one.name.clone()
            subtitle=one.host.clone()
            notes=[asks, later.unwrap_or_default()].into()
        />
    }
    .into_any()
}

fn said(lang: Lang, later: &Later) -> String {
    let day = when::day(lang, &later.day);
    if later.asks.is_empty() {
        return overview::app_later_any(lang, &day);
    }
    let ways = ways(lang, &later.asks);
    if later.lacks {
        overview::app_later_lacks(lang, &day, &ways)
    } else {
        overview::app_later(lang, &day, &ways)
    }
}

fn ways(lang: Lang, chains: &[Vec<FactorKind>]) -> String {
    let all: Vec<_> = (chains.iter())
        .map(|kinds| read_policy::chain(lang, kinds))
        .collect();
    all.join(overview::app_or(lang))
}
