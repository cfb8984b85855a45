use leptos::prelude::*;

use super::frame::{banners, brand, skip_link, small_print};
use super::link::items;
use super::{Chain, ChainSteps, Frame, LanguageSwitch, Link, ThemeSwitch};

/// Where help is: always at the end, always in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    pub title: String,
    pub links: Vec<Link>,
    pub contact: Option<Contact>,
}

/// A person to call: "Service Desk: +49 89 …, working days, 6 am to 10 pm".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub before: String,
    pub link: Link,
    pub after: String,
    /// Where to write to, where one does not write elsewhere on the page.
    pub mail: Option<Link>,
}

pub(super) fn contact_line(contact: Contact) -> AnyView {
    view! {
        {contact.before} " " <a href=contact.link.href>{contact.link.text}</a> {contact.after}
        {contact.mail.map(|mail| view! { ", " <a href=mail.href>{mail.text}</a> })}
    }
    .into_any()
}

/// The place for everyone who is not signed in, and for every ceremony: a blade
/// that says whose door this is and how far one is, and one task beside it.
#[component]
pub fn Door(
    frame: Frame,
    #[prop(optional)] help: Help,
    /// The ceremony's steps; a page without a ceremony has none.
    #[prop(optional_no_strip)]
    chain: Option<ChainSteps>,
    /// For long forms.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let skip = skip_link(&frame);
    let bars = banners(&frame);
    let brand = brand(&frame, String::new());
    let legal = small_print(frame.copyright, frame.legal);
    let legal = (!legal.is_empty()).then(|| view! { <ul class="legal" role="list">{legal}</ul> });
    view! {
        <div class="door" data-realm=frame.realm>
            {skip}
            {bars}
            <header class="blade">
                <div class="row spread">{brand} <LanguageSwitch switch=frame.language /></div>
                <p class="realm">{frame.realm_name}</p>
                {(!frame.account.is_empty()).then(|| view! { <p class="account">{frame.account}</p> })}
                {chain.map(|chain| view! { <Chain chain /> })}
            </header>
            <main id="content" tabindex="-1">
                <div class=if wide { "task stack wide" } else { "task stack" }>{children()}</div>
            </main>
            <footer class="help">
                <h2>{help.title}</h2>
                <ul role="list">
                    {items(help.links)}
                    {help.contact.map(|contact| view! { <li>{contact_line(contact)}</li> })}
                </ul>
                {legal}
                <ThemeSwitch switch=frame.theme />
            </footer>
        </div>
    }
    .into_any()
}
