use leptos::prelude::*;

/// What to do, one after the other, on one page.
#[component]
pub fn Steps(children: Children) -> impl IntoView {
    view! { <ol class="steps" role="list">{children()}</ol> }.into_any()
}

/// One of `Steps`; its number comes from its place.
#[component]
pub fn StepItem(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <li>
            <h2>{title}</h2>
            <div class="stack">{children()}</div>
        </li>
    }
    .into_any()
}
