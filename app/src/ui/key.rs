use leptos::prelude::*;

use super::{Icon, present};

/// A realm by its key and its name: colour and cut never stand alone.
#[component]
pub fn KeyName(#[prop(into)] realm: String, #[prop(into)] name: String) -> impl IntoView {
    view! { <span class="key-name" data-realm=realm><span class="cut"></span> {name}</span> }
        .into_any()
}

/// The way into a realm or a region, with what one needs there.
#[component]
pub fn Go(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
    /// Shows the realm's key.
    #[prop(optional, into)]
    realm: String,
) -> impl IntoView {
    let cut = (!realm.is_empty()).then(|| view! { <span class="cut"></span> });
    view! {
        <a class="go" href=href data-realm=present(realm)>
            {cut}
            <span>
                <strong>{title}</strong>
                {present(text).map(|text| view! { <br /> <span class="sm muted">{text}</span> })}
            </span>
            <Icon name="next" />
        </a>
    }
    .into_any()
}
