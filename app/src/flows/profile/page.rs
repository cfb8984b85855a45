//! About the person.

use super::{
    addresses::addresses,
    api::SaveProfile,
    tabs::{Tab, tabs},
};
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Submit, Text, top},
    ui::{Select, SelectOption},
};
use domain::{
    FactorKind, Field, Lang, paths,
    screen::{Profile, View},
};
use leptos::prelude::*;
use words::{capture, frame, profile, refusal::About};

/// Name, language, password, addresses for notices.
pub fn page(view: &View, screen: &Profile) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Email));
    let lang = here.lang();
    let languages =
        Lang::ALL.map(|one| SelectOption::new(one.code(), one.endonym(), one == screen.lang));
    let name = screen.name.clone();
    let partner = (!screen.partner.is_empty()).then(|| {
        view! {
            <dt>{profile::partner(lang)}</dt>
            <dd>{screen.partner.clone()}</dd>
        }
    });
    let email = if screen.for_codes.is_empty() {
        view! {
            <dt>{profile::email(lang)}</dt>
            <dd>
                <p>{screen.email.clone()}</p>
                <p class="sm muted">{profile::email_why(lang)}</p>
            </dd>
        }
        .into_any()
    } else {
        let change = here.path(|realm| paths::add_kind(realm, FactorKind::Email));
        view! {
            <dt>{capture::for_codes(lang)}</dt>
            <dd>
                <p>{screen.for_codes.clone()}</p>
                <p><a href=change>{capture::change(lang)}</a></p>
            </dd>
        }
        .into_any()
    };
    view! {
        {top(here, profile::title(lang), "")}
        {screen.tabs.then(|| tabs(here, Tab::Info))}
        <div class="split">
            <section class="card stack">
                <h2>{profile::about_you(lang)}</h2>
                <Act action={Call::<SaveProfile>::new()}>
                    <Hidden name="realm" value=here.realm()/>
                    <Text
                        here=here
                        field=Field::Name
                        label=profile::name(lang)
                        value=name
                        autocomplete="name"
                    />
                    <Select
                        name="lang"
                        label=profile::language(lang)
                        hint=profile::language_hint(lang)
                        options=languages.into()
                    />
                    <div class="row">
                        <Submit label=frame::save(lang)/>
                    </div>
                </Act>
                <dl class="facts">
                    {partner}
                    {email}
                    <dt>{profile::password(lang)}</dt>
                    <dd><a href=here.path(paths::forgot)>{profile::password_change(lang)}</a></dd>
                </dl>
            </section>
            {addresses(here, screen)}
        </div>
    }
    .into_any()
}
