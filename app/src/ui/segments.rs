use leptos::prelude::*;

use super::Link;

/// The same list seen in a few ways; one of them is in force.
#[component]
pub fn Segments(#[prop(into)] label: String, links: Vec<Link>) -> impl IntoView {
    let links: Vec<_> = links.into_iter().map(|link| link.render("true")).collect();
    view! { <nav class="segments" aria-label=label>{links}</nav> }.into_any()
}
