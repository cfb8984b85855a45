//! The fields that a new application and a changed one share.

use crate::{
    pages::parts::{Here, Hidden, Text},
    ui::{self, LongField, Select, SelectOption, Tick},
};
use domain::{
    Field, Lang,
    oidc::{Alg, Kind},
    screen::{ApplicationTyped, ChainTyped},
};
use leptos::prelude::*;
use words::{applications as say, read_policy};

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
        {opens(here, &typed)}
    }
    .into_any()
}

/// Which sign-ins open it, and when.
fn opens(here: Here, typed: &ApplicationTyped) -> AnyView {
    let lang = here.lang();
    let error = here.error(Field::Chains);
    let rows = typed.chains.iter().enumerate();
    let rows = rows.map(|(n, chain)| opens_by(lang, n, chain, &error));
    let rows = rows.collect_view();
    view! {
        <fieldset class="stack tight ticks">
            <legend>{say::opens(lang)}</legend>
            <p class="hint">{say::opens_hint(lang)}</p>
            {rows}
            <Text
                here=here
                field=Field::Since
                label=say::since(lang)
                hint=say::since_hint(lang)
                value=typed.since.clone()
                kind="date"
            />
        </fieldset>
    }
    .into_any()
}

/// One of them; what is wrong with any stands at the first, where the summary leads.
fn opens_by(lang: Lang, n: usize, chain: &ChainTyped, error: &str) -> AnyView {
    let name = |what: &str| format!("chains[{n}][{what}]");
    let id = |what: &str| format!("{}-{n}-{what}", Field::Chains.id());
    let (tick, error) = if n == 0 {
        (Field::Chains.id().to_owned(), error.to_owned())
    } else {
        (id("on"), String::new())
    };
    let day = |what: &'static str, label: &'static str, value: &str| {
        view! { <ui::Field name=name(what) id=id(what) label=label value=value kind="date"/> }
    };
    view! {
        <fieldset class="stack tight">
            <legend>{read_policy::chain(lang, &chain.kinds)}</legend>
            <Hidden name=name("name") value=chain.name.clone()/>
            <Tick name=name("on") id=tick checked=chain.on error=error>{say::opens_it(lang)}</Tick>
            <div class="two-up">
                {day("from", say::from(lang), &chain.from)}
                {day("before", say::before(lang), &chain.before)}
            </div>
        </fieldset>
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
