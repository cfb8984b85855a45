//! Asking once more before something ends, and the ways out of a task.

use crate::ui::{ButtonKind, LinkButton};
use leptos::prelude::*;

/// What ends something opens first and says what will happen. It is a
/// `<details>`, so it works without script.
#[component]
pub fn Confirm(
    /// The button that opens it.
    #[prop(into)]
    label: String,
    /// What only a screen reader hears after the label: which of many.
    #[prop(optional, into)]
    heard: String,
    /// What will happen.
    #[prop(into)]
    sure: String,
    /// The form that does it.
    children: Children,
) -> impl IntoView {
    let heard = (!heard.is_empty())
        .then(|| view! { <span class="only-heard">{format!(" {heard}")}</span> });
    view! {
        <details class="confirm">
            <summary class="button small bad">
                <span>{label} {heard}</span>
            </summary>
            <div class="stack tight">
                <p class="sm">{sure}</p>
                {children()}
            </div>
        </details>
    }
}

/// The button of a form that ends something, or of a way out.
#[component]
pub fn Submit(
    /// What it says.
    #[prop(into)]
    label: String,
    /// How much it weighs.
    #[prop(default = "button main")]
    class: &'static str,
    /// What only a screen reader hears after the label.
    #[prop(optional, into)]
    heard: String,
) -> impl IntoView {
    let heard = (!heard.is_empty())
        .then(|| view! { <span class="only-heard">{format!(" {heard}")}</span> });
    view! { <button class=class type="submit"><span>{label} {heard}</span></button> }
}

/// A way out that is a page of its own.
#[component]
pub fn Way(
    /// Where to.
    to: String,
    /// What it is called.
    label: &'static str,
) -> impl IntoView {
    view! { <LinkButton href=to label=label kind=ButtonKind::Plain/> }
}
