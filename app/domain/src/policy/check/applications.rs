//! Applications: addresses to which nothing can be carried off, secrets that are none,
//! chains that the realm has.

use super::{Faults, factor};
use crate::{
    FactorKind,
    oidc::{Alg, AppChain, Application, Kind, Scope, acr_name, is_client_id, is_safe, proxied},
    policy::file::{ApplicationText, File},
    time::is_date,
};
use toml::Spanned;

/// Reads the applications.
pub(in crate::policy) fn applications(
    file: &File,
    chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Vec<Application> {
    let mut out: Vec<Application> = Vec::new();
    for text in &file.applications {
        let app = application(text, chains, faults);
        if out.iter().any(|other| other.id == app.id) {
            faults.at(&text.id.span(), "an application with this id stands above");
        }
        let same_host = |other: &Application| other.is_proxied() && other.origin() == app.origin();
        if app.is_proxied() && out.iter().any(same_host) {
            faults.at(
                &text.url.span(),
                "another application behind a proxy has this origin: nobody could tell which is meant",
            );
        }
        out.push(app);
    }
    out
}

fn application(
    text: &ApplicationText,
    realm_chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> Application {
    let id = text.id.as_ref();
    if !is_client_id(id) {
        faults.at(
            &text.id.span(),
            "an application's id has 1 to 64 of the characters A-Z a-z 0-9 - _ .",
        );
    }
    let name = text.name.as_ref();
    if name.en.trim().is_empty() || name.de.trim().is_empty() {
        faults.at(
            &text.name.span(),
            "a text is empty in one of the two languages",
        );
    }
    if !is_safe(text.url.as_ref()) {
        faults.at(&text.url.span(), ADDRESS);
    }
    if let Some(uri) = &text.backchannel_logout_uri
        && !is_safe(uri.as_ref())
    {
        faults.at(&uri.span(), ADDRESS);
    }
    let (chains, is_strict) = chains(text, realm_chains, faults);
    if let Some(since) = &text.since {
        if !is_date(since.as_ref()) {
            faults.at(&since.span(), "a day is written YYYY-MM-DD");
        } else if !is_strict {
            faults.at(
                &since.span(),
                "since says from when the application's own chains are asked for, and it has none",
            );
        }
    }
    let signing = text.signing.as_ref().map(|alg| {
        let found = Alg::parse(alg.as_ref());
        if found.is_none() {
            faults.at(&alg.span(), "signing is \"ES256\" or \"RS256\"");
        }
        found.unwrap_or_default()
    });
    let redirect_uris = redirects(text, faults);
    let mut app = Application {
        id: id.clone(),
        name: text.name.as_ref().into(),
        kind: *text.client.as_ref(),
        url: text.url.as_ref().clone(),
        redirect_uris,
        post_logout_redirect_uris: addresses(&text.post_logout_redirect_uris, faults),
        backchannel_logout_uri: text
            .backchannel_logout_uri
            .as_ref()
            .map(|uri| uri.as_ref().clone()),
        secrets: secrets(text, faults),
        signing: signing.unwrap_or_default(),
        scopes: scopes(text, faults),
        consent: text.consent,
        chains,
        is_strict,
        since: text
            .since
            .as_ref()
            .map(|since| since.as_ref().clone())
            .unwrap_or_default(),
    };
    every_day(&app, text, faults);
    if app.is_proxied() {
        knows_no_protocol(text, faults);
        app.redirect_uris = vec![proxied::arrival(&app)];
    }
    app
}

/// What only applications have that speak OpenID Connect.
fn knows_no_protocol(text: &ApplicationText, faults: &mut Faults<'_>) {
    let spans = [
        text.redirect_uris.as_ref().map(Spanned::span),
        text.post_logout_redirect_uris.first().map(Spanned::span),
        text.backchannel_logout_uri.as_ref().map(Spanned::span),
        text.signing.as_ref().map(Spanned::span),
    ];
    for span in spans.into_iter().flatten() {
        faults.at(
            &span,
            "an application behind a proxy (client = \"proxied\") knows no protocol and has no such thing",
        );
    }
}

/// Where codes go: at least somewhere, for who takes codes.
fn redirects(text: &ApplicationText, faults: &mut Faults<'_>) -> Vec<String> {
    match &text.redirect_uris {
        Some(uris) => {
            if uris.as_ref().is_empty() {
                faults.at(
                    &uris.span(),
                    "redirect_uris is empty: nobody could ever come back to the application",
                );
            }
            addresses(uris.as_ref(), faults)
        }
        None => {
            if *text.client.as_ref() != Kind::Proxied {
                faults.at(
                    &text.client.span(),
                    "redirect_uris is missing: nobody could ever come back to the application",
                );
            }
            Vec::new()
        }
    }
}

const ADDRESS: &str = "an address of an application is https://, or http:// on this machine (localhost, 127.0.0.1, [::1]), without a fragment";

fn addresses(texts: &[Spanned<String>], faults: &mut Faults<'_>) -> Vec<String> {
    for text in texts {
        if !is_safe(text.as_ref()) {
            faults.at(&text.span(), ADDRESS);
        }
    }
    texts.iter().map(|text| text.as_ref().clone()).collect()
}

/// A secret stands in the file as its hash. It was drawn, not thought up, so a fast
/// hash keeps it: there is nothing to guess, and who asks for tokens all day would wait
/// for a slow one.
fn secrets(text: &ApplicationText, faults: &mut Faults<'_>) -> Vec<String> {
    let keeps_one = *text.client.as_ref() == Kind::Confidential;
    match (keeps_one, text.secret_sha256.first()) {
        (false, Some(secret)) => {
            faults.at(&secret.span(), "only a confidential client keeps a secret");
        }
        (true, None) => faults.at(
            &text.client.span(),
            "a confidential client has a secret: secret_sha256 holds its SHA-256",
        ),
        _ => {}
    }
    for secret in &text.secret_sha256 {
        let is_hash = secret.as_ref().len() == 64
            && secret
                .as_ref()
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !is_hash {
            // Not repeated in the message: it may be a secret in clear.
            faults.at(
                &secret.span(),
                "secret_sha256 holds SHA-256 hashes, 64 characters of lower-case hex, and never a secret itself",
            );
        }
    }
    let secrets = text.secret_sha256.iter();
    secrets.map(|secret| secret.as_ref().clone()).collect()
}

fn scopes(text: &ApplicationText, faults: &mut Faults<'_>) -> Vec<Scope> {
    let is_proxied = *text.client.as_ref() == Kind::Proxied;
    let Some(scopes) = &text.scopes else {
        if is_proxied {
            return vec![Scope::OpenId, Scope::Profile, Scope::Email];
        }
        faults.at(
            &text.client.span(),
            "scopes is missing: it holds at least \"openid\"",
        );
        return Vec::new();
    };
    let mut out = Vec::new();
    for name in scopes.as_ref() {
        match Scope::parse(name.as_ref()) {
            Some(scope) if out.contains(&scope) => {
                faults.at(&name.span(), "this scope stands here twice");
            }
            Some(Scope::OfflineAccess) if is_proxied => faults.at(
                &name.span(),
                "an application behind a proxy learns who is there with every request, and nothing when nobody is",
            ),
            Some(scope) => out.push(scope),
            None => faults.at(
                &name.span(),
                format!(
                    "there is no scope \"{}\"; it is one of {}",
                    name.as_ref(),
                    Scope::ALL.map(Scope::name).join(", ")
                ),
            ),
        }
    }
    if !out.contains(&Scope::OpenId) {
        faults.at(
            &scopes.span(),
            "scopes holds \"openid\": without it nobody signs in",
        );
    }
    out
}

/// The chains that open an application; the second answer says that they are its own.
fn chains(
    text: &ApplicationText,
    realm_chains: &[Vec<FactorKind>],
    faults: &mut Faults<'_>,
) -> (Vec<AppChain>, bool) {
    let Some(own) = &text.chains else {
        let all = realm_chains.iter().map(|kinds| AppChain {
            acr: acr_name(kinds),
            kinds: kinds.clone(),
            from: String::new(),
            before: String::new(),
        });
        return (all.collect(), false);
    };
    let mut out: Vec<AppChain> = Vec::new();
    for chain in own.as_ref() {
        let mut kinds = Vec::new();
        for name in chain.factors.as_ref() {
            kinds.extend(factor(name, faults));
        }
        if !realm_chains.contains(&kinds) {
            faults.at(
                &chain.factors.span(),
                "sign_in.chains has no such chain: nobody could prove it",
            );
        }
        if out.iter().any(|other| other.kinds == kinds) {
            faults.at(&chain.factors.span(), "this chain stands here twice");
        }
        let acr = chain.acr.as_ref();
        if let Some(acr) = acr
            && !is_word(acr.as_ref())
        {
            faults.at(
                &acr.span(),
                "an acr is a word of 1 to 128 visible characters without spaces",
            );
        }
        let from = day(chain.from.as_ref(), faults);
        let before = day(chain.before.as_ref(), faults);
        if let Some(text) = &chain.before
            && before <= from
        {
            faults.at(
                &text.span(),
                "this chain never counts: before is not after from",
            );
        }
        out.push(AppChain {
            acr: acr.map_or_else(|| acr_name(&kinds), |acr| acr.as_ref().clone()),
            kinds,
            from,
            before,
        });
    }
    if out.is_empty() {
        faults.at(
            &own.span(),
            "chains is empty: nobody could ever open the application",
        );
    }
    (out, true)
}

/// A day of a chain; empty where none stands.
fn day(text: Option<&Spanned<String>>, faults: &mut Faults<'_>) -> String {
    let Some(text) = text else {
        return String::new();
    };
    if !is_date(text.as_ref()) {
        faults.at(&text.span(), "a day is written YYYY-MM-DD");
    }
    text.as_ref().clone()
}

/// From the day on which an application asks for its own chains, one of them has to count
/// on every day.
fn every_day(app: &Application, text: &ApplicationText, faults: &mut Faults<'_>) {
    let Some(own) = &text.chains else { return };
    if app.chains.is_empty() {
        return;
    }
    if let Some(day) = app.shut_on() {
        let when = if day.is_empty() {
            "today".to_owned()
        } else {
            format!("on {day}")
        };
        faults.at(
            &own.span(),
            format!("{when} no chain counts: nobody could open the application"),
        );
    }
}

fn is_word(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
}
