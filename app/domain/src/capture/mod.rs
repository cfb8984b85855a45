//! The address that codes go to, named by its owner at the first sign-in
//! (dealers' guide; register rows C02 to C06 and C18).
//!
//! Whoever signs in first sets it, so policy says what binds it: the mail domain
//! of the person's partner on record, or a code that the partner's contact got.

#[cfg(test)]
mod tests;

use crate::{
    policy::{Capture, Care},
    records::Partner,
    refusal::{Code, Field, Refusal},
    text::Email,
};

/// Mailboxes that several people read, by the part before the `@` (RFC 2142, and
/// what German and English companies call theirs).
const SHARED: &[&str] = &[
    "abuse",
    "accounting",
    "admin",
    "administrator",
    "buchhaltung",
    "contact",
    "dispo",
    "empfang",
    "finance",
    "hello",
    "help",
    "helpdesk",
    "hr",
    "info",
    "kontakt",
    "kundendienst",
    "kundenservice",
    "mail",
    "marketing",
    "no-reply",
    "noreply",
    "office",
    "orders",
    "postmaster",
    "rechnung",
    "reception",
    "sales",
    "sekretariat",
    "service",
    "support",
    "team",
    "verkauf",
    "vertrieb",
    "webmaster",
    "werkstatt",
    "zentrale",
];

/// Whether several people are likely to read a mailbox.
pub fn is_shared(email: &Email) -> bool {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let local = local.to_ascii_lowercase();
    let first = local.split(['.', '-', '_', '+']).next().unwrap_or_default();
    SHARED.contains(&local.as_str()) || SHARED.contains(&first)
}

/// Whether a mailbox is outside of the mail domain on record; a sub-domain is
/// inside. Without a domain on record every mailbox is outside.
pub fn is_foreign(email: &Email, partner: Option<&Partner>) -> bool {
    let Some(domain) = partner.map(|p| p.mail_domain.as_str()) else {
        return true;
    };
    let own = email.as_str().rsplit('@').next().unwrap_or_default();
    domain.is_empty() || !(own == domain || own.ends_with(&format!(".{domain}")))
}

/// Judges what was typed. `sure` is the address that the person was warned about
/// before and sent again as it is.
///
/// # Errors
/// The refusal at its field. One that is only a warning is
/// [`Code::SharedMailbox`] or [`Code::ForeignAddress`] without `is_final`.
pub fn judge(
    rules: &Capture,
    partner: Option<&Partner>,
    email: &str,
    repeat: &str,
    sure: &str,
) -> Result<Email, Refusal> {
    let at = |code| Refusal::at(Field::Email, code);
    let email = Email::parse(email).map_err(at)?;
    match Email::parse(repeat) {
        Ok(repeat) if repeat == email => {}
        Err(Code::Missing) => return Err(Refusal::at(Field::Repeat, Code::Missing)),
        _ => return Err(Refusal::at(Field::Repeat, Code::AddressesDiffer)),
    }
    let warned = Email::parse(sure).is_ok_and(|sure| sure == email);
    let care = |care: Care, code: fn(bool) -> Code| match care {
        Care::Allow => Ok(()),
        Care::Warn if warned => Ok(()),
        Care::Warn => Err(at(code(false))),
        Care::Refuse => Err(at(code(true))),
    };
    if is_foreign(&email, partner) {
        care(rules.foreign_domains, |is_final| Code::ForeignAddress {
            is_final,
        })?;
    }
    if is_shared(&email) {
        care(rules.shared_mailboxes, |is_final| Code::SharedMailbox {
            is_final,
        })?;
    }
    Ok(email)
}
