//! The address, twice.

use super::api;
use crate::{
    act::{Act, Call},
    flows::choose_method,
    pages::parts::{Here, Hidden, Submit, Text, note, top},
    ui::Tone,
};
use domain::{
    FactorKind, Field,
    screen::{CaptureAddress, View},
};
use leptos::prelude::*;
use words::{capture, frame, refusal::About};

/// "User profile", or another address later.
pub fn page(view: &View, screen: &CaptureAddress) -> AnyView {
    let here = Here::about(view, About::factor(FactorKind::Email));
    let lang = here.lang();
    let (title, lead) = if screen.first {
        (capture::title(lang), capture::lead(lang))
    } else {
        (capture::change_title(lang), capture::change_lead(lang))
    };
    let submit = if screen.sure.is_empty() {
        capture::update(lang)
    } else {
        capture::use_anyway(lang)
    };
    let (email, repeat, sure) = (
        screen.email.clone(),
        screen.repeat.clone(),
        screen.sure.clone(),
    );
    let code = screen.coded.then(|| {
        view! {
            <Text
                here=here
                field=Field::Code
                label=capture::code(lang)
                hint=capture::code_hint(lang)
                autocomplete="one-time-code"
            />
        }
    });
    view! {
        {top(here, title, lead)}
        {note(Tone::Info, capture::advice(lang), "")}
        <Act action={Call::<api::CaptureAddress>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="sure" value=sure/>
            <Text
                here=here
                field=Field::Email
                label=capture::email(lang)
                value=email
                kind="email"
                autocomplete="email"
            />
            <Text
                here=here
                field=Field::Repeat
                label=capture::repeat(lang)
                value=repeat
                kind="email"
                autocomplete="email"
            />
            {code}
            <div class="row">
                <Submit label=submit/>
            </div>
        </Act>
        {choose_method::cancel(here, frame::cancel(lang))}
    }
    .into_any()
}
