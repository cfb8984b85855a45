use leptos::prelude::*;

use super::link::items;
use super::{Announcement, Banners, Icon, Link, Switch};

/// What every page carries around its content, whichever of the four places it
/// is. Made once per request from the realm, the reader and the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The realm's key, for its colour and cut; `desk` is graphite.
    pub realm: String,
    pub realm_name: String,
    /// Whose account this is about; empty where nobody proved to be anybody.
    pub account: String,
    /// The realm's mark, as the data of an SVG path; empty for ours.
    pub logo: String,
    pub product: String,
    /// Where the product's name leads.
    pub home: String,
    /// "Skip to content"
    pub skip: String,
    pub language: Switch,
    pub theme: Switch,
    /// Whose pages these are; empty where nothing is said.
    pub copyright: String,
    /// Privacy, legal notice, accessibility.
    pub legal: Vec<Link>,
    pub announcement: Option<Announcement>,
    pub demo: Option<Announcement>,
}

/// Comes before everything else, so that a keyboard need not pass the blade on
/// every page.
pub(super) fn skip_link(frame: &Frame) -> AnyView {
    view! { <a class="skip" href="#content" rel="external">{frame.skip.clone()}</a> }.into_any()
}

pub(super) fn banners(frame: &Frame) -> AnyView {
    view! { <Banners announcement=frame.announcement.clone() demo=frame.demo.clone() /> }.into_any()
}

pub(super) fn brand(frame: &Frame, name: String) -> AnyView {
    view! {
        <a class="brand" href=frame.home.clone()>
            {mark(&frame.logo)}
            <span>{frame.product.clone()}</span>
            {super::present(name).map(|name| view! { <span>{name}</span> })}
        </a>
    }
    .into_any()
}

/// The small print at the end of a page, as items of a list.
pub(super) fn small_print(copyright: String, legal: Vec<Link>) -> Vec<AnyView> {
    let whose = super::present(copyright).map(|whose| view! { <li>{whose}</li> }.into_any());
    whose.into_iter().chain(items(legal)).collect()
}

fn mark(logo: &str) -> AnyView {
    if logo.is_empty() {
        return view! { <Icon name="mark" /> }.into_any();
    }
    let drawing = logo.to_owned();
    view! {
        <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
            <path d=drawing fill="currentColor" stroke="none" fill-rule="evenodd"></path>
        </svg>
    }
    .into_any()
}
