//! What a call may end with instead of an answer. What a person may try again
//! is never one of these: that is an answer with a refusal.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// Why there is no answer. The same words for every cause below it: nothing
/// from below reaches the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in (any more): there is the way.
    SignIn {
        /// An address of `domain::paths`.
        path: String,
    },
    /// Not for this caller.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The call makes no sense.
    BadRequest,
    /// Not now.
    Unavailable {
        /// What the caller may quote; empty when it is only busy.
        reference: String,
        /// Seconds after which to try again.
        retry: i64,
    },
    /// Too much at once came from this network: the form stays as it is.
    TooMany {
        /// Seconds after which to try again.
        retry: i64,
    },
    /// The server could not be reached.
    Offline,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            _ => Self::Unavailable {
                reference: String::new(),
                retry: 5,
            },
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
