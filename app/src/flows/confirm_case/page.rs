//! Who asks, how to be sure, and the word.

use super::api;
use crate::{
    pages::parts::{Here, note, top, word_of_manager},
    ui::{Fact, Facts, Tone},
};
use domain::screen::{ConfirmCase, View};
use leptos::prelude::*;
use words::cases;

/// The page.
pub fn page(view: &View, screen: &ConfirmCase) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let facts = vec![
        Fact::new(cases::case(lang), screen.name.clone()),
        Fact::new(words::desk::person(lang), screen.person.clone()),
        Fact::new(cases::about(lang), cases::title(lang, screen.kind)),
        Fact::new(cases::asked(lang), screen.asked.clone()),
    ];
    let lead = cases::confirm_lead(lang, &screen.person, &screen.at);
    let word = if screen.waits {
        let (how, no) = (cases::confirm_how(lang), cases::confirm_no_sure(lang));
        word_of_manager::<api::ConfirmCase>(here, &screen.id, how, no)
    } else {
        note(Tone::Idle, cases::confirm_over(lang), "")
    };
    view! {
        {top(here, cases::confirm_title(lang), &lead)}
        <Facts facts=facts/>
        {word}
    }
    .into_any()
}
