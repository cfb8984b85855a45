//! Address, name, and the terms.

use super::api;
use crate::{
    act::{Act, Call},
    pages::{
        case_form::work,
        parts::{Here, Hidden, Submit, Text, Way, top},
    },
    ui::Tick,
};
use domain::{
    Field, paths,
    screen::{Register, View},
};
use leptos::prelude::*;
use words::{frame, register};

/// The form.
pub fn page(view: &View, screen: &Register) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (email, name, agreed) = (screen.email.clone(), screen.name.clone(), screen.terms);
    let (terms, challenge) = (screen.terms_url.clone(), screen.work.clone());
    view! {
        {top(here, register::title(lang), register::lead(lang))}
        <Act action={Call::<api::Register>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Text
                here=here
                field=Field::Email
                label=register::email(lang)
                value=email
                kind="email"
                autocomplete="email"
            />
            <Text
                here=here
                field=Field::Name
                label=register::name(lang)
                value=name
                autocomplete="name"
            />
            <Tick
                name=Field::Consent.id()
                checked=agreed
                error=Some(here.error(Field::Consent))
            >
                {register::terms(lang)}
                " "
                <a href=terms rel="external noopener" target="_blank">{register::terms_link(lang)}</a>
            </Tick>
            {work(lang, challenge)}
            <div class="row">
                <Submit label=frame::proceed(lang)/>
                <Way to=here.path(paths::sign_in) label=frame::cancel(lang)/>
            </div>
        </Act>
    }
    .into_any()
}
