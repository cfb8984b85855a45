//! Attacks of `security.md`, section 3, that need no browser: each test carries
//! the ids of its rows. The demo's clock is moved where something has to pass;
//! nothing waits, and no assertion looks at a span of time.

use axum::http::{HeaderValue, StatusCode};
use domain::{
    FactorKind, Timestamp,
    confirm::Confirm,
    message::{Message, Notice},
    place::{CALLS, Rule},
    records::{Factor, Person},
    role::{Grant, Role},
};
use flows::{
    Request,
    ceremony::{self, Ctx, Run},
};
use serde_json::Value;
use server::start;
use std::{
    collections::BTreeSet,
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
};
use testkit::{
    ARGUMENTS, Answer, Browser, DORA, EMIL, Letter, MAX, PASSWORD, PIA, SESSION, TESS, World,
    folder, form, new_password, options,
    passkey::{Claim, Key},
    slug,
};
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

/// A customer with no second factor yet.
const NORA: &str = "nora.new@customers.example";
/// A password that nobody here has.
const WRONG: &str = "quite-another-word-77";
/// A password that nobody guesses.
const GOOD: &str = "copper-lantern-58-meadow";

fn is_refused(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

/// Tess has typed her password and is about to type a recovery code.
async fn at_recovery(mut browser: Browser) -> Browser {
    assert!(browser.password(TESS, PASSWORD).await.says("totp"));
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("kind", "recovery"),
    ];
    let answer = browser.post("prove/another-way", &fields).await;
    assert!(answer.says("recovery"), "{}", answer.body);
    browser
}

fn recovery_code(person: &Value, n: usize) -> String {
    let code = person["recovery_codes"][n].as_str();
    code.expect("a recovery code").to_owned()
}

/// One recipient, the address on record, however the name is spelled; whatever
/// is odd is answered like a name that nobody has (GitLab CVE-2023-7028, Django
/// CVE-2019-19844).
#[tokio::test]
async fn xa02_xc02_a_reset_goes_to_the_address_on_record_and_nowhere_else() {
    let world = World::demo().await;
    let mut faces = BTreeSet::new();
    for login in [TESS, "nobody@customers.example", DORA] {
        let fields = [("realm", "customers"), ("login", login)];
        let answer = world.browser().post("reset-password/ask", &fields).await;
        let names: BTreeSet<_> = answer.headers.keys().map(ToString::to_string).collect();
        let cookies: Vec<_> = answer.cookies().into_keys().collect();
        let mut body = answer.body.replace(login, "…");
        // Seconds until it may be asked for again.
        body.retain(|c| !c.is_ascii_digit());
        faces.insert(format!("{} {names:?} {cookies:?} {body}", answer.status));
    }
    assert_eq!(faces.len(), 1, "{faces:#?}");
    let letters = world.letters().await;
    assert_eq!(letters.iter().map(|l| &l.to).collect::<Vec<_>>(), [TESS]);

    let shouted = TESS.to_uppercase();
    let fields = [("realm", "customers"), ("login", shouted.as_str())];
    world.browser().post("reset-password/ask", &fields).await;
    let letters = world.letters().await;
    assert_eq!(letters.iter().map(|l| &l.to).collect::<Vec<_>>(), [TESS]);

    for odd in [
        "tess.totp@customers.example,eve@evil.example",
        "tess.totp@customers.example;eve@evil.example",
        "tess.totp@customers.example eve@evil.example",
        "tess.totp@customers.example\ncc:eve@evil.example",
        "tess.totp@customers.example\u{0}",
        "tess.totp@customers.examp\u{4cf}e",
        "tess.totp@customers.example\u{200b}",
        "\u{ff54}ess.totp@customers.example",
        "\"tess.totp\"@customers.example",
        "[\"tess.totp@customers.example\"]",
        "%",
    ] {
        let fields = [("realm", "customers"), ("login", odd)];
        let answer = world.browser().post("reset-password/ask", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd:?}");
        assert!(world.letters().await.is_empty(), "{odd:?}");
    }
    for twice in [
        "realm=customers&login=tess.totp%40customers.example&login=eve%40evil.example",
        "realm=customers&login=eve%40evil.example&login=tess.totp%40customers.example",
        "realm=customers&login[]=tess.totp%40customers.example&login[]=eve%40evil.example",
        "realm=customers&login[0]=tess.totp%40customers.example",
    ] {
        let answer = world.browser().raw("reset-password/ask", twice).await;
        assert!(!answer.status.is_server_error(), "{twice}");
        let letters = world.letters().await;
        assert!(letters.iter().all(|l| l.to == TESS), "{twice}");
    }
}

/// The numbers of `security.md`, 2, for passwords: ten in a row lock for a
/// quarter of an hour, fifty in a day for good; told once per lock, written down
/// each time, and never more than slow for who comes from elsewhere.
#[tokio::test]
async fn xa04_ten_wrong_passwords_lock_and_fifty_in_a_day_shut() {
    let world = World::demo().await;
    let mut stranger = world.browser();
    for n in 1..=50 {
        let answer = stranger.password(TESS, WRONG).await;
        assert!(answer.says("wrong_credentials"), "{n}: {}", answer.body);
        world.advance(61);
        if n % 10 == 0 {
            let answer = stranger.password(TESS, PASSWORD).await;
            assert!(answer.says("wait"), "locked after {n}: {}", answer.body);
            world.advance(900);
        }
    }
    world.advance(2 * 86_400);
    let answer = stranger.password(TESS, PASSWORD).await;
    assert!(answer.says("wait"), "shut: {}", answer.body);
    let mut owner = world.browser();
    owner.address = IpAddr::from([203, 0, 113, 7]);
    assert!(owner.password(TESS, PASSWORD).await.says("totp"));

    let letters = world.letters().await;
    let told = letters.iter().filter(|letter| {
        let Message::Notice { what, .. } = &letter.message else {
            return false;
        };
        let kind = FactorKind::Password;
        letter.to == TESS && *what == Notice::Locked { kind }
    });
    assert_eq!(told.count(), 5, "once per lock");
    let tess = world.person("customers", TESS).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_of(&tess.id, 200).await.expect("reads");
    let refused = trail
        .iter()
        .filter(|entry| entry.action == "proof" && entry.outcome == "refused");
    assert!(refused.count() >= 50, "every try is in the trail");
}

/// One bucket for every spelling of a name and for every way in: the sign-in by
/// script and by plain form, and the dialog that asks for a fresh proof.
#[tokio::test]
async fn xa07_xa08_every_spelling_and_every_path_count_in_one_bucket() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Email];
    let mut browser = world.signed_in("customers", EMIL, &proven).await;
    world.advance(6 * 60);
    let answer = browser.get("/customers/add").await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    for _ in 0..5 {
        let answer = browser.code("confirm", WRONG).await;
        assert!(answer.says("wrong_code"), "{}", answer.body);
        world.advance(61);
    }
    for spelling in [
        EMIL,
        "EMIL.MAIL@CUSTOMERS.EXAMPLE",
        "  Emil.Mail@Customers.Example ",
        "\u{ff45}mil.mail@customers.example",
    ] {
        let answer = browser.password(spelling, WRONG).await;
        assert!(answer.says("wrong_credentials"), "{spelling}");
        world.advance(61);
    }
    let fields = [("realm", "customers"), ("login", EMIL), ("password", WRONG)];
    let answer = browser.submit("sign-in/password", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // That was the tenth.
    assert!(browser.password(EMIL, PASSWORD).await.says("wait"));
    assert!(browser.code("confirm", PASSWORD).await.says("wait"));
}

/// A header that cannot be read never skips a check and never fails: who calls
/// is the peer then (authentik CVE-2024-47070).
#[tokio::test]
async fn xa10_forwarded_addresses_are_taken_from_named_proxies_alone() {
    let proxy = IpAddr::from([10, 0, 0, 1]);
    let stranger = IpAddr::from([198, 51, 100, 9]);
    let world = World::behind(&[proxy]).await;
    let tess = world.person("customers", TESS).await;
    let text = |text: &str| HeaderValue::from_str(text).expect("a value");
    let cases = [
        (stranger, text("203.0.113.5"), "198.51.100.9"),
        (proxy, text("203.0.113.5"), "203.0.113.5"),
        (proxy, text("192.0.2.66, 203.0.113.5"), "203.0.113.5"),
        (proxy, text("203.0.113.5, 10.0.0.1"), "203.0.113.5"),
        (proxy, text("a"), "10.0.0.1"),
        (proxy, text(""), "10.0.0.1"),
        (proxy, text("fe80::1%eth0"), "10.0.0.1"),
        (proxy, text(&"a".repeat(4096)), "10.0.0.1"),
        (proxy, text(&["10.0.0.1"; 200].join(", ")), "10.0.0.1"),
        (
            proxy,
            HeaderValue::from_bytes(b"203.0.113.5\xff").expect("a value"),
            "10.0.0.1",
        ),
    ];
    for (peer, value, expected) in cases {
        let mut browser = world.browser();
        browser.address = peer;
        browser.headers = vec![("x-forwarded-for", value.clone())];
        let answer = browser.password(TESS, WRONG).await;
        assert_eq!(answer.status, StatusCode::OK, "{value:?}");
        assert!(answer.says("wrong_credentials"), "{value:?}");
        let mut conn = world.services.store.read().await.expect("reads");
        let newest = conn.audit_of(&tess.id, 1).await.expect("reads");
        assert_eq!(newest[0].address, expected, "{value:?}");
        drop(conn);
        world.advance(61);
    }
}

/// A new code is a new code and no new tries (Zitadel CVE-2024-32868).
#[tokio::test]
async fn xb05_a_new_code_by_mail_resets_no_counter() {
    let world = World::demo().await;
    let mut browser = world.browser();
    browser.password(EMIL, PASSWORD).await;
    let other = |code: &str| {
        if code == "12345678" {
            "87654321"
        } else {
            "12345678"
        }
    };
    let mut code = world.mailed_code().await;
    for n in 0..5 {
        if n == 3 {
            let fields = [("realm", "customers"), ("purpose", "sign_in")];
            browser.post("prove/resend", &fields).await;
            let fresh = world.mailed_code().await;
            assert_ne!(fresh, code);
            code = fresh;
        }
        let answer = browser.code("sign_in", other(&code)).await;
        assert!(answer.says("wrong_code"), "{n}: {}", answer.body);
        world.advance(61);
    }
    let answer = browser.code("sign_in", &code).await;
    assert!(answer.says("wait"), "{}", answer.body);
    assert!(!answer.lets_in());
}

/// What is no code is refused in words, uses a try up and is never a failure.
#[tokio::test]
async fn xb08_what_is_no_code_is_refused_and_counted() {
    let world = World::demo().await;
    let mut browser = world.browser();
    assert!(browser.password(TESS, PASSWORD).await.says("totp"));
    // Nothing was typed, or nothing that could be looked at: that costs no try.
    let answer = browser.code("sign_in", "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let array = "realm=customers&purpose=sign_in&code[]=123456&code[]=234567";
    let answer = browser.raw("prove/code", array).await;
    assert!(!answer.status.is_server_error());
    let answer = browser.code("sign_in", &"1".repeat(10_000)).await;
    assert_eq!(answer.status, StatusCode::OK);
    for code in [
        "12345\u{0}6",
        "null",
        "\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}",
        "{\"code\":123456}",
        "1234567",
    ] {
        let answer = browser.code("sign_in", code).await;
        assert_eq!(answer.status, StatusCode::OK, "{code:?}");
        assert!(!answer.lets_in(), "{code:?}");
        world.advance(61);
    }
    assert!(browser.code("sign_in", "000000").await.says("wait"));
}

/// A code proves what it was sent for and nothing else, and a code of one
/// browser proves nothing in another.
#[tokio::test]
async fn xb10_a_code_for_one_purpose_fits_no_other() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Email];
    let mut inside = world.signed_in("customers", EMIL, &proven).await;
    let emil = world.person("customers", EMIL).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&emil.id).await.expect("reads");
    drop(conn);
    let mail = factors.iter().find(|f| f.kind == FactorKind::Email);
    let id = mail.expect("his mail factor").id.as_str();
    let fields = [("realm", "customers"), ("id", id)];
    inside.post("manage-factors/test", &fields).await;
    let to_test = world.mailed_code().await;
    let mut outside = world.browser();
    outside.password(EMIL, PASSWORD).await;
    let to_sign_in = world.mailed_code().await;
    assert_ne!(to_test, to_sign_in);

    let answer = outside.code("sign_in", &to_test).await;
    assert!(answer.says("wrong_code") && !answer.lets_in());
    assert!(inside.code("test", &to_sign_in).await.says("wrong_code"));
    assert!(inside.code("test", &to_test).await.tells("factor_works"));
    assert!(outside.code("sign_in", &to_sign_in).await.lets_in());
}

/// Collects what the process writes into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a log").extend_from_slice(text);
        Ok(text.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The log says which kind of page was asked for and how it went; it never says
/// a password, a code, a token or a cookie, at no level that we ship with.
#[tokio::test]
async fn xb13_xc11_no_secret_reaches_the_log_or_the_answer() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("debug,webauthn_rs=off,webauthn_rs_core=off"))
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // The tests of tokio stay on this thread, and so does what they log.
    let _guard = tracing::subscriber::set_default(subscriber);
    let world = World::demo().await;
    let tess = world.secrets(TESS).await;
    let code = recovery_code(&tess, 0);

    let mut browser = world.browser();
    browser.password(TESS, WRONG).await;
    let mut browser = at_recovery(browser).await;
    assert!(browser.code("sign_in", &code).await.lets_in());
    browser.get("/customers/overview").await;
    let fields = [("realm", "customers")];
    let made = browser.post("recovery-codes/make", &fields).await;
    assert!(made.status.is_success());

    let mut other = world.browser();
    let answer = other.password(EMIL, PASSWORD).await;
    let mailed = world.mailed_code().await;
    assert!(!answer.body.contains(&mailed));
    let answer = other.code("sign_in", &mailed).await;
    assert!(answer.lets_in() && !answer.body.contains(&mailed));

    let fields = [("realm", "customers"), ("login", MAX)];
    let asked = world.browser().post("reset-password/ask", &fields).await;
    let letters = world.letters().await;
    let letter = letters.last().expect("a letter");
    let (short, token) = (letter.code().expect("a code"), letter.token());
    let token = token.expect("a token");
    assert!(!asked.body.contains(&short) && !asked.body.contains(&token));
    let mut max = world.browser();
    max.get(&format!("/customers/reset/{token}")).await;
    max.open("reset_password", &token).await;
    assert!(max.set_password(GOOD).await.tells("password_set"));

    let mut secrets = vec![code, mailed, short, token];
    secrets.extend([PASSWORD, WRONG, GOOD].map(str::to_owned));
    for browser in [&browser, &other, &max] {
        secrets.extend(browser.cookies.values().cloned());
    }
    let log = String::from_utf8_lossy(&log.0.lock().expect("a log")).into_owned();
    assert!(log.contains("place"), "something was logged:\n{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
}

/// Fields that no form has are ignored (Zitadel CVE-2026-27946).
#[tokio::test]
async fn xb20_fields_that_nobody_asked_for_change_nothing() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let before = world.person("customers", TESS).await;
    let max = world.person("customers", MAX).await;
    let fields = [
        ("realm", "customers"),
        ("name", "Tessa Tollmann"),
        ("lang", "en"),
        ("id", max.id.as_str()),
        ("person", max.id.as_str()),
        ("email", "eve@evil.example"),
        ("login", "eve@evil.example"),
        ("verified", "true"),
        ("aal", "3"),
        ("role", "administrator"),
        ("epoch", "9"),
        ("disabled_at", "1"),
        ("locked_until", "0"),
    ];
    let answer = browser.post("profile/save", &fields).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    let expected = Person {
        name: "Tessa Tollmann".to_owned(),
        ..before
    };
    assert_eq!(world.person("customers", TESS).await, expected);
    assert_eq!(world.person("customers", MAX).await, max);
    let mut conn = world.services.store.read().await.expect("reads");
    assert!(conn.grants(&expected.id).await.expect("reads").is_empty());
}

/// One link, one password, whoever of many is first (Mattermost CVE-2026-3590).
#[tokio::test]
async fn xc04_a_link_used_in_many_places_at_once_sets_one_password() {
    let world = World::demo().await;
    let token = world.reset_token(TESS).await;
    let mut tasks = JoinSet::new();
    for n in 0..6 {
        let mut browser = world.browser();
        browser.open("reset_password", &token).await;
        let new = format!("{GOOD}-{n}");
        let request = browser.request("reset-password/set", form(&new_password(&new)));
        let router = world.router.clone();
        tasks.spawn(async move { (new, testkit::send(router, request).await) });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|(_, a)| !a.status.is_server_error()));
    let set: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| answer.tells("password_set"))
        .map(|(new, _)| new)
        .collect();
    assert_eq!(set.len(), 1);
    for (new, _) in &answers {
        let answer = world.browser().password(TESS, new).await;
        assert_eq!(answer.says("totp"), set[0] == new, "{new}");
        world.advance(61);
    }
    let again = world.browser().open("reset_password", &token).await;
    assert!(again.says("used"), "{}", again.body);
}

/// Age and standing are judged where the password is set, whatever was true when
/// the link was opened.
#[tokio::test]
async fn xc05_a_reset_that_is_late_replaced_or_of_a_disabled_account_is_void() {
    let world = World::demo().await;
    // Opened in time, finished a second too late.
    let token = world.reset_token(TESS).await;
    world.advance(29 * 60);
    let mut late = world.browser();
    let answer = late.open("reset_password", &token).await;
    assert!(answer.body.contains("set-password"), "{}", answer.body);
    world.advance(60 + 1);
    assert!(!late.set_password(GOOD).await.tells("password_set"));
    assert!(world.browser().password(TESS, PASSWORD).await.says("totp"));

    // Replaced by a newer one.
    let first = world.reset_token(TESS).await;
    let mut early = world.browser();
    early.open("reset_password", &first).await;
    let second = world.reset_token(TESS).await;
    let answer = world.browser().open("reset_password", &first).await;
    assert!(answer.says("unknown"), "{}", answer.body);
    assert!(!early.set_password(GOOD).await.tells("password_set"));

    // The account was disabled meanwhile, and enabled again.
    let mut open = world.browser();
    open.open("reset_password", &second).await;
    let tess = world.person("customers", TESS).await;
    let at = async |disabled: Option<Timestamp>| {
        let mut tx = world.services.store.begin().await.expect("begins");
        tx.person_disable(&tess.id, disabled).await.expect("writes");
        tx.commit().await.expect("commits");
    };
    at(Some(world.services.now())).await;
    let answer = world.browser().open("reset_password", &second).await;
    assert!(answer.says("unknown"), "{}", answer.body);
    assert!(!open.set_password(GOOD).await.tells("password_set"));
    at(None).await;
    assert!(!open.set_password(GOOD).await.tells("password_set"));
    assert!(world.browser().password(TESS, PASSWORD).await.says("totp"));
}

/// A link is worth something for its own purpose in its own realm
/// (authentik CVE-2022-23555).
#[tokio::test]
async fn xc07_a_link_fits_no_other_purpose_and_no_other_realm() {
    let world = World::demo().await;
    let token = world.reset_token(TESS).await;
    for purpose in ["invitation", "enroll"] {
        let answer = world.browser().open(purpose, &token).await;
        assert!(answer.says("unknown"), "{purpose}: {}", answer.body);
    }
    for purpose in ["not_me", "reset", "", "session"] {
        let answer = world.browser().open(purpose, &token).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{purpose}");
    }
    let fields = [
        ("realm", "cloud"),
        ("purpose", "reset_password"),
        ("token", token.as_str()),
    ];
    let answer = world.browser().post("reset-password/open", &fields).await;
    assert!(answer.says("unknown"), "{}", answer.body);
    let fields = [("realm", "customers"), ("token", token.as_str())];
    let answer = world.browser().post("not-me", &fields).await;
    assert!(answer.says("unknown"), "{}", answer.body);
    let tess = world.person("customers", TESS).await;
    assert_eq!(tess.frozen_at, None);

    // Nor does the link of a notice open anything.
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let fields = [("realm", "customers")];
    browser.post("recovery-codes/make", &fields).await;
    let notice = world.mailed_token().await;
    for purpose in ["reset_password", "invitation", "enroll"] {
        let answer = world.browser().open(purpose, &notice).await;
        assert!(answer.says("unknown"), "{purpose}: {}", answer.body);
    }
    let answer = world.browser().open("reset_password", &token).await;
    assert!(answer.body.contains("set-password"), "{}", answer.body);
}

async fn passkey_options(browser: &mut Browser) -> Value {
    let fields = [("realm", "customers")];
    let answer = browser.post("sign-in/passkey-options", &fields).await;
    let text: String = serde_json::from_str(&answer.body).expect("a text");
    serde_json::from_str(&text).expect("options")
}

fn with_passkey(answer: &str) -> String {
    form(&[("realm", "customers"), ("credential", answer)])
}

/// The challenge goes with the first answer that comes, right or wrong; before
/// that, the question is the same for everybody.
#[tokio::test]
async fn xd01_xd02_xd13_a_passkey_answers_once() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let mut browser = world.browser();
    let options = passkey_options(&mut browser).await;
    assert_eq!(options["allowCredentials"], Value::Array(Vec::new()));
    let answer = pia.answer(&pia.claim(&options));
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let request = browser.request("sign-in/passkey", with_passkey(&answer));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|a| a.lets_in()).count(), 1);

    // The same once more, with no question open and with another one.
    let again = browser.raw("sign-in/passkey", &with_passkey(&answer)).await;
    assert!(again.says("start_again") && !again.lets_in());
    passkey_options(&mut browser).await;
    let again = browser.raw("sign-in/passkey", &with_passkey(&answer)).await;
    assert!(again.says("passkey_failed") && !again.lets_in());
    // That question is gone now, for the right answer too.
    let options = passkey_options(&mut browser).await;
    let wrong = with_passkey("{}");
    assert!(!browser.raw("sign-in/passkey", &wrong).await.lets_in());
    let late = with_passkey(&pia.answer(&pia.claim(&options)));
    assert!(!browser.raw("sign-in/passkey", &late).await.lets_in());
}

/// What is wrong with an answer, and how it comes to be.
type Bend = (&'static str, fn(&mut Claim));

/// Answers that an honest authenticator would not give (WebAuthn Level 3, 7.2).
#[tokio::test]
async fn xd04_xd05_xd08_answers_of_elsewhere_or_of_others_prove_nobody() {
    let bends: [Bend; 18] = [
        ("type", |c| c.kind = "webauthn.create"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("https", |c| c.origin = "https://localhost:8080"),
        ("a host below", |c| c.origin = "http://sub.localhost:8080"),
        ("a trailing dot", |c| c.origin = "http://localhost.:8080"),
        ("another host", |c| c.origin = "http://evil.example"),
        ("no origin", |c| c.origin = "null"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("another relying party", |c| c.rp_id = "evil.example"),
        ("nobody verified", |c| c.flags = 0x01),
        ("nobody present", |c| c.flags = 0x04),
        ("nobody named", |c| c.handle = None),
        ("a stranger named", |c| c.handle = Some(vec![7; 16])),
        ("no person named", |c| c.handle = Some(b"pia".to_vec())),
        ("two credentials named", |c| c.id = "A".repeat(22)),
        ("another challenge", |c| c.challenge = "A".repeat(43)),
    ];
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let max = Key::of(&world.secrets(MAX).await);
    let mut browser = world.browser();
    for (what, bend) in bends {
        let options = passkey_options(&mut browser).await;
        let mut claim = pia.claim(&options);
        bend(&mut claim);
        let body = with_passkey(&pia.answer(&claim));
        let answer = browser.raw("sign-in/passkey", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}");
        assert!(!answer.lets_in(), "{what}");
        assert!(answer.says("passkey_failed"), "{what}: {}", answer.body);
        // Past the lock that five of these bring.
        world.advance(1000);
    }
    // Pia's credential with the key of Max, and the other way round.
    for (key, named) in [(&max, &pia), (&pia, &max)] {
        let options = passkey_options(&mut browser).await;
        let body = with_passkey(&key.answer(&named.claim(&options)));
        assert!(!browser.raw("sign-in/passkey", &body).await.lets_in());
        world.advance(1000);
    }
    // Pia's key, and Max named as the one who answers.
    let options = passkey_options(&mut browser).await;
    let mut claim = pia.claim(&options);
    claim.handle = Some(max.handle.clone());
    let body = with_passkey(&pia.answer(&claim));
    let answer = browser.raw("sign-in/passkey", &body).await;
    assert!(answer.says("passkey_failed") && !answer.lets_in());
    world.advance(1000);
    // A question of one realm is none of another.
    let options = passkey_options(&mut browser).await;
    let answer = pia.answer(&pia.claim(&options));
    let fields = [("realm", "workforce"), ("credential", answer.as_str())];
    assert!(!browser.post("sign-in/passkey", &fields).await.lets_in());
    let body = with_passkey(&answer);
    assert!(browser.raw("sign-in/passkey", &body).await.lets_in());
}

/// What the page that is shown asks a passkey.
fn asked(answer: &Answer) -> Value {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let screen = body["show"]["screen"].as_object().expect("a screen");
    let task = screen.values().next().expect("a task");
    let options = task["options"].as_str().expect("options");
    serde_json::from_str(options).expect("JSON")
}

async fn prove(browser: &mut Browser, purpose: &str, credential: &str) -> Answer {
    let fields = [
        ("realm", "customers"),
        ("purpose", purpose),
        ("credential", credential),
    ];
    browser.post("prove/passkey", &fields).await
}

/// Max is signed in, and asked for his passkey before he may change something.
async fn at_confirm(world: &World) -> (Browser, Value) {
    let mut browser = world
        .signed_in("customers", MAX, &[FactorKind::Passkey])
        .await;
    world.advance(6 * 60);
    let answer = browser.get("/customers/add").await;
    assert_eq!(answer.header("location"), "/customers/confirm");
    let options = asked(&browser.page("/customers/confirm").await);
    (browser, options)
}

/// Max is about to test his passkey.
async fn at_test(world: &World) -> (Browser, Value) {
    let proven = [FactorKind::Passkey];
    let mut browser = world.signed_in("customers", MAX, &proven).await;
    let key = passkey_of(world, MAX).await;
    let fields = [("realm", "customers"), ("id", key.id.as_str())];
    browser.post("manage-factors/test", &fields).await;
    let options = asked(&browser.page("/customers/test").await);
    (browser, options)
}

async fn passkey_of(world: &World, login: &str) -> Factor {
    let who = world.person("customers", login).await;
    let mut conn = world.services.store.read().await.expect("reads");
    let factors = conn.factors(&who.id).await.expect("reads");
    let key = factors.into_iter().find(|f| f.kind == FactorKind::Passkey);
    key.expect("a passkey")
}

/// A question is gone with the first answer and after five minutes, where
/// somebody proves themselves once more, too; a failed answer brings another.
#[tokio::test]
async fn xd01_a_passkey_answers_once_at_step_up_and_test() {
    let world = World::demo().await;
    let max = Key::of(&world.secrets(MAX).await);
    for purpose in ["confirm", "test"] {
        let begin = async || match purpose {
            "confirm" => at_confirm(&world).await,
            _ => at_test(&world).await,
        };
        let proves = |answer: &Answer| answer.lets_in() || answer.tells("factor_works");

        let (mut browser, first) = begin().await;
        let answer = prove(&mut browser, purpose, "{}").await;
        assert!(answer.says("passkey_failed"), "{purpose}: {}", answer.body);
        let second = asked(&answer);
        assert_ne!(first["challenge"], second["challenge"], "{purpose}");
        let late = max.answer(&max.claim(&first));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(answer.says("passkey_failed"), "{purpose}: {}", answer.body);
        let third = asked(&answer);
        let late = max.answer(&max.claim(&second));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(answer.says("passkey_failed"), "{purpose}: {}", answer.body);
        world.advance(61);
        let fourth = asked(&answer);
        assert_ne!(third["challenge"], fourth["challenge"], "{purpose}");
        let right = max.answer(&max.claim(&fourth));
        let answer = prove(&mut browser, purpose, &right).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);

        let (mut browser, options) = begin().await;
        world.advance(290);
        let in_time = max.answer(&max.claim(&options));
        let answer = prove(&mut browser, purpose, &in_time).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);

        let (mut browser, options) = begin().await;
        world.advance(300);
        let late = max.answer(&max.claim(&options));
        let answer = prove(&mut browser, purpose, &late).await;
        assert!(answer.says("start_again"), "{purpose}: {}", answer.body);
        let right = max.answer(&max.claim(&asked(&answer)));
        let answer = prove(&mut browser, purpose, &right).await;
        assert!(proves(&answer), "{purpose}: {}", answer.body);
    }
}

/// Of two requests that saw the same question one may look at its answer, and
/// none when the ceremony ended meanwhile.
#[tokio::test]
async fn xd01_a_challenge_has_one_taker() {
    let world = World::demo().await;
    let (browser, _) = at_confirm(&world).await;
    let cookies = browser.cookies.iter();
    let cookies: Vec<_> = cookies
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request {
        cookies: cookies.join("; "),
        ..Request::default()
    };
    let realm = world.services.realm("customers").expect("a realm");
    let ctx = Ctx {
        services: &world.services,
        request: &request,
        realm: &realm,
    };
    let load = async || {
        let run = ceremony::load::<Confirm>(ctx).await.expect("reads");
        run.expect("a ceremony")
    };
    let take = async |run: Run<Confirm>| {
        let next = run.extras.clone();
        let taken = ceremony::next_challenge(ctx, run, next).await;
        taken.expect("writes")
    };
    let (one, two) = (load().await, load().await);
    assert!(take(one).await.is_some());
    assert!(take(two).await.is_none());
    let (one, two) = (load().await, load().await);
    assert!(take(one).await.is_some());
    ceremony::drop_row::<Confirm>(ctx).await.expect("drops");
    assert!(take(two).await.is_none());
    let found = ceremony::load::<Confirm>(ctx).await.expect("reads");
    assert!(found.is_none(), "what ended stays ended");
}

/// The same answers prove nobody where the person is known before.
#[tokio::test]
async fn xd04_xd08_answers_of_elsewhere_or_of_others_prove_nobody_at_step_up() {
    let bends: [Bend; 9] = [
        ("type", |c| c.kind = "webauthn.create"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("another relying party", |c| c.rp_id = "evil.example"),
        ("nobody verified", |c| c.flags = 0x01),
        ("a stranger named", |c| c.handle = Some(vec![7; 16])),
        ("two credentials named", |c| c.id = "A".repeat(22)),
    ];
    let world = World::demo().await;
    let max = Key::of(&world.secrets(MAX).await);
    let pia = Key::of(&world.secrets(PIA).await);
    for (what, bend) in bends {
        let (mut browser, options) = at_confirm(&world).await;
        let mut claim = max.claim(&options);
        bend(&mut claim);
        let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
        assert!(answer.says("passkey_failed"), "{what}: {}", answer.body);
        assert!(!answer.lets_in(), "{what}");
        world.advance(1000);
    }
    // A key that was not asked for, and his own one with no name to it.
    let (mut browser, options) = at_confirm(&world).await;
    let other = pia.answer(&pia.claim(&options));
    let answer = prove(&mut browser, "confirm", &other).await;
    assert!(answer.says("passkey_unknown"), "{}", answer.body);
    let mut claim = max.claim(&asked(&answer));
    claim.handle = None;
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.lets_in(), "{}", answer.body);
}

/// Making a passkey keeps the same rules.
#[tokio::test]
async fn xd01_xd04_xd08_a_new_passkey_answers_once_and_from_a_page_of_ours() {
    let bends: [Bend; 6] = [
        ("type", |c| c.kind = "webauthn.get"),
        ("another port", |c| c.origin = "http://localhost:8081"),
        ("a frame", |c| c.crossed = true),
        ("a frame of ours", |c| c.top = Some("http://localhost:8080")),
        ("a frame of theirs", |c| c.top = Some("http://evil.example")),
        ("two credentials named", |c| c.id = "A".repeat(22)),
    ];
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let key = Key::new(7);
    let begin = async || {
        let mut browser = world.signed_in("customers", TESS, &proven).await;
        let fields = [("realm", "customers"), ("method", "passkey")];
        let options = asked(&browser.post("choose-method", &fields).await);
        (browser, options)
    };
    let enroll = async |browser: &mut Browser, credential: &str| {
        let fields = [
            ("realm", "customers"),
            ("credential", credential),
            ("name", "Key"),
        ];
        browser.post("enroll-passkey", &fields).await
    };
    for (what, bend) in bends {
        let (mut browser, first) = begin().await;
        let mut claim = key.creation(&first);
        bend(&mut claim);
        let answer = enroll(&mut browser, &key.registration(&claim)).await;
        assert!(answer.says("passkey_failed"), "{what}: {}", answer.body);
        let second = asked(&answer);
        assert_ne!(first["challenge"], second["challenge"], "{what}");
        let late = key.registration(&key.creation(&first));
        let answer = enroll(&mut browser, &late).await;
        assert!(answer.says("passkey_failed"), "{what}: {}", answer.body);
    }
    let (mut browser, options) = begin().await;
    let right = key.registration(&key.creation(&options));
    let answer = enroll(&mut browser, &right).await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
    let again = enroll(&mut browser, &right).await;
    assert!(again.says("start_again"), "{}", again.body);

    // In a first sign-in, and late.
    let mut browser = world.browser();
    browser.password(NORA, PASSWORD).await;
    let fields = [("realm", "customers"), ("method", "passkey")];
    let options = asked(&browser.post("choose-method", &fields).await);
    world.advance(300);
    let late = key.registration(&key.creation(&options));
    let answer = enroll(&mut browser, &late).await;
    assert!(answer.says("start_again"), "{}", answer.body);
    let known = key.registration(&key.creation(&asked(&answer)));
    let answer = enroll(&mut browser, &known).await;
    assert!(answer.says("passkey_known"), "{}", answer.body);
    let other = Key::new(8);
    let right = other.registration(&other.creation(&asked(&answer)));
    assert!(enroll(&mut browser, &right).await.lets_in());
}

/// A counter that does not grow, and a signature that holds: there are two of
/// this key, so none of them proves anybody from now on.
#[tokio::test]
async fn xd10_a_passkey_with_a_copy_is_switched_off_and_its_owner_told() {
    let world = World::demo().await;
    let pia = Key::of(&world.secrets(PIA).await);
    let max = Key::of(&world.secrets(MAX).await);
    let sign_in = async |named: &Key, signs: &Key, counter: u32| {
        let mut browser = world.browser();
        let options = passkey_options(&mut browser).await;
        let claim = Claim {
            counter,
            ..named.claim(&options)
        };
        let body = with_passkey(&signs.answer(&claim));
        let answer = browser.raw("sign-in/passkey", &body).await;
        world.advance(61);
        answer
    };
    let cloned = async |login: &str| {
        let who = world.person("customers", login).await;
        let mut conn = world.services.store.read().await.expect("reads");
        let trail = conn.audit_of(&who.id, 50).await.expect("reads");
        let written = trail.iter().filter(|e| e.action == "passkey_cloned");
        let written = written.count();
        drop(conn);
        let told = |letter: &Letter| {
            let Message::Notice { what, .. } = &letter.message else {
                return false;
            };
            letter.to == login && matches!(what, Notice::PasskeyCloned { .. })
        };
        let told = world.letters().await.iter().filter(|l| told(l)).count();
        let off = passkey_of(&world, login).await.disabled_at.is_some();
        (off, written, told)
    };
    assert!(sign_in(&pia, &pia, 5).await.lets_in());
    assert!(sign_in(&pia, &pia, 6).await.lets_in());
    // Who holds no copy of the key switches nothing off.
    assert!(sign_in(&pia, &max, 6).await.says("passkey_failed"));
    assert_eq!(cloned(PIA).await, (false, 0, 0));
    assert!(sign_in(&pia, &pia, 6).await.says("passkey_failed"));
    assert_eq!(cloned(PIA).await, (true, 1, 1));
    // Neither of the two signs in, and it is told once.
    for counter in [4, 7] {
        let answer = sign_in(&pia, &pia, counter).await;
        assert!(answer.says("passkey_failed") && !answer.lets_in());
    }
    assert_eq!(cloned(PIA).await, (true, 1, 0));
    let answer = world.browser().password(PIA, PASSWORD).await;
    assert!(answer.says("factor_disabled"), "{}", answer.body);

    // The copy signs in while the owner is asked once more.
    let (mut browser, options) = at_confirm(&world).await;
    assert!(sign_in(&max, &max, 3).await.lets_in());
    let claim = Claim {
        counter: 3,
        ..max.claim(&options)
    };
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.says("passkey_failed") && !answer.lets_in());
    assert_eq!(cloned(MAX).await, (true, 1, 1));
    let claim = Claim {
        counter: 4,
        ..max.claim(&asked(&answer))
    };
    let answer = prove(&mut browser, "confirm", &max.answer(&claim)).await;
    assert!(answer.says("passkey_unknown"), "{}", answer.body);
    assert_eq!(cloned(MAX).await, (true, 1, 0));
}

/// What is used up at one node is used up at the other, and what is ended there
/// is ended here, at once.
#[tokio::test]
async fn xf01_xj07_two_nodes_agree() {
    let one = World::demo().await;
    let two = one.twin().await;
    let code = recovery_code(&one.secrets(TESS).await, 0);
    let mut tasks = JoinSet::new();
    for n in 0..6 {
        let node = if n % 2 == 0 { &one } else { &two };
        let browser = at_recovery(node.browser()).await;
        let fields = [
            ("realm", "customers"),
            ("purpose", "sign_in"),
            ("code", code.as_str()),
        ];
        let request = browser.request("prove/code", form(&fields));
        let router = node.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|a| a.lets_in()).count(), 1);

    let place = "/customers/overview";
    let proven = [FactorKind::Password, FactorKind::Totp];
    let tess = one.signed_in("customers", TESS, &proven).await;
    assert_eq!(tess.at(&one).page(place).await.status, StatusCode::OK);
    assert_eq!(tess.at(&two).page(place).await.status, StatusCode::OK);
    tess.at(&one)
        .post("sign-out", &[("realm", "customers")])
        .await;
    for node in [&one, &two] {
        let answer = tess.at(node).page(place).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    let max = one.signed_in("customers", MAX, &proven).await;
    let id = one.person("customers", MAX).await.id;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = two.signed_in("workforce", "Q100001", &staff).await;
    let fields = [
        ("realm", "customers"),
        ("id", id.as_str()),
        ("change", "disabled"),
    ];
    let answer = ada.post("admin/person", &fields).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    for node in [&one, &two] {
        let answer = max.at(node).page(place).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}

/// Five wrong recovery codes an hour; the right one is not used up by a lock.
#[tokio::test]
async fn xf02_recovery_codes_are_tried_five_times_an_hour() {
    let world = World::demo().await;
    let code = recovery_code(&world.secrets(TESS).await, 3);
    let mut browser = at_recovery(world.browser()).await;
    for n in 0..5 {
        let guess = format!("0000-0000-0000-000{n}");
        let answer = browser.code("sign_in", &guess).await;
        assert!(answer.says("used_code"), "{n}: {}", answer.body);
        world.advance(61);
    }
    assert!(browser.code("sign_in", &code).await.says("wait"));
    // A sign-in that began anew does not count anew.
    world.advance(30 * 60);
    let mut browser = at_recovery(world.browser()).await;
    assert!(browser.code("sign_in", &code).await.says("wait"));
    world.advance(30 * 60);
    let mut browser = at_recovery(world.browser()).await;
    assert!(browser.code("sign_in", &code).await.lets_in());
}

/// Fifteen minutes without a call, eight hours with any number of them.
#[tokio::test]
async fn xj08_a_session_ends_by_idling_and_by_age() {
    let world = World::demo().await;
    let tess = world.secrets(TESS).await;
    let place = "/customers/profile";
    let mut browser = at_recovery(world.browser()).await;
    let code = recovery_code(&tess, 0);
    assert!(browser.code("sign_in", &code).await.lets_in());
    for n in 1..48 {
        world.advance(10 * 60);
        let answer = browser.page(place).await;
        assert_eq!(answer.status, StatusCode::OK, "after {n}0 minutes");
    }
    world.advance(10 * 60);
    let answer = browser.page(place).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "after eight hours");

    let mut browser = at_recovery(world.browser()).await;
    let code = recovery_code(&tess, 1);
    assert!(browser.code("sign_in", &code).await.lets_in());
    world.advance(15 * 60 + 1);
    let answer = browser.page(place).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "idle");
}

/// An account without a factor opens by its own unused invitation and by nothing
/// that somebody can make up (Zitadel CVE-2026-119128).
#[tokio::test]
async fn xk01_xk02_an_account_without_factors_opens_by_its_invitation_once() {
    const ZOE: &str = "zoe@mail.example";
    let world = World::demo().await;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = world.signed_in("workforce", "Q100001", &staff).await;
    let invite = [
        ("realm", "customers"),
        ("email", ZOE),
        ("name", "Zoe"),
        ("lang", "en"),
    ];
    assert!(ada.post("admin/invite", &invite).await.tells("invited"));
    let token = world.mailed_token().await;
    let zoe = world.person("customers", ZOE).await;

    for password in ["x", PASSWORD, ZOE] {
        let answer = world.browser().password(ZOE, password).await;
        assert!(answer.says("wrong_credentials"), "{}", answer.body);
        world.advance(61);
    }
    let mut forger = world.browser();
    for name in [SESSION, "__Host-browser"] {
        let value = zoe.id.as_str().to_owned();
        forger.cookies.insert(name.to_owned(), value);
    }
    for call in ["choose-method", "enroll-totp", "recovery-codes/make"] {
        let answer = forger.raw(call, ARGUMENTS).await;
        assert!(is_refused(answer.status), "{call}: {}", answer.status);
    }
    assert!(!forger.set_password(GOOD).await.tells("password_set"));
    let mut conn = world.services.store.read().await.expect("reads");
    assert!(conn.factors(&zoe.id).await.expect("reads").is_empty());
    drop(conn);

    let mut tasks = JoinSet::new();
    for n in 0..4 {
        let mut browser = world.browser();
        browser.open("invitation", &token).await;
        let new = format!("{GOOD}-{n}");
        let request = browser.request("reset-password/set", form(&new_password(&new)));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    let set = answers.iter().filter(|a| a.tells("password_set"));
    assert_eq!(set.count(), 1);
    let again = world.browser().open("invitation", &token).await;
    assert!(again.says("used"), "{}", again.body);
}

/// Nobody is there before somebody was made, no password is known, and nothing
/// of the demo answers; the demo itself refuses to be reached from outside.
#[tokio::test]
async fn xk04_outside_of_the_demo_nothing_of_it_is_there() {
    let world = World::empty(&[]).await;
    for path in [
        "/demo/people.json",
        "/demo/outbox.json",
        "/demo/outbox",
        "/demo/clock",
    ] {
        let answer = world.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains(PASSWORD), "{path}");
    }
    let answer = world.browser().password(TESS, PASSWORD).await;
    assert!(answer.says("wrong_credentials"), "{}", answer.body);
    let mut conn = world.services.store.read().await.expect("reads");
    for realm in world.services.realms.iter() {
        let people = conn.people_page(&realm.slug, "", None, 1).await;
        assert!(people.expect("reads").is_empty(), "{}", realm.slug);
    }
    let data = folder().display().to_string();
    let open = ["--demo", "--listen", "0.0.0.0:8080", "--data", &data];
    assert!(start::services(&options(&open)).await.is_err());
}

/// News in an address are shown where the portal vouches for them, for a moment;
/// a made-up link frightens nobody.
#[tokio::test]
async fn xl05_news_in_a_made_up_link_are_not_told() {
    let world = World::demo().await;
    let ended = "Sie sind abgemeldet.";
    for link in [
        "/customers/sign-in?news=%22signed_out%22",
        "/customers/sign-in?news=%22signed_out%22&stamp=1.x",
        "/customers/sign-in?news=%22signed_out%22&stamp=",
    ] {
        let page = world.browser().get(link).await;
        assert_eq!(page.status, StatusCode::OK, "{link}");
        assert!(!page.body.contains(ended), "{link}");
    }
    let mut tess = world.signed_in("customers", TESS, &[]).await;
    let answer = tess.post("sign-out", &[("realm", "customers")]).await;
    let path = answer.body.split('"').find(|part| part.contains("?news="));
    let path = path.expect("an address").replace("\\u0026", "&");
    assert!(world.browser().get(&path).await.body.contains(ended));
    // Vouched for this news, not for another.
    let other = path.replace("signed_out", "frozen");
    assert!(
        !world
            .browser()
            .get(&other)
            .await
            .body
            .contains("eingefroren")
    );
    world.advance(60);
    assert!(!world.browser().get(&path).await.body.contains(ended));
}

/// A page that asks for a code may take it out of a message; no other may.
#[tokio::test]
async fn xl02_codes_may_be_taken_out_of_messages_on_code_pages_alone() {
    let world = World::demo().await;
    let mut browser = world.browser();
    let allowed = |answer: &Answer| {
        let permissions = answer.header("permissions-policy");
        permissions.contains("otp-credentials=(self)")
    };
    assert!(!allowed(&browser.get("/customers/sign-in").await));
    browser.password(EMIL, PASSWORD).await;
    let code = browser.get("/customers/sign-in").await;
    assert_eq!(code.status, StatusCode::OK);
    assert!(allowed(&code), "{}", code.header("permissions-policy"));
    assert!(code.header("x-rekey-asks-code").is_empty());
    assert!(!allowed(&browser.get("/customers/forgot").await));
}

/// The headers of `security.md`, 2.6, to the letter, on a portal as it stands in
/// the world.
#[tokio::test]
async fn xl02_every_answer_of_an_https_portal_carries_the_headers() {
    let world = World::empty(&["--public-url", "https://id.example.com"]).await;
    let every = [
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        (
            "permissions-policy",
            "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), usb=(), payment=(), clipboard-read=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cache-control", "no-store"),
        ("x-frame-options", "DENY"),
    ];
    let mut nonces = BTreeSet::new();
    for (path, host, status, is_page) in [
        ("/", "id.example.com", 200, true),
        ("/customers/sign-in", "id.example.com", 200, true),
        ("/customers/forgot", "id.example.com", 200, true),
        ("/customers/reset/abc", "id.example.com", 200, true),
        ("/nothing/here", "id.example.com", 404, true),
        ("/customers/overview", "id.example.com", 303, false),
        ("/customers/sign-in?lang=de", "id.example.com", 303, false),
        (
            "/admin/customers/transfers/t/file",
            "id.example.com",
            303,
            false,
        ),
        ("/api/sign-out", "id.example.com", 403, false),
        ("/favicon.ico", "id.example.com", 308, false),
        ("/readyz", "id.example.com", 200, false),
        ("/", "evil.example", 421, false),
    ] {
        let mut browser = world.browser();
        browser.host = host.to_owned();
        let answer = browser.get(path).await;
        let cell = format!("{host}{path}");
        assert_eq!(answer.status.as_u16(), status, "{cell}");
        for (name, value) in every {
            assert_eq!(answer.header(name), value, "{cell}: {name}");
        }
        let policy = answer.header("content-security-policy");
        if is_page {
            let nonce = policy.split("'nonce-").nth(1).unwrap_or_default();
            let nonce = nonce.split('\'').next().unwrap_or_default();
            assert!(nonce.len() >= 16, "{cell}: {policy}");
            assert!(answer.body.contains(nonce), "{cell}");
            assert_eq!(
                policy,
                format!(
                    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src 'none'; manifest-src 'self'; worker-src 'self'"
                ),
                "{cell}"
            );
            assert!(nonces.insert(nonce.to_owned()), "{cell}: used before");
        } else {
            assert!(policy.starts_with("default-src 'none'"), "{cell}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'"),
                "{cell}: {policy}"
            );
            assert!(!policy.contains("script-src"), "{cell}: {policy}");
        }
    }
}

/// The cells that the matrix of `access.rs` does not have: who is half-way
/// through a ceremony, who was disabled, the export, and staff of one realm.
#[tokio::test]
async fn xl04_half_way_disabled_or_of_another_realm_is_not_in() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut before_second = world.browser();
    assert!(before_second.password(TESS, PASSWORD).await.says("totp"));
    let token = world.reset_token(MAX).await;
    let mut resetting = world.browser();
    resetting.open("reset_password", &token).await;
    let disabled = world.signed_in("customers", DORA, &proven).await;
    let callers = [
        ("before the second factor", before_second),
        ("resetting", resetting),
        ("disabled", disabled),
    ];
    for (who, caller) in callers {
        for (call, rule) in CALLS.iter().filter(|(_, rule)| *rule != Rule::Anyone) {
            let answer = caller.clone().raw(call, ARGUMENTS).await;
            let cell = format!("{call} ({rule:?}) {who}: {}", answer.status);
            assert!(is_refused(answer.status), "{cell}");
        }
    }

    // Jonas administrates customers and nothing else.
    let jonas = world.person("workforce", "Q471108").await;
    let customers = Grant {
        role: Role::Administrator,
        realm: slug("customers"),
    };
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.grant(&jonas.id, &customers).await.expect("grants");
    tx.commit().await.expect("commits");
    let passkey = [FactorKind::Passkey, FactorKind::Pin];
    let weak = world
        .signed_in("workforce", "Q100001", &[FactorKind::Pin])
        .await;
    let mut strong = world.signed_in("workforce", "Q471108", &passkey).await;
    let customer = world.signed_in("customers", TESS, &proven).await;
    let export = "admin/people/export";
    let own = [("realm", "customers")];
    let answer = world.exported(&mut strong, export, &own).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(TESS));
    for (mut browser, realm, status) in [
        (strong.clone(), "workforce", 403),
        (strong.clone(), "nowhere", 404),
        (weak, "customers", 403),
        (customer, "customers", 401),
        (world.browser(), "customers", 401),
    ] {
        let answer = browser.post(export, &[("realm", realm)]).await;
        assert_eq!(answer.status.as_u16(), status, "{realm}");
        assert!(!answer.body.contains('@'), "{realm}");
    }
    let sam = world.person("cloud", "sam.okafor@example.com").await;
    for (realm, status) in [
        ("cloud", StatusCode::FORBIDDEN),
        ("customers", StatusCode::NOT_FOUND),
    ] {
        let fields = [
            ("realm", realm),
            ("id", sam.id.as_str()),
            ("change", "disabled"),
        ];
        let answer = strong.post("admin/person", &fields).await;
        assert_eq!(answer.status, status, "{realm}");
    }
    let sam = world.person("cloud", "sam.okafor@example.com").await;
    assert!(sam.is_enabled());
}

/// Hostile text in every argument of every call, from who may call everything:
/// refused or taken as text, never a failure.
#[tokio::test]
async fn xl08_no_text_in_any_argument_is_a_failure() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut browser = world.signed_in("customers", TESS, &proven).await;
    let ada = world.signed_in("workforce", "Q100001", &staff).await;
    browser.cookies.extend(
        ada.cookies
            .into_iter()
            .filter(|(name, _)| name.starts_with("__Host-session-")),
    );
    let long = "a".repeat(50_000);
    let deep = "{\"a\":[".repeat(5_000);
    let hostile = [
        "' OR 1=1; DROP TABLE person --",
        "%",
        "_\\",
        "*)(uid=*",
        "\u{0}\u{7}\r\nx: y",
        "\u{202e}\u{fdfa}\u{1f511}",
        "<script>alert(1)</script>{{7*7}}",
        "../../etc/passwd",
        &long,
        &deep,
    ];
    let arguments: Vec<&str> = ARGUMENTS
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .filter(|name| *name != "realm")
        .collect();
    for text in hostile {
        let shown: String = text.chars().take(20).collect();
        for (call, _) in CALLS {
            // They would end what the next calls need.
            if matches!(*call, "sign-out" | "sessions/end-others") {
                continue;
            }
            for realm in ["customers", text] {
                let mut fields = vec![("realm", realm)];
                fields.extend(arguments.iter().map(|name| (*name, text)));
                let answer = browser.post(call, &fields).await;
                let cell = format!("{call} with {shown:?}: {}", answer.status);
                assert!(!answer.status.is_server_error(), "{cell}");
            }
        }
        let searched = format!("/admin/customers/people?{}", form(&[("q", text)]));
        let answer = browser.page(&searched).await;
        assert_eq!(answer.status, StatusCode::OK, "searching {shown:?}");
        assert!(!answer.body.contains(TESS), "searching {shown:?}");
    }
    let answer = browser.page("/customers/overview").await;
    assert_eq!(answer.status, StatusCode::OK, "she is still signed in");
}
