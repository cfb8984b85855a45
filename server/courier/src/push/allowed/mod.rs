//! Which endpoints may be sent to. The address of an endpoint comes from a
//! browser, that is from anybody: without a list the server would knock on any
//! door that it can reach.

use super::subscription::LONGEST_ENDPOINT;
use std::net::SocketAddr;
use url::{Host, Url};

/// The push services of the browsers: a name stands for itself, a name with a
/// dot before it for all names below.
const OF_BROWSERS: &[&str] = &[
    // Chrome, Edge on Android, Opera, Brave, Samsung Internet
    "fcm.googleapis.com",
    // Firefox
    ".push.services.mozilla.com",
    // Safari (Apple asks to allow all names below this one)
    ".push.apple.com",
    // Edge on Windows
    ".notify.windows.com",
];

/// The push services that may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    rules: Vec<String>,
    local: Vec<SocketAddr>,
}

/// Why an endpoint may not be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not a URL, or one that is written in a way that browsers do not.
    #[error("the endpoint is not a web address")]
    Address,
    /// Another scheme.
    #[error("the endpoint is not an https address")]
    NotHttps,
    /// A user or a password in it.
    #[error("the endpoint has a user name in it")]
    UserInfo,
    /// A port other than 443.
    #[error("the endpoint has a port of its own")]
    Port,
    /// An IP address for a host.
    #[error("the endpoint has no host name")]
    Literal,
    /// A host that is not on the list.
    #[error("the endpoint belongs to no push service that is allowed here")]
    UnknownService,
}

/// A rule that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither the name of a host nor a dot and the name above hosts")]
pub struct RuleError(String);

/// An endpoint that may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    pub(super) site: Site,
    /// The name of the host, or the address of a local one.
    pub(super) host: String,
    /// For the `aud` of a token (RFC 8292, 2): scheme and authority.
    pub(super) origin: String,
    /// Path and query.
    pub(super) target: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// HTTPS to [`Endpoint::host`].
    Named,
    /// Plain HTTP to this machine.
    Local(SocketAddr),
}

impl Allowed {
    /// The services of the browsers: Google, Mozilla, Apple and Microsoft.
    pub fn of_browsers() -> Self {
        Self {
            rules: OF_BROWSERS.iter().map(|&rule| rule.to_owned()).collect(),
            local: Vec::new(),
        }
    }

    /// No service.
    pub const fn none() -> Self {
        Self {
            rules: Vec::new(),
            local: Vec::new(),
        }
    }

    /// One more: `push.example.com` allows this host, `.push.example.com` all
    /// hosts below it. International names in their ASCII form.
    ///
    /// # Errors
    /// When it is not a name of at least two labels, in lower case.
    pub fn and(mut self, rule: &str) -> Result<Self, RuleError> {
        let name = rule.strip_prefix('.').unwrap_or(rule);
        let written_so = name.contains('.')
            && matches!(Url::parse(&format!("https://{name}/")),
                Ok(url) if url.host() == Some(Host::Domain(name)))
            && name.split('.').all(is_label);
        if !written_so {
            return Err(RuleError(rule.to_owned()));
        }
        self.rules.push(rule.to_owned());
        Ok(self)
    }

    /// One more, for tests only: `http://<address>/…`, unencrypted and on this
    /// machine.
    ///
    /// # Panics
    /// When the address is not one of the loopback.
    #[must_use]
    pub fn and_local_for_tests(mut self, address: SocketAddr) -> Self {
        assert!(address.ip().is_loopback(), "{address} is not this machine");
        self.local.push(address);
        self
    }

    /// Judges an endpoint. What is compared and what is connected to are the
    /// same parsed name, so no two readings of one text can disagree; whatever
    /// is written in a way that no browser writes is refused all the same.
    pub(super) fn endpoint(&self, text: &str) -> Result<Endpoint, EndpointError> {
        if text.len() > LONGEST_ENDPOINT
            || !text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        {
            return Err(EndpointError::Address);
        }
        if let Some(endpoint) = self.local(text) {
            return Ok(endpoint);
        }
        let (scheme, rest) = text.split_once("://").ok_or(EndpointError::Address)?;
        if scheme != "https" {
            return Err(EndpointError::NotHttps);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(EndpointError::UserInfo);
        }
        let url = Url::parse(text).map_err(|_| EndpointError::Address)?;
        let Some(Host::Domain(host)) = url.host() else {
            return Err(EndpointError::Literal);
        };
        // The parser has left the default port out.
        if url.port().is_some() {
            return Err(EndpointError::Port);
        }
        // Not percent-encoded, not another form of the same name.
        let written = authority.strip_suffix(":443").unwrap_or(authority);
        if !written.eq_ignore_ascii_case(host) || url.fragment().is_some() {
            return Err(EndpointError::Address);
        }
        if !self.has(host) {
            return Err(EndpointError::UnknownService);
        }
        Ok(Endpoint {
            site: Site::Named,
            host: host.to_owned(),
            origin: format!("https://{host}"),
            target: target(&url),
        })
    }

    /// Whether a name (lower case, as the parser gives it) is on the list. A
    /// name with a dot at its end is another name: no browser writes it, and a
    /// certificate does not have it.
    fn has(&self, host: &str) -> bool {
        self.rules.iter().any(|rule| {
            if rule.starts_with('.') {
                host.strip_suffix(rule.as_str())
                    .is_some_and(|below| below.split('.').all(is_label))
            } else {
                host == rule
            }
        })
    }

    fn local(&self, text: &str) -> Option<Endpoint> {
        self.local.iter().find_map(|&address| {
            let origin = format!("http://{address}");
            let rest = text.strip_prefix(&origin)?;
            let url = Url::parse(text).ok()?;
            rest.starts_with('/').then(|| Endpoint {
                site: Site::Local(address),
                host: address.to_string(),
                origin,
                target: target(&url),
            })
        })
    }
}

/// One part of a name: letters, digits, and hyphens that do not stand at its
/// ends.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

#[cfg(test)]
mod tests;
