//! What a realm announces, in full.

use crate::pages::parts::{Here, top};
use domain::screen::{Announcements, View};
use leptos::prelude::*;
use words::announcements;

/// Newest first.
pub fn page(view: &View, screen: &Announcements) -> AnyView {
    let here = Here::new(view);
    let lang = here.lang();
    let lead = if screen.all.is_empty() {
        announcements::none(lang)
    } else {
        ""
    };
    let all = screen.all.iter().cloned().map(|(since, text, details)| {
        view! {
            <article class="stack tight">
                <h2>{text}</h2>
                <p class="sm muted">{announcements::since(lang, &since)}</p>
                {(!details.is_empty()).then(|| view! { <p>{details}</p> })}
            </article>
        }
    });
    let all = all.collect_view();
    view! {
        {top(here, announcements::page_title(lang), lead)}
        {all}
    }
    .into_any()
}
