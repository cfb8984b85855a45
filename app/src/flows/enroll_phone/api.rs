//! The door to the server: each function names its use case and nothing else.

use crate::error::AppError;
use domain::screen::Answer;
use leptos::prelude::*;

/// The key that a phone made, the secret of the codes that it shows without network,
/// and its signature over both.
#[server(name = EnrollPhone, prefix = "/api", endpoint = "enroll-phone")]
pub async fn enroll_phone(
    realm: String,
    token: String,
    #[server(default)] key: String,
    #[server(default)] codes: String,
    #[server(default)] signature: String,
    #[server(default)] name: String,
) -> Result<Answer, AppError> {
    let sent = flows::enroll_phone::Sent {
        key,
        codes: domain::secret::Secret::new(codes),
        signature,
        name,
    };
    crate::server::call!(flows::enroll_phone::add(realm, token, sent))
}

/// A new phone is to take the place of one that still works.
#[server(name = ReplacePhone, prefix = "/api", endpoint = "enroll-phone/replace")]
pub async fn replace_phone(realm: String, id: String) -> Result<Answer, AppError> {
    crate::server::call!(flows::enroll_phone::replace(realm, id))
}
