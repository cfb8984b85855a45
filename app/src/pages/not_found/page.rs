//! The way back.

use crate::pages::parts::{Here, top};
use domain::{paths, screen::View};
use leptos::prelude::*;
use words::frame;

/// Nothing here.
pub fn page(view: &View) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    view! {
        {top(here, frame::not_found(lang), frame::not_found_lead(lang))}
        <p><a class="button" href=paths::START>{frame::to_start(lang)}</a></p>
    }
    .into_any()
}
