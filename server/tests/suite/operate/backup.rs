//! A copy of a served database, and what of it lives again: people and their factors,
//! and nothing that was live.

use age::secrecy::ExposeSecret;
use axum::http::StatusCode;
use clap::Parser;
use domain::{FactorKind, phone::Decision};
use server::{
    backup::{self, Outcome},
    cli::{Cli, Command},
};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use testkit::{
    Answer, Browser, EMIL, PASSWORD, TESS, World,
    desk::{MARA, agent, issue, password, verify},
    folder,
    phone::{PETRA, Phone, digits, go_on},
};

/// A folder that goes with the test.
struct Kept(PathBuf);

impl Kept {
    fn new() -> Self {
        let path = folder();
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn text(&self) -> String {
        self.0.display().to_string()
    }

    fn put(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("writes");
        path.display().to_string()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn command(arguments: &[&str]) -> Command {
    Cli::parse_from(["rekey"].iter().chain(arguments)).command
}

async fn make(data: &Path, to: &str, more: &[&str]) -> Result<PathBuf, String> {
    let data = data.display().to_string();
    let arguments = ["backup", "--data", &data, "--to", to];
    let Command::Backup(options) = command(&[&arguments, more].concat()) else {
        unreachable!("it says backup")
    };
    backup::make(&options).await.map_err(|e| e.to_string())
}

async fn restore(file: &Path, data: &str, more: &[&str]) -> Result<Outcome, String> {
    let file = file.display().to_string();
    let arguments = ["restore", &file, "--data", data];
    let Command::Restore(options) = command(&[&arguments, more].concat()) else {
        unreachable!("it says restore")
    };
    backup::restore(&options).await.map_err(|e| e.to_string())
}

fn copy_keys(from: &Path, to: &Path) {
    std::fs::copy(from.join("keys"), to.join("keys")).expect("copies, mode and all");
}

/// What somebody tried with a recovery code behind the password.
async fn by_recovery(world: &World, code: &str) -> Answer {
    let mut browser = world.browser();
    assert!(browser.password(TESS, PASSWORD).await.asks_for("totp"));
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("kind", "recovery"),
    ];
    let there = browser.post("prove/another-way", &fields).await;
    if !there.asks_for("recovery") {
        // Nothing of the kind is offered any more.
        return there;
    }
    browser.code("sign_in", code).await
}

async fn by_emergency(world: &World, phone: &mut Phone, typed: &str) -> Answer {
    let mut browser = world.browser();
    let fields = [("realm", "workforce"), ("login", PETRA)];
    browser.post("reset-pin/ask", &fields).await;
    let fields = [("realm", "workforce"), ("method", "smartphone,emergency")];
    let digits = digits(&browser.post("reset-pin/chain", &fields).await);
    let asked = phone.asked().await.expect("asked");
    phone.answer(world, &asked, Decision::Accept, &digits).await;
    go_on(&mut browser, "reset_pin").await;
    let fields = [("realm", "workforce"), ("code", typed)];
    browser.post("reset-pin/emergency", &fields).await
}

async fn sign_in(world: &World) -> Browser {
    let mut browser = world.browser();
    assert!(browser.password(TESS, PASSWORD).await.asks_for("totp"));
    let secrets = world.secrets(TESS).await;
    let key = secrets["totp_secret"].as_str().expect("a key").to_owned();
    let answer = browser.code("sign_in", &world.app(&key)).await;
    assert!(answer.lets_in(), "{}", answer.body);
    browser
}

#[tokio::test]
async fn people_come_back_and_nothing_that_was_live() {
    let world = World::demo().await;
    let before = sign_in(&world).await;
    let mut emil = world.browser();
    assert!(emil.password(EMIL, PASSWORD).await.asks_for("email"));
    let mailed = world.mailed_code().await;
    let reset = world.reset_token(EMIL).await;
    let mut petra = Phone::petra(&world).await;
    let mut mara = agent(&world, MARA).await;
    verify(&world, &mut mara, &mut petra, PETRA, Decision::Accept).await;
    let emergency = password(&issue(&world, &mut mara, PETRA, "").await);
    assert_eq!(emergency.len(), 14);
    let codes = world.secrets(TESS).await["recovery_codes"].clone();
    let code = |n: usize| codes[n].as_str().expect("a code").to_owned();
    server::jobs::seal_once(&world.services, &world.services.audit_head).await;

    let key = age::x25519::Identity::generate();
    let to = Kept::new();
    let recipient = key.to_public().to_string();
    let file = make(world.data(), &to.text(), &["--recipient", &recipient])
        .await
        .expect("copies a served database");
    let mode = std::fs::metadata(&file).expect("there").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let bytes = std::fs::read(&file).expect("reads");
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!world.data().join("backup-work").exists(), "left behind");
    // Used after the backup, when the backup still has it.
    assert!(by_recovery(&world, &code(0)).await.lets_in());

    let opens = to.put("identity", key.to_string().expose_secret());
    let opens = ["--identity-file", opens.as_str()];
    let data = Kept::new();
    let no_keys = restore(&file, &data.text(), &opens).await;
    assert!(no_keys.is_err_and(|e| e.contains("no backup holds it")));
    assert!(!data.0.join("keys").exists(), "none were made");
    copy_keys(world.data(), &data.0);
    let dry = [&opens[..], &["--dry-run"]].concat();
    let looked = restore(&file, &data.text(), &dry).await;
    let Ok(Outcome::Looked(contents, Some(true))) = looked else {
        panic!("it says what is inside");
    };
    assert!(contents.people["customers"] >= 5 && contents.schema >= 16);
    assert!(contents.head.is_some_and(|head| head.seq > 0));
    assert!(!data.0.join("rekey.db").exists(), "nothing was touched");
    let done = restore(&file, &data.text(), &opens).await;
    let Ok(Outcome::Restored(_, voided)) = done else {
        panic!("{done:?}");
    };
    assert!(voided.counts.contains(&("emergency passwords", 1)));
    assert!(!data.0.join("restore-work").exists(), "left behind");
    let shut = std::fs::metadata(data.0.join("rekey.db")).expect("there");
    assert_eq!(shut.permissions().mode() & 0o777, 0o600);

    let back = World::over(&data.0).await;
    // The app showed its code of this half minute to the one before.
    back.advance(60);
    sign_in(&back).await;
    let mut old = before.at(&back);
    let page = old.get("/customers/overview").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the session is over");
    let typed = emil.at(&back).code("sign_in", &mailed).await;
    assert!(!typed.lets_in(), "{}", typed.body);
    let mut browser = back.browser();
    browser.open("reset_password", &reset).await;
    browser.set_password("copper-meadow-17-lantern").await;
    let mut emil = back.browser();
    let typed = emil.password(EMIL, "copper-meadow-17-lantern").await;
    assert!(typed.refuses("wrong_credentials"), "{}", typed.body);
    for n in [0, 1] {
        let answer = by_recovery(&back, &code(n)).await;
        assert!(!answer.lets_in(), "{}", answer.body);
    }
    let mut petra = petra.at(&back);
    let answer = by_emergency(&back, &mut petra, &emergency).await;
    assert!(
        !answer.body.contains("/workforce/overview"),
        "{}",
        answer.body
    );
    assert!(
        answer
            .cookies()
            .keys()
            .all(|name| !name.contains("session"))
    );
    // The trail tells of both, and is whole.
    let mut conn = back.services.store.read().await.expect("reads");
    let trail = conn.audit_from(1, 1000).await.expect("reads");
    drop(conn);
    for action in ["backup_made", "restored"] {
        let told = trail
            .iter()
            .filter(|e| e.action == action && e.actor == "cli");
        assert_eq!(told.count(), 5, "{action}: one for each realm");
    }
    let head = flows::audit::Head::read(&data.0.join("audit-head.json")).expect("reads");
    let key = back.services.vault.audit_key();
    let verdict = flows::audit::verify(&back.services.store, &key, head.as_ref()).await;
    assert!(matches!(verdict, Ok(flows::audit::Verdict::Whole(n)) if n > 0));
}

#[tokio::test]
async fn what_must_not_be_restored_is_refused() {
    let world = World::demo().await;
    let (to, secret) = (Kept::new(), Kept::new());
    let short = secret.put("short", "too short");
    let refused = make(world.data(), &to.text(), &["--passphrase-file", &short]).await;
    assert!(refused.is_err_and(|e| e.contains("12 characters")));
    let key = age::x25519::Identity::generate();
    let recipient = key.to_public().to_string();
    let file = make(world.data(), &to.text(), &["--recipient", &recipient])
        .await
        .expect("copies");
    let opens = secret.put("identity", key.to_string().expose_secret());
    let opens = ["--identity-file", opens.as_str()];
    let data = Kept::new();
    copy_keys(world.data(), &data.0);

    let other = age::x25519::Identity::generate();
    let wrong = secret.put("wrong", other.to_string().expose_secret());
    let wrong = ["--identity-file", wrong.as_str()];
    assert!(restore(&file, &data.text(), &wrong).await.is_err());
    // One byte of the database.
    let mut bytes = std::fs::read(&file).expect("reads");
    let last = bytes.len() - 40;
    bytes[last] ^= 1;
    let bent = to.0.join("bent");
    std::fs::write(&bent, &bytes).expect("writes");
    assert!(restore(&bent, &data.text(), &opens).await.is_err());
    std::fs::write(&bent, &bytes[..last]).expect("writes");
    assert!(restore(&bent, &data.text(), &opens).await.is_err());
    let left: Vec<_> = std::fs::read_dir(&data.0)
        .expect("lists")
        .flatten()
        .collect();
    let left: Vec<_> = left.iter().map(|e| e.file_name()).collect();
    assert!(
        left.iter().all(|name| name == "keys" || name == "lock"),
        "{left:?}"
    );

    // The keys of another installation.
    let other = World::empty(&[]).await;
    let stranger = Kept::new();
    copy_keys(other.data(), &stranger.0);
    let refused = restore(&file, &stranger.text(), &opens).await;
    assert!(refused.is_err_and(|e| e.contains("another installation")));
    // A portal that runs.
    let Command::Serve(serve) = command(&["serve", "--data", &data.text()]) else {
        unreachable!("it says serve")
    };
    let runs = backup::in_use(&serve.data).expect("first");
    let refused = restore(&file, &data.text(), &opens).await;
    assert!(refused.is_err_and(|e| e.contains("a portal runs here")));
    drop(runs);
    // Data that are there, unless somebody says so; then they are kept aside.
    std::fs::write(data.0.join("rekey.db"), "precious").expect("writes");
    std::fs::write(data.0.join("rekey.db-wal"), "as well").expect("writes");
    let refused = restore(&file, &data.text(), &opens).await;
    assert!(refused.is_err_and(|e| e.contains("--replace")));
    let more = [&opens[..], &["--replace"]].concat();
    restore(&file, &data.text(), &more).await.expect("replaces");
    let kept = |end: &str, text: &str| {
        let all = std::fs::read_dir(&data.0).expect("lists").flatten();
        let mut names = all.filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("rekey.db.replaced-") && name.ends_with(end)
        });
        names.any(|entry| std::fs::read_to_string(entry.path()).is_ok_and(|read| read == text))
    };
    assert!(kept("", "precious") && kept("-wal", "as well"));
    assert!(!data.0.join("rekey.db-wal").exists(), "of another database");
    let back = World::over(&data.0).await;
    let who = back.person("customers", TESS).await;
    let mut conn = back.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("reads");
    assert!(factors.iter().any(|f| f.kind == FactorKind::Totp));

    // The log of a database that somebody took away is none of the one that comes.
    let left = Kept::new();
    copy_keys(world.data(), &left.0);
    std::fs::write(left.0.join("rekey.db-wal"), "of another").expect("writes");
    restore(&file, &left.text(), &opens)
        .await
        .expect("restores");
    assert!(!left.0.join("rekey.db-wal").exists());
    World::over(&left.0).await.person("customers", TESS).await;
}

#[tokio::test]
async fn only_the_newest_copies_stay() {
    let world = World::demo().await;
    let to = Kept::new();
    let recipient = age::x25519::Identity::generate().to_public().to_string();
    let more = ["--recipient", recipient.as_str(), "--keep", "2"];
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(make(world.data(), &to.text(), &more).await.expect("copies"));
    }
    assert!(made[0] < made[1] && made[1] < made[2]);
    let there: Vec<_> = made.iter().map(|file| file.exists()).collect();
    assert_eq!(there, [false, true, true]);
}

#[tokio::test]
async fn postgresql_has_tools_of_its_own() {
    let to = Kept::new();
    let key = age::x25519::Identity::generate().to_public().to_string();
    let url = "postgres://nowhere/none";
    let more = ["--recipient", &key, "--database", url];
    let refused = make(&to.0, &to.text(), &more).await;
    assert!(refused.is_err_and(|e| e.contains("pg_dump") && e.contains("after-restore")));
    let file = to.0.join("none");
    let opens = to.put("phrase", "a phrase that is long enough");
    let more = ["--passphrase-file", &opens, "--database", url];
    let refused = restore(&file, &to.text(), &more).await;
    assert!(refused.is_err_and(|e| e.contains("pg_restore")));
}

/// What follows a restore by other tools; on PostgreSQL where the tests have it.
#[tokio::test]
async fn after_other_tools_nothing_lives_on_either() {
    let data = Kept::new();
    let text = data.text();
    let mut more = vec!["after-restore", "--data", &text];
    let url = database("after").await;
    if let Some(url) = &url {
        more.extend(["--database", url]);
    }
    let Command::AfterRestore(options) = command(&more) else {
        unreachable!("it says after-restore")
    };
    let no_keys = backup::after(&options).await;
    assert!(no_keys.is_err_and(|e| e.to_string().contains("key file")));
    let served: Vec<_> = url.iter().flat_map(|url| ["--database", url]).collect();
    let serve = testkit::options(&[&["--data", &text, "--demo"], &served[..]].concat());
    let made = server::start::services(&serve).await.expect("starts");
    server::demo::seed(&made.services, &made.public)
        .await
        .expect("seeds");
    let services = made.services;
    let who = domain::text::login_key(TESS);
    let mut tx = services.store.begin().await.expect("begins");
    let who = tx.person_by_login(&testkit::slug("customers"), &who).await;
    let who = who.expect("asks").expect("a demo person");
    let session = testkit::session(who, &[FactorKind::Totp], "s", services.now());
    tx.session_insert(&session, "hash").await.expect("inserts");
    tx.commit().await.expect("commits");
    // The head beside the database tells of entries that are not there any more.
    let head_file = data.0.join("audit-head.json");
    server::jobs::seal_once(&services, &head_file).await;
    backup::refuse_older(&options, &services)
        .await
        .expect("as new as its head");
    let ahead = flows::audit::Head::sign(
        &services.vault.audit_key(),
        1_000_000,
        "x".to_owned(),
        services.now(),
    );
    ahead.write(&head_file).expect("writes");
    let refused = backup::refuse_older(&options, &services).await;
    assert!(refused.is_err_and(|e| e.to_string().contains("rekey after-restore")));
    let runs = backup::in_use(&options).expect("runs");
    let refused = backup::after(&options).await;
    assert!(refused.is_err_and(|e| e.to_string().contains("a portal runs")));
    drop(runs);
    let voided = backup::after(&options).await.expect("voids");
    assert!(voided.counts.contains(&("sessions", 1)));
    backup::refuse_older(&options, &services)
        .await
        .expect("may be served again");
    let mut conn = services.store.read().await.expect("reads");
    let customers = testkit::slug("customers");
    let found = conn.session_by_hash(&customers, "hash").await;
    assert!(found.expect("reads").is_none());
    drop(conn);
    services.store.close().await;
}

/// A database of its own in the cluster of the tests.
async fn database(name: &str) -> Option<String> {
    use sqlx::{Connection, Executor};
    let cluster = std::env::var("REKEY_TEST_POSTGRES").ok()?;
    let name = format!("operate_{name}_{}", std::process::id());
    let mut admin = sqlx::PgConnection::connect(&cluster)
        .await
        .expect("answers");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    admin.execute(create).await.expect("a database of its own");
    let (base, _) = cluster.rsplit_once('/').expect("names a database");
    Some(format!("{base}/{name}"))
}
