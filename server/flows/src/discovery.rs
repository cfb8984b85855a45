//! A passkey that answers for whoever it belongs to: nobody was asked by name, so that
//! a page tells nobody who has one (WebAuthn Level 3, 7.2, discoverable credentials).

use crate::{
    Cookie, Failure, Request, Services,
    ceremony::{self, Ctx},
    passkeys, proof,
    throttle::{self, Tries, Whose},
};
use domain::{
    FactorKind,
    ids::PersonId,
    paths,
    records::{Factor, Person},
    refusal::Code,
};

/// Somebody whose passkey answered.
pub struct Found {
    /// Who.
    pub who: Person,
    /// The passkey.
    pub factor: Factor,
    /// Its new record.
    pub record: Vec<u8>,
    /// The tries to give back.
    pub tries: Tries,
}

/// Why nobody was found: whose passkey it seems to be, and what is told.
pub type Nobody = (Option<PersonId>, Code);

/// Options for anybody's passkey, for the button and the autofill.
///
/// # Errors
/// The database could not; [`Failure::NotFound`] where no passkey signs in.
pub async fn options(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<(String, Vec<Cookie>), Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    if !realm.firsts().contains(&FactorKind::Passkey) {
        return Err(Failure::NotFound);
    }
    let question = passkeys::discover(ctx)?;
    let cookies = ceremony::keep_discovery(ctx, &question.challenge, &question.state).await?;
    Ok((question.options, cookies))
}

/// Evaluates the answer of anybody's passkey to a question of this browser, which is
/// taken out before anything else is looked at (XD01).
///
/// # Errors
/// The database could not.
pub async fn answer(ctx: Ctx<'_>, credential: &str) -> Result<Result<Found, Nobody>, Failure> {
    let Some(challenge) = passkeys::answers(credential) else {
        return Ok(Err((None, Code::PasskeyFailed)));
    };
    let state = ceremony::take_discovery(ctx, &challenge).await?;
    evaluate(ctx, state, credential).await
}

/// Evaluates the answer of anybody's passkey to a question whose `state` was taken out
/// before (XD01); `None` where another request was faster.
///
/// # Errors
/// The database could not.
pub async fn evaluate(
    ctx: Ctx<'_>,
    state: Option<String>,
    credential: &str,
) -> Result<Result<Found, Nobody>, Failure> {
    let Some(state) = state else {
        return Ok(Err((None, Code::StartAgain)));
    };
    let Some(id) = passkeys::claims(credential) else {
        return Ok(Err((None, Code::PasskeyFailed)));
    };
    let mut conn = ctx.services.store.read().await?;
    let factor = conn.factor_by_credential(&id).await?;
    let who = match &factor {
        Some(factor) => conn.person(&factor.person).await?,
        None => None,
    };
    drop(conn);
    let (Some(factor), Some(who)) = (factor, who) else {
        return Ok(Err((None, Code::PasskeyUnknown)));
    };
    let (whose, kind) = (Whose::Person(&who.id), FactorKind::Passkey);
    let tries = match throttle::take(ctx.services, ctx.request, whose, kind).await? {
        Ok(tries) => tries,
        Err(code) => return Ok(Err((Some(who.id), code))),
    };
    let record = match passkeys::discovered(ctx, &factor, &state, credential)? {
        // Only who verified hears that the key is another realm's, or disabled.
        Ok(_) if who.realm != ctx.realm.slug => {
            let other = ctx.services.realm(who.realm.as_str())?;
            let lang = ctx.request.lang(Some(ctx.realm));
            let code = Code::OtherRealm {
                name: other.name.get(lang).to_owned(),
                path: paths::sign_in(&other.slug),
            };
            return Ok(Err((Some(who.id), code)));
        }
        Ok(_) if factor.disabled_at.is_some() || !who.is_enabled() => {
            return Ok(Err((Some(who.id), Code::PasskeyFailed)));
        }
        Ok(record) => record,
        Err(refused) => {
            let code = proof::passkey_refused(ctx, &who, refused).await?;
            return Ok(Err((Some(who.id), code)));
        }
    };
    Ok(Ok(Found {
        who,
        factor,
        record,
        tries,
    }))
}
