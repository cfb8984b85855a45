//! The people of a measurement, put into a database before the server starts.
//! All have the password of the demo under one hash, so that making thousands of
//! them costs one hash; the server cannot tell.

pub mod grants;
mod passkeys;
mod records;
mod special;

use crate::{Failed, driver::Jar, folder::Folder};
use domain::{
    FactorKind, Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    records::{Person, Session},
    secret::Secret,
    sign_in::SignIn,
};
use flows::{
    ceremony::{Extras, Kept},
    infra::{Clock, FileKeys, HashSettings, HashThreads, Random, SystemClock, Vault, VaultSource},
    proof::{subject, totp_context},
    reply::{BROWSER, session_cookie},
    request::token_hash,
};
use records::{factor, person};
use store::{Conn, Store};

/// The realm that is measured: password and authenticator app.
pub const REALM: &str = "customers";
/// Everybody's password.
pub const PASSWORD: &str = "violet-anchor-41-rainfall";

/// Somebody with a password and an authenticator app.
#[derive(Clone, Debug)]
pub struct Customer {
    /// What they sign in with.
    pub login: String,
    /// Their name, which every page of theirs shows.
    pub name: String,
    id: PersonId,
    seed: Vec<u8>,
}

impl Customer {
    /// Their id.
    pub const fn id(&self) -> &PersonId {
        &self.id
    }

    /// What their app shows now.
    pub fn code(&self) -> String {
        code_of(self.seed.clone())
    }
}

/// What the app of a seed shows now.
pub fn code_of(seed: Vec<u8>) -> String {
    let app = totp_rs::Builder::new()
        .with_secret(seed)
        .build_noncompliant();
    let seconds = u64::try_from(SystemClock.now().seconds()).unwrap_or_default();
    app.generate(seconds).to_string()
}

/// Somebody at a browser that holds cookies.
#[derive(Clone, Debug)]
pub struct AtBrowser {
    /// Who.
    pub who: Customer,
    /// The browser's cookies.
    pub cookies: Jar,
}

/// The database before the server has it.
pub struct People {
    store: Store,
    /// What seals.
    pub vault: Vault,
    /// What is drawn by lot.
    pub random: Random,
    realm: RealmSlug,
    /// Everybody's password, hashed.
    pub hash: String,
    /// When they were made.
    pub now: Timestamp,
    /// Keeps them apart from those of another run over the same database.
    run: String,
    count: usize,
}

impl People {
    /// Makes database and key file, where `rekey serve --data` looks for them.
    ///
    /// # Errors
    /// They cannot be made.
    pub async fn begin(folder: &Folder) -> Result<Self, Failed> {
        let file = folder.path().join("rekey.db");
        Self::within(folder, &format!("sqlite:{}", file.display())).await
    }

    /// Opens a database, made where it is missing; the keys are in the folder.
    ///
    /// # Errors
    /// They cannot be had.
    pub async fn within(folder: &Folder, url: &str) -> Result<Self, Failed> {
        let store = Store::open(&store::Config {
            url: url.to_owned(),
            connections: 1,
        })
        .await?;
        store.migrate().await?;
        let path = folder.path().join("keys");
        let vault = Vault::load(VaultSource::File(FileKeys { path }))?;
        let random = Random::from_os();
        let hasher = HashThreads::start(HashSettings::default(), vault.pepper())?;
        let hash = hasher.hash(&Secret::new(PASSWORD), random.bytes()).await?;
        Ok(Self {
            store,
            vault,
            realm: RealmSlug::parse(REALM).ok_or("the realm has no slug")?,
            hash,
            now: SystemClock.now(),
            run: random.digits(9).reveal().to_owned(),
            random,
            count: 0,
        })
    }

    /// Lets go of the database.
    pub async fn end(self) {
        self.release().await;
    }

    /// What is kept of somebody: how many sessions go on, whether a code of their app was
    /// used, and what the trail tells of them.
    ///
    /// # Errors
    /// The database could not.
    pub async fn kept(&self, who: &PersonId) -> Result<(usize, bool, Vec<String>), Failed> {
        let mut conn = self.store.read().await?;
        let sessions = conn.sessions_of(who, SystemClock.now()).await?;
        let factors = conn.factors(who).await?;
        let used = factors
            .iter()
            .any(|f| f.kind == FactorKind::Totp && f.last_step > 0);
        let told = conn.audit_of(who, 20).await?;
        let told = told.into_iter().map(|entry| entry.action).collect();
        Ok((sessions.len(), used, told))
    }

    /// Lets go of the database, and keeps what it was worked with.
    pub async fn release(&self) {
        self.store.close().await;
    }

    /// Makes people who are not signed in.
    ///
    /// # Errors
    /// The database could not.
    pub async fn customers(&mut self, count: usize) -> Result<Vec<Customer>, Failed> {
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            made.push(self.customer(&mut tx).await?);
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Makes people whose password has been proven: their browsers are asked
    /// for a code. The rows are those that `flows::ceremony` keeps.
    ///
    /// # Errors
    /// The database could not.
    pub async fn half_signed_in(&mut self, count: usize) -> Result<Vec<AtBrowser>, Failed> {
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let who = self.customer(&mut tx).await?;
            let mut cookies = Jar::default();
            let browser = self.browser(&mut cookies);
            let record = tx.person(&who.id).await?.ok_or("nobody was made")?;
            let factors = tx.factors(&who.id).await?;
            let machine = SignIn::Prove {
                subject: subject(&record, &factors, 0),
                proven: vec![FactorKind::Password],
                asked: Some(FactorKind::Totp),
            };
            let extras = Extras {
                typed: who.login.clone(),
                ..Extras::default()
            };
            self.keep(&mut tx, &browser, &machine, &extras).await?;
            made.push(AtBrowser { who, cookies });
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Makes people who are signed in.
    ///
    /// # Errors
    /// The database could not.
    pub async fn signed_in(&mut self, count: usize) -> Result<Vec<AtBrowser>, Failed> {
        let mut tx = self.store.begin().await?;
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let who = self.customer(&mut tx).await?;
            let mut cookies = Jar::default();
            let browser = self.browser(&mut cookies);
            tx.browser_note(&browser, &who.id, self.now).await?;
            let proven = vec![FactorKind::Password, FactorKind::Totp];
            let who_signed_in = person(&who, &self.realm, self.now);
            self.session(&mut tx, who_signed_in, proven, &mut cookies)
                .await?;
            made.push(AtBrowser { who, cookies });
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Keeps a ceremony as `flows::ceremony` does.
    async fn keep(
        &self,
        tx: &mut Conn,
        browser: &str,
        machine: &SignIn,
        extras: &Extras,
    ) -> Result<(), Failed> {
        let row = serde_json::json!({ "machine": machine, "extras": extras });
        let context = format!("ceremony/{}/{browser}", SignIn::KIND);
        let sealed = self
            .vault
            .seal(&context, row.to_string().as_bytes(), &self.random);
        let until = self.now.plus_seconds(SignIn::MINUTES * 60);
        let (realm, kind) = (&self.realm, SignIn::KIND);
        tx.ceremony_save(browser, realm, kind, &sealed, 0, until, self.now)
            .await?;
        Ok(())
    }

    /// Opens a session; gives its id, and its secret to the browser.
    async fn session(
        &self,
        tx: &mut Conn,
        person: Person,
        proven: Vec<FactorKind>,
        cookies: &mut Jar,
    ) -> Result<String, Failed> {
        let token = self.random.token();
        let session = Session {
            id: SessionId::new(self.random.id(self.now)),
            realm: person.realm.clone(),
            person,
            proven,
            opened_at: self.now,
            fresh_at: self.now,
            seen_at: self.now,
            expires_at: self.now.plus_seconds(8 * 3600),
            agent: String::new(),
            address: String::new(),
            grants: Vec::new(),
        };
        tx.session_insert(&session, &token_hash(token.reveal()))
            .await?;
        cookies.put(session_cookie(&session.realm), token.reveal());
        Ok(session.id.as_str().to_owned())
    }

    /// A browser's cookie; gives the hash that it is known by.
    fn browser(&self, cookies: &mut Jar) -> String {
        let token = self.random.token();
        cookies.put(BROWSER, token.reveal());
        token_hash(token.reveal())
    }

    async fn customer(&mut self, tx: &mut Conn) -> Result<Customer, Failed> {
        let realm = self.realm.clone();
        let who = self.bare(tx, &realm).await?;
        let mut app = factor(&self.random, &who, FactorKind::Totp, self.now);
        app.secret = self
            .vault
            .seal(&totp_context(&app.id), &who.seed, &self.random);
        tx.factor_insert(&app).await?;
        Ok(who)
    }

    /// Somebody of a realm with a password and nothing else yet.
    async fn bare(&mut self, tx: &mut Conn, realm: &RealmSlug) -> Result<Customer, Failed> {
        self.count += 1;
        let (run, number) = (&self.run, self.count);
        let who = Customer {
            login: format!("customer-{run}-{number}@bench.example"),
            name: format!("Customer Number {number}"),
            id: PersonId::new(self.random.id(self.now)),
            seed: self.random.totp_seed(),
        };
        let keys = [
            domain::text::login_key(&who.login),
            domain::text::name_key(&who.name),
        ];
        let record = person(&who, realm, self.now);
        tx.person_insert(&record, &keys[0], &keys[1]).await?;
        let mut password = factor(&self.random, &who, FactorKind::Password, self.now);
        password.secret = self.hash.as_bytes().to_vec();
        tx.factor_insert(&password).await?;
        Ok(who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flows::proof::totp_step;

    #[tokio::test]
    async fn the_server_takes_what_the_app_shows() {
        let folder = Folder::make().unwrap();
        let mut people = People::begin(&folder).await.unwrap();
        let made = people.customers(2).await.unwrap();
        assert_ne!(made[0].login, made[1].login);
        let who = &made[0];
        assert!(totp_step(who.seed.clone(), &who.code(), SystemClock.now()).is_ok());
        let half = people.half_signed_in(1).await.unwrap();
        assert!(half[0].cookies.get(BROWSER).is_some());
        let signed_in = people.signed_in(1).await.unwrap();
        assert!(
            signed_in[0]
                .cookies
                .get("__Host-session-customers")
                .is_some()
        );
        people.end().await;
    }
}
