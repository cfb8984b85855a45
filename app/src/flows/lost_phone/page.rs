//! The form for a lost phone, prefilled from the record.

use super::api;
use crate::{
    act::{Act, Call},
    pages::{
        case_form::{consent, next, proof, story, work},
        parts::{Here, Hidden, Submit, Text, top},
    },
    ui::{Select, SelectOption},
};
use domain::{
    Field, paths,
    screen::{CaseForm, View},
};
use leptos::prelude::*;
use words::{cases, countries, frame};

/// The form.
pub fn page(view: &View, screen: &CaseForm) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let typed = screen.typed.clone();
    let (privacy, challenge) = (screen.privacy_url.clone(), screen.work.clone());
    let options = countries::ALL.iter().map(|country| {
        let text = format!("{} {}", country.name(lang), country.code);
        SelectOption::new(country.code, text, country.code == typed.country)
    });
    let options: Vec<_> = options.collect();
    let shortens = screen.shortens;
    let title = cases::title(lang, screen.kind);
    let lead = cases::lead(lang, screen.kind, screen.answer_hours);
    view! {
        {top(here, title, &lead)}
        <Act action={Call::<api::LostPhone>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <p class="sm muted">{cases::required(lang)}</p>
            <div class="two-up">
                <Text
                    here=here
                    field=Field::Given
                    label=format!("{} *", cases::given(lang))
                    value=typed.given
                    autocomplete="given-name"
                />
                <Text
                    here=here
                    field=Field::Family
                    label=format!("{} *", cases::family(lang))
                    value=typed.family
                    autocomplete="family-name"
                />
            </div>
            <fieldset class="field">
                <legend class="label">{format!("{} *", cases::phone(lang))}</legend>
                <p class="hint">{cases::phone_hint(lang)}</p>
                <div class="tel">
                    <Select
                        name="country"
                        label=cases::country(lang)
                        options=options
                        autocomplete=Some("tel-country-code")
                    />
                    <Text
                        here=here
                        field=Field::Phone
                        label=cases::number(lang)
                        value=typed.phone
                        kind="tel"
                        autocomplete="tel-national"
                    />
                </div>
            </fieldset>
            <Text
                here=here
                field=Field::Email
                label=format!("{} *", cases::email(lang))
                hint=cases::email_hint(lang)
                value=typed.email
                kind="email"
                autocomplete="email"
            />
            {story(here, typed.story)}
            {shortens.then(|| proof(here))}
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
