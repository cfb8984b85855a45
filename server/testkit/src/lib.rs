//! A portal in a folder of its own, and browsers that call it without a socket:
//! what the tests of the HTTP layer share.

mod browser;
pub mod desk;
pub mod lost_phone;
pub mod passkey;
pub mod phone;
mod template;

pub use browser::{Answer, Browser, form, new_password, send};

use axum::{Router, http::StatusCode};
use clap::Parser;
use courier::gateway::Gateway;
use domain::{
    FactorKind, Lang, Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    message::{Message, Way},
    paths,
    records::{Person, Session},
    role::{Grant, Role},
};
use flows::{Services, infra::ShiftedClock, request::token_hash};
use serde_json::Value;
use server::{
    assets::Site,
    cli::{Cli, Command, Serve},
    demo,
    jobs::{self, Carriers},
    router::{Portal, router},
    start,
    well_known::SecurityContact,
};
use std::{
    collections::BTreeMap,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// The password of everybody in the demo.
pub const PASSWORD: &str = "violet-anchor-41-rainfall";
/// A customer with an authenticator app and recovery codes.
pub const TESS: &str = "tess.totp@customers.example";
/// A customer with codes by e-mail.
pub const EMIL: &str = "emil.mail@customers.example";
/// A customer with a passkey.
pub const PIA: &str = "pia.key@customers.example";
/// A customer with every factor.
pub const MAX: &str = "max.multi@customers.example";
/// A customer whose account is disabled.
pub const DORA: &str = "dora.disabled@customers.example";
/// The cookie of a customer's session.
pub const SESSION: &str = "__Host-session-customers";

/// Every argument that any server function has; the others ignore it.
pub const ARGUMENTS: &str = "realm=customers&path=%2Fcustomers%2Foverview&login=x%40example.com&password=x&credential=%7B%7D&purpose=sign_in&code=000000&kind=&method=totp&name=x&new_password=x&repeat=x&token=x&id=x&email=nobody&lang=en&csv=x&change=unlocked&role=agent&format=csv&zone=Europe%2FBerlin&decision=accept&digits=47&signature=x&key=x&codes=x&subscription=x&factor=x&proof=smartphone&word=yes&told=000000&number=x&manager=x&on_record=no&reason=x&application=x&ticket=x&version=1&days=3&client=public";

static NEXT: AtomicU32 = AtomicU32::new(1);

fn number() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A slug that is one.
pub fn slug(text: &str) -> RealmSlug {
    RealmSlug::parse(text).expect("a slug")
}

/// What `rekey serve` makes of options.
pub fn options(more: &[&str]) -> Serve {
    let arguments = ["rekey", "serve"].into_iter().chain(more.iter().copied());
    let Command::Serve(options) = Cli::parse_from(arguments).command else {
        unreachable!("it says serve")
    };
    *options
}

/// A folder that nobody else has.
pub fn folder() -> PathBuf {
    let name = format!("rekey-http-{}-{}", std::process::id(), number());
    let folder = std::env::temp_dir().join(name);
    // Process numbers come round again: what an earlier run left is not ours.
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// A letter as it would have gone out.
#[derive(Debug)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Which way.
    pub way: Way,
    /// What it says.
    pub message: Message,
}

impl Letter {
    /// The code in it.
    pub fn code(&self) -> Option<String> {
        courier::code_of(&self.message).map(|code| code.reveal().to_owned())
    }

    /// The last part of the link in it.
    pub fn token(&self) -> Option<String> {
        let link = courier::link_of(&self.message)?.reveal();
        link.rsplit('/').next().map(str::to_owned)
    }
}

/// Makes a gateway for a portal.
pub type MakeGateway<'a> = dyn Fn(&Arc<Services>) -> Gateway + 'a;

/// A portal and what is behind it.
pub struct World {
    /// The portal.
    pub router: Router,
    /// Its insides.
    pub services: Arc<Services>,
    clock: Option<Arc<ShiftedClock>>,
    dir: PathBuf,
    owns: bool,
    carriers: Option<Carriers>,
    /// The node lives as long as nobody says that it drains.
    drains: tokio::sync::watch::Sender<bool>,
}

impl World {
    /// The demo with its people.
    pub async fn demo() -> Self {
        Self::start(folder(), true, &["--demo"], &[]).await
    }

    /// The demo with the policy of one realm changed: `from` becomes `to`.
    pub async fn demo_where(realm: &str, from: &str, to: &str) -> Self {
        Self::demo_where_behind(realm, from, to, &[]).await
    }

    /// The same, behind proxies whose word is taken.
    pub async fn demo_where_behind(realm: &str, from: &str, to: &str, proxies: &[IpAddr]) -> Self {
        Self::started_where(realm, from, to, &["--demo"], proxies).await
    }

    /// A portal with the policy of one realm changed, as an operator starts it with these
    /// options: the demo only where they say so.
    pub async fn started_where(
        realm: &str,
        from: &str,
        to: &str,
        more: &[&str],
        proxies: &[IpAddr],
    ) -> Self {
        let dir = folder();
        let policies = dir.join("policies");
        std::fs::create_dir_all(&policies).expect("a folder");
        let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies");
        for file in std::fs::read_dir(shipped).expect("ships").flatten() {
            let mut text = std::fs::read_to_string(file.path()).expect("reads");
            if file.path().file_stem().is_some_and(|stem| stem == realm) {
                assert!(text.contains(from), "{realm}: {from}");
                text = text.replace(from, to);
            }
            std::fs::write(policies.join(file.file_name()), text).expect("writes");
        }
        let policies = policies.display().to_string();
        let more = [&["--policy", &policies], more].concat();
        Self::start(dir, true, &more, proxies).await
    }

    /// The demo with a gateway that SMS and calls go to, in the place of its mailbox;
    /// `more` options may name another database.
    pub async fn carried_by(more: &[&str], gateway: &MakeGateway<'_>) -> Self {
        let more = [["--demo"].as_slice(), more].concat();
        Self::start_with(folder(), true, &more, &[], Some(gateway)).await
    }

    /// The demo behind proxies whose word is taken.
    pub async fn behind(proxies: &[IpAddr]) -> Self {
        Self::start(folder(), true, &["--demo"], proxies).await
    }

    /// A portal as an operator starts it: nobody is in it.
    pub async fn empty(more: &[&str]) -> Self {
        Self::start(folder(), true, more, &[]).await
    }

    /// The same behind proxies whose word is taken.
    pub async fn empty_behind(proxies: &[IpAddr]) -> Self {
        Self::start(folder(), true, &[], proxies).await
    }

    /// A second node over the same data.
    pub async fn twin(&self) -> Self {
        Self::start(self.dir.clone(), false, &["--demo"], &[]).await
    }

    /// The demo over a data folder that is there, and stays.
    pub async fn over(data: &Path) -> Self {
        Self::start(data.to_owned(), false, &["--demo"], &[]).await
    }

    /// Where its data lie.
    pub fn data(&self) -> &Path {
        &self.dir
    }

    async fn start(dir: PathBuf, owns: bool, more: &[&str], proxies: &[IpAddr]) -> Self {
        Self::start_with(dir, owns, more, proxies, None).await
    }

    async fn start_with(
        dir: PathBuf,
        owns: bool,
        more: &[&str],
        proxies: &[IpAddr],
        gateway: Option<&MakeGateway<'_>>,
    ) -> Self {
        server::install_crypto();
        if more == ["--demo"] && !dir.exists() {
            template::copy_demo(&dir).await;
        }
        let data = dir.display().to_string();
        let options = options(&[["--data", data.as_str()].as_slice(), more].concat());
        let made = start::services(&options).await.expect("starts");
        if options.demo {
            demo::seed(&made.services, &made.public)
                .await
                .expect("seeds");
        }
        let services = Arc::clone(&made.services);
        let clock = made.clock.clone();
        let gateway = gateway.map(|make| Arc::new(make(&services)));
        let carriers = gateway.clone().map(|gateway| Carriers {
            smtp: None,
            gateway: Some(gateway),
            push: jobs::push_sender(&services, made.push_key),
        });
        let (drains, draining) = tokio::sync::watch::channel(false);
        let router = router(&Portal {
            services: Arc::clone(&services),
            public: made.public,
            clock: made.clock,
            site: Arc::new(Site::default()),
            gateway,
            security_contact: options
                .security_contact
                .as_deref()
                .map(|text| SecurityContact::parse(text).expect("a contact")),
            trusted_proxies: proxies.to_vec(),
            draining,
        });
        Self {
            router,
            services,
            clock,
            dir,
            owns,
            carriers,
            drains,
        }
    }

    /// The worker of the outbox sends everything that is due, mails into the mailbox and
    /// the rest by the gateway.
    pub async fn sends(&self) {
        let carriers = self.carriers.as_ref().expect("a gateway carries it");
        let stop = self.drains.subscribe();
        for way in Way::ALL {
            let round = || jobs::send_once(&self.services, carriers, way, &stop);
            while round().await.expect("asks the database") > 0 {}
        }
    }

    /// The workers of the outbox begin, as they run beside a portal; they end with it.
    pub fn works(&mut self) {
        let carriers = self.carriers.take().expect("a gateway carries it");
        let stop = self.drains.subscribe();
        tokio::spawn(jobs::send_messages(
            Arc::clone(&self.services),
            carriers,
            stop,
        ));
    }

    /// Moves the demo's clock; a running clock never decides a test.
    pub fn advance(&self, seconds: i64) {
        let clock = self.clock.as_ref().expect("the demo has a clock to move");
        clock.advance(seconds);
    }

    /// A browser that was never here before.
    pub fn browser(&self) -> Browser {
        let host = self.services.public_url.split("://").nth(1);
        Browser {
            router: self.router.clone(),
            host: host.expect("a scheme and a host").to_owned(),
            address: IpAddr::from([192, 0, 2, 1]),
            headers: Vec::new(),
            cookies: BTreeMap::new(),
        }
    }

    /// Somebody as the database knows them.
    pub async fn person(&self, realm: &str, login: &str) -> Person {
        let mut conn = self.services.store.read().await.expect("reads");
        conn.person_by_login(&slug(realm), &domain::text::login_key(login))
            .await
            .expect("asks")
            .expect("a demo person")
    }

    /// Somebody of the demo with everything that they know and hold.
    pub async fn secrets(&self, login: &str) -> Value {
        let answer = self.browser().get("/demo/people.json").await;
        let all: Value = serde_json::from_str(&answer.body).expect("JSON");
        let people = all["people"].as_array().expect("a list");
        let found = people.iter().find(|person| person["login"] == login);
        found.expect("a demo person").clone()
    }

    /// A browser in which somebody has just signed in, and not for the first
    /// time: the session is put there, so that its proofs may be any.
    pub async fn signed_in(&self, realm: &str, login: &str, proven: &[FactorKind]) -> Browser {
        let (now, number) = (self.services.now(), number());
        let (token, known) = (format!("token-{number}"), format!("browser-{number}"));
        let person = self.person(realm, login).await;
        let session = session(person, proven, &format!("session-{number}"), now);
        let mut tx = self.services.store.begin().await.expect("begins");
        tx.session_insert(&session, &token_hash(&token))
            .await
            .expect("inserts");
        tx.browser_note(&token_hash(&known), &session.person.id, now)
            .await
            .expect("notes");
        tx.commit().await.expect("commits");
        let mut browser = self.browser();
        let name = format!("__Host-session-{realm}");
        browser.cookies.insert(name, token);
        browser.cookies.insert("__Host-browser".to_owned(), known);
        browser
    }

    /// Somebody of the staff whom the demo does not have, with one role.
    pub async fn staff(&self, login: &str, role: Role, realm: &str) -> Person {
        let now = self.services.now();
        let who = Person {
            id: PersonId::new(self.services.random.id(now)),
            realm: slug(paths::STAFF_REALM),
            login: login.to_owned(),
            name: format!("Staff {login}"),
            lang: Lang::En,
            email: format!("{login}@workforce.example"),
            disabled_at: None,
            frozen_at: None,
            created_at: now,
            partner: None,
            manager: None,
            number: String::new(),
            number_since: domain::Timestamp::default(),
            epoch: 0,
        };
        let (login, name) = (
            domain::text::login_key(&who.login),
            domain::text::name_key(&who.name),
        );
        let mut tx = self.services.store.begin().await.expect("begins");
        tx.person_insert(&who, &login, &name)
            .await
            .expect("inserts");
        let realm = slug(realm);
        tx.grant(&who.id, &Grant { role, realm })
            .await
            .expect("grants");
        tx.commit().await.expect("commits");
        who
    }

    /// The code that an app shows now for a key (base32, in groups or not).
    pub fn app(&self, key: &str) -> String {
        let secret = data_encoding::BASE32_NOPAD
            .decode(key.replace(' ', "").as_bytes())
            .expect("base32");
        let totp = totp_rs::Builder::new()
            .with_secret(secret)
            .build_noncompliant();
        let now = u64::try_from(self.services.now().seconds()).expect("after 1970");
        totp.generate(now).to_string()
    }

    /// Everything that waits in the outbox, oldest first. It is taken out: the
    /// next look finds what came after.
    pub async fn letters(&self) -> Vec<Letter> {
        let now = self.services.now();
        let mut tx = self.services.store.begin().await.expect("begins");
        let mut rows = tx.outbox_claim(None, 1000, 60, now).await.expect("claims");
        for row in &rows {
            // Sealed until here, so opened before it is wiped.
            tx.outbox_sent(&row.id, "", now).await.expect("notes");
        }
        tx.commit().await.expect("commits");
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        rows.iter()
            .map(|row| Letter {
                to: row.recipient.clone(),
                way: row.way,
                message: flows::outbox::open(&self.services, row).expect("opens"),
            })
            .collect()
    }

    /// The newest code that was mailed.
    pub async fn mailed_code(&self) -> String {
        let letters = self.letters().await;
        let code = letters.iter().rev().find_map(Letter::code);
        code.expect("a code on its way")
    }

    /// The newest link that was mailed, its token alone.
    pub async fn mailed_token(&self) -> String {
        let letters = self.letters().await;
        let token = letters.iter().rev().find_map(Letter::token);
        token.expect("a link on its way")
    }

    /// A worker does all imports and exports that wait.
    pub async fn work(&self) {
        let turn = || flows::transfers::turn(&self.services, 1000, || false);
        while turn().await.expect("works") {}
    }

    /// Starts an export, lets a worker do it, and gives its file.
    pub async fn exported(
        &self,
        browser: &mut Browser,
        call: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let answer = browser.post(call, fields).await;
        let json: Value = serde_json::from_str(&answer.body).expect("JSON");
        let page = json["go"]["path"].as_str().expect("leads to its page");
        self.work().await;
        browser.get(&format!("{page}/file")).await
    }

    /// Asks for a reset mail and gives the token of its link.
    pub async fn reset_token(&self, login: &str) -> String {
        let fields = [("realm", "customers"), ("login", login)];
        let asked = self.browser().post("reset-password/ask", &fields).await;
        assert_eq!(asked.status, StatusCode::OK);
        self.mailed_token().await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if self.owns {
            let _ = std::fs::remove_dir_all(&self.dir);
        }
    }
}

/// A session as signing in opens it.
pub fn session(person: Person, proven: &[FactorKind], id: &str, now: Timestamp) -> Session {
    Session {
        id: SessionId::new(id),
        realm: person.realm.clone(),
        person,
        proven: proven.to_vec(),
        opened_at: now,
        fresh_at: now,
        seen_at: now,
        expires_at: now.plus_seconds(8 * 3600),
        agent: String::new(),
        address: String::new(),
        grants: Vec::new(),
    }
}
