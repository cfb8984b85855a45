//! The emergency password, after the phone.

use super::{
    api,
    page::{about, leave},
};
use crate::{
    act::{Act, Call},
    flows::prove::api::ProveAnotherWay,
    pages::parts::{Here, Hidden, Secret, Submit, purpose, top},
    ui::Field as Line,
};
use domain::{
    FactorKind, Field,
    screen::{CodePurpose, EmergencyTask, View},
};
use leptos::prelude::*;
use words::{frame, reset, reset_pin};

/// The form. The account stands above it, so that nothing is typed for somebody else.
pub fn page(view: &View, task: &EmergencyTask) -> AnyView {
    let here = Here::about(view, about());
    let lang = here.lang();
    let login = task.login.clone();
    let lead = match task.after {
        Some(FactorKind::Passkey) => reset_pin::ask_lead_passkey(lang),
        _ => reset_pin::ask_lead(lang),
    };
    view! {
        {top(here, reset_pin::title(lang), lead)}
        <p class="muted">{reset_pin::one_by_one(lang)}</p>
        <Act action={Call::<api::ResetPinEmergency>::new()}>
            <Hidden name="realm" value=here.realm()/>
            <Line name="account" label=reset::account(lang) value=login autocomplete=Some("username") readonly=true/>
            <Secret
                here=here
                field=Field::Code
                label=reset_pin::ask(lang)
                hint=reset_pin::ask_hint(lang)
                autocomplete="one-time-code"
            />
            <div class="row"><Submit label=reset_pin::sign_in(lang)/></div>
        </Act>
        <section class="stack tight">
            <h2>{reset_pin::no_password(lang)}</h2>
            <p class="muted">{reset_pin::no_password_lead(lang)}</p>
        </section>
        <div class="row">{back(here)} {leave(here)}</div>
    }
    .into_any()
}

/// "Back" to the choice of chains.
pub(super) fn back(here: Here) -> AnyView {
    view! {
        <Act action={Call::<ProveAnotherWay>::new()} class="row">
            <Hidden name="realm" value=here.realm()/>
            <Hidden name="purpose" value=purpose(CodePurpose::ResetPin)/>
            <Hidden name="kind" value=""/>
            <Submit label=frame::back(here.lang()) class="button plain"/>
        </Act>
    }
    .into_any()
}
