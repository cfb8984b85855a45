//! Who is behind a request to an application that knows no protocol: its proxy asks us
//! each time (`domain::oidc::proxied` says how).
//!
//! The browser has a cookie of ours on the host of the application, which the proxy hands
//! on. It is a token of the grant that the sign-in made, so it dies with the session, the
//! account, its epoch; a look at it changes nothing.

use super::{
    authorize::{Answer, begin},
    provider, token,
};
use crate::{Cookie, Fact, Failure, Request, Services, ceremony::Ctx, request::token_hash, when};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    oidc::{
        Application, NewToken, Scope, TokenKind, is_challenge,
        proxied::{self, Visit},
    },
    policy::Realm,
    secret::Secret,
};
use sha2::{Digest, Sha256};

/// Says who somebody is, on the host of an application and nowhere else.
pub const COOKIE: &str = "__Host-rekey";
/// What a ticket is bound to until it has arrived.
pub const START: &str = "__Host-rekey-start";

/// Who is there: what the application may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The number that stands for the person and never changes.
    pub id: String,
    /// The login.
    pub user: String,
    /// The name; empty where the application may not know it.
    pub name: String,
    /// An address that a code reached; empty where there is none.
    pub email: String,
}

/// What a proxy hears.
#[derive(Clone, Debug)]
pub enum Checked {
    /// Go on: it is this person.
    Known(Identity),
    /// Nobody whom we know; a person who opens a page is led to `to`.
    Unknown {
        /// Where to, and what the browser keeps on the way.
        to: Option<(String, Vec<Cookie>)>,
    },
    /// No application of the realm has this host.
    Foreign,
}

/// Answers a proxy that is believed; `parameters` are those of the address that was asked
/// for.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn check(
    services: &Services,
    request: &Request,
    slug: &str,
    visit: &Visit,
    parameters: &[(String, String)],
) -> Result<Checked, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let Some(app) = visit.application(&realm) else {
        return Ok(Checked::Foreign);
    };
    match visit.path() {
        proxied::ARRIVE => return arrive(ctx, app, visit, parameters).await,
        proxied::LEAVE => {
            let query = [("client_id", app.id.as_str())];
            let to = super::with_query(&services.url(&format!("/{slug}/oidc/logout")), &query);
            return Ok(led(to, vec![gone(COOKIE)]));
        }
        _ => {}
    }
    if let Some(identity) = known(ctx, app).await? {
        return Ok(Checked::Known(identity));
    }
    let to = visit.opens_page.then(|| start(ctx, app, visit));
    Ok(Checked::Unknown { to })
}

/// Who the cookie speaks of, if they may open the application as they are.
async fn known(ctx: Ctx<'_>, app: &Application) -> Result<Option<Identity>, Failure> {
    let (services, slug) = (ctx.services, &ctx.realm.slug);
    let Some(token) = ctx.request.cookie(COOKIE) else {
        return Ok(None);
    };
    let (hash, now) = (token_hash(token), services.now());
    let mut conn = services.store.read().await?;
    let found = conn.oidc_proxied(&hash, slug, &app.id, now).await?;
    drop(conn);
    let Some(proven) = found else { return Ok(None) };
    // The application may ask for more than it did when the cookie was given.
    if !app.still_opens(&proven.acr, &when::day(ctx.realm, now)) {
        return Ok(None);
    }
    let given = Scope::split(&proven.scope);
    let may = |scope| given.contains(&scope) && app.scopes.contains(&scope);
    let who = &proven.person;
    let or_nothing = |opens: bool, text: &str| {
        let text = if opens { text } else { "" };
        proxied::header_text(text)
    };
    Ok(Some(Identity {
        id: who.id.as_str().to_owned(),
        user: proxied::header_text(&who.login),
        name: or_nothing(may(Scope::Profile), who.called()),
        email: or_nothing(may(Scope::Email) && proven.reached, &who.email),
    }))
}

/// The way to the sign-in. A browser that is on it already, in another tab, keeps the
/// secret that it has.
fn start(ctx: Ctx<'_>, app: &Application, visit: &Visit) -> (String, Vec<Cookie>) {
    let kept = ctx.request.cookie(START).filter(|s| is_challenge(s));
    let (secret, cookies) = match kept {
        Some(secret) => (Secret::new(secret.to_owned()), Vec::new()),
        None => {
            let secret = ctx.services.random.token();
            let cookie = cookie(START, secret.clone(), None);
            (secret, vec![cookie])
        }
    };
    let challenge = challenge(secret.reveal());
    // What nobody can be brought back to begins at the front.
    let to = if proxied::is_way_back(&visit.uri) {
        visit.uri.as_str()
    } else {
        "/"
    };
    let query = [
        ("app", app.id.as_str()),
        ("to", to),
        ("challenge", &challenge),
    ];
    let path = format!("/{}/forward-auth/start", ctx.realm.slug);
    (super::with_query(&ctx.services.url(&path), &query), cookies)
}

fn challenge(secret: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(secret.as_bytes()))
}

/// Somebody comes from an application to sign in, with their own browser at our own
/// address.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, [`Failure::BadRequest`] for what no
/// check of ours made, or the database could not.
pub async fn enter(
    services: &Services,
    request: &Request,
    slug: &str,
    parameters: &[(String, String)],
) -> Result<Answer, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let asked = application(&realm, parameters)
        .and_then(|app| proxied::asked(app, get(parameters, "to"), get(parameters, "challenge")));
    let Some(asked) = asked else {
        return Err(Failure::BadRequest("no request of an application"));
    };
    begin(ctx, asked).await
}

/// The start page of the application that a page of ours speaks of.
///
/// # Errors
/// [`Failure::NotFound`], or the database could not.
pub async fn stopped(
    services: &Services,
    slug: &str,
    parameters: &[(String, String)],
) -> Result<String, Failure> {
    let realm = provider(services, slug).await?;
    let app = application(&realm, parameters).ok_or(Failure::NotFound)?;
    Ok(app.url.clone())
}

fn application<'a>(realm: &'a Realm, parameters: &[(String, String)]) -> Option<&'a Application> {
    let app = realm.application(get(parameters, "app"))?;
    app.is_proxied().then_some(app)
}

fn get<'a>(parameters: &'a [(String, String)], name: &str) -> &'a str {
    let found = parameters.iter().find(|(n, _)| n == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// A ticket comes to the host of its application: used up there, once, by the browser
/// that asked for it.
async fn arrive(
    ctx: Ctx<'_>,
    app: &Application,
    visit: &Visit,
    parameters: &[(String, String)],
) -> Result<Checked, Failure> {
    let services = ctx.services;
    let stopped = || {
        let path = format!("/{}/forward-auth/stopped", ctx.realm.slug);
        let query = [("app", app.id.as_str())];
        let to = super::with_query(&services.url(&path), &query);
        Ok(led(to, vec![gone(START)]))
    };
    if !visit.opens_page {
        return Ok(Checked::Unknown { to: None });
    }
    let (ticket, to) = (get(parameters, "code"), get(parameters, "state"));
    let Some(secret) = ctx.request.cookie(START) else {
        // Another tab was faster: by now the browser is known.
        if proxied::is_way_back(to) && known(ctx, app).await?.is_some() {
            return Ok(led(format!("{}{to}", app.origin()), Vec::new()));
        }
        // Whoever has the address and not the browser that it was made for.
        if !ticket.is_empty() {
            token::misused(Fact::begin(ctx).await?, app, &token_hash(ticket), "ticket").await?;
        }
        return stopped();
    };
    if ticket.is_empty() || !proxied::is_way_back(to) {
        return stopped();
    }
    let (hash, now) = (token_hash(ticket), services.now());
    let (slug, arrival) = (&ctx.realm.slug, proxied::arrival(app));
    let mut fact = Fact::begin(ctx).await?;
    let taken = fact
        .tx()
        .oidc_code_take(&hash, slug, &app.id, &arrival, &challenge(secret), now)
        .await?;
    let Some((grant, _)) = taken else {
        token::misused(fact, app, &hash, "ticket").await?;
        return stopped();
    };
    let token = services.random.token();
    let kept = NewToken {
        hash: token_hash(token.reveal()),
        grant: grant.id.clone(),
        kind: TokenKind::Proxied,
        scope: grant.scope.clone(),
        created_at: now,
        // The session ends before that, and the cookie with it.
        expires_at: now.plus_seconds(ctx.realm.sessions.overall_minutes * 60),
    };
    fact.tx().oidc_token_insert(&kept).await?;
    fact.commit().await?;
    let cookies = vec![cookie(COOKIE, token, None), gone(START)];
    Ok(led(format!("{}{to}", app.origin()), cookies))
}

/// Writes down that somebody who is no proxy of ours asked like one, or a proxy for a
/// host that is none of ours.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn refused(
    services: &Services,
    request: &Request,
    slug: &str,
    why: &'static str,
) -> Result<(), Failure> {
    let realm = provider(services, slug).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    super::note_refused(ctx, why).await
}

const fn led(to: String, cookies: Vec<Cookie>) -> Checked {
    Checked::Unknown {
        to: Some((to, cookies)),
    }
}

fn cookie(name: &str, value: Secret, keep: Option<i64>) -> Cookie {
    Cookie {
        name: name.to_owned(),
        value,
        keep,
    }
}

fn gone(name: &str) -> Cookie {
    cookie(name, Secret::default(), Some(0))
}
