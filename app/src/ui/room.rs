use leptos::prelude::*;

use super::door::contact_line;
use super::frame::{banners, brand, skip_link, small_print};
use super::{Contact, Frame, LanguageSwitch, Link, ThemeSwitch};

/// The place of a person who is signed in: places along the top, and who one is.
#[component]
pub fn Room(
    frame: Frame,
    /// What the row of places is called.
    #[prop(optional, into)]
    nav_label: String,
    #[prop(optional)] places: Vec<Link>,
    /// Who is signed in; empty on pages that need nobody, like the region map.
    #[prop(optional, into)]
    person: String,
    /// The form that ends the session, usually `SignOut`.
    #[prop(optional_no_strip)]
    sign_out: Option<AnyView>,
    /// The service desk, at the same end of every page.
    #[prop(optional_no_strip)]
    contact: Option<Contact>,
    children: Children,
) -> impl IntoView {
    let skip = skip_link(&frame);
    let bars = banners(&frame);
    let brand = brand(&frame, frame.realm_name.clone());
    let second = (!places.is_empty() || !person.is_empty()).then(|| {
        let places: Vec<_> = places
            .into_iter()
            .map(|place| place.render("page"))
            .collect();
        view! {
            <div class="row spread">
                <nav class="places" aria-label=nav_label>{places}</nav>
                <div class="row sm"><span>{person}</span> {sign_out}</div>
            </div>
        }
        .into_any()
    });
    let bar = if second.is_some() {
        "bar stack near"
    } else {
        "bar"
    };
    view! {
        <div class="room" data-realm=frame.realm>
            {skip}
            {bars}
            <header class="blade">
                <div class=bar>
                    <div class="row spread">{brand} <LanguageSwitch switch=frame.language /></div>
                    {second}
                </div>
            </header>
            <main id="content" tabindex="-1"><div class="stack far">{children()}</div></main>
            <footer class="end-of-room">
                <ul role="list">
                    {contact.map(|contact| view! { <li>{contact_line(contact)}</li> })}
                    {small_print(frame.copyright, frame.legal)}
                </ul>
                <ThemeSwitch switch=frame.theme />
            </footer>
        </div>
    }
    .into_any()
}

/// Ending a session changes something, so it is a post that reads like a link.
#[component]
pub fn SignOut(#[prop(into)] action: String, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button class="as-link">{label}</button>
        </form>
    }
    .into_any()
}
