//! What goes back: the answer and the cookies with it.

use domain::{
    ids::RealmSlug,
    screen::{Answer, News, View},
    secret::Secret,
};

/// The cookie that a browser is known by.
pub const BROWSER: &str = "__Host-browser";

/// The session cookie of a realm: one each, so that one person may be signed
/// in at several.
pub fn session_cookie(realm: &RealmSlug) -> String {
    format!("__Host-session-{realm}")
}

/// A cookie to set. All of them are `Secure; HttpOnly; SameSite=Lax; Path=/`.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name, with the `__Host-` prefix.
    pub name: String,
    /// Its value; empty ends it.
    pub value: Secret,
    /// Seconds that the browser keeps it; `None` until it is closed.
    pub keep: Option<i64>,
}

/// The cookie for a browser that had none.
pub fn browser_cookie(token: Secret) -> Cookie {
    Cookie {
        name: BROWSER.to_owned(),
        value: token,
        keep: Some(400 * 24 * 3600),
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// What the page shows or where it goes.
    pub answer: Answer,
    /// What the browser keeps.
    pub cookies: Vec<Cookie>,
}

impl Reply {
    /// Shows a page.
    pub fn show(view: View) -> Self {
        Self {
            answer: Answer::Show(Box::new(view)),
            cookies: Vec::new(),
        }
    }
    /// Goes elsewhere within the page.
    pub fn go(path: impl Into<String>) -> Self {
        Self {
            answer: Answer::Go {
                path: path.into(),
                anew: false,
            },
            cookies: Vec::new(),
        }
    }
    /// Goes elsewhere and loads the page anew: another session counts now.
    pub fn anew(path: impl Into<String>) -> Self {
        Self {
            answer: Answer::Go {
                path: path.into(),
                anew: true,
            },
            cookies: Vec::new(),
        }
    }
    /// A page that refuses nothing says this.
    #[must_use]
    pub fn with_news(mut self, news: News) -> Self {
        if let Answer::Show(view) = &mut self.answer
            && view.refusals.is_empty()
        {
            view.news = Some(news);
        }
        self
    }
    /// With these cookies.
    #[must_use]
    pub fn with(mut self, cookies: Vec<Cookie>) -> Self {
        self.cookies.extend(cookies);
        self
    }
}
