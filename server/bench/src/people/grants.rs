//! People on the way to an application: it has a code of theirs and has not exchanged
//! it yet.

use super::{People, records::person};
use crate::{Failed, driver::Jar};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    FactorKind,
    ids::SessionId,
    oidc::{Grant, NewCode},
};
use flows::request::token_hash;
use sha2::{Digest, Sha256};

/// The application of the shipped policy.
pub const CLIENT: &str = "lernwelt";
/// Where its people come back to.
pub const REDIRECT: &str = "http://localhost:9090/callback";
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
            let who = self.customer(&mut tx).await?;
            let record = person(&who, &self.realm, self.now);
            let proven = vec![FactorKind::Password, FactorKind::Totp];
            let mut cookies = Jar::default();
            let session = self.session(&mut tx, record, proven, &mut cookies).await?;
            let grant = Grant {
                id: self.random.id(self.now),
                realm: self.realm.clone(),
                client: CLIENT.to_owned(),
                person: who.id.clone(),
                session: SessionId::new(session),
                scope: "openid profile".to_owned(),
                auth_time: self.now,
                acr: "password+totp".to_owned(),
                amr: "pwd otp mfa".to_owned(),
                epoch: 0,
                offline: false,
                created_at: self.now,
            };
            tx.oidc_grant_insert(&grant).await?;
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
}
