//! The fields that a new application and a changed one share.

use crate::{
    pages::parts::{Here, Text},
    ui::{LongField, Select, SelectOption, Tick},
};
use domain::{
    Field,
    oidc::{Alg, Kind},
    screen::ApplicationTyped,
};
use leptos::prelude::*;
use words::applications as say;

/// Names, addresses, and what it may learn. `kind` is known where it cannot be another.
pub fn fields(here: Here, typed: &ApplicationTyped, kind: Option<Kind>) -> AnyView {
    let lang = here.lang();
    let typed = typed.clone();
    let speaks = kind != Some(Kind::Proxied);
    view! {
        <div class="two-up">
            <Text here=here field=Field::NameEn label=say::name_en(lang) value=typed.name_en.clone()/>
            <Text here=here field=Field::NameDe label=say::name_de(lang) value=typed.name_de.clone()/>
        </div>
        <Text
            here=here
            field=Field::Url
            label=say::url(lang)
            hint=say::url_hint(lang)
            value=typed.url.clone()
            kind="url"
        />
        {speaks.then(|| protocol(here, &typed))}
        <fieldset class="stack tight ticks">
            <legend>{say::may_know(lang)}</legend>
            <Tick name="profile" checked=typed.profile>{say::profile(lang)}</Tick>
            <Tick name="email_scope" checked=typed.email>{say::email(lang)}</Tick>
            {speaks.then(|| view! {
                <Tick name="offline" checked=typed.offline>{say::offline(lang)}</Tick>
            })}
        </fieldset>
        <Tick name="consent_asked" checked=typed.consent>{say::consent(lang)}</Tick>
    }
    .into_any()
}

/// What only applications have that speak OpenID Connect.
fn protocol(here: Here, typed: &ApplicationTyped) -> AnyView {
    let lang = here.lang();
    let lines = |field: Field, label: &'static str, hint: &'static str, value: &str| {
        view! {
            <LongField
                name=field.id()
                label=label
                hint=hint
                value=value
                error=Some(here.error(field))
                exact=true
            />
        }
        .into_any()
    };
    let algs = Alg::ALL.map(|alg| {
        let text = say::signing_about(lang, alg);
        SelectOption::new(alg.name(), text, alg.name() == typed.signing)
    });
    view! {
        {lines(Field::RedirectUris, say::redirects(lang), say::redirects_hint(lang), &typed.redirect_uris)}
        {lines(Field::AfterUris, say::after(lang), say::after_hint(lang), &typed.after_uris)}
        <div class="two-up">
            <Text
                here=here
                field=Field::BackchannelUri
                label=say::backchannel(lang)
                hint=say::backchannel_hint(lang)
                value=typed.backchannel_uri.clone()
                kind="url"
            />
            <Select name="signing" label=say::signing(lang) options=algs.into()/>
        </div>
    }
    .into_any()
}
