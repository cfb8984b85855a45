//! What the forms of both cases share: the story, the proof, the consent, the
//! browser's work, and what happens next.

use super::parts::{Here, Text};
use crate::{
    browser::work::Work,
    ui::{Check, Icon, LongField, Tick, use_hydrated},
};
use domain::{Field, Lang, cases::CaseKind, screen::CaseForm};
use leptos::prelude::*;
use words::{cases, count};

/// What happened, in the person's words.
pub fn story(here: Here, typed: String) -> AnyView {
    let lang = here.lang();
    view! {
        <LongField
            name=Field::Story.id()
            label=cases::story(lang)
            hint=cases::story_hint(lang)
            value=typed
            error=Some(here.error(Field::Story))
        />
    }
    .into_any()
}

/// A code that shortens the wait.
pub fn proof(here: Here) -> AnyView {
    let lang = here.lang();
    view! {
        <Text
            here=here
            field=Field::Proof
            label=cases::proof(lang)
            hint=cases::proof_hint(lang)
            autocomplete="one-time-code"
        />
    }
    .into_any()
}

/// The agreement, with what is agreed to.
pub fn consent(here: Here, agreed: bool, privacy: String) -> AnyView {
    let lang = here.lang();
    view! {
        <Tick
            name=Field::Consent.id()
            checked=agreed
            star=true
            error=Some(here.error(Field::Consent))
        >
            {cases::consent(lang)}
            " "
            <a href=privacy rel="external noopener" target="_blank">{cases::privacy(lang)}</a>
        </Tick>
    }
    .into_any()
}

/// The browser's work, shown while it goes on, posted when it is done.
pub fn work(lang: Lang, challenge: String) -> AnyView {
    let work = Work::begin(challenge);
    let text = Signal::derive(move || {
        if work.answer.get().is_some() {
            cases::check_done(lang).to_owned()
        } else {
            cases::check_runs(lang).to_owned()
        }
    });
    let hydrated = use_hydrated();
    view! {
        <input
            type="hidden"
            name="work"
            value=move || work.answer.get().map(|n| n.to_string()).unwrap_or_default()
        />
        <Show
            when=move || hydrated.get()
            fallback=move || view! { <p class="sm muted">{cases::check_needs_script(lang)}</p> }
        >
            <Check
                id="work"
                title=cases::check(lang)
                text=text
                label=cases::check_progress(lang)
                value=work.percent
            />
        </Show>
    }
    .into_any()
}

/// What happens next.
pub fn next(lang: Lang, screen: &CaseForm) -> AnyView {
    let wait = count::duration(lang, screen.wait_hours.saturating_mul(3600));
    let wait = match screen.kind {
        CaseKind::LostPhone => cases::next_wait_phone(lang, &wait),
        CaseKind::WrongAddress => cases::next_wait_address(lang, &wait),
    };
    // Who cannot read the mailbox gets no mail there.
    let mail = match screen.kind {
        CaseKind::LostPhone => ("mail", cases::next_mail(lang).to_owned()),
        CaseKind::WrongAddress => ("info", cases::next_number(lang).to_owned()),
    };
    let steps = [
        mail,
        ("user", cases::next_desk(lang, &screen.due)),
        ("shield", wait),
    ];
    let steps = steps.map(|(icon, text)| view! { <li><Icon name=icon/> <span>{text}</span></li> });
    view! {
        <section class="stack tight">
            <h2>{cases::next_title(lang)}</h2>
            <ol class="trail">{steps.into_iter().collect_view()}</ol>
        </section>
    }
    .into_any()
}
