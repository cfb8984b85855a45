//! A name, and the browser's dialog.

use super::api::enroll_passkey;
use crate::{
    act,
    browser::{self, passkey},
    flows::choose_method,
    pages::parts::{Here, NeedsScript, PasskeyButton, Text, run, top, use_given},
};
use domain::{
    FactorKind, Field,
    screen::{EnrollPasskey, View},
};
use leptos::prelude::*;
use words::{enroll, frame, refusal::About};

/// Making a passkey.
pub fn page(view: &View, screen: &EnrollPasskey) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Passkey));
    let lang = here.lang();
    let out = if screen.first {
        enroll::another_method(lang)
    } else {
        frame::cancel(lang)
    };
    view! {
        {top(here, enroll::passkey_title(lang), enroll::passkey_lead(lang))}
        <Create here=here options=screen.options.clone()/>
        {choose_method::cancel(here, out)}
    }
    .into_any()
}

#[component]
fn Create(here: Here, options: String) -> impl IntoView {
    let lang = here.lang();
    let realm = here.realm();
    let account = act::about().unwrap_or_default();
    let given = use_given(move |credential| {
        act::send(enroll_passkey(
            realm.clone(),
            credential,
            browser::field::value(Field::Name.id()),
            account.clone(),
        ));
    });
    let options = StoredValue::new(options);
    let ask = Callback::new(move |()| {
        run(
            given,
            async move { passkey::create(&options.get_value()).await },
        )
    });
    view! {
        <div class="stack">
            <Text
                here=here
                field=Field::Name
                label=enroll::passkey_name(lang)
                hint=enroll::passkey_name_hint(lang)
            />
            <p class="sm muted">{enroll::passkey_next(lang)}</p>
            <PasskeyButton
                lang=lang
                label=enroll::passkey_create(lang)
                busy=enroll::passkey_creating(lang)
                given=given
                stopped=enroll::passkey_stopped(lang)
                ask=ask
            />
            <NeedsScript lang=lang/>
        </div>
    }
}
