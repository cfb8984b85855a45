use leptos::prelude::*;

use super::{Icon, Why, present, use_hydrated};

/// How much a button weighs. One `Main` per screen (on the desk: per panel).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Second,
    /// What one came for.
    Main,
    /// The way out.
    Plain,
    /// Ends or removes something.
    Bad,
}

fn class(kind: ButtonKind, small: bool, wide: bool) -> String {
    let mut class = String::from("button");
    class.push_str(match kind {
        ButtonKind::Second => "",
        ButtonKind::Main => " main",
        ButtonKind::Plain => " plain",
        ButtonKind::Bad => " bad",
    });
    if small {
        class.push_str(" small");
    }
    class.push_str(if wide { " wide" } else { " fit" });
    class
}

/// A button of a form. It works before the script has come: nothing disables it
/// until then, and `busy` only ever begins in the browser.
#[component]
pub fn Button(
    #[prop(into)] label: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
    /// Follows the label for those who hear it: which of several this one is.
    #[prop(optional, into)]
    heard: String,
    #[prop(optional, into)] name: String,
    #[prop(optional, into)] value: String,
    /// Another address than the form's, for a second way to send it.
    #[prop(optional, into)]
    formaction: String,
    /// A way out must not stumble over empty fields.
    #[prop(optional)]
    skip_checks: bool,
    /// The id of what explains it.
    #[prop(optional, into)]
    described_by: String,
    #[prop(optional, into)] busy: Signal<bool>,
    /// What it says meanwhile: "Saving …".
    #[prop(optional, into)]
    busy_label: String,
    /// Only the script can do it: hidden until the script is there.
    #[prop(optional)]
    js: bool,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let busy_label = present(busy_label).unwrap_or_else(|| label.clone());
    let says = move || {
        if busy.get() {
            busy_label.clone()
        } else {
            label.clone()
        }
    };
    view! {
        <button
            class=class(kind, small, wide)
            type=if js { "button" } else { "submit" }
            name=present(name)
            value=present(value)
            formaction=present(formaction)
            formnovalidate=skip_checks
            aria-describedby=present(described_by)
            aria-busy=move || busy.get().then_some("true")
            hidden=move || js && !hydrated.get()
            on:click=move |_| {
                if let Some(act) = on_click {
                    act.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span>
                {says}
                {present(heard).map(|heard| view! { <span class="only-heard">{heard}</span> })}
            </span>
        </button>
    }
    .into_any()
}

/// A link that weighs as much as a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] wide: bool,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
    #[prop(optional, into)] heard: String,
    /// Leaves the application (a file, another origin): the router keeps out.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    view! {
        <a class=class(kind, small, wide) href=href rel=external.then_some("external")>
            {icon.map(|name| view! { <Icon name /> })}
            <span>
                {label}
                {present(heard).map(|heard| view! { <span class="only-heard">{heard}</span> })}
            </span>
        </a>
    }
    .into_any()
}

/// What cannot be done yet stays in sight and in reach, with its reason beside
/// it. Not `disabled`: a keyboard could then never learn why.
#[component]
pub fn DisabledButton(
    /// Of the reason, so that the button can point to it; once per page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    /// May tick: "possible again in 0:25".
    #[prop(into)]
    reason: Signal<String>,
    #[prop(default = "lock")] reason_icon: &'static str,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="row">
            <button
                class=class(kind, small, false)
                type="button"
                aria-disabled="true"
                aria-describedby=id.clone()
            >
                {icon.map(|name| view! { <Icon name /> })}
                <span>{label}</span>
            </button>
            <Why id icon=reason_icon text=reason />
        </div>
    }
    .into_any()
}
