//! Which number, and the code that went there.

use super::api::{EnrollLine, EnrollLineNumber, EnrollLineResend};
use crate::{
    act::{Act, Call},
    flows::{
        approval::{number_fields, unsure},
        choose_method,
        prove::arrives,
    },
    pages::parts::{Here, Hidden, Submit, note, top},
    ui::Tone,
};
use domain::screen::{CodeTask, SetNumber, View};
use leptos::prelude::*;
use words::{approval, frame, refusal::About};

/// Which number.
pub fn number(view: &View, screen: &SetNumber) -> AnyView {
    let here = Here::about(view, About::factor(screen.kind));
    let lang = here.lang();
    let title = if screen.current.is_empty() {
        approval::set_number(lang)
    } else {
        approval::set_number_moves(lang)
    };
    let lead = if !screen.approved.is_empty() {
        approval::set_number_approved(lang)
    } else if screen.free {
        approval::set_number_lead(lang)
    } else {
        approval::set_number_record(lang)
    };
    let now = (!screen.current.is_empty()).then(|| {
        view! { <p>{approval::set_number_now(lang)} ": " <strong>{screen.current.clone()}</strong></p> }
    });
    let which = if !screen.approved.is_empty() {
        view! { <p class="lead"><strong>{screen.approved.clone()}</strong></p> }.into_any()
    } else {
        let (record, typed) = (screen.record.as_str(), screen.typed.as_str());
        number_fields(
            here,
            screen.kind,
            record,
            screen.free,
            screen.on_record,
            typed,
        )
    };
    let send = approval::send_code(lang, screen.kind);
    let cancel = if screen.others {
        approval::another_way(lang)
    } else {
        frame::cancel(lang)
    };
    let unsure = screen.unsure.then(|| unsure(lang));
    view! {
        {top(here, title, lead)}
        {unsure}
        {now}
        <Act action={Call::<EnrollLineNumber>::new()}>
            <Hidden name="realm" value=here.realm()/>
            {which}
            <div class="row">
                <Submit label=send/>
            </div>
        </Act>
        {note(Tone::Idle, approval::weak(lang), "")}
        {choose_method::cancel(here, cancel)}
    }
    .into_any()
}

/// The code that went there.
pub fn code(view: &View, task: &CodeTask) -> AnyView {
    let lead = approval::code_lead(view.frame.lang);
    let unsure = task.unsure.then(|| unsure(view.frame.lang));
    let between = view! { {unsure} {arrives(view, task)} }.into_any();
    choose_method::proves::<EnrollLine, EnrollLineResend>(view, task, lead, Some(between))
}
