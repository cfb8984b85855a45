use leptos::prelude::*;

use super::present;

/// A page's one heading and its first sentence. The heading takes focus after a
/// change of page, which the router leaves undone (WCAG 2.4.3).
#[component]
pub fn Heading(#[prop(into)] title: String, #[prop(optional, into)] lead: String) -> impl IntoView {
    view! {
        <div class="stack near">
            <h1 tabindex="-1">{title}</h1>
            {present(lead).map(|lead| view! { <p class="lead">{lead}</p> })}
        </div>
    }
    .into_any()
}
