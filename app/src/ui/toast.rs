use leptos::prelude::*;

use super::Icon;

/// The page's one status region: "Copied", "Sent", "Saved". Empty at first and
/// always there. Never for errors: those stay until they are mended.
#[component]
pub fn Toast(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <div class="toast-place" role="status">
            {move || {
                super::present(text.get())
                    .map(|text| {
                        view! { <div class="toast"><Icon name="check" /> <span>{text}</span></div> }
                    })
            }}
        </div>
    }
    .into_any()
}

/// The same for words that need not be seen, such as the marks of a countdown.
#[component]
pub fn Status(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <p role="status" class="only-heard">{move || text.get()}</p> }.into_any()
}
