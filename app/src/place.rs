//! The page for the address at hand: loaded from the server, replaced by what
//! forms answer. It renders what it was given and decides nothing.

use crate::{browser, error::AppError, parts::Part, screens, zone};
use domain::screen::{Answer, View};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

/// Loads the page at a path, for who calls.
#[server(name = LoadPage, prefix = "/api", endpoint = "page")]
pub async fn load_page(path: String) -> Result<Answer, AppError> {
    let exchange = crate::server::exchange()?;
    let result = flows::pages::page(&exchange.services, &exchange.request, path.clone()).await;
    exchange.finish_page(&path, result).await
}

/// Leads to an address within the site.
type Go = Box<dyn Fn(&str) + Send + Sync>;

/// Another look at the page at hand.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    count: u32,
    /// Whether what stood there is over, and with it the news that led to it.
    over: bool,
}

/// The page as it stands: forms put their answers here.
#[derive(Clone, Copy)]
pub struct Page {
    shown: RwSignal<Option<Result<View, AppError>>>,
    looks: RwSignal<Look>,
    /// What is shown came by itself: nobody's focus is moved for it.
    by_itself: RwSignal<bool>,
    go: StoredValue<Go>,
}

impl Page {
    /// Takes an answer in: shows it, goes where it says, or says what failed.
    pub fn take(self, answer: Result<Answer, AppError>) {
        self.by_itself.set(false);
        match answer {
            Ok(Answer::Show(view)) => self.shown.set(Some(Ok(*view))),
            Ok(Answer::Go { path, anew: true }) | Err(AppError::SignIn { path }) => {
                browser::post::load(&path)
            }
            Ok(Answer::Go { path, anew: false }) => self.go.with_value(|go| go(&path)),
            Err(error) => self.shown.set(Some(Err(error))),
        }
    }
}

impl Page {
    /// Looks at the same page again, because something moved elsewhere. Such a
    /// look is no activity of a person (`?live=1`), and what is shown stays until
    /// the answer is there.
    pub fn again(self) {
        self.look(false);
    }

    /// The same for a page that is another one now: what was told of the one before
    /// ("Your manager is asked") is not said again.
    pub fn anew(self) {
        self.look(true);
    }

    fn look(self, over: bool) {
        self.looks.update(|look| {
            look.count += 1;
            look.over = over;
        });
    }

    /// Keeps a setting (`?lang=`, `?theme=`) and draws the page anew by it, with what was
    /// typed. Where the server cannot be reached, nothing changes.
    pub fn switch(self, address: &str, name: &str, value: &str) {
        let (name, value) = (name.to_owned(), value.to_owned());
        let address = address.to_owned();
        browser::spawn(async move {
            let typed = browser::typed::take();
            if !browser::post::visit(&format!("{address}?{name}={value}")).await {
                return;
            }
            let mark = if address.contains('?') { '&' } else { '?' };
            if let Ok(Answer::Show(view)) = load_page(format!("{address}{mark}live=1")).await {
                if name == "theme" {
                    browser::typed::set_theme(&value);
                }
                self.by_itself.set(true);
                self.shown.set(Some(Ok(*view)));
                typed.put_back();
            }
        });
    }

    /// Whether what is shown came by itself.
    pub fn came_by_itself(self) -> bool {
        self.by_itself.get_untracked()
    }
}

/// The page at hand.
pub fn use_page() -> Page {
    expect_context::<Page>()
}

/// An address without the news that it tells.
fn bare(address: &str) -> &str {
    address
        .split_once("?news=")
        .map_or(address, |(bare, _)| bare)
}

/// A view under a key: with another key it is another page. Where its part of
/// the program cannot be had, the server draws the page.
async fn drawn(answer: u32, view: View) -> AnyView {
    if !Part::of(&view.screen).load().await {
        browser::post::load(&view.frame.path);
        return ().into_any();
    }
    zone::tell(&view.frame.zone);
    let key = (answer, view.frame.path.clone());
    view! {
        <For each=move || [(key.clone(), view.clone())] key=|(key, _)| key.clone() children=|(_, view)| screens::render(view) />
    }
    .into_any()
}

/// The page for the current address.
#[component]
pub fn PlacePage() -> impl IntoView {
    let location = use_location();
    let path = Memo::new(move |_| {
        let search = location.search.get();
        let path = location.pathname.get();
        if search.is_empty() {
            path
        } else {
            format!("{path}?{search}")
        }
    });
    let navigate = use_navigate();
    let round = RwSignal::new(0_u32);
    let shown = RwSignal::new(None);
    let go = move |to: &str| {
        if to == path.get_untracked() {
            // The same address with another state behind it.
            round.update(|n| *n += 1);
        } else {
            navigate(to, leptos_router::NavigateOptions::default());
        }
    };
    let looks = RwSignal::new(Look::default());
    let by_itself = RwSignal::new(false);
    let page = Page {
        shown,
        looks,
        by_itself,
        go: StoredValue::new(Box::new(go) as Go),
    };
    provide_context(page);
    let loaded = Resource::new_blocking(
        move || (path.get(), round.get()),
        |(path, _)| load_page(path),
    );
    // A new address begins with what the server says about it.
    Effect::new(move |before: Option<(String, u32)>| {
        let now = (path.get(), round.get());
        if before.is_some_and(|b| b != now) {
            by_itself.set(false);
            shown.set(None);
        }
        now
    });
    // Another look takes the place of what is shown, when it comes.
    Effect::new(move |before: Option<Look>| {
        let now = looks.get();
        if before.is_some_and(|b| b != now) {
            let asked = path.get_untracked();
            let address = if now.over {
                bare(&asked)
            } else {
                asked.as_str()
            };
            let mark = if address.contains('?') { '&' } else { '?' };
            let address = format!("{address}{mark}live=1");
            browser::spawn(async move {
                // Whoever is at work in the page keeps their place in it, also who began
                // while the answer was on its way.
                let answer = loop {
                    while browser::focus::is_at_work() {
                        browser::pause().await;
                    }
                    let answer = load_page(address.clone()).await;
                    let is_here = path.try_get_untracked().as_ref() == Some(&asked);
                    if !is_here || !browser::focus::is_at_work() {
                        break answer;
                    }
                };
                // Somebody who went elsewhere meanwhile stays there; what could
                // not be had now comes with the next look.
                if let Ok(Answer::Show(view)) = answer
                    && path.try_get_untracked().as_ref() == Some(&asked)
                {
                    by_itself.set(true);
                    shown.set(Some(Ok(*view)));
                }
            });
        }
        now
    });
    // Counts answers: each is drawn on new elements, so that no password and no
    // used-up code stays behind in a field.
    let answers = StoredValue::new(0_u32);
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let loaded = loaded.await;
                match (shown.get(), loaded) {
                    (Some(Ok(view)), _) => {
                        answers.update_value(|n| *n += 1);
                        drawn(answers.get_value(), view).await
                    }
                    (Some(Err(error)), _) => screens::failed(&error),
                    (None, Ok(Answer::Show(view))) => drawn(answers.get_value(), *view).await,
                    (None, Ok(Answer::Go { path, anew })) => {
                        if browser::here() {
                            page.take(Ok(Answer::Go { path, anew }));
                        }
                        ().into_any()
                    }
                    (None, Err(AppError::SignIn { path })) => {
                        if browser::here() {
                            browser::post::load(&path);
                        }
                        ().into_any()
                    }
                    (None, Err(error)) => screens::failed(&error),
                }
            })}
        </Suspense>
    }
}
