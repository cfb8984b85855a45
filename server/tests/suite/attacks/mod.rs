//! Attacks of `security.md`, section 3, that need no browser: each test carries
//! the ids of its rows. The demo's clock is moved where something has to pass;
//! nothing waits, and no assertion looks at a span of time.

mod accounts;
mod codes;
mod fields;
mod headers;
mod limits;
mod links;
mod log;
mod passkeys;
mod recovery;
mod rights;
mod sessions;

use axum::http::StatusCode;

/// A password that nobody here has.
const WRONG: &str = "quite-another-word-77";

/// A password that nobody guesses.
const GOOD: &str = "copper-lantern-58-meadow";

fn is_refused(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}
