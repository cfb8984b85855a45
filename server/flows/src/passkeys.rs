//! Passkeys (WebAuthn Level 3): one RP ID for all realms, the user handle is
//! the person's id. A challenge is answered once: its state is taken out before
//! the answer is looked at.

mod whole;

use crate::{
    Failure,
    ceremony::{Ctx, Extras},
};
use domain::{
    FactorKind, Timestamp,
    ids::{FactorId, PersonId},
    records::{Factor, Person},
    refusal::Code,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::Conn;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid, WebauthnError,
};
use webauthn_rs_proto::ResidentKeyRequirement;

/// Seconds for which a challenge waits for its answer (`security.md`, 2.1).
pub const CHALLENGE_SECONDS: i64 = 300;

/// Length of the challenges that webauthn-rs draws (WebAuthn Level 3, 13.4.3, wants 16).
const CHALLENGE_BYTES: usize = 32;

/// Why an answer proves nobody.
#[derive(Debug)]
pub enum Refused {
    /// What the person is told.
    Code(Code),
    /// The signature holds and the counter did not grow: somebody has a copy of
    /// this factor's key (XD10).
    Cloned(FactorId),
}

/// The state of a challenge inside of a ceremony, which lives longer.
#[derive(Serialize, Deserialize)]
struct Waiting<T> {
    until: Timestamp,
    state: T,
}

fn waiting<T: Serialize>(ctx: Ctx<'_>, state: T) -> Result<String, Failure> {
    let until = ctx.services.now().plus_seconds(CHALLENGE_SECONDS);
    json(&Waiting { until, state })
}

fn still_waiting<T: DeserializeOwned>(ctx: Ctx<'_>, extras: &Extras) -> Option<T> {
    let text = extras.passkey_state.as_deref()?;
    let waiting: Waiting<T> = serde_json::from_str(text).ok()?;
    (ctx.services.now() < waiting.until).then_some(waiting.state)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|e| Failure::unavailable(&e))
}

/// `publicKey` of what webauthn-rs draws up: what the browser's own
/// `parse…OptionsFromJSON` takes.
fn public_key<T: serde::Serialize>(value: &T) -> Result<String, Failure> {
    let value = serde_json::to_value(value).map_err(|e| Failure::unavailable(&e))?;
    Ok(value
        .get("publicKey")
        .cloned()
        .unwrap_or_default()
        .to_string())
}

fn keys(factors: &[Factor]) -> Vec<(&Factor, Passkey)> {
    factors
        .iter()
        .filter(|f| f.kind == FactorKind::Passkey && f.disabled_at.is_none())
        .filter_map(|f| Some((f, serde_json::from_slice(&f.secret).ok()?)))
        .collect()
}

fn base64url(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

/// Whether the answer was given to a page of ours and to no frame in another:
/// the library asks for that at registration alone, and for `topOrigin` never.
fn stands_alone(client_data: &[u8]) -> bool {
    serde_json::from_slice::<Value>(client_data).is_ok_and(|data| {
        let crosses = data.get("crossOrigin");
        crosses.is_none_or(|crosses| *crosses == Value::Bool(false))
            && data.get("topOrigin").is_none()
    })
}

/// Reads an answer that does not contradict itself.
fn read(credential: &str) -> Option<PublicKeyCredential> {
    let credential: PublicKeyCredential = serde_json::from_str(credential).ok()?;
    let agrees = credential.id == base64url(&credential.raw_id);
    let whole = whole::is_whole(&credential.response.authenticator_data);
    (agrees && whole && stands_alone(&credential.response.client_data_json)).then_some(credential)
}

fn names(handle: &[u8], person: &PersonId) -> bool {
    Uuid::parse_str(person.as_str()).is_ok_and(|id| id.as_bytes() == handle)
}

/// Where the counter of a stored passkey stands; the library does not say.
fn counter(factor: &Factor) -> u64 {
    let record = serde_json::from_slice::<Value>(&factor.secret).unwrap_or_default();
    record["cred"]["counter"].as_u64().unwrap_or(0)
}

/// Asks for a passkey of a known person; options and state go to `extras`.
///
/// # Errors
/// The database could not.
pub async fn ask(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    person: &PersonId,
    extras: &mut Extras,
) -> Result<(), Failure> {
    let factors = tx.factors(person).await?;
    let keys: Vec<_> = keys(&factors).into_iter().map(|(_, key)| key).collect();
    let (options, state) = ctx
        .services
        .webauthn
        .start_passkey_authentication(&keys)
        .map_err(|e| Failure::unavailable(&e))?;
    extras.passkey_options = Some(public_key(&options)?);
    extras.passkey_state = Some(waiting(ctx, state)?);
    Ok(())
}

/// Evaluates the answer of a known person's passkey; gives the factor and its
/// new record.
///
/// # Errors
/// The record could not be written as JSON.
pub fn answer(
    ctx: Ctx<'_>,
    factors: &[Factor],
    credential: &str,
    extras: &Extras,
) -> Result<Result<(FactorId, Vec<u8>), Refused>, Failure> {
    let Some(state) = still_waiting::<PasskeyAuthentication>(ctx, extras) else {
        return Ok(Err(Refused::Code(Code::StartAgain)));
    };
    let failed = Ok(Err(Refused::Code(Code::PasskeyFailed)));
    let Some(credential) = read(credential) else {
        return failed;
    };
    let found = keys(factors)
        .into_iter()
        .find(|(_, key)| key.cred_id().as_slice() == credential.get_credential_id());
    let Some((factor, mut key)) = found else {
        return Ok(Err(Refused::Code(Code::PasskeyUnknown)));
    };
    let handle = credential.get_user_unique_id();
    if handle.is_some_and(|handle| !names(handle, &factor.person)) {
        return failed;
    }
    let webauthn = &ctx.services.webauthn;
    match webauthn.finish_passkey_authentication(&credential, &state) {
        Ok(result) => {
            // The library compares with the counter of when it was asked.
            let known = counter(factor);
            if known > 0 && u64::from(result.counter()) <= known {
                return Ok(Err(Refused::Cloned(factor.id.clone())));
            }
            key.update_credential(&result);
            let record = serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?;
            Ok(Ok((factor.id.clone(), record)))
        }
        Err(WebauthnError::CredentialPossibleCompromise) => {
            Ok(Err(Refused::Cloned(factor.id.clone())))
        }
        Err(_) => failed,
    }
}

/// What anybody's passkey is asked.
pub struct Question {
    /// Options for the browser.
    pub options: String,
    /// The challenge in them, base64url: the name of this question.
    pub challenge: String,
    /// What is kept to evaluate the answer.
    pub state: String,
}

/// Draws up a question for anybody's passkey (a button, or the browser's autofill).
///
/// # Errors
/// The library could not.
pub fn discover(ctx: Ctx<'_>) -> Result<Question, Failure> {
    let (options, state) = ctx
        .services
        .webauthn
        .start_discoverable_authentication()
        .map_err(|e| Failure::unavailable(&e))?;
    Ok(Question {
        options: public_key(&options)?,
        challenge: base64url(options.public_key.challenge.as_ref()),
        state: json(&state)?,
    })
}

/// Which question an answer names: the challenge, base64url. It is read from answers that
/// contradict themselves as well, for they take their question with them.
pub fn answers(credential: &str) -> Option<String> {
    let credential: PublicKeyCredential = serde_json::from_str(credential).ok()?;
    let data: Value = serde_json::from_slice(&credential.response.client_data_json).ok()?;
    let challenge = data.get("challenge")?.as_str()?;
    // It becomes a key of the database, which takes no NUL.
    let bytes = data_encoding::BASE64URL_NOPAD.decode(challenge.as_bytes());
    (bytes.ok()?.len() == CHALLENGE_BYTES).then(|| challenge.to_owned())
}

/// Which credential answered, as the answer itself says. Nothing is proven yet.
pub fn claims(credential: &str) -> Option<String> {
    Some(base64url(read(credential)?.get_credential_id()))
}

/// Evaluates the answer to [`discover`] with the stored credential; gives its
/// new record.
///
/// # Errors
/// The record could not be written as JSON.
pub fn discovered(
    ctx: Ctx<'_>,
    factor: &Factor,
    state: &str,
    credential: &str,
) -> Result<Result<Vec<u8>, Refused>, Failure> {
    let failed = Ok(Err(Refused::Code(Code::PasskeyFailed)));
    let (Ok(state), Some(credential), Ok(mut key)) = (
        serde_json::from_str::<DiscoverableAuthentication>(state),
        read(credential),
        serde_json::from_slice::<Passkey>(&factor.secret),
    ) else {
        return failed;
    };
    let handle = credential.get_user_unique_id();
    if !handle.is_some_and(|handle| names(handle, &factor.person)) {
        return failed;
    }
    let webauthn = &ctx.services.webauthn;
    match webauthn.finish_discoverable_authentication_v2(&credential, state, &key) {
        Ok(result) => {
            key.update_credential(&result);
            Ok(Ok(
                serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?
            ))
        }
        Err(WebauthnError::CredentialPossibleCompromise) if factor.disabled_at.is_none() => {
            Ok(Err(Refused::Cloned(factor.id.clone())))
        }
        Err(_) => failed,
    }
}

/// Bytes of `user.name` and `user.displayName` that every authenticator keeps (WebAuthn
/// Level 3, 6.4.1): of a longer one each cuts what it likes, and that would be the realm.
const NAME_BYTES: usize = 64;

/// The login and the realm, the login cut at a character where both do not fit.
fn user_name(login: &str, realm: &str) -> String {
    const CUT: char = '…';
    let tail = format!(" ({realm})");
    let room = NAME_BYTES.saturating_sub(tail.len());
    if login.len() <= room {
        return format!("{login}{tail}");
    }
    let mut kept = String::new();
    for c in login.chars() {
        if kept.len() + c.len_utf8() + CUT.len_utf8() > room {
            break;
        }
        kept.push(c);
    }
    format!("{kept}{CUT}{tail}")
}

/// Draws up options to make a passkey: options for the browser, and the state.
///
/// # Errors
/// The person's id is no UUID, or the library could not.
pub fn create(ctx: Ctx<'_>, who: &Person, factors: &[Factor]) -> Result<(String, String), Failure> {
    let handle = Uuid::parse_str(who.id.as_str()).map_err(|e| Failure::unavailable(&e))?;
    let mine = keys(factors)
        .into_iter()
        .map(|(_, key)| key.cred_id().clone())
        .collect();
    // The user name shows the realm: five realms share one RP ID.
    let name = user_name(&who.login, ctx.realm.name.get(who.lang));
    let (mut options, state) = ctx
        .services
        .webauthn
        .start_passkey_registration(handle, &name, &name, Some(mine))
        .map_err(|e| Failure::unavailable(&e))?;
    // Without this the browser may make a credential that autofill never
    // offers (w3c/webauthn#1822); the library's default is "discouraged".
    if let Some(selection) = options.public_key.authenticator_selection.as_mut() {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    Ok((public_key(&options)?, waiting(ctx, state)?))
}

/// Evaluates a new passkey; gives credential id and record.
///
/// # Errors
/// The record could not be written as JSON.
pub fn created(
    ctx: Ctx<'_>,
    extras: &Extras,
    credential: &str,
) -> Result<Result<(String, Vec<u8>), Code>, Failure> {
    let Some(state) = still_waiting::<PasskeyRegistration>(ctx, extras) else {
        return Ok(Err(Code::StartAgain));
    };
    let Ok(credential) = serde_json::from_str::<RegisterPublicKeyCredential>(credential) else {
        return Ok(Err(Code::PasskeyFailed));
    };
    if credential.id != base64url(&credential.raw_id)
        || !stands_alone(&credential.response.client_data_json)
        || !whole::is_whole_attestation(&credential.response.attestation_object)
    {
        return Ok(Err(Code::PasskeyFailed));
    }
    let webauthn = &ctx.services.webauthn;
    match webauthn.finish_passkey_registration(&credential, &state) {
        Ok(key) => {
            let record = serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?;
            Ok(Ok((base64url(key.cred_id()), record)))
        }
        Err(_) => Ok(Err(Code::PasskeyFailed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_that_fits_is_whole() {
        assert_eq!(user_name("Q471108", "Workforce"), "Q471108 (Workforce)");
    }

    proptest! {
        #[test]
        fn a_long_name_keeps_its_beginning_and_its_realm(login in "\\PC{1,254}", realm in "[A-Za-z ]{3,30}") {
            let name = user_name(&login, &realm);
            let tail = format!(" ({realm})");
            prop_assert!(name.len() <= NAME_BYTES, "{name}");
            prop_assert!(name.ends_with(&tail), "{name}");
            let head = name.trim_end_matches(&tail).trim_end_matches('…');
            prop_assert!(login.starts_with(head), "{name}");
        }
    }
}
