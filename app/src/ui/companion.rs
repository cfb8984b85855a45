use leptos::prelude::*;

use super::LanguageSwitch;
use super::frame::{banners, brand, skip_link};
use super::{Frame, Icon};

/// The place on the phone that answers what another screen asks: one question,
/// large buttons.
#[component]
pub fn Companion(
    frame: Frame,
    /// What the blade says: who or what asks.
    #[prop(into)]
    title: String,
    children: Children,
) -> impl IntoView {
    let skip = skip_link(&frame);
    let bars = banners(&frame);
    let brand = brand(&frame, String::new());
    view! {
        <div class="companion" data-realm=frame.realm>
            {skip}
            {bars}
            <header class="blade">
                <div class="row spread">{brand} <LanguageSwitch switch=frame.language /></div>
                <p class="realm">{title}</p>
            </header>
            <main id="content" tabindex="-1"><div class="stack">{children()}</div></main>
        </div>
    }
    .into_any()
}

/// The number that both screens show, so that nobody approves what is not theirs; or a
/// code that is read out, which is longer and stays on its line.
#[component]
pub fn Number(#[prop(into)] label: String, #[prop(into)] number: String) -> impl IntoView {
    let class = if number.len() > 4 {
        "number long"
    } else {
        "number"
    };
    view! {
        <div class=class>
            <p class="sm muted">{label}</p>
            <b>{number}</b>
        </div>
    }
    .into_any()
}

/// Something elsewhere is awaited. Words say so; the pulse only agrees.
#[component]
pub fn Awaited(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <div class="awaited">
            <span class="pulse"></span>
            <p role="status"><strong>{move || text.get()}</strong></p>
        </div>
    }
    .into_any()
}

/// Why something is as it is, in one small line.
#[component]
pub fn Why(
    #[prop(optional, into)] id: String,
    #[prop(default = "info")] icon: &'static str,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="why" id=super::present(id)>
            <Icon name=icon />
            <span>{move || text.get()}</span>
        </p>
    }
    .into_any()
}
