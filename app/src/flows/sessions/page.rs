//! The list.

use super::api::{EndOtherSessions, EndSession};
use crate::{
    act::{Act, Call},
    pages::parts::{Confirm, Here, Hidden, Submit, top},
    ui::{Badge, Cards, Fact, FactorCard, Tone},
};
use domain::screen::{SessionFace, Sessions, View};
use leptos::prelude::*;
use words::sessions;

/// Newest first.
pub fn page(view: &View, screen: &Sessions) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let cards = screen
        .sessions
        .iter()
        .map(|one| card(here, one))
        .collect_view();
    let others = if screen.sessions.iter().any(|s| !s.here) {
        view! {
            <Confirm label=sessions::end_others(lang) sure=sessions::end_others_sure(lang)>
                <Act action={Call::<EndOtherSessions>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Submit label=sessions::end_others_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        }
        .into_any()
    } else {
        view! { <p class="muted">{sessions::only_here(lang)}</p> }.into_any()
    };
    view! {
        {top(here, sessions::title(lang), sessions::lead(lang))}
        <Cards>{cards}</Cards>
        {others}
    }
    .into_any()
}

fn card(here: Here, one: &SessionFace) -> AnyView {
    let lang = here.lang();
    let browser = if one.browser.is_empty() {
        sessions::unknown_browser(lang).to_owned()
    } else {
        one.browser.clone()
    };
    let facts = vec![
        Fact::new(sessions::opened(lang), one.opened.clone()),
        Fact::new(sessions::seen(lang), one.seen.clone()),
        Fact::new(sessions::address(lang), one.address.clone()),
    ];
    if one.here {
        let badge = Badge::new(Tone::Ok, "check", sessions::here(lang));
        return view! { <FactorCard icon="globe" title=browser badge=Some(badge) facts=facts/> }
            .into_any();
    }
    let (id, heard) = (one.id.clone(), browser.clone());
    view! {
        <FactorCard icon="globe" title=browser facts=facts>
            <Confirm label=sessions::end(lang) heard=heard sure=sessions::end_sure(lang)>
                <Act action={Call::<EndSession>::new()} class="row">
                    <Hidden name="realm" value=here.realm()/>
                    <Hidden name="id" value=id/>
                    <Submit label=sessions::end_submit(lang) class="button small bad"/>
                </Act>
            </Confirm>
        </FactorCard>
    }
    .into_any()
}
