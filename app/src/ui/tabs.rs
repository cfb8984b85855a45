use leptos::prelude::*;

use super::Link;

/// Pages within a page. Links, not a tab widget: each has its own address.
#[component]
pub fn Tabs(#[prop(into)] label: String, links: Vec<Link>) -> impl IntoView {
    let links: Vec<_> = links.into_iter().map(|link| link.render("page")).collect();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}
