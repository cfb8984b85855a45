use leptos::prelude::*;

use super::frame::{banners, brand, skip_link};
use super::{Frame, LanguageSwitch, Link, ThemeSwitch};

/// Places of one kind in the desk's side: the service desk's, the administrators'.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavGroup {
    pub label: String,
    pub links: Vec<Link>,
}

/// The place of the staff: graphite, dense, with the ways along the side. The
/// desk serves all realms, so colour belongs to what it shows, not to itself.
#[component]
pub fn Desk(
    frame: Frame,
    groups: Vec<NavGroup>,
    #[prop(into)] person: String,
    /// Where that person works.
    #[prop(optional, into)]
    place: String,
    #[prop(optional_no_strip)] sign_out: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let skip = skip_link(&frame);
    let bars = banners(&frame);
    let brand = brand(&frame, String::new());
    let navs: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let links: Vec<_> = group
                .links
                .into_iter()
                .map(|link| link.render("page"))
                .collect();
            view! { <nav class="places" aria-label=group.label>{links}</nav> }.into_any()
        })
        .collect();
    view! {
        <div class="desk" data-realm="desk">
            {skip}
            {bars}
            <header class="side">
                {brand}
                <LanguageSwitch switch=frame.language />
                <div class="navs">{navs}</div>
                <div class="foot">
                    <p>{person} <br /> <span class="xs">{place}</span></p>
                    {sign_out}
                </div>
                <ThemeSwitch switch=frame.theme />
            </header>
            <main id="content" tabindex="-1"><div class="stack">{children()}</div></main>
        </div>
    }
    .into_any()
}
