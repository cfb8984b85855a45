use leptos::prelude::*;

use super::field::Asked;
use super::present;

/// A one-time code, in one field and never in six: paste, autofill and screen
/// readers all need one. Its width follows the code's length, yet nothing limits
/// what is typed: spaces and dashes do no harm.
#[component]
pub fn CodeField(
    #[prop(default = "code".to_owned(), into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(default = 6)] digits: u8,
    /// Letters as well, as in recovery codes and emergency passwords.
    #[prop(optional)]
    letters: bool,
    #[prop(default = "one-time-code")] autocomplete: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let asked = Asked::new(id, &name, label, hint, error, false);
    let control = view! {
        <input
            class=format!("input code d{digits}")
            id=asked.id.clone()
            name=name
            type="text"
            value=present(value)
            inputmode=if letters { "text" } else { "numeric" }
            // Full-width digits too: some keyboards type nothing else.
            pattern=(!letters).then_some("[0-9０-９ \\-]*")
            autocomplete=autocomplete
            autocapitalize=if letters { "characters" } else { "off" }
            spellcheck="false"
            required=true
            autofocus=autofocus
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
    }
    .into_any();
    asked.around(control)
}
