//! The code that proves the mailbox.

use super::api::{EnrollEmail, EnrollEmailResend};
use crate::{
    act::{Act, Call},
    flows::{
        choose_method,
        prove::{code_lead, resend_part, validity},
    },
    pages::parts::{Code, Here, Hidden, Submit, top},
};
use domain::screen::{CodePurpose, CodeTask, View};
use leptos::prelude::*;
use words::{enroll, frame, prove, refusal::About};

/// The code from the mail.
pub fn page(view: &View, task: &CodeTask) -> AnyView {
    let here = Here::about(view, About::factor(task.kind));
    let lang = here.lang();
    let (kind, digits) = (task.kind, task.digits);
    let field = view! {
        <Code here=here label=prove::label(lang, kind) hint=prove::hint(lang, kind, digits) digits=digits/>
    };
    // Whoever typed the address a moment ago is asked for its code.
    let purpose = if task.named {
        CodePurpose::SignIn
    } else {
        task.purpose
    };
    let title = prove::title(lang, kind, purpose);
    let validity = validity(lang, task);
    let resend = resend_part(lang, task, |button| {
        view! {
            <Act action={Call::<EnrollEmailResend>::new()}>
                <Hidden name="realm" value=here.realm()/>
                {button}
            </Act>
        }
        .into_any()
    });
    view! {
        {top(here, title, enroll::email_lead(lang))}
        {code_lead(lang, task)}
        <Act action={Call::<EnrollEmail>::new()}>
            <Hidden name="realm" value=here.realm()/>
            {field}
            {validity}
            <div class="row">
                <Submit label=frame::confirm(lang)/>
            </div>
        </Act>
        {resend}
        {choose_method::cancel(here, frame::cancel(lang))}
    }
    .into_any()
}
