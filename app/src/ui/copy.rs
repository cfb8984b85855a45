use leptos::prelude::*;

use super::{Icon, present, use_hydrated};

/// A text to take elsewhere. One can always select it; the button is there once
/// the script is, and the page's `Toast` says that it worked.
#[component]
pub fn CopyRow(
    #[prop(into)] text: String,
    /// "Copy"
    #[prop(into)]
    label: String,
    /// Follows it for those who hear it: " key".
    #[prop(optional, into)]
    heard: String,
    #[prop(optional, into)] id: String,
    #[prop(optional, into)] on_copy: Option<Callback<()>>,
) -> impl IntoView {
    let hydrated = use_hydrated();
    view! {
        <div class="copy">
            <code id=present(id)>{text}</code>
            {on_copy
                .map(|copy| {
                    view! {
                        <button
                            class="button small"
                            type="button"
                            hidden=move || !hydrated.get()
                            on:click=move |_| copy.run(())
                        >
                            <Icon name="copy" />
                            <span>
                                {label}
                                {present(heard)
                                    .map(|heard| view! { <span class="only-heard">{heard}</span> })}
                            </span>
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
