//! Who calls, how to be sure, and the word.

use super::api;
use crate::{
    pages::parts::{Here, note, top, word_of_manager},
    ui::{Fact, Facts, Tone},
};
use domain::screen::{View, Vouch};
use leptos::prelude::*;
use words::{call, caller, cases, desk};

/// The page.
pub fn page(view: &View, screen: &Vouch) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let facts = vec![
        Fact::new(call::phone_case(lang), screen.call.clone()),
        Fact::new(desk::person(lang), screen.person.clone()),
        Fact::new(caller::agent(lang), screen.agent.clone()),
        Fact::new(caller::since(lang), screen.since.clone()),
    ];
    let lead = caller::vouch_lead(lang, &screen.person, &screen.at);
    let word = if screen.waits {
        let (how, no) = (caller::vouch_how(lang), caller::vouch_no_sure(lang));
        word_of_manager::<api::Vouch>(here, &screen.id, how, no)
    } else {
        note(Tone::Idle, caller::vouch_over(lang), "")
    };
    view! {
        {top(here, cases::confirm_title(lang), &lead)}
        <Facts facts=facts/>
        {word}
    }
    .into_any()
}
