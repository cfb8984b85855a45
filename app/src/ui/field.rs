use leptos::prelude::*;

use super::{Icon, present};

/// What every kind of field has around its control: label, hint and error above,
/// joined to it by ids. One plain function draws it for all, which keeps the
/// browser's half small.
pub(super) struct Asked {
    pub id: String,
    pub label: String,
    pub hint: String,
    pub error: Option<String>,
    pub star: bool,
}

impl Asked {
    /// The id is the name unless the page needs the same name twice.
    pub fn new(
        id: String,
        name: &str,
        label: String,
        hint: String,
        error: Option<String>,
        star: bool,
    ) -> Self {
        let id = present(id).unwrap_or_else(|| name.to_owned());
        Self {
            id,
            label,
            hint,
            error: error.and_then(present),
            star,
        }
    }

    pub fn described_by(&self) -> Option<String> {
        described_by(&self.id, !self.hint.is_empty(), self.error.is_some())
    }

    pub fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    pub fn around(self, control: AnyView) -> AnyView {
        let hint_id = format!("{}-h", self.id);
        let error_id = format!("{}-e", self.id);
        view! {
            <div class="field">
                <label for=self.id>{self.label} {star(self.star)}</label>
                {present(self.hint)
                    .map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {self.error.map(|error| error_line(error_id, error))}
                {control}
            </div>
        }
        .into_any()
    }
}

pub(super) fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-h {id}-e")),
        (true, false) => Some(format!("{id}-h")),
        (false, true) => Some(format!("{id}-e")),
        (false, false) => None,
    }
}

/// The mark of a field that must be filled. Screen readers hear `required`.
pub(super) fn star(star: bool) -> Option<AnyView> {
    star.then(|| view! { <span class="must" aria-hidden="true">" *"</span> }.into_any())
}

pub(super) fn error_line(id: String, error: String) -> AnyView {
    view! { <p class="error" id=id><Icon name="stop" /> <span>{error}</span></p> }.into_any()
}

/// One line of text. The value is an attribute, never a signal: what a person or
/// a password manager typed before the script came must stay (trap 20).
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// The name, unless it is there twice.
    #[prop(optional, into)]
    id: String,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] autocomplete: Option<&'static str>,
    #[prop(optional_no_strip)] inputmode: Option<&'static str>,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    /// Draws the mark for it; only where other fields may stay empty.
    #[prop(optional)]
    star: bool,
    #[prop(optional)] readonly: bool,
    /// A name or an address, not prose: no spelling, no capitals of its own.
    #[prop(optional)]
    exact: bool,
    /// Only on pages whose one purpose is this field.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let asked = Asked::new(id, &name, label, hint, error, star);
    let control = view! {
        <input
            class="input"
            id=asked.id.clone()
            name=name
            type=kind
            value=present(value)
            autocomplete=autocomplete
            inputmode=inputmode
            required=required
            readonly=readonly
            autofocus=autofocus
            spellcheck=exact.then_some("false")
            autocapitalize=exact.then_some("off")
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
    }
    .into_any();
    asked.around(control)
}

/// leptos writes what is inside a `textarea` to the server's page as it is, and
/// leaves it alone when the browser takes over. Unescaped, a person's own words
/// could close the field and bring a script with them. The line break in front is
/// the one that HTML drops, so that a text which begins with one keeps it.
fn inside_textarea(value: String) -> String {
    if cfg!(feature = "ssr") {
        format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"))
    } else {
        value
    }
}

/// Several lines of text.
#[component]
pub fn LongField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] star: bool,
    /// Policies and lists: letters of one width, no spelling.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let asked = Asked::new(id, &name, label, hint, error, star);
    let control = view! {
        <textarea
            class=if exact { "input mono" } else { "input" }
            id=asked.id.clone()
            name=name
            required=required
            spellcheck=exact.then_some("false")
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        >
            {inside_textarea(value)}
        </textarea>
    }
    .into_any();
    asked.around(control)
}

/// A file from the reader's device, with the browser's own control.
#[component]
pub fn FileField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: String,
    #[prop(default = "")] accept: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let asked = Asked::new(id, &name, label, hint, error, false);
    let control = view! {
        <input
            class="input file"
            id=asked.id.clone()
            name=name
            type="file"
            accept=accept
            required=required
            aria-invalid=asked.invalid()
            aria-describedby=asked.described_by()
        />
    }
    .into_any();
    asked.around(control)
}

/// Several controls that make up one answer, such as prefix and number.
#[component]
pub fn FieldGroup(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] star: bool,
    /// `tel` sets a narrow list beside a number, `two-up` two fields.
    #[prop(default = "stack tight")]
    layout: &'static str,
    children: Children,
) -> impl IntoView {
    let error = error.and_then(present);
    let hint_id = format!("{id}-h");
    let error_id = format!("{id}-e");
    let described = described_by(&id, !hint.is_empty(), error.is_some());
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=described>
            <legend class="label">{legend} {self::star(star)}</legend>
            {present(hint).map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {error.map(|error| error_line(error_id, error))}
            <div class=layout>{children()}</div>
        </fieldset>
    }
    .into_any()
}
