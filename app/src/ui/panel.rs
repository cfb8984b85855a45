use leptos::prelude::*;

/// A part of a desk page with a name of its own.
#[component]
pub fn Panel(
    #[prop(into)] title: String,
    /// Beside the title: a link, a state.
    #[prop(optional_no_strip)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel">
            <header><h2>{title}</h2> {aside}</header>
            <div class="in stack tight">{children()}</div>
        </section>
    }
    .into_any()
}
