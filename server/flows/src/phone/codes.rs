//! Codes that a phone shows where it has no network: a factor that is added with the
//! phone, and goes with it (`store::sql::factors`).

use crate::{ceremony::Ctx, enroll_totp};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    phone::CODES_BYTES,
    records::{Factor, Person},
    refusal::Code,
};

/// The secret that a phone sends with its key, in base64url; `None` where it sends none,
/// or where no chain of the realm takes codes: then none is kept.
///
/// # Errors
/// [`Code::PhoneUnknown`] for what is no secret.
pub fn sent(ctx: Ctx<'_>, text: &str) -> Result<Option<Vec<u8>>, Code> {
    if text.is_empty() || !ctx.realm.phones_bring_codes() {
        return Ok(None);
    }
    match BASE64URL_NOPAD.decode(text.as_bytes()) {
        Ok(secret) if secret.len() == CODES_BYTES => Ok(Some(secret)),
        _ => Err(Code::PhoneUnknown),
    }
}

/// The factor that goes with a phone of this name.
pub fn of_phone(ctx: Ctx<'_>, who: &Person, phone: &Factor, secret: &[u8]) -> Factor {
    Factor {
        // Nobody has typed one yet.
        used_at: None,
        ..enroll_totp::factor(ctx, who, phone.name.clone(), secret)
    }
}
