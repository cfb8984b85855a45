use leptos::prelude::*;

use super::field::Asked;
use super::{Icon, present, use_hydrated};

/// A secret that one knows. It never carries a value back, pasting is welcome,
/// and it can be shown, which is why no second field repeats it.
#[component]
pub fn PasswordField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    /// `new-password` where one is set.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// `numeric` for a PIN.
    #[prop(optional_no_strip)]
    inputmode: Option<&'static str>,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    /// "Show"
    #[prop(into)]
    show: String,
    /// "Hide"
    #[prop(into)]
    hide: String,
    /// Follows both for those who hear it: " password".
    #[prop(optional, into)]
    heard: String,
    /// Whether it is shown now; the form sets it to false when it is sent, so
    /// that no browser keeps it as plain text.
    #[prop(optional_no_strip)]
    shown: Option<RwSignal<bool>>,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let shown = shown.unwrap_or_else(|| RwSignal::new(false));
    let asked = Asked::new(id, &name, label, hint, error, false);
    let says = move || {
        if shown.get() {
            hide.clone()
        } else {
            show.clone()
        }
    };
    let control = view! {
        <div class="joined">
            <input
                class="input"
                id=asked.id.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                inputmode=inputmode
                required=required
                autofocus=autofocus
                spellcheck="false"
                autocapitalize="off"
                aria-invalid=asked.invalid()
                aria-describedby=asked.described_by()
            />
            <button
                class="button"
                type="button"
                aria-controls=asked.id.clone()
                hidden=move || !hydrated.get()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                <Icon name="eye" />
                <span>
                    {says}
                    {present(heard).map(|heard| view! { <span class="only-heard">{heard}</span> })}
                </span>
            </button>
        </div>
    }
    .into_any();
    asked.around(control)
}
