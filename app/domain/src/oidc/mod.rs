//! One sign-in for other applications: what an application is, what it may ask for,
//! and when it gets it (OpenID Connect Core 1.0).
//!
//! ```text
//! read(parameters) ─▶ Asked ─▶ decide(session) ─▶ Issue │ SignIn │ Prove │ Consent │ Refuse
//! ```
//!
//! Nothing in here knows of tokens or of a database: `flows::oidc` does.

mod application;
mod asked;
mod counted;
mod decision;
mod draft;
mod own_chains;
pub mod proxied;
mod records;
#[cfg(all(test, feature = "server"))]
mod tests;
mod uri;

pub use application::{Alg, AppChain, Application, Kind, Scope, acr_name};
pub use asked::{Asked, Denial, PageFault, Prompt, Refused, is_challenge, lang, read};
pub use counted::{Given, Told, counted, told};
pub use decision::{Decision, Signed, decide};
pub use draft::{Draft, Registered, judge, with_registered};
pub use own_chains::{OwnChain, ticked, to_tick, typed_again};
pub use records::{ClientSession, Grant, NewCode, NewToken, Proven, SigningKey, TokenKind};
pub use uri::{is_client_id, is_safe};

use crate::FactorKind;

/// Seconds for which an authorization code works (RFC 6749, 4.1.2: at most ten minutes).
pub const CODE_SECONDS: i64 = 60;
/// Seconds for which an access token and an ID token work. Short, because who keeps a
/// token of ours without asking us does not hear that it died.
pub const ACCESS_SECONDS: i64 = 600;
/// Seconds for which a refresh token works unless it is used.
pub const REFRESH_SECONDS: i64 = 30 * 86_400;
/// Seconds after the sign-in for which refresh tokens lead on at most.
pub const FAMILY_SECONDS: i64 = 90 * 86_400;
/// Seconds for which a request waits for its person to sign in.
pub const PENDING_SECONDS: i64 = 15 * 60;
/// Seconds for which a key is published before it signs: longer than any client that may
/// keep the list of keys keeps it.
pub const KEY_LEAD_SECONDS: i64 = 3600;
/// Seconds for which clients may keep the list of keys, and what else rarely changes.
pub const KEPT_SECONDS: i64 = 300;
/// Seconds for which the key before the newest one is still published: longer than any
/// token that it signed and any cache of a client.
pub const RETIRED_SECONDS: i64 = 7 * 86_400;

/// The ways that proofs stand for in `amr` (RFC 8176), each once, in the order of the
/// proofs. A passkey may live in hardware or be synchronised: the weaker word is told.
pub fn amr(proven: &[FactorKind]) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    let mut add = |word| {
        if !out.contains(&word) {
            out.push(word);
        }
    };
    for kind in proven {
        add(match kind {
            FactorKind::Password => "pwd",
            FactorKind::Pin => "pin",
            FactorKind::Totp | FactorKind::Email | FactorKind::Recovery | FactorKind::Emergency => {
                "otp"
            }
            FactorKind::Sms => "sms",
            FactorKind::Voice => "tel",
            FactorKind::Passkey | FactorKind::Smartphone => "swk",
        });
    }
    let first = proven.first().map(|k| k.channel());
    if proven.iter().any(|k| Some(k.channel()) != first) {
        out.push("mfa");
    }
    out
}
