use leptos::prelude::*;

/// One drawing from the sprite. Always hidden from screen readers: an icon never
/// stands without its word.
#[component]
pub fn Icon(
    /// The symbol's name without its prefix: `eye` for `i-eye`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="i" aria-hidden="true">
            <use href=format!("/icons.svg#i-{name}")></use>
        </svg>
    }
    .into_any()
}

/// An icon on its tile, for things that one owns or chooses.
#[component]
pub fn Glyph(name: &'static str) -> impl IntoView {
    view! { <span class="glyph fit"><Icon name /></span> }
}
