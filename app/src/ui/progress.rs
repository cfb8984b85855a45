use leptos::prelude::*;

use super::Glyph;

/// Work that goes on; the words beside it say which.
#[component]
pub fn Progress(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<u32>,
    #[prop(default = 100)] max: u32,
) -> impl IntoView {
    view! { <progress max=max value=move || value.get() aria-label=label></progress> }.into_any()
}

/// How much of something is done; the bar moves without end while nobody knows
/// how much there is.
#[component]
pub fn Amount(
    /// What the bar measures.
    #[prop(into)]
    label: String,
    #[prop(into)] done: Signal<u32>,
    #[prop(into)] total: Signal<Option<u32>>,
) -> impl IntoView {
    view! {
        <progress
            max=move || total.get().unwrap_or(1).max(1)
            value=move || total.get().map(|_| done.get())
            aria-label=label
        ></progress>
    }
    .into_any()
}

/// A check that runs by itself (proof of work): what it is and how far it is.
#[component]
pub fn Check(
    /// Once per page.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<u32>,
) -> impl IntoView {
    let labelled_by = id.clone();
    view! {
        <div class="check" role="group" aria-labelledby=labelled_by>
            <Glyph name="shield" />
            <div>
                <p id=id><strong>{title}</strong></p>
                <p class="sm muted">{move || text.get()}</p>
            </div>
            <Progress label value />
        </div>
    }
    .into_any()
}
