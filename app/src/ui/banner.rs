use leptos::prelude::*;

use super::{Icon, Link, Tone};

/// One sentence above every page, and perhaps where to read more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    pub tone: Tone,
    pub text: String,
    pub link: Option<Link>,
}

impl Announcement {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            link: None,
        }
    }

    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

/// News of the house, then the line that says this is a demo. The shells place
/// it; pages give both through their `Frame`.
#[component]
pub fn Banners(announcement: Option<Announcement>, demo: Option<Announcement>) -> impl IntoView {
    let any = announcement.is_some() || demo.is_some();
    any.then(|| {
        view! {
            <div class="bars">
                {announcement
                    .map(|news| {
                        bar(format!("bar-note{}", news.tone.class()), news.tone.icon(), news)
                    })}
                {demo.map(|news| bar("bar-note demo".to_owned(), "info", news))}
            </div>
        }
        .into_any()
    })
}

fn bar(class: String, icon: &'static str, news: Announcement) -> AnyView {
    view! {
        <div class=class>
            <Icon name=icon />
            <p>
                {news.text} " "
                {news.link.map(|link| view! { <a href=link.href>{link.text}</a> })}
            </p>
        </div>
    }
    .into_any()
}
