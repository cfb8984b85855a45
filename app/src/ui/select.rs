use leptos::prelude::*;

use super::field::Asked;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOption {
    pub value: String,
    pub text: String,
    pub selected: bool,
}

impl SelectOption {
    pub fn new(value: impl Into<String>, text: impl Into<String>, selected: bool) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            selected,
        }
    }
}

/// One of many, with the browser's own list, which phones draw best.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<SelectOption>,
    #[prop(optional, into)] id: String,
    #[prop(optional_no_strip)] autocomplete: Option<&'static str>,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] star: bool,
) -> impl IntoView {
    let asked = Asked::new(id, &name, label, hint, error, star);
    let options: Vec<_> = options
        .into_iter()
        .map(|option| {
            view! { <option value=option.value selected=option.selected>{option.text}</option> }
                .into_any()
        })
        .collect();
    let control = view! {
        <select
            class="input"
            id=asked.id.clone()
            name=name
            autocomplete=autocomplete
            required=required
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        >
            {options}
        </select>
    }
    .into_any();
    asked.around(control)
}
