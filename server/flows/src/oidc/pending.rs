//! A request that waits for its person: sealed, for this browser alone, one of a realm
//! at a time, a quarter of an hour, taken once.

use crate::{
    Cookie, Failure,
    ceremony::{self, Ctx},
};
use domain::{Timestamp, ids::PersonId, oidc::Asked};
use serde::{Deserialize, Serialize};

/// What waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Names it in the forms of our own pages: what is agreed to is this and no other.
    pub id: String,
    /// What was asked for.
    pub asked: Asked,
    /// When it came first.
    pub begun: Timestamp,
    /// The person said that they go on as who they are.
    pub chosen: bool,
    /// The person agreed.
    pub agreed: bool,
    /// Who was asked: another one's answer is none.
    #[serde(default)]
    pub asked_of: Option<PersonId>,
}

impl Pending {
    pub fn new(ctx: Ctx<'_>, asked: Asked) -> Self {
        Self {
            id: ctx.services.random.token().reveal().to_owned(),
            asked,
            begun: ctx.services.now(),
            chosen: false,
            agreed: false,
            asked_of: None,
        }
    }

    /// Keeps it, in the place of the one before.
    pub async fn keep(&self, ctx: Ctx<'_>) -> Result<Vec<Cookie>, Failure> {
        let plain = serde_json::to_vec(self).map_err(|e| Failure::unavailable(&e))?;
        ceremony::keep_application(ctx, &plain).await
    }

    /// Takes it: it is there once.
    pub async fn take(ctx: Ctx<'_>) -> Result<Option<Self>, Failure> {
        let plain = ceremony::take_application(ctx).await?;
        // One of another version of this program is none.
        Ok(plain.and_then(|plain| serde_json::from_slice(&plain).ok()))
    }
}

/// Whether an application waits for the sign-in of this browser.
///
/// # Errors
/// The database could not.
pub async fn is_pending(ctx: Ctx<'_>) -> Result<bool, Failure> {
    ceremony::has_application(ctx).await
}
