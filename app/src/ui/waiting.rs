use leptos::prelude::*;

/// Still loading: a sentence for everyone, pale lines where the words will be.
#[component]
pub fn Waiting(#[prop(into)] text: String, #[prop(default = 2)] lines: usize) -> impl IntoView {
    let widths = ["waiting long", "waiting", "waiting short"];
    let lines: Vec<_> = widths
        .into_iter()
        .cycle()
        .take(lines)
        .map(|class| view! { <span class=class aria-hidden="true"></span> })
        .collect();
    view! {
        <div class="stack near" aria-busy="true">
            <p role="status" class="sm muted">{text}</p>
            {lines}
        </div>
    }
    .into_any()
}
