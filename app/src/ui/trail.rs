use leptos::prelude::*;

use super::{Icon, Tone, present};

/// What happened, or what speaks for someone, in its order.
#[component]
pub fn Trail(children: Children) -> impl IntoView {
    view! { <ol class="trail" role="list">{children()}</ol> }.into_any()
}

#[component]
pub fn TrailItem(
    icon: &'static str,
    #[prop(default = Tone::Info)] tone: Tone,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    /// At the end: a time, a state.
    #[prop(optional_no_strip)]
    end: Option<AnyView>,
) -> impl IntoView {
    view! {
        <li class=tone.class().trim_start()>
            <Icon name=icon />
            <div>
                <strong>{title}</strong>
                {present(text).map(|text| view! { <p class="muted">{text}</p> })}
            </div>
            {end}
        </li>
    }
    .into_any()
}
