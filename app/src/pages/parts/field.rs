//! Fields with what this page knows of them: what was refused, and in which
//! language they show and hide.

use super::Here;
use crate::ui;
use domain::Field;
use leptos::prelude::*;
use words::frame;

/// A value that forms carry along.
#[component]
pub fn Hidden(
    /// Its name.
    #[prop(into)]
    name: String,
    /// Its value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// A line of text.
#[component]
pub fn Text(
    /// The page.
    here: Here,
    /// Which field: gives `id` and `name`.
    field: Field,
    /// The label.
    #[prop(into)]
    label: String,
    /// The hint.
    #[prop(optional, into)]
    hint: String,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// `type`.
    #[prop(default = "text")]
    kind: &'static str,
    /// `autocomplete`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let error = here.error(field);
    let exact = kind == "email" || autocomplete.starts_with("username");
    view! {
        <ui::Field
            name=field.id()
            label=label
            hint=hint
            value=value
            kind=kind
            autocomplete=Some(autocomplete)
            error=Some(error)
            exact=exact
            autofocus=first
        />
    }
}

/// Something that others must not read.
#[component]
pub fn Secret(
    /// The page.
    here: Here,
    /// Which field: gives `id` and `name`.
    field: Field,
    /// The label.
    #[prop(into)]
    label: String,
    /// The hint.
    #[prop(optional, into)]
    hint: String,
    /// `autocomplete`.
    autocomplete: &'static str,
    /// Digits only, for telephones' keyboards.
    #[prop(optional)]
    digits: bool,
) -> impl IntoView {
    let lang = here.lang();
    let error = here.error(field);
    let heard = format!(" {label}");
    view! {
        <ui::PasswordField
            name=field.id()
            label=label
            hint=hint
            autocomplete=autocomplete
            inputmode=digits.then_some("numeric")
            error=Some(error)
            show=frame::show(lang)
            hide=frame::hide(lang)
            heard=heard
        />
    }
}

/// A one-time code; 16 and more digits are letters too, as in recovery codes.
#[component]
pub fn Code(
    /// The page.
    here: Here,
    /// The label.
    #[prop(into)]
    label: String,
    /// The hint.
    #[prop(optional, into)]
    hint: String,
    /// How many digits.
    digits: u32,
) -> impl IntoView {
    let error = here.error(Field::Code);
    match u8::try_from(digits) {
        Ok(digits @ 0..=14) => view! {
            <ui::CodeField name=Field::Code.id() label=label hint=hint digits=digits error=Some(error)/>
        }
        .into_any(),
        _ => view! {
            <ui::Field
                name=Field::Code.id()
                label=label
                hint=hint
                autocomplete=Some("off")
                error=Some(error)
                exact=true
            />
        }
        .into_any(),
    }
}
