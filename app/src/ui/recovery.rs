use leptos::prelude::*;

use super::present;

/// Codes to keep on paper. Printed, they stand alone with the line that says what
/// they open; on the screen that line stays away.
#[component]
pub fn RecoveryCodes(
    /// What the list is called.
    #[prop(into)]
    label: String,
    codes: Vec<String>,
    /// Realm, person and day, for the paper.
    #[prop(optional, into)]
    on_paper: String,
    /// Copy, download, print.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let codes: Vec<_> = codes
        .into_iter()
        .map(|code| view! { <li>{code}</li> })
        .collect();
    view! {
        <div class="stack tight">
            {present(on_paper).map(|text| view! { <p class="only-print">{text}</p> })}
            <ul class="codes" role="list" aria-label=label>{codes}</ul>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// A secret to be read out over the phone: groups, each with its spelling.
#[component]
pub fn Readout(groups: Vec<(String, String)>) -> impl IntoView {
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(text, spelt)| {
            view! { <li><b>{text}</b> <span class="xs muted">{spelt}</span></li> }.into_any()
        })
        .collect();
    view! { <ol class="readout" role="list">{groups}</ol> }.into_any()
}
