//! An application that administrators register by a page: judged by the same rules as
//! one in a policy file, with what is wrong at its field.

use super::{Alg, Application, Kind, OwnChain, Scope, is_client_id, is_safe, own_chains, proxied};
use crate::{
    Timestamp,
    ids::RealmSlug,
    policy::{Both, Realm},
    refusal::{Code, Field, Refusal},
};
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
const MOST_NAME: usize = 64;
/// The most addresses of a kind.
const MOST_ADDRESSES: usize = 20;

/// What is said of an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name for people.
    pub name: Both,
    /// Its start page.
    pub url: String,
    /// Where codes may go.
    pub redirect_uris: Vec<String>,
    /// Where people may go who signed out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it hears that a session ended.
    pub backchannel_logout_uri: Option<String>,
    /// How its tokens are signed.
    pub signing: String,
    /// What it may ask for, as [`Scope::join`] writes it.
    pub scopes: String,
    /// People are asked before it hears of them.
    pub consent: bool,
    /// Chains that alone open it; none for every chain of the realm.
    #[serde(default)]
    pub chains: Vec<OwnChain>,
    /// The day from which they are asked for, `YYYY-MM-DD`; empty for always.
    #[serde(default)]
    pub since: String,
}

/// An application as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Where.
    pub realm: RealmSlug,
    /// `client_id`.
    pub id: String,
    /// What it is able to do. It stays what it was: another kind is another application.
    pub kind: Kind,
    /// What is said of it.
    pub draft: Draft,
    /// SHA-256 of its secrets, the newest last.
    pub secrets: Vec<String>,
    /// Counts its changes: who changes an older one is told.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Out of use since.
    pub disabled_at: Option<Timestamp>,
}

impl Registered {
    /// The application, as one of the policy would be.
    pub fn application(&self, realm: &Realm) -> Application {
        let draft = self.draft.clone();
        let chains = draft.chains_in(realm);
        let mut app = Application {
            id: self.id.clone(),
            name: draft.name,
            kind: self.kind,
            url: draft.url,
            redirect_uris: draft.redirect_uris,
            post_logout_redirect_uris: draft.post_logout_redirect_uris,
            backchannel_logout_uri: draft.backchannel_logout_uri,
            secrets: self.secrets.clone(),
            signing: Alg::parse(&draft.signing).unwrap_or_default(),
            scopes: Scope::split(&draft.scopes),
            consent: draft.consent,
            chains,
            is_strict: !draft.chains.is_empty(),
            since: draft.since,
        };
        if self.kind == Kind::Proxied {
            app.redirect_uris = vec![proxied::arrival(&app)];
        }
        app
    }
}

/// Puts those that are in use beside those of the policy, which come first: an id, and
/// the host of a proxied one, are theirs.
pub fn with_registered(realm: &Realm, registered: &[Registered]) -> Realm {
    let mut out = realm.clone();
    for one in registered.iter().filter(|r| r.disabled_at.is_none()) {
        let app = one.application(realm);
        if !collides(&out, &app) {
            out.applications.push(app);
        }
    }
    out
}

/// Whether an application of the realm has the id, or both stand behind a proxy on one
/// host.
fn collides(realm: &Realm, app: &Application) -> bool {
    let same_host = |other: &Application| {
        app.is_proxied() && other.is_proxied() && other.origin() == app.origin()
    };
    let other = |other: &Application| other.id == app.id || same_host(other);
    realm.applications.iter().any(other)
}

/// What is wrong with an application; `others` are all that the realm has, without this
/// one. `host` is that of the portal, whose cookies know no ports.
pub fn judge(one: &Registered, realm: &Realm, others: &[Registered], host: &str) -> Vec<Refusal> {
    let draft = &one.draft;
    let mut faults = Vec::new();
    let mut at = |field, code| faults.push(Refusal::at(field, code));
    if one.id.is_empty() {
        at(Field::ClientId, Code::Missing);
    } else if !is_client_id(&one.id) {
        at(Field::ClientId, Code::NotAnId);
    } else if realm.application(&one.id).is_some() || others.iter().any(|o| o.id == one.id) {
        at(Field::ClientId, Code::IdTaken);
    }
    for (field, text) in [
        (Field::NameEn, &draft.name.en),
        (Field::NameDe, &draft.name.de),
    ] {
        if text.trim().is_empty() {
            at(field, Code::Missing);
        } else if text.chars().count() > MOST_NAME {
            at(field, Code::TooLong);
        } else if text.chars().any(char::is_control) {
            at(field, Code::ControlCharacters);
        }
    }
    let is_proxied = one.kind == Kind::Proxied;
    let app = one.application(realm);
    if draft.url.is_empty() {
        at(Field::Url, Code::Missing);
    } else if !is_safe(&draft.url) {
        at(Field::Url, Code::UnsafeAddress);
    } else if is_proxied {
        let taken = others.iter().map(|o| o.application(realm));
        let same = |o: &Application| o.is_proxied() && o.origin() == app.origin();
        if app.host() == host {
            at(Field::Url, Code::PortalsHost);
        } else if realm.applications.iter().any(same) || taken.into_iter().any(|o| same(&o)) {
            at(Field::Url, Code::HostTaken);
        }
    }
    let back = draft.backchannel_logout_uri.as_slice();
    // One that we call ourselves is none of this machine's.
    let calls = |field, uri: &str| field != Field::BackchannelUri || uri.starts_with("https://");
    let takes = |field, uri: &str| is_safe(uri) && calls(field, uri);
    for (field, uris, needs_one) in [
        (
            Field::RedirectUris,
            draft.redirect_uris.as_slice(),
            !is_proxied,
        ),
        (
            Field::AfterUris,
            draft.post_logout_redirect_uris.as_slice(),
            false,
        ),
        (Field::BackchannelUri, back, false),
    ] {
        if is_proxied && !uris.is_empty() {
            at(field, Code::NoProtocol);
        } else if needs_one && uris.is_empty() {
            at(field, Code::Missing);
        } else if !uris.iter().all(|uri| takes(field, uri)) {
            at(field, Code::UnsafeAddress);
        } else if uris.len() > MOST_ADDRESSES {
            let most = u32::try_from(MOST_ADDRESSES).unwrap_or(u32::MAX);
            at(field, Code::TooMany { most });
        }
    }
    if let Some((field, code)) = own_chains::faults(draft, &app, realm) {
        at(field, code);
    }
    faults
}

#[cfg(all(test, feature = "server"))]
pub(super) mod tests {
    use super::*;
    use crate::policy;

    pub(in crate::oidc) fn realm() -> Realm {
        let text = include_str!("../../../../server/policies/customers.toml");
        let more = r#"
[[applications]]
id = "wiki"
name = { en = "Wiki", de = "Wiki" }
url = "https://wiki.example/"
client = "proxied"
"#;
        policy::parse(&format!("{text}\n{more}")).expect("a policy")
    }

    pub(in crate::oidc) fn good(kind: Kind) -> Registered {
        let uris = if kind == Kind::Proxied {
            Vec::new()
        } else {
            vec!["https://app.example/callback".to_owned()]
        };
        Registered {
            realm: RealmSlug::parse("customers").expect("a slug"),
            id: "app".into(),
            kind,
            draft: Draft {
                name: Both {
                    en: "App".into(),
                    de: "App".into(),
                },
                url: "https://app.example/".into(),
                redirect_uris: uris,
                post_logout_redirect_uris: Vec::new(),
                backchannel_logout_uri: None,
                signing: "ES256".into(),
                scopes: "openid".into(),
                consent: false,
                chains: Vec::new(),
                since: String::new(),
            },
            secrets: Vec::new(),
            version: 1,
            created_at: Timestamp::from_millis(0),
            disabled_at: None,
        }
    }

    type Change = fn(&mut Registered);

    pub(in crate::oidc) fn faults(one: &Registered, others: &[Registered]) -> Vec<(Field, Code)> {
        let found = judge(one, &realm(), others, "id.example");
        found.into_iter().map(|r| (r.field, r.code)).collect()
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        for kind in Kind::ALL {
            assert_eq!(faults(&good(kind), &[]), [], "{kind:?}");
        }
        let cases: [(Kind, Change, Field, Code); 14] = [
            (
                Kind::Public,
                |r| r.id = "a b".into(),
                Field::ClientId,
                Code::NotAnId,
            ),
            (
                Kind::Public,
                |r| r.id = String::new(),
                Field::ClientId,
                Code::Missing,
            ),
            (
                Kind::Public,
                |r| r.id = "lernwelt".into(),
                Field::ClientId,
                Code::IdTaken,
            ),
            (
                Kind::Public,
                |r| r.draft.name.de = " ".into(),
                Field::NameDe,
                Code::Missing,
            ),
            (
                Kind::Public,
                |r| r.draft.name.en = "a".repeat(65),
                Field::NameEn,
                Code::TooLong,
            ),
            (
                Kind::Public,
                |r| r.draft.url = "http://app.example/".into(),
                Field::Url,
                Code::UnsafeAddress,
            ),
            (
                Kind::Public,
                |r| r.draft.url = String::new(),
                Field::Url,
                Code::Missing,
            ),
            (
                Kind::Public,
                |r| r.draft.redirect_uris.clear(),
                Field::RedirectUris,
                Code::Missing,
            ),
            (
                Kind::Public,
                |r| r.draft.redirect_uris.push("https://app.example/#x".into()),
                Field::RedirectUris,
                Code::UnsafeAddress,
            ),
            (
                Kind::Public,
                |r| r.draft.post_logout_redirect_uris.push("//x".into()),
                Field::AfterUris,
                Code::UnsafeAddress,
            ),
            (
                Kind::Public,
                |r| r.draft.backchannel_logout_uri = Some("http://127.0.0.1:9/x".into()),
                Field::BackchannelUri,
                Code::UnsafeAddress,
            ),
            (
                Kind::Proxied,
                |r| r.draft.redirect_uris.push("https://app.example/".into()),
                Field::RedirectUris,
                Code::NoProtocol,
            ),
            (
                Kind::Proxied,
                |r| r.draft.url = "https://wiki.example/other".into(),
                Field::Url,
                Code::HostTaken,
            ),
            (
                Kind::Proxied,
                |r| r.draft.url = "https://id.example:8443/".into(),
                Field::Url,
                Code::PortalsHost,
            ),
        ];
        for (kind, change, field, code) in cases {
            let mut one = good(kind);
            change(&mut one);
            assert_eq!(faults(&one, &[]), [(field, code)]);
        }
        let other = good(Kind::Proxied);
        assert_eq!(
            faults(&good(Kind::Public), std::slice::from_ref(&other)),
            [(Field::ClientId, Code::IdTaken)]
        );
        let mut same_host = good(Kind::Proxied);
        same_host.id = "another".into();
        assert_eq!(
            faults(&same_host, &[other]),
            [(Field::Url, Code::HostTaken)]
        );
    }

    #[test]
    fn the_policy_comes_first_and_what_is_off_is_not_there() {
        let realm = realm();
        let (mut off, mut taken) = (good(Kind::Public), good(Kind::Public));
        off.disabled_at = Some(Timestamp::from_millis(1));
        taken.id = "lernwelt".into();
        taken.draft.url = "https://evil.example/".into();
        let merged = with_registered(&realm, &[off, taken.clone()]);
        assert_eq!(merged.applications, realm.applications);
        let merged = with_registered(&realm, &[good(Kind::Confidential)]);
        let app = merged.application("app").expect("there");
        assert_eq!(app.chains.len(), realm.chains.len());
        assert!(!app.is_strict_on("2026-01-01"));
    }
}
