use leptos::prelude::*;

use super::field::{described_by, error_line, star};
use super::present;

/// Yes or nothing. It sends `true`, which a `bool` of a server function reads;
/// unticked it sends nothing, so the argument needs `#[server(default)]`.
#[component]
pub fn Tick(
    #[prop(into)] name: String,
    #[prop(optional, into)] id: String,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] required: bool,
    #[prop(optional)] star: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// The label; it may hold links.
    children: Children,
) -> impl IntoView {
    let error = error.and_then(present);
    let id = present(id).unwrap_or_else(|| name.clone());
    let described = described_by(&id, !hint.is_empty(), error.is_some());
    let hint_id = format!("{id}-h");
    let error_id = format!("{id}-e");
    view! {
        <div class="field">
            {error.clone().map(|error| error_line(error_id, error))}
            <label class="tick">
                <input
                    type="checkbox"
                    id=id
                    name=name
                    value=value
                    checked=checked
                    required=required
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                />
                <span>{children()} {self::star(star)}</span>
            </label>
            {present(hint).map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
