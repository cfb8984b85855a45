//! The code, who asks, and the passkey.

use super::api;
use crate::{
    act::{self, Act, Call},
    browser::passkey as browser,
    pages::parts::{
        Code, Confirm, Here, Hidden, NeedsScript, PasskeyButton, Submit, note, run, top, use_given,
    },
    ui::{Fact, Facts, Tone},
};
use domain::{
    FactorKind,
    phone::Decision,
    screen::{CallAsked, ConfirmCall, View},
};
use leptos::prelude::*;
use words::{caller, prove, refusal::About, sign_in};

/// The page.
pub fn page(view: &View, screen: &ConfirmCall) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Passkey));
    let lang = here.lang();
    match screen {
        ConfirmCall::Code => code(here),
        ConfirmCall::Asked(asked) => self::asked(here, asked),
        ConfirmCall::Confirmed => view! {
            {top(here, caller::title(lang), "")}
            <div role="status">
                {note(Tone::Ok, caller::confirmed(lang), caller::confirmed_lead(lang))}
            </div>
        }
        .into_any(),
        ConfirmCall::Denied => view! {
            {top(here, caller::title(lang), "")}
            <div role="status">
                {note(Tone::Warn, caller::stopped(lang), caller::stopped_lead(lang))}
            </div>
        }
        .into_any(),
    }
}

fn code(here: Here) -> AnyView {
    let lang = here.lang();
    let hint = prove::hint(lang, FactorKind::Totp, 6);
    view! {
        {top(here, caller::title(lang), caller::lead(lang))}
        <Act action={Call::<api::ConfirmCallFind>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Code here=here label=caller::code(lang) hint=hint digits=6/>
            <div class="row">
                <Submit label=caller::find(lang)/>
            </div>
        </Act>
    }
    .into_any()
}

fn asked(here: Here, asked: &CallAsked) -> AnyView {
    let lang = here.lang();
    let facts = vec![
        Fact::new(caller::agent(lang), asked.agent.clone()),
        Fact::new(words::call::phone_case(lang), asked.call.clone()),
        Fact::new(caller::since(lang), asked.since.clone()),
    ];
    let (id, code) = (asked.id.clone(), asked.code.clone());
    view! {
        {top(here, caller::title(lang), "")}
        <Facts facts=facts/>
        {note(Tone::Warn, caller::warn(lang), "")}
        <ByPasskey here=here asked=asked.clone()/>
        <NeedsScript lang=lang/>
        <Confirm label=caller::not_me(lang) sure=caller::not_me_lead(lang)>
            <Act action={Call::<api::ConfirmCall>::new()} class="row">
                <Hidden name="realm" value=here.realm()/>
                <Hidden name="id" value=id/>
                <Hidden name="code" value=code/>
                <Hidden name="decision" value=Decision::NotMe.slug()/>
                <Submit label=caller::not_me(lang) class="button small bad"/>
            </Act>
        </Confirm>
    }
    .into_any()
}

#[component]
fn ByPasskey(here: Here, asked: CallAsked) -> impl IntoView {
    let lang = here.lang();
    let realm = here.realm();
    let options = StoredValue::new(asked.options);
    let (id, code) = (asked.id, asked.code);
    let given = use_given(move |credential| {
        let accept = Decision::Accept.slug().to_owned();
        let (id, code) = (id.clone(), code.clone());
        act::send(api::confirm_call(
            realm.clone(),
            id,
            code,
            accept,
            credential,
        ))
    });
    let ask = Callback::new(move |()| {
        run(
            given,
            async move { browser::get(&options.get_value()).await },
        )
    });
    view! {
        <PasskeyButton
            lang=lang
            label=caller::confirm(lang)
            busy=sign_in::passkey_busy(lang)
            given=given
            ask=ask
        />
    }
}
