//! People at applications: one has a code of theirs and has not exchanged it yet; to
//! another, behind a proxy, they come with its cookie.

use super::{People, records::person};
use crate::{Failed, driver::Jar};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    FactorKind,
    ids::SessionId,
    oidc::{Draft, Grant, Kind, NewCode, NewToken, Registered, TokenKind},
    policy::Both,
};
use flows::request::token_hash;
use sha2::{Digest, Sha256};
use store::Conn;

/// The application of the shipped policy.
pub const CLIENT: &str = "lernwelt";
/// Where its people come back to.
pub const REDIRECT: &str = "http://localhost:9090/callback";
/// An application behind a proxy.
pub const PROXIED: &str = "behind";
/// Its host.
pub const HOST: &str = "behind.example";
/// What both may know.
const SCOPE: &str = "openid profile";
/// What it keeps to itself until the exchange (RFC 7636).
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

impl People {
    /// Makes so many codes, each of a person of its own who is signed in.
    ///
    /// # Errors
    /// The database could not.
    pub async fn codes(&mut self, count: usize) -> Result<Vec<String>, Failed> {
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER));
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let grant = self.granted(&mut tx, CLIENT).await?;
            let code = self.random.token().reveal().to_owned();
            let row = NewCode {
                hash: token_hash(&code),
                grant: grant.id,
                redirect_uri: REDIRECT.to_owned(),
                challenge: challenge.clone(),
                nonce: Some("n0nce".to_owned()),
                created_at: self.now,
                expires_at: self.now.plus_seconds(3600),
            };
            tx.oidc_code_insert(&row).await?;
            made.push(code);
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Makes an application behind a proxy, and so many cookies for it, each of a person of
    /// its own who is signed in.
    ///
    /// # Errors
    /// The database could not.
    pub async fn proxied(&mut self, count: usize) -> Result<Vec<String>, Failed> {
        let mut tx = self.store.begin().await?;
        let app = Registered {
            realm: self.realm.clone(),
            id: PROXIED.to_owned(),
            kind: Kind::Proxied,
            draft: Draft {
                name: Both {
                    en: "App".to_owned(),
                    de: "App".to_owned(),
                },
                url: format!("https://{HOST}/"),
                redirect_uris: Vec::new(),
                post_logout_redirect_uris: Vec::new(),
                backchannel_logout_uri: None,
                signing: "ES256".to_owned(),
                scopes: SCOPE.to_owned(),
                consent: false,
                chains: Vec::new(),
                since: String::new(),
            },
            secrets: Vec::new(),
            version: 1,
            created_at: self.now,
            disabled_at: None,
        };
        tx.application_insert(&app).await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let grant = self.granted(&mut tx, PROXIED).await?;
            let token = self.random.token().reveal().to_owned();
            let row = NewToken {
                hash: token_hash(&token),
                grant: grant.id,
                kind: TokenKind::Proxied,
                scope: grant.scope,
                created_at: self.now,
                expires_at: self.now.plus_seconds(3600),
            };
            tx.oidc_token_insert(&row).await?;
            made.push(token);
        }
        tx.commit().await?;
        Ok(made)
    }

    /// A sign-in of somebody new to an application.
    async fn granted(&mut self, tx: &mut Conn, client: &str) -> Result<Grant, Failed> {
        let who = self.customer(tx).await?;
        let record = person(&who, &self.realm, self.now);
        let proven = vec![FactorKind::Password, FactorKind::Totp];
        let mut cookies = Jar::default();
        let session = self.session(tx, record, proven, &mut cookies).await?;
        let grant = Grant {
            id: self.random.id(self.now),
            realm: self.realm.clone(),
            client: client.to_owned(),
            person: who.id.clone(),
            session: SessionId::new(session),
            scope: SCOPE.to_owned(),
            auth_time: self.now,
            acr: "password+totp".to_owned(),
            amr: "pwd otp mfa".to_owned(),
            epoch: 0,
            offline: false,
            created_at: self.now,
        };
        tx.oidc_grant_insert(&grant).await?;
        Ok(grant)
    }
}
