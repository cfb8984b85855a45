//! The code that proves where codes are to go: a mailbox, or a number.

use crate::{
    act::{Act, Call},
    flows::prove::{code_lead, resend_part, validity},
    pages::parts::{Code, Here, Hidden, Submit, top},
};
use domain::screen::{CodePurpose, CodeTask, View};
use leptos::prelude::*;
use server_fn::ServerFn;
use words::{frame, prove, refusal::About};

/// The page: `C` takes the code, `R` sends another one; `between` stands between where it
/// was sent and where it is typed.
pub fn proves<C: ServerFn + 'static, R: ServerFn + 'static>(
    view: &View,
    task: &CodeTask,
    lead: &'static str,
    between: Option<AnyView>,
) -> AnyView {
    let here = Here::about(view, About::factor(task.kind));
    let lang = here.lang();
    let (kind, digits) = (task.kind, task.digits);
    let field = view! {
        <Code here=here label=prove::label(lang, kind) hint=prove::hint(lang, kind, digits) digits=digits/>
    };
    // Whoever named the address a moment ago is asked for its code.
    let purpose = if task.named {
        CodePurpose::SignIn
    } else {
        task.purpose
    };
    let title = prove::title(lang, kind, purpose);
    let validity = validity(lang, task);
    let again = |button| {
        view! {
            <Act action={Call::<R>::new()}>
                <Hidden name="realm" value=here.realm()/>
                {button}
            </Act>
        }
        .into_any()
    };
    let resend = resend_part(lang, task, again, None);
    view! {
        {top(here, title, lead)}
        {code_lead(lang, task)}
        {between}
        <Act action={Call::<C>::new()}>
            <Hidden name="realm" value=here.realm()/>
            {field}
            {validity}
            <div class="row">
                <Submit label=frame::confirm(lang)/>
            </div>
        </Act>
        {resend}
        {super::cancel(here, frame::cancel(lang))}
    }
    .into_any()
}
