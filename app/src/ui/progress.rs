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
