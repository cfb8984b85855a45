//! Passkeys (WebAuthn Level 3): one RP ID for all realms, the user handle is
//! the person's id. A challenge is answered once: the state goes with its row.

use crate::{
    Failure,
    ceremony::{Ctx, Extras},
};
use domain::{
    FactorKind,
    ids::{FactorId, PersonId},
    records::{Factor, Person},
    refusal::Code,
};
use store::Conn;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid,
};
use webauthn_rs_proto::ResidentKeyRequirement;

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

fn credential_id(id: &CredentialID) -> String {
    data_encoding::BASE64URL_NOPAD.encode(id.as_ref())
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
    extras.passkey_state = Some(json(&state)?);
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
) -> Result<Result<(FactorId, Vec<u8>), Code>, Failure> {
    let Some(state) = extras
        .passkey_state
        .as_deref()
        .and_then(|s| serde_json::from_str::<PasskeyAuthentication>(s).ok())
    else {
        return Ok(Err(Code::StartAgain));
    };
    let Ok(credential) = serde_json::from_str::<PublicKeyCredential>(credential) else {
        return Ok(Err(Code::PasskeyFailed));
    };
    let Ok(result) = ctx
        .services
        .webauthn
        .finish_passkey_authentication(&credential, &state)
    else {
        return Ok(Err(Code::PasskeyFailed));
    };
    for (factor, mut key) in keys(factors) {
        if key.cred_id() == result.cred_id() {
            key.update_credential(&result);
            let record = serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?;
            return Ok(Ok((factor.id.clone(), record)));
        }
    }
    Ok(Err(Code::PasskeyUnknown))
}

/// Draws up options for anybody's passkey (a button, or the browser's
/// autofill): options for the browser, and the state to keep.
///
/// # Errors
/// The library could not.
pub fn discover(ctx: Ctx<'_>) -> Result<(String, String), Failure> {
    let (options, state) = ctx
        .services
        .webauthn
        .start_discoverable_authentication()
        .map_err(|e| Failure::unavailable(&e))?;
    Ok((public_key(&options)?, json(&state)?))
}

/// Whose passkey answered: the credential id and the person, as the answer
/// itself says. Nothing is proven yet.
pub fn claims(credential: &str) -> Option<(String, PersonId)> {
    let credential = serde_json::from_str::<PublicKeyCredential>(credential).ok()?;
    let person = Uuid::from_slice(credential.get_user_unique_id()?).ok()?;
    let id = data_encoding::BASE64URL_NOPAD.encode(credential.get_credential_id());
    Some((id, PersonId::new(person.to_string())))
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
) -> Result<Result<Vec<u8>, Code>, Failure> {
    let (Ok(state), Ok(credential), Ok(mut key)) = (
        serde_json::from_str::<DiscoverableAuthentication>(state),
        serde_json::from_str::<PublicKeyCredential>(credential),
        serde_json::from_slice::<Passkey>(&factor.secret),
    ) else {
        return Ok(Err(Code::PasskeyFailed));
    };
    match ctx
        .services
        .webauthn
        .finish_discoverable_authentication_v2(&credential, state, &key)
    {
        Ok(result) => {
            key.update_credential(&result);
            Ok(Ok(
                serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?
            ))
        }
        Err(_) => Ok(Err(Code::PasskeyFailed)),
    }
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
    let name = format!("{} ({})", who.login, ctx.realm.name.get(who.lang));
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
    Ok((public_key(&options)?, json(&state)?))
}

/// Evaluates a new passkey; gives credential id and record.
///
/// # Errors
/// The record could not be written as JSON.
pub fn created(
    ctx: Ctx<'_>,
    state: &str,
    credential: &str,
) -> Result<Result<(String, Vec<u8>), Code>, Failure> {
    let (Ok(state), Ok(credential)) = (
        serde_json::from_str::<PasskeyRegistration>(state),
        serde_json::from_str::<RegisterPublicKeyCredential>(credential),
    ) else {
        return Ok(Err(Code::PasskeyFailed));
    };
    match ctx
        .services
        .webauthn
        .finish_passkey_registration(&credential, &state)
    {
        Ok(key) => {
            let record = serde_json::to_vec(&key).map_err(|e| Failure::unavailable(&e))?;
            Ok(Ok((credential_id(key.cred_id()), record)))
        }
        Err(_) => Ok(Err(Code::PasskeyFailed)),
    }
}
