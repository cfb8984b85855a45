//! A new password.

use super::api;
use crate::{
    act::{Act, Call},
    pages::parts::{Here, Hidden, Secret, Submit, Way, top},
    ui::{Field as Line, Icon},
};
use domain::{
    Field, Lang,
    link::Purpose,
    paths,
    screen::{NewPassword, View},
};
use leptos::prelude::*;
use words::{frame, reset};

/// Typed twice. The account stands above it, so that password managers store
/// the new password in the right place.
pub fn new_password(view: &View, screen: &NewPassword) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let (title, lead) = match screen.purpose {
        Purpose::Invitation => (reset::first_title(lang), reset::first_lead(lang)),
        _ => (reset::new_title(lang), reset::new_lead(lang)),
    };
    let (login, least) = (screen.login.clone(), screen.least);
    view! {
        {top(here, title, lead)}
        <Act action={Call::<api::SetPassword>::new()}>
            <Hidden name="realm" value=here.realm()/>
            {(!login.is_empty()).then(|| view! {
                <Line name="account" label=reset::account(lang) value=login autocomplete=Some("username") readonly=true/>
            })}
            <Typed here=here least=least/>
            <div class="row">
                <Submit label=reset::set_submit(lang)/>
                <Way to=here.path(paths::sign_in) label=frame::cancel(lang)/>
            </div>
        </Act>
    }
    .into_any()
}

#[component]
fn Typed(here: Here, least: u32) -> impl IntoView {
    let lang = here.lang();
    let (count, set_count) = signal(0_usize);
    view! {
        <div on:input=move |ev| set_count.set(event_target_value(&ev).chars().count())>
            <Secret
                here=here
                field=Field::NewPassword
                label=reset::new_password(lang)
                hint=reset::rule_length(lang, least)
                autocomplete="new-password"
            />
        </div>
        <Length lang=lang least=least count=count/>
        <Secret
            here=here
            field=Field::Repeat
            label=reset::repeat(lang)
            autocomplete="new-password"
        />
    }
}

/// How far one is, while one types. A screen reader has the hint instead: it
/// would be told each letter.
#[component]
fn Length(lang: Lang, least: u32, count: ReadSignal<usize>) -> impl IntoView {
    let enough = move || count.get() >= least as usize;
    view! {
        <p class="sm" aria-hidden="true" hidden=move || count.get() == 0>
            <span class=move || if enough() { "state ok" } else { "state idle" }>
                {move || if enough() {
                    view! { <Icon name="check"/> }
                } else {
                    view! { <Icon name="dash"/> }
                }}
                {move || if enough() {
                    reset::long_enough(lang, count.get())
                } else {
                    reset::counted(lang, count.get(), least)
                }}
            </span>
        </p>
    }
}
