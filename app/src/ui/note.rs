use leptos::prelude::*;

use super::{Icon, Tone, present};

/// A notice in the page. Errors of a form belong to `ErrorSummary`, not here.
#[component]
pub fn Note(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: String,
    /// Other than the tone's own.
    #[prop(optional_no_strip)]
    icon: Option<&'static str>,
    /// It answers what the reader has just done, so it is read out.
    #[prop(optional)]
    live: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("note{}", tone.class()) role=live.then_some("status")>
            <Icon name=icon.unwrap_or(tone.icon()) />
            <div>
                {present(title).map(|title| view! { <p><strong>{title}</strong></p> })}
                {children.map(|children| view! { <div class="sm">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}
