use leptos::prelude::*;

use super::Icon;

/// A place to go: what it is called and where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub text: String,
    pub href: String,
    /// The reader is here now.
    pub current: bool,
    pub icon: Option<&'static str>,
    /// How many things wait there; shown only on the desk.
    pub count: Option<u32>,
}

impl Link {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            ..Self::default()
        }
    }

    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// `current` is the word for `aria-current`: a page, or one of several views.
    pub(super) fn render(self, current: &'static str) -> AnyView {
        view! {
            <a href=self.href aria-current=self.current.then_some(current)>
                {self.icon.map(|name| view! { <Icon name /> })}
                {self.text}
                {self.count.map(|count| view! { <span class="count">{count}</span> })}
            </a>
        }
        .into_any()
    }
}

/// Links one below the other, each a list item.
pub(super) fn items(links: Vec<Link>) -> Vec<AnyView> {
    links
        .into_iter()
        .map(|link| view! { <li>{link.render("page")}</li> }.into_any())
        .collect()
}
