use leptos::prelude::*;

use super::field::{described_by, error_line};
use super::{Badge, Glyph, Why, present};

/// One of a few, each with room to say what it means.
#[component]
pub fn ChoiceCards(
    /// For the hint and the error; the summary leads here.
    #[prop(into)]
    id: String,
    #[prop(into)] legend: String,
    /// Without it the legend is only heard: the page's heading says it already.
    #[prop(optional)]
    show_legend: bool,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// The `Choice`s.
    children: Children,
) -> impl IntoView {
    let error = error.and_then(present);
    let hint_id = format!("{id}-h");
    let error_id = format!("{id}-e");
    let described = described_by(&id, !hint.is_empty(), error.is_some());
    let legend = if show_legend {
        view! { <legend><h2>{legend}</h2></legend> }.into_any()
    } else {
        view! { <legend class="only-heard">{legend}</legend> }.into_any()
    };
    view! {
        <fieldset class="choices" id=id tabindex="-1" aria-describedby=described>
            {legend}
            {present(hint).map(|hint| view! { <p class="sm muted" id=hint_id>{hint}</p> })}
            {error.map(|error| error_line(error_id, error))}
            {children()}
        </fieldset>
    }
    .into_any()
}

/// One card. What cannot be chosen yet stays, with its reason.
#[component]
pub fn Choice(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    icon: &'static str,
    #[prop(optional)] checked: bool,
    /// "Recommended", "Last used".
    #[prop(optional_no_strip)]
    badge: Option<Badge>,
    /// Why it cannot be chosen; empty if it can.
    #[prop(optional, into)]
    off: String,
) -> impl IntoView {
    let badge = badge.map(Badge::render);
    let text = present(text).map(|text| view! { <span class="muted">{text}</span> });
    if let Some(reason) = present(off) {
        let id = format!("{name}-{value}");
        let why = format!("{id}-w");
        return view! {
            <div class="choice off">
                <input
                    type="radio"
                    name=name
                    value=value
                    id=id.clone()
                    disabled=true
                    aria-describedby=why.clone()
                />
                <div>
                    <label for=id><strong>{title}</strong></label>
                    {text}
                    <Why id=why icon="lock" text=reason />
                    {badge}
                </div>
                <Glyph name=icon />
            </div>
        }
        .into_any();
    }
    view! {
        <label class="choice">
            <input type="radio" name=name value=value checked=checked />
            <span>
                <strong>{title}</strong>
                {text}
                {badge}
            </span>
            <Glyph name=icon />
        </label>
    }
    .into_any()
}
