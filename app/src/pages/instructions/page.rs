//! The steps, each with its picture.

use crate::{
    flows::enroll_totp::apps,
    pages::parts::{Here, Way, note, top},
    ui::{Glyph, StepItem, Steps, Tone},
};
use domain::{paths, screen::View};
use leptos::prelude::*;
use words::{enroll, instructions};

/// One after the other.
pub fn page(view: &View) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let step = |icon: &'static str, title: &'static str, text: AnyView| {
        view! {
            <StepItem title=title>
                <div class="row">
                    <Glyph name=icon/>
                    {text}
                </div>
            </StepItem>
        }
    };
    let says = |text: &'static str| view! { <p>{text}</p> }.into_any();
    view! {
        {top(here, instructions::title(lang), instructions::lead(lang))}
        <Steps>
            {step("phone", instructions::install(lang), apps(lang))}
            {step("user", instructions::sign_in(lang), says(instructions::sign_in_text(lang)))}
            {step("totp", instructions::scan(lang), says(instructions::scan_text(lang)))}
            {step("key", instructions::type_code(lang), says(instructions::type_code_text(lang)))}
            {step("check", instructions::later(lang), says(instructions::later_text(lang)))}
        </Steps>
        {note(Tone::Info, instructions::lost(lang), "")}
        <p class="sm muted">{instructions::edition(lang)}</p>
        <p><Way to=here.path(paths::sign_in) label=enroll::to_sign_in(lang)/></p>
    }
    .into_any()
}
