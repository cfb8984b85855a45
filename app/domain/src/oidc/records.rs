//! What is kept of sign-ins to applications.

use super::{Alg, RETIRED_SECONDS};
use crate::{
    Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
};

/// What one sign-in gave an application: code and tokens hang on it and die with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: String,
    /// Where.
    pub realm: RealmSlug,
    /// `client_id`.
    pub client: String,
    /// Who.
    pub person: PersonId,
    /// By which session.
    pub session: SessionId,
    /// What it may ask for, as [`super::Scope::join`] writes it.
    pub scope: String,
    /// When the person gave the oldest of the proofs that count (decision 0014).
    pub auth_time: Timestamp,
    /// What the proofs are called there.
    pub acr: String,
    /// How they were proven, with spaces between (RFC 8176).
    pub amr: String,
    /// The account's epoch: what protects it changes, and the grant is void.
    pub epoch: i64,
    /// Refresh tokens lead on when the session is over by itself.
    pub offline: bool,
    /// When.
    pub created_at: Timestamp,
}

/// An authorization code, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCode {
    /// SHA-256 of it.
    pub hash: String,
    /// What it stands for.
    pub grant: String,
    /// Where it went.
    pub redirect_uri: String,
    /// What its verifier has to hash to.
    pub challenge: String,
    /// For the ID token.
    pub nonce: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// For the userinfo endpoint.
    Access,
    /// For the next access token.
    Refresh,
    /// For every request to an application behind a proxy.
    Proxied,
}

impl TokenKind {
    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Proxied => "proxied",
        }
    }
}

/// A token, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of it.
    pub hash: String,
    /// What it belongs to.
    pub grant: String,
    /// What for.
    pub kind: TokenKind,
    /// What it is good for, as [`super::Scope::join`] writes it.
    pub scope: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A key that signs tokens of a realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// `kid`.
    pub id: String,
    /// Whose.
    pub realm: RealmSlug,
    /// What it signs with, and nothing else.
    pub alg: Alg,
    /// The public half as a JWK (RFC 7517).
    pub public: String,
    /// The private half, sealed.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it signs; until then it is only published.
    pub signs_from: Timestamp,
    /// When another one takes its place.
    pub retired_at: Option<Timestamp>,
}

impl SigningKey {
    /// Whether it signs.
    pub fn signs(&self, now: Timestamp) -> bool {
        self.signs_from <= now && self.retired_at.is_none_or(|at| now < at)
    }

    /// Whether it is published: from the beginning, and until nothing that it signed works
    /// any more.
    pub fn is_published(&self, now: Timestamp) -> bool {
        let until = |at: Timestamp| at.plus_seconds(RETIRED_SECONDS);
        self.retired_at.is_none_or(|at| now < until(at))
    }
}

/// An application that knows of a session, which has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientSession {
    /// Which session.
    pub session: SessionId,
    /// `client_id`.
    pub client: String,
    /// Where.
    pub realm: RealmSlug,
    /// Who.
    pub person: PersonId,
    /// How often it was told already.
    pub attempts: i64,
}

/// Who is behind a request to an application behind a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Who.
    pub person: crate::records::Person,
    /// What the application may know, as [`super::Scope::join`] writes it.
    pub scope: String,
    /// What the proofs were called.
    pub acr: String,
    /// An address of theirs that a code reached.
    pub reached: bool,
}
