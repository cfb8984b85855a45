//! The choice, and the realm that has none yet.

use super::api::{self, EnrollCancel};
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Way, factor_icon, note, top},
    ui::{Badge, Choice, ChoiceCards, Tone},
};
use domain::{
    FactorKind, Field, paths,
    screen::{ChooseMethod, LineState, View},
};
use leptos::prelude::*;
use words::{approval, enroll, factor, frame};

/// Which method.
pub fn page(view: &View, screen: &ChooseMethod) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (title, lead) = if screen.first {
        // Of codes over the telephone network there is one, and no codes to recover with.
        let lead = if screen.lines.is_empty() {
            enroll::choose_first_lead(lang)
        } else {
            enroll::choose_first_line_lead(lang)
        };
        (enroll::choose_first(lang), lead)
    } else {
        (enroll::choose_more(lang), enroll::choose_more_lead(lang))
    };
    if screen.kinds.is_empty() {
        return view! {
            {top(here, title, enroll::nothing_offered(lang))}
            <p><Way to=here.path(paths::overview) label=frame::back(lang)/></p>
        }
        .into_any();
    }
    let error = here.error(Field::Method);
    let chosen = screen.chosen.or_else(|| screen.kinds.first().copied());
    let choices = screen
        .kinds
        .iter()
        .map(|kind| choice(here, *kind, screen, chosen == Some(*kind)));
    let choices = choices.collect_view();
    view! {
        {top(here, title, lead)}
        <Act action={Call::<api::ChooseMethod>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <ChoiceCards id=Field::Method.id() legend=enroll::method(lang) error=Some(error)>
                {choices}
            </ChoiceCards>
            <div class="row">
                <Submit label=frame::proceed(lang)/>
            </div>
        </Act>
        {cancel(here, frame::cancel(lang))}
    }
    .into_any()
}

/// One card.
fn choice(here: Here, kind: FactorKind, screen: &ChooseMethod, chosen: bool) -> AnyView {
    let lang = here.lang();
    let address = match kind {
        FactorKind::Email => screen.email.as_str(),
        _ => "",
    };
    let mut text = factor::about(lang, kind, address);
    // What a manager is asked for first is said before it is chosen.
    let state = screen.lines.iter().find(|one| one.kind == kind);
    if let Some(state @ (LineState::Ask | LineState::Asked)) = state.map(|one| one.state) {
        text = format!("{text} {}.", approval::state_of(lang, state));
    }
    let badge = (kind == FactorKind::Passkey)
        .then(|| Badge::new(Tone::Info, "check", enroll::recommended(lang)));
    view! {
        <Choice
            name=Field::Method.id()
            value=kind.slug()
            title=factor::choice(lang, kind)
            text=text
            icon=factor_icon(kind)
            checked=chosen
            badge=badge
        />
    }
    .into_any()
}

/// The way out of the choice, and of setting up what was chosen.
pub fn cancel(here: Here, label: &'static str) -> AnyView {
    view! {
        <Act action={Call::<EnrollCancel>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Submit label=label class="button plain"/>
        </Act>
    }
    .into_any()
}

/// The realm's second factor is not there yet.
pub fn no_second_factor_yet(view: &View) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    view! {
        {top(here, enroll::not_yet(lang), enroll::not_yet_lead(lang))}
        {note(Tone::Info, enroll::not_yet_ask(lang), "")}
        <p><Way to=here.path(paths::sign_in) label=enroll::to_sign_in(lang)/></p>
    }
    .into_any()
}
