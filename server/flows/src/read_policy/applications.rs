//! Applications, in words.

use super::{Listing, Row};
use domain::{
    Lang,
    oidc::{Kind, Scope},
};
use words::read_policy as say;

pub(super) fn rows(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    if list.realm.applications.is_empty() {
        let none = say::applications_none(lang);
        return vec![list.row("applications", say::applications(lang), none)];
    }
    let mut out = Vec::new();
    for (n, app) in list.realm.applications.iter().enumerate() {
        let name = app.name.get(lang);
        let mut row = |key: &str, what: &str, value: String| {
            let key = format!("applications.{n}.{key}");
            out.push(list.row(&key, say::of_application(name, what), value));
        };
        let or_none = |texts: &[String]| match texts {
            [] => say::none(lang).to_owned(),
            texts => texts.join(", "),
        };
        row("name", say::name(lang), say::both(&app.name));
        row("id", "client_id", app.id.clone());
        row("url", say::app_url(lang), app.url.clone());
        let redirects = or_none(&app.redirect_uris);
        row("redirect_uris", say::app_redirects(lang), redirects);
        let after = or_none(&app.post_logout_redirect_uris);
        row("post_logout_redirect_uris", say::app_after(lang), after);
        let hears = or_none(app.backchannel_logout_uri.as_slice());
        row("backchannel_logout_uri", say::app_hears(lang), hears);
        let client = match app.kind {
            Kind::Public => say::app_public(lang),
            Kind::Confidential => say::app_confidential(lang),
            Kind::Proxied => say::app_proxied(lang),
        };
        row("client", say::app_client(lang), client.to_owned());
        // How many, never which: the page is no place to copy a hash from.
        let secrets = app.secrets.len().to_string();
        row("secret_sha256", say::app_secrets(lang), secrets);
        let signing = app.signing.name().to_owned();
        row("signing", say::app_signing(lang), signing);
        row("scopes", say::app_scopes(lang), Scope::join(&app.scopes));
        let consent = if app.consent {
            say::app_asked(lang)
        } else {
            say::app_unasked(lang)
        };
        row("consent", say::app_consent(lang), consent.to_owned());
        let chains: Vec<_> = (app.chains.iter())
            .map(|c| {
                let days = say::app_days(lang, &c.from, &c.before);
                format!("{} ({}){days}", say::chain(lang, &c.kinds), c.acr)
            })
            .collect();
        let chains = if app.is_strict {
            chains.join("; ")
        } else {
            say::app_all(lang).to_owned()
        };
        row("chains", say::app_chains(lang), chains);
        let since = match app.since.as_str() {
            "" => say::not_set(lang),
            day => day,
        };
        row("since", say::app_since(lang), since.to_owned());
    }
    out
}
