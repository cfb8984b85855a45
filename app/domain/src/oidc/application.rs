//! An application that signs its people in through a realm.

use super::uri;
use crate::{FactorKind, policy::Both};
use serde::{Deserialize, Serialize};

/// What an application is able to do. It is said and not read off a secret that is
/// there, so that one that was forgotten opens nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It keeps a secret (RFC 6749, 2.1).
    #[default]
    Confidential,
    /// It keeps none, as in a browser or on a phone.
    Public,
    /// It knows no protocol: its proxy asks for it.
    Proxied,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Confidential, Self::Public, Self::Proxied];

    /// Its name in policies and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Confidential => "confidential",
            Self::Public => "public",
            Self::Proxied => "proxied",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.slug() == text)
    }
}

/// How tokens of an application are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alg {
    /// ECDSA on P-256 with SHA-256.
    #[default]
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256, for clients that know nothing newer.
    Rs256,
}

impl Alg {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Es256, Self::Rs256];

    /// Its name (RFC 7518, 3.1).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.name() == text)
    }
}

/// What an application may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Who it is: without it there is no sign-in.
    OpenId,
    /// Name and login.
    Profile,
    /// The address on record.
    Email,
    /// Refresh tokens.
    OfflineAccess,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::OpenId,
        Self::Profile,
        Self::Email,
        Self::OfflineAccess,
    ];

    /// Its name (OpenID Connect Core 1.0, 5.4 and 11).
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::OfflineAccess => "offline_access",
        }
    }

    /// Reads [`Self::name`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == text)
    }

    /// Scopes as they stand in requests and answers.
    pub fn join(scopes: &[Self]) -> String {
        let names: Vec<_> = scopes.iter().map(|s| s.name()).collect();
        names.join(" ")
    }

    /// Reads [`Self::join`]; what is not known is left out (OpenID Connect Core 1.0,
    /// 3.1.2.1).
    pub fn split(text: &str) -> Vec<Self> {
        let mut out: Vec<_> = text.split(' ').filter_map(Self::parse).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// A chain that opens an application, and what it is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppChain {
    /// The factors.
    pub kinds: Vec<FactorKind>,
    /// The `acr` that tells of it.
    pub acr: String,
    /// The day from which it counts, `YYYY-MM-DD`; empty for always (D01).
    pub from: String,
    /// The day before which it counts; empty for always.
    pub before: String,
}

impl AppChain {
    /// Whether it counts on a day.
    pub fn counts_on(&self, today: &str) -> bool {
        self.from.as_str() <= today && (self.before.is_empty() || today < self.before.as_str())
    }

    /// Whether the whole of it was proven.
    pub fn holds(&self, proven: &[FactorKind]) -> bool {
        self.kinds.iter().all(|k| proven.contains(k))
    }

    /// What is missing of it.
    pub fn missing(&self, proven: &[FactorKind]) -> Vec<FactorKind> {
        let missing = self.kinds.iter().filter(|k| !proven.contains(k));
        missing.copied().collect()
    }
}

/// The `acr` of factors that no policy gave a name.
pub fn acr_name(kinds: &[FactorKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|k| k.slug()).collect();
    names.join("+")
}

/// An application of a realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// `client_id`.
    pub id: String,
    /// Its name for people.
    pub name: Both,
    /// What it is able to do.
    pub kind: Kind,
    /// Its start page.
    pub url: String,
    /// Where codes may go, to the letter.
    pub redirect_uris: Vec<String>,
    /// Where people may go who signed out, to the letter.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it hears that a session ended (OpenID Connect Back-Channel Logout 1.0).
    pub backchannel_logout_uri: Option<String>,
    /// SHA-256 of its secrets, lower-case hex; none for a public client.
    pub secrets: Vec<String>,
    /// How its tokens are signed.
    pub signing: Alg,
    /// What it may ask for.
    pub scopes: Vec<Scope>,
    /// People are asked before it hears of them.
    pub consent: bool,
    /// Chains that open it: those of its own policy, or all of the realm.
    pub chains: Vec<AppChain>,
    /// The policy of this application names chains of its own.
    pub is_strict: bool,
    /// The day from which they are asked for, `YYYY-MM-DD`; empty for always.
    pub since: String,
}

impl Application {
    /// Whether it keeps no secret, as in a browser or on a phone.
    pub fn is_public(&self) -> bool {
        self.kind == Kind::Public
    }

    /// Whether it knows no protocol, so that its proxy asks for it.
    pub fn is_proxied(&self) -> bool {
        self.kind == Kind::Proxied
    }

    /// Scheme, host and port of its start page.
    pub fn origin(&self) -> &str {
        uri::origin(&self.url)
    }

    /// Its host without the port, which cookies do not know.
    pub fn host(&self) -> &str {
        uri::host(self.origin())
    }

    /// The chains that count on a day.
    pub fn chains_on(&self, today: &str) -> impl Iterator<Item = &AppChain> {
        self.chains.iter().filter(move |c| c.counts_on(today))
    }

    /// Whether somebody with these factors could open it on a day: its own chains may
    /// ask for what they do not have.
    pub fn opens_for(&self, held: &[FactorKind], today: &str) -> bool {
        let known = |k: &FactorKind| held.contains(k) && *k != FactorKind::Recovery;
        let walkable = |c: &AppChain| c.kinds.iter().all(known);
        !self.is_strict_on(today) || self.chains_on(today).any(walkable)
    }

    /// What it asks for on a day beyond the realm; nothing where every sign-in does.
    pub fn asks_on(&self, today: &str) -> Vec<Vec<FactorKind>> {
        if !self.is_strict_on(today) {
            return Vec::new();
        }
        self.chains_on(today).map(|c| c.kinds.clone()).collect()
    }

    /// The days on which what it asks for changes, the earliest first.
    pub fn turns(&self) -> Vec<&str> {
        let of_chains = self.chains.iter().flat_map(|c| [&c.from, &c.before]);
        let all = of_chains.chain([&self.since]);
        let mut days: Vec<_> = all.map(String::as_str).filter(|d| !d.is_empty()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The first day on which nobody could open it, of those on which its own chains are
    /// asked for; empty for today and ever since.
    pub fn shut_on(&self) -> Option<&str> {
        let first = std::iter::once(self.since.as_str());
        let mut days = first
            .chain(self.turns())
            .filter(|day| *day >= self.since.as_str());
        days.find(|day| self.chains_on(day).next().is_none())
    }

    /// The next day on which it asks for something else.
    pub fn next_turn(&self, today: &str) -> Option<&str> {
        let now = self.asks_on(today);
        let later = self.turns().into_iter().filter(|day| *day > today);
        later.into_iter().find(|day| self.asks_on(day) != now)
    }

    /// Whether its own chains are asked for today (D01).
    pub fn is_strict_on(&self, today: &str) -> bool {
        self.is_strict && self.since.as_str() <= today
    }

    /// Whether what was proven for it once (`acr`) still opens it on a day: it may ask for
    /// more than it did.
    pub fn still_opens(&self, acr: &str, today: &str) -> bool {
        !self.is_strict_on(today) || self.chains_on(today).any(|c| c.acr == acr)
    }

    /// The chain that proofs make whole: the first that counts, one that was wished for
    /// before others.
    pub fn chain(
        &self,
        proven: &[FactorKind],
        wished: &[String],
        today: &str,
    ) -> Option<&AppChain> {
        let whole = || self.chains_on(today).filter(|c| c.holds(proven));
        let named = |acr: &String| whole().find(|c| c.acr == *acr);
        wished.iter().find_map(named).or_else(|| whole().next())
    }
}
