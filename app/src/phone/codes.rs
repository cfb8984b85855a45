//! The way to the codes that this phone shows without network. Their page is one that
//! works without network itself (`server/src/phone_codes.rs`).

use crate::{browser::worker, ui::LinkButton};
use domain::{Lang, paths, screen::PhoneAccount};
use leptos::prelude::*;
use words::phone;

/// Where an account of the phone has codes; most people never need them.
pub fn section(lang: Lang, accounts: &[PhoneAccount]) -> Option<AnyView> {
    let some = accounts.iter().any(|account| account.codes);
    some.then(|| view! { <Codes lang=lang/> }.into_any())
}

#[component]
fn Codes(lang: Lang) -> impl IntoView {
    // From now on the page of codes is there without network.
    Effect::new(|_| worker::keep());
    view! {
        <section class="stack tight">
            <h2>{phone::codes_title(lang)}</h2>
            <p class="muted">{phone::codes_lead(lang)}</p>
            <p><LinkButton href=paths::PHONE_CODES label=phone::codes_show(lang) wide=true external=true/></p>
        </section>
    }
}
