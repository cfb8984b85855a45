//! Who asks, how to be sure, and the word.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Code, Confirm, Here, Hidden, Submit, note, top},
    ui::{Fact, Facts, Tone},
};
use domain::screen::{ConfirmCase, View};
use leptos::prelude::*;
use words::{cases, prove};

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
        word(here, screen)
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

fn word(here: Here, screen: &ConfirmCase) -> AnyView {
    let lang = here.lang();
    let (id, other) = (screen.id.clone(), screen.id.clone());
    let hint = prove::hint(lang, domain::FactorKind::Totp, 6);
    view! {
        {note(Tone::Info, cases::confirm_how(lang), "")}
        <Act action={Call::<api::ConfirmCase>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="id" value=id/>
            <Hidden name="word" value="yes"/>
            <Code here=here label=cases::confirm_code(lang) hint=hint digits=6/>
            <div class="row">
                <Submit label=cases::confirm_yes(lang)/>
            </div>
        </Act>
        <Confirm label=cases::confirm_no(lang) sure=cases::confirm_no_sure(lang)>
            <Act action={Call::<api::ConfirmCase>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=other/>
                <Hidden name="word" value="no"/>
                <Submit label=cases::confirm_no(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}
