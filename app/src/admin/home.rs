//! The realms that one administrates.

use crate::{
    admin::places::Way,
    pages::parts::{Here, top},
    ui::{KeyName, LinkButton, Panel},
};
use domain::{
    Lang,
    screen::{AdminHome, RealmCard, View},
};
use leptos::prelude::*;
use words::admin;

/// Which realm.
pub fn page(view: &View, screen: &AdminHome) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    if screen.realms.is_empty() {
        return top(
            here,
            admin::home_nothing(lang),
            admin::home_nothing_lead(lang),
        );
    }
    let realms = screen
        .realms
        .iter()
        .map(|one| realm(lang, one))
        .collect_view();
    view! {
        {top(here, admin::home_title(lang), admin::home_lead(lang))}
        <div class="cards">{realms}</div>
    }
    .into_any()
}

fn realm(lang: Lang, one: &RealmCard) -> AnyView {
    let key = view! { <KeyName realm=one.slug.to_string() name=""/> }.into_any();
    let heard = admin::of_whom(lang, &one.name);
    let places = one.places.iter().map(|place| {
        let way = Way::of(*place);
        let (to, label, icon) = ((way.path)(&one.slug), (way.word)(lang), Some(way.icon));
        view! { <LinkButton href=to label=label small=true icon=icon heard=heard.clone()/> }
    });
    let places = places.collect_view();
    let summary = one.summary.clone();
    view! {
        <Panel title=one.name.clone() aside=Some(key)>
            <p class="muted">{summary}</p>
            <div class="row">
                {places}
            </div>
        </Panel>
    }
    .into_any()
}
