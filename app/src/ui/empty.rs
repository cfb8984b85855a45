use leptos::prelude::*;

use super::{Glyph, present};

/// Nothing here yet: what belongs here, and the first step to it.
#[component]
pub fn Empty(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    /// As an item of `Cards`.
    #[prop(optional)]
    item: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let inner = view! {
        <Glyph name=icon />
        <h3>{title}</h3>
        {present(text).map(|text| view! { <p class="sm">{text}</p> })}
        {children.map(|children| children())}
    }
    .into_any();
    if item {
        view! { <li class="empty">{inner}</li> }.into_any()
    } else {
        view! { <div class="empty">{inner}</div> }.into_any()
    }
}
