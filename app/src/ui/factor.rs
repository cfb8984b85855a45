use leptos::prelude::*;

use super::{Badge, Fact, Facts, Glyph, present};

/// The list that holds factor cards (and an `Empty` where one is missing).
#[component]
pub fn Cards(children: Children) -> impl IntoView {
    view! { <ul class="cards" role="list">{children()}</ul> }.into_any()
}

/// One way to sign in: what it is, how it fares, what can be done with it.
#[component]
pub fn FactorCard(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] subtitle: String,
    #[prop(optional_no_strip)] badge: Option<Badge>,
    #[prop(optional)] facts: Vec<Fact>,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="card factor">
            <div class="stack">
                <div class="head">
                    <Glyph name=icon />
                    <div>
                        <h3>{title}</h3>
                        {present(subtitle).map(|text| view! { <p class="sm muted">{text}</p> })}
                    </div>
                    {badge.map(Badge::render)}
                </div>
                {(!facts.is_empty()).then(|| view! { <Facts facts small=true /> })}
            </div>
            {children.map(|children| view! { <div class="acts">{children()}</div> })}
        </li>
    }
    .into_any()
}
