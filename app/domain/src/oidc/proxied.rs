//! Applications that know no protocol: their proxy asks us about every request
//! (nginx `auth_request`, Caddy `forward_auth`, Traefik `forwardAuth`).
//!
//! ```text
//! proxy asks ─▶ known: who it is │ unknown ─▶ sign-in ─▶ ticket ─▶ `ARRIVE` ─▶ known
//! ```
//!
//! The way to the ticket is that of an authorization code: [`asked`] makes a request
//! that everything else in here judges like any other.

use super::{Application, Asked, Kind, Prompt, Scope};
use crate::policy::Realm;

/// Addresses on the host of an application that are ours: its proxy hands them to us.
pub const OWN: &str = "/.rekey/";
/// Where a ticket arrives.
pub const ARRIVE: &str = "/.rekey/arrive";
/// Where one signs out.
pub const LEAVE: &str = "/.rekey/sign-out";

/// The longest address that people are brought back to.
const LONGEST: usize = 2048;

/// What a proxy says that somebody asked it for. Nothing of it is believed before its
/// proxy is known and [`Self::application`] found whose host it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// `X-Forwarded-Proto`.
    pub scheme: String,
    /// `X-Forwarded-Host`, with its port.
    pub host: String,
    /// `X-Forwarded-Uri`: path and query.
    pub uri: String,
    /// Somebody opens a page, and could be led elsewhere.
    pub opens_page: bool,
}

impl Visit {
    /// The application of the realm that has just this origin.
    pub fn application<'a>(&self, realm: &'a Realm) -> Option<&'a Application> {
        let origin = format!("{}://{}", self.scheme, self.host);
        let mut proxied = realm.applications.iter().filter(|a| a.is_proxied());
        proxied.find(|a| a.origin() == origin)
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        self.uri.split('?').next().unwrap_or_default()
    }

    /// The query alone.
    pub fn query(&self) -> &str {
        self.uri.split_once('?').map_or("", |(_, query)| query)
    }
}

/// A page of an application that people may be brought back to: a path on its own host,
/// as browsers send it. Whatever a browser could read as another host is none.
pub fn is_way_back(uri: &str) -> bool {
    let plain = uri
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"\\\"<>#".contains(&b));
    plain
        && uri.len() <= LONGEST
        && uri.starts_with('/')
        && !uri.starts_with("//")
        && !uri.starts_with(OWN)
}

/// The request of a proxied application: its ticket goes to its own host, for the browser
/// that knows what `challenge` is the hash of, and from there to `to`. `None` where it
/// makes no sense.
pub fn asked(app: &Application, to: &str, challenge: &str) -> Option<Asked> {
    let fits = app.kind == Kind::Proxied && is_way_back(to) && super::is_challenge(challenge);
    fits.then(|| Asked {
        client: app.id.clone(),
        redirect_uri: arrival(app),
        state: Some(to.to_owned()),
        nonce: None,
        challenge: challenge.to_owned(),
        scope: Scope::join(&app.scopes),
        prompt: Prompt::default(),
        max_age: None,
        login_hint: None,
        acr_values: Vec::new(),
        ui_locales: Vec::new(),
        id_token_hint: None,
    })
}

/// Where the tickets of an application arrive.
pub fn arrival(app: &Application) -> String {
    format!("{}{ARRIVE}", app.origin())
}

/// What a value may be as a header: nothing in it ends the header.
pub fn header_text(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_brought_back_to_a_page_of_the_application_and_nowhere_else() {
        for good in ["/", "/a/b?c=%20d&e=/f", "/~me", "/?q=//evil.example"] {
            assert!(is_way_back(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "//evil.example/",
            "/\\evil.example",
            "https://evil.example/",
            "/a b",
            "/a\r\nset-cookie: x",
            "/a\u{0}",
            "/ä",
            "/a#b",
            ARRIVE,
            LEAVE,
        ] {
            assert!(!is_way_back(bad), "{bad:?}");
        }
        assert!(!is_way_back(&format!("/{}", "a".repeat(LONGEST))));
    }

    #[test]
    fn a_header_ends_where_we_end_it() {
        assert_eq!(
            header_text("Jürgen\r\nRemote-User: x"),
            "JürgenRemote-User: x"
        );
    }
}
