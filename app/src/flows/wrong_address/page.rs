//! The form for a wrong address: full name, login ID and partner number.

use super::api;
use crate::{
    act::{Act, Call},
    pages::{
        case_form::{consent, next, story, work},
        parts::{Here, Hidden, Submit, Text, top},
    },
};
use domain::{
    Field, paths,
    screen::{CaseForm, View},
};
use leptos::prelude::*;
use words::{cases, frame};

/// The form.
pub fn page(view: &View, screen: &CaseForm) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let typed = screen.typed.clone();
    let (privacy, challenge) = (screen.privacy_url.clone(), screen.work.clone());
    let title = cases::title(lang, screen.kind);
    let lead = cases::lead(lang, screen.kind, screen.answer_hours);
    view! {
        {top(here, title, &lead)}
        <Act action={Call::<api::WrongAddress>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <p class="sm muted">{cases::required(lang)}</p>
            <Text
                here=here
                field=Field::Given
                label=format!("{} *", cases::full_name(lang))
                value=typed.given
                autocomplete="name"
            />
            <Text
                here=here
                field=Field::Login
                label=format!("{} *", cases::login(lang))
                value=typed.login
                autocomplete="username"
            />
            <Text
                here=here
                field=Field::Partner
                label=format!("{} *", cases::partner(lang))
                value=typed.partner
            />
            {story(here, typed.story)}
            {consent(here, typed.consent, privacy)}
            {work(lang, challenge)}
            <div class="row">
                <Submit label=cases::send(lang)/>
                <a class="button plain" href=here.path(paths::sign_in)>{frame::cancel(lang)}</a>
            </div>
        </Act>
        {next(lang, screen)}
    }
    .into_any()
}
