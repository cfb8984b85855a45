//! A program changes a code, or a refresh token, for tokens (RFC 6749, 4.1.3 and 6).

use super::{issuer, jwt, keys, provider};
use crate::{Fact, Failure, Request, Services, audit, ceremony::Ctx, request::token_hash, when};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    audit::{Action, Event},
    oidc::{
        ACCESS_SECONDS, Application, FAMILY_SECONDS, Grant, NewToken, REFRESH_SECONDS, Scope,
        TokenKind,
    },
    policy::Realm,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Why a program gets nothing (RFC 6749, 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// It makes no sense.
    InvalidRequest,
    /// The client is not who it says.
    InvalidClient,
    /// Code or token is worth nothing, or not to this client.
    InvalidGrant,
    /// Another grant than those two.
    UnsupportedGrantType,
    /// More than it was given.
    InvalidScope,
}

impl TokenError {
    /// Its name in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
        }
    }
}

/// What a program says of itself in its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// Nothing: it says it in the body, or is a public client.
    None,
    /// `client_secret_basic`: id and secret.
    Basic(String, String),
    /// Something that cannot be read.
    Unreadable,
}

/// Answers a program.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database or the vault could
/// not. What a program did wrong is the inner error.
pub async fn exchange(
    services: &Services,
    request: &Request,
    slug: &str,
    auth: &ClientAuth,
    form: &[(String, String)],
) -> Result<Result<Value, TokenError>, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let fields = match Fields::read(form) {
        Ok(fields) => fields,
        Err(error) => return Ok(Err(error)),
    };
    let app = match client(&realm, auth, &fields) {
        Ok(app) => app,
        Err(error) => {
            if error == TokenError::InvalidClient {
                super::note_refused(ctx, "a client that did not prove itself").await?;
            }
            return Ok(Err(error));
        }
    };
    match fields.get("grant_type") {
        Some("authorization_code") => by_code(ctx, app, &fields).await,
        Some("refresh_token") => by_refresh(ctx, app, &fields).await,
        Some(_) => Ok(Err(TokenError::UnsupportedGrantType)),
        None => Ok(Err(TokenError::InvalidRequest)),
    }
}

/// The fields of a form, none of them twice.
struct Fields<'a>(&'a [(String, String)]);

impl<'a> Fields<'a> {
    fn read(form: &'a [(String, String)]) -> Result<Self, TokenError> {
        for (n, (name, _)) in form.iter().enumerate() {
            if form[..n].iter().any(|(other, _)| other == name) {
                return Err(TokenError::InvalidRequest);
            }
        }
        Ok(Self(form))
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }
}

/// The client, which said who it is in one way and no more (RFC 6749, 2.3).
fn client<'a>(
    realm: &'a Realm,
    auth: &ClientAuth,
    fields: &Fields<'_>,
) -> Result<&'a Application, TokenError> {
    let (id, secret) = match auth {
        ClientAuth::Unreadable => return Err(TokenError::InvalidClient),
        ClientAuth::Basic(id, secret) => {
            if fields.get("client_secret").is_some()
                || fields.get("client_id").is_some_and(|other| other != id)
            {
                return Err(TokenError::InvalidRequest);
            }
            (id.as_str(), Some(secret.as_str()))
        }
        ClientAuth::None => {
            let id = fields.get("client_id").ok_or(TokenError::InvalidClient)?;
            (id, fields.get("client_secret"))
        }
    };
    let app = realm.application(id).ok_or(TokenError::InvalidClient)?;
    if app.is_proxied() {
        return Err(TokenError::InvalidClient);
    }
    let fits = match secret {
        None => app.is_public(),
        // Every secret is compared, so that the time tells nothing.
        Some(secret) => {
            let hash = token_hash(secret);
            let same = |kept: &String| bool::from(kept.as_bytes().ct_eq(hash.as_bytes()));
            app.secrets.iter().map(same).fold(false, |a, b| a | b)
        }
    };
    if fits {
        Ok(app)
    } else {
        Err(TokenError::InvalidClient)
    }
}

async fn by_code(
    ctx: Ctx<'_>,
    app: &Application,
    fields: &Fields<'_>,
) -> Result<Result<Value, TokenError>, Failure> {
    let given = (
        fields.get("code"),
        fields.get("redirect_uri"),
        fields.get("code_verifier"),
    );
    let (Some(code), Some(redirect_uri), Some(verifier)) = given else {
        // A copy of a code is known by being one, whatever is left out beside it.
        if let Some(code) = given.0 {
            misused(Fact::begin(ctx).await?, app, &token_hash(code), "code").await?;
        }
        return Ok(Err(TokenError::InvalidRequest));
    };
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()));
    // Made before the transaction: a first key is a transaction of its own.
    let signer = keys::signer(ctx.services, ctx.realm, app.signing).await?;
    let hash = token_hash(code);
    let now = ctx.services.now();
    let slug = &ctx.realm.slug;
    let mut fact = Fact::begin(ctx).await?;
    let taken = fact
        .tx()
        .oidc_code_take(&hash, slug, &app.id, redirect_uri, &challenge, now)
        .await?;
    let Some((grant, nonce)) = taken else {
        misused(fact, app, &hash, "code").await?;
        return Ok(Err(TokenError::InvalidGrant));
    };
    let scope = grant.scope.clone();
    let out = tokens(&mut fact, app, &signer, &grant, nonce.as_deref(), &scope).await?;
    fact.commit().await?;
    Ok(Ok(out))
}

async fn by_refresh(
    ctx: Ctx<'_>,
    app: &Application,
    fields: &Fields<'_>,
) -> Result<Result<Value, TokenError>, Failure> {
    let Some(token) = fields.get("refresh_token") else {
        return Ok(Err(TokenError::InvalidRequest));
    };
    let signer = keys::signer(ctx.services, ctx.realm, app.signing).await?;
    let hash = token_hash(token);
    let now = ctx.services.now();
    let oldest = now.plus_seconds(-FAMILY_SECONDS);
    let slug = &ctx.realm.slug;
    let mut fact = Fact::begin(ctx).await?;
    let taken = fact
        .tx()
        .oidc_refresh_take(&hash, slug, &app.id, oldest, now)
        .await?;
    // What an administrator took from the application is gone at once, and so is what was
    // given for less than it asks for today.
    let today = when::day(ctx.realm, now);
    let goes_on = |grant: &Grant| {
        app.scopes.contains(&Scope::OfflineAccess) && app.still_opens(&grant.acr, &today)
    };
    if taken.as_ref().is_some_and(|grant| !goes_on(grant)) {
        return Ok(Err(TokenError::InvalidGrant));
    }
    let Some(grant) = taken else {
        // One of two who have it is a thief, and nobody can tell which (RFC 9700,
        // 4.14.2): the whole family ends.
        if let Some(grant) = fact.tx().oidc_refresh_used(&hash).await? {
            revoke(fact, &grant, "refresh token").await?;
        }
        return Ok(Err(TokenError::InvalidGrant));
    };
    let scope = match fields.get("scope") {
        None => grant.scope.clone(),
        Some(less) => {
            let given = Scope::split(&grant.scope);
            let less = Scope::split(less);
            if less.is_empty() || !less.iter().all(|s| given.contains(s)) {
                // Nothing happened: the token still works.
                return Ok(Err(TokenError::InvalidScope));
            }
            Scope::join(&less)
        }
    };
    let out = tokens(&mut fact, app, &signer, &grant, None, &scope).await?;
    fact.commit().await?;
    Ok(Ok(out))
}

/// A code was refused. Of one that was used before, somebody has a copy: whoever was
/// first loses what it gave (RFC 6749, 4.1.2). Of one that was not and would work, somebody
/// holds it to whom it was not given, or without what belongs to it. One that never was is a
/// guess, and one that is over comes from somebody slow: both leave nothing behind.
pub(super) async fn misused(
    mut fact: Fact<'_>,
    app: &Application,
    hash: &str,
    what: &'static str,
) -> Result<(), Failure> {
    if let Some(grant) = fact.tx().oidc_code_used(hash).await? {
        return revoke(fact, &grant, what).await;
    }
    let now = fact.ctx().services.now();
    if let Some(grant) = fact.tx().oidc_code_unused(hash, now).await? {
        let why = if grant.client == app.id {
            "without what belongs to it"
        } else {
            "that was given to another"
        };
        let why = format!("{}: a {what} {why}", grant.client);
        let event = Event::refused(Action::ApplicationRefused, Some(grant.person.clone()));
        // A client has one code, and may try it as often as it likes.
        audit::record_seldom(&mut fact, &why, &event.because(why.clone())).await?;
        fact.commit().await?;
    }
    Ok(())
}

/// Ends a grant of which something was used twice. It commits although the answer is a
/// refusal.
async fn revoke(mut fact: Fact<'_>, grant: &Grant, what: &str) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    let event = Event::refused(Action::TokenReplayed, Some(grant.person.clone()))
        .because(format!("{} {what}", grant.client));
    if fact.tx().oidc_grant_revoke(&grant.id, now).await? {
        audit::record(&mut fact, None, &event).await?;
    } else {
        // There is nothing left to lose; that somebody goes on trying is counted.
        fact.counts(&event);
    }
    fact.commit().await
}

/// Makes the tokens of a grant.
async fn tokens(
    fact: &mut Fact<'_>,
    app: &Application,
    signer: &keys::Signer,
    grant: &Grant,
    nonce: Option<&str>,
    scope: &str,
) -> Result<Value, Failure> {
    let ctx = fact.ctx();
    let services = ctx.services;
    let now = services.now();
    let mut scopes = Scope::split(scope);
    scopes.retain(|scope| app.scopes.contains(scope));
    let scope = Scope::join(&scopes);
    let (iat, exp) = (now.seconds(), now.plus_seconds(ACCESS_SECONDS).seconds());
    let amr: Vec<&str> = grant.amr.split(' ').filter(|a| !a.is_empty()).collect();
    let iss = issuer(services, &ctx.realm.slug);
    let access = jwt::sign(
        signer,
        jwt::Typ::Access,
        &json!({
            "iss": iss, "sub": grant.person.as_str(), "aud": iss, "client_id": app.id,
            "iat": iat, "exp": exp, "jti": services.id(), "scope": scope,
            "auth_time": grant.auth_time.seconds(), "acr": grant.acr, "amr": amr,
        }),
    );
    let mut claims = json!({
        "iss": iss, "sub": grant.person.as_str(), "aud": app.id, "azp": app.id,
        "iat": iat, "exp": exp, "auth_time": grant.auth_time.seconds(),
        "acr": grant.acr, "amr": amr, "sid": grant.session.as_str(),
        "at_hash": jwt::half_hash(&access),
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    let mut out = json!({
        "access_token": access, "token_type": "Bearer", "expires_in": ACCESS_SECONDS,
        "scope": scope, "id_token": jwt::sign(signer, jwt::Typ::Id, &claims),
    });
    let token = |kind, text: &str, scope: &str, expires_at| NewToken {
        hash: token_hash(text),
        grant: grant.id.clone(),
        kind,
        scope: scope.to_owned(),
        created_at: now,
        expires_at,
    };
    let until = now.plus_seconds(ACCESS_SECONDS);
    let kept = token(TokenKind::Access, &access, &scope, until);
    fact.tx().oidc_token_insert(&kept).await?;
    if grant.offline && app.scopes.contains(&Scope::OfflineAccess) {
        let refresh = services.random.token();
        let family = grant.created_at.plus_seconds(FAMILY_SECONDS);
        let until = now.plus_seconds(REFRESH_SECONDS).min(family);
        let kept = token(TokenKind::Refresh, refresh.reveal(), &grant.scope, until);
        fact.tx().oidc_token_insert(&kept).await?;
        out["refresh_token"] = json!(refresh.reveal());
    }
    Ok(out)
}
