use super::*;
use crate::{
    Timestamp,
    policy::{self, Realm},
};
use proptest::prelude::*;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const APP: &str = r#"
[[applications]]
id = "app"
name = { en = "App", de = "App" }
url = "https://app.example/"
redirect_uris = ["https://app.example/callback", "http://localhost:9090/callback"]
client = "public"
scopes = ["openid", "email"]
"#;

fn realm_with(more: &str) -> Realm {
    let text = include_str!("../../../../server/policies/dealers.toml");
    let fault = |faults: Vec<policy::Fault>| faults[0].to_string();
    let text = format!("{text}\n{APP}{more}");
    policy::parse(&text).map_err(fault).expect("a policy")
}

fn realm() -> Realm {
    let text = include_str!("../../../../server/policies/customers.toml");
    policy::parse(&format!("{text}\n{APP}")).expect("a policy")
}

fn strict(chains: &str, since: &str) -> Realm {
    let text = include_str!("../../../../server/policies/customers.toml");
    policy::parse(&format!("{text}\n{APP}chains = {chains}\n{since}")).expect("a policy")
}

fn good() -> Vec<(String, String)> {
    [
        ("client_id", "app"),
        ("redirect_uri", "https://app.example/callback"),
        ("response_type", "code"),
        ("scope", "openid email profile phone"),
        ("state", "s p&c"),
        ("nonce", "n"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
    .map(|(n, v)| (n.to_owned(), v.to_owned()))
    .to_vec()
}

fn with(name: &str, value: &str) -> Vec<(String, String)> {
    let mut parameters = good();
    parameters.retain(|(n, _)| n != name);
    parameters.push((name.to_owned(), value.to_owned()));
    parameters
}

fn denial(parameters: &[(String, String)]) -> Option<Denial> {
    match read(&realm(), parameters) {
        Err(Refused::Back { denial, .. }) => Some(denial),
        _ => None,
    }
}

#[test]
fn a_good_request_is_read() {
    let realm = realm();
    let (app, asked) = read(&realm, &good()).expect("good");
    assert_eq!(app.id, "app");
    assert_eq!(asked.scope, "openid email", "what it may have of it");
    assert_eq!(asked.state.as_deref(), Some("s p&c"));
    assert_eq!(asked.prompt, Prompt::default());
}

#[test]
fn what_is_wrong_is_told_where_it_may_be_told() {
    for (name, value, told) in [
        ("response_type", "token", Denial::UnsupportedResponseType),
        (
            "response_type",
            "code id_token",
            Denial::UnsupportedResponseType,
        ),
        ("response_type", "", Denial::InvalidRequest),
        ("response_mode", "form_post", Denial::InvalidRequest),
        ("scope", "email", Denial::InvalidScope),
        ("code_challenge", "", Denial::InvalidRequest),
        ("code_challenge", "short", Denial::InvalidRequest),
        ("code_challenge_method", "plain", Denial::InvalidRequest),
        ("code_challenge_method", "", Denial::InvalidRequest),
        ("max_age", "-1", Denial::InvalidRequest),
        ("prompt", "none login", Denial::InvalidRequest),
        ("request", "x", Denial::RequestNotSupported),
        (
            "request_uri",
            "https://x.example",
            Denial::RequestUriNotSupported,
        ),
        ("registration", "{}", Denial::RegistrationNotSupported),
    ] {
        assert_eq!(denial(&with(name, value)), Some(told), "{name}={value}");
    }
    let mut twice = good();
    twice.push(("nonce".into(), "m".into()));
    assert_eq!(denial(&twice), Some(Denial::InvalidRequest));
    let page = |parameters: &[(String, String)]| read(&realm(), parameters).map(|_| ());
    for (name, value, fault) in [
        ("client_id", "other", PageFault::UnknownClient),
        ("client_id", "", PageFault::UnknownClient),
        ("redirect_uri", "", PageFault::UnknownRedirect),
        (
            "redirect_uri",
            "https://app.example/callback/",
            PageFault::UnknownRedirect,
        ),
        (
            "redirect_uri",
            "https://app.example/callback?x=1",
            PageFault::UnknownRedirect,
        ),
        (
            "redirect_uri",
            "http://localhost:9091/callback",
            PageFault::UnknownRedirect,
        ),
    ] {
        assert_eq!(page(&with(name, value)), Err(Refused::Page(fault)));
    }
    let mut twice = good();
    twice.push(("redirect_uri".into(), "https://evil.example/".into()));
    assert_eq!(page(&twice), Err(Refused::Page(PageFault::UnknownRedirect)));
}

/// All of it proven at once.
fn given(proven: &[FactorKind], at: i64) -> Vec<Given> {
    let at = Timestamp::from_millis(at);
    proven.iter().map(|kind| (*kind, at)).collect()
}

fn signed<'a>(proofs: &'a [Given], held: &'a [FactorKind]) -> Signed<'a> {
    Signed {
        proofs,
        held,
        agreed: false,
        expected: true,
    }
}

#[test]
fn chains_of_an_application_are_asked_for_from_their_day_on() {
    use FactorKind::{Passkey, Password, Totp};
    let realm = strict(
        r#"[{ factors = ["passkey"], acr = "phr" }]"#,
        "since = \"2026-12-01\"",
    );
    let (app, asked) = read(&realm, &good()).expect("good");
    let proven = [Password, Totp];
    let now = Timestamp::from_millis(1000);
    let at = |who, day| decide(app, &asked, Some(who), day, None, false, now);
    let proofs = given(&proven, 0);
    let holds = signed(&proofs, &[Password, Totp, Passkey]);
    assert_eq!(at(holds, "2026-11-30"), Decision::Issue);
    assert_eq!(at(holds, "2026-12-01"), Decision::Prove(vec![Passkey]));
    let poor = signed(&proofs, &proven);
    let unmet = Decision::Refuse(Denial::UnmetAuthenticationRequirements);
    assert_eq!(at(poor, "2026-12-01"), unmet);
    let acr = |proven: &[FactorKind]| {
        let told = told(app, &asked, &given(proven, 0), "2026-12-01");
        told.expect("something was proven").acr
    };
    assert_eq!(acr(&[Password, Passkey]), "phr");
    assert_eq!(acr(&proven), "password+totp");
}

/// A method is allowed for one application from one day on, and another one until then:
/// what was enough yesterday is asked to prove more today (D01).
#[test]
fn d01_a_method_counts_for_an_application_from_its_day_on() {
    use FactorKind::{Email, Passkey, Password, Totp};
    let realm = strict(
        r#"[{ factors = ["password", "email"], before = "2026-12-01" },
            { factors = ["password", "totp"] },
            { factors = ["passkey"], acr = "phr", from = "2026-12-01" }]"#,
        "since = \"2026-11-01\"",
    );
    let (app, asked) = read(&realm, &good()).expect("good");
    let now = Timestamp::from_millis(1000);
    let at = |proven: &[FactorKind], held: &[FactorKind], day| {
        decide(
            app,
            &asked,
            Some(signed(&given(proven, 0), held)),
            day,
            None,
            false,
            now,
        )
    };
    let mail = [Password, Email];
    let key = [Passkey];
    // Before its own policy begins, every sign-in opens it.
    assert_eq!(at(&mail, &mail, "2026-10-31"), Decision::Issue);
    assert_eq!(at(&key, &key, "2026-10-31"), Decision::Issue);
    let unmet = Decision::Refuse(Denial::UnmetAuthenticationRequirements);
    for (day, by_mail, by_key) in [
        ("2026-11-01", Decision::Issue, unmet.clone()),
        ("2026-11-30", Decision::Issue, unmet.clone()),
        ("2026-12-01", unmet.clone(), Decision::Issue),
        ("2027-01-01", unmet.clone(), Decision::Issue),
    ] {
        assert_eq!(at(&mail, &mail, day), by_mail, "{day}");
        assert_eq!(at(&key, &key, day), by_key, "{day}");
    }
    let both = [Password, Email, Totp];
    assert_eq!(at(&mail, &both, "2026-12-01"), Decision::Prove(vec![Totp]));
    // The page says what comes, and when.
    assert_eq!(app.next_turn("2026-10-31"), Some("2026-11-01"));
    assert_eq!(app.next_turn("2026-11-01"), Some("2026-12-01"));
    assert_eq!(app.next_turn("2026-12-01"), None);
    assert_eq!(app.asks_on("2026-10-31"), Vec::<Vec<FactorKind>>::new());
    assert_eq!(
        app.asks_on("2026-11-30"),
        [mail.to_vec(), vec![Password, Totp]]
    );
    assert!(app.opens_for(&mail, "2026-11-30") && !app.opens_for(&mail, "2026-12-01"));
    // What is told is of a chain that counts, so that it is enough the next time too.
    let acr = |proven: &[FactorKind], day| {
        let told = told(app, &asked, &given(proven, 0), day);
        told.expect("something was proven").acr
    };
    let all = [Passkey, Password, Totp];
    assert_eq!(acr(&all, "2026-11-30"), "password+totp");
    assert_eq!(acr(&mail, "2026-12-01"), "password+email");
}

#[test]
fn a_wished_acr_is_proven_or_refused() {
    use FactorKind::{Email, Passkey, Password, Totp};
    let realm = realm();
    let wishes = with("acr_values", "gold password+totp passkey");
    let (app, asked) = read(&realm, &wishes).expect("good");
    assert_eq!(asked.acr_values, ["password+totp", "passkey"]);
    let now = Timestamp::from_millis(1000);
    let of = |who| decide(app, &asked, Some(who), "2026-01-01", None, false, now);
    let proven = [Password, Email];
    let held = [Password, Email, Totp, Passkey];
    let both = given(&proven, 0);
    let asked_for = Decision::Prove(vec![Totp, Passkey]);
    assert_eq!(of(signed(&both, &held)), asked_for);
    let key = given(&[Passkey], 0);
    assert_eq!(of(signed(&key, &held)), Decision::Issue);
}

#[test]
fn freshness_is_asked_for_once() {
    let realm = realm();
    let now = Timestamp::from_millis(100_000);
    let proven = [FactorKind::Passkey];
    for (name, value) in [("prompt", "login"), ("max_age", "0"), ("max_age", "60")] {
        let parameters = with(name, value);
        let (app, asked) = read(&realm, &parameters).expect("good");
        let old = given(&proven, 0);
        let who = signed(&old, &proven);
        let of = |who, begun| decide(app, &asked, Some(who), "", begun, false, now);
        assert_eq!(of(who, None), Decision::ProveAnew, "{name}={value}");
        let begun = Some(Timestamp::from_millis(50_000));
        assert_eq!(of(who, begun), Decision::ProveAnew, "{name}={value}");
        let new = given(&proven, 60_000);
        let fresh = signed(&new, &proven);
        assert_eq!(of(fresh, begun), Decision::Issue, "{name}={value}");
    }
}

#[test]
fn amr_tells_what_was_proven() {
    use FactorKind::{Passkey, Password, Pin, Smartphone, Sms, Totp};
    assert_eq!(amr(&[Password, Totp]), ["pwd", "otp", "mfa"]);
    assert_eq!(amr(&[Password]), ["pwd"]);
    assert_eq!(amr(&[Password, Sms]), ["pwd", "sms", "mfa"]);
    assert_eq!(amr(&[Passkey]), ["swk"]);
    assert_eq!(amr(&[Smartphone, Pin]), ["swk", "pin", "mfa"]);
}

#[test]
fn faults_are_named_with_their_line() {
    let base = include_str!("../../../../server/policies/dealers.toml");
    let lines = base.matches('\n').count() + 2;
    for (from, to, line, says) in [
        ("id = \"app\"", "id = \"a b\"", 3, "an application's id"),
        ("name = { en = \"App\"", "name = { en = \" \"", 4, "empty"),
        (
            "https://app.example/\"",
            "http://app.example/\"",
            5,
            "https",
        ),
        (
            "https://app.example/callback",
            "https://app.example/#x",
            6,
            "fragment",
        ),
        ("\"public\"", "\"confidential\"", 7, "secret_sha256"),
        ("\"openid\", ", "", 8, "openid"),
        ("\"email\"", "\"everything\"", 8, "no scope"),
        ("client = ", "clint = ", 7, "unknown field"),
        ("\"email\"]", "\"email\"]\nsigning = \"HS256\"", 9, "ES256"),
        (
            "\"email\"]",
            "\"email\"]\nsince = \"2026-01-01\"",
            9,
            "has none",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = [{ factors = [\"passkey\", \"totp\"] }]",
            9,
            "no such chain",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = [{ factors = [\"password\", \"email\"], from = \"soon\" }]",
            9,
            "YYYY-MM-DD",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = [{ factors = [\"password\", \"email\"], from = \"2026-12-01\", before = \"2026-12-01\" }]",
            9,
            "never counts",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = [{ factors = [\"password\", \"email\"], before = \"2026-12-01\" }]",
            9,
            "on 2026-12-01 no chain",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = [{ factors = [\"password\", \"email\"], from = \"2026-12-01\" }]",
            9,
            "today no chain",
        ),
        ("\"public\"", "\"proxied\"", 6, "knows no protocol"),
        (
            "redirect_uris = [\"https://app.example/callback\", \"http://localhost:9090/callback\"]\n",
            "",
            6,
            "redirect_uris is missing",
        ),
        (
            "scopes = [\"openid\", \"email\"]\n",
            "",
            7,
            "scopes is missing",
        ),
        (
            "\"email\"]",
            "\"email\"]\nchains = []",
            9,
            "chains is empty",
        ),
        (
            "\"email\"]",
            "\"email\"]\nsecret_sha256 = [\"00\"]",
            9,
            "SHA-256",
        ),
    ] {
        assert!(APP.contains(from), "{from}");
        let faults =
            policy::parse(&format!("{base}\n{}", APP.replacen(from, to, 1))).expect_err("a fault");
        let found = faults
            .iter()
            .any(|f| f.line == lines + line - 1 && f.reason.contains(says));
        assert!(found, "{to}: {faults:?}");
    }
    let proxied = r#"
[[applications]]
id = "wiki"
name = { en = "Wiki", de = "Wiki" }
url = "https://wiki.example/start"
client = "proxied"
"#;
    let wiki = policy::parse(&format!("{base}\n{proxied}")).expect("good");
    let wiki = wiki.application("wiki").expect("stands there");
    assert_eq!(wiki.origin(), "https://wiki.example");
    assert_eq!(wiki.redirect_uris, ["https://wiki.example/.rekey/arrive"]);
    assert_eq!(Scope::join(&wiki.scopes), "openid profile email");
    let same = proxied.replace("id = \"wiki\"", "id = \"other\"");
    let offline = format!("{proxied}scopes = [\"openid\", \"offline_access\"]");
    for (text, says) in [
        (format!("{proxied}{same}"), "has this origin"),
        (offline, "behind a proxy learns"),
        (
            format!("{proxied}secret_sha256 = [\"00\"]"),
            "only a confidential",
        ),
        (format!("{proxied}signing = \"ES256\""), "knows no protocol"),
    ] {
        let faults = policy::parse(&format!("{base}\n{text}")).expect_err("a fault");
        assert!(
            faults.iter().any(|f| f.reason.contains(says)),
            "{says}: {faults:?}"
        );
    }
    let twice = policy::parse(&format!("{base}\n{APP}{APP}")).expect_err("twice");
    assert!(twice[0].reason.contains("stands above"), "{twice:?}");
    assert!(!realm_with("consent = true\n").applications.is_empty());
}

proptest! {
    /// Whatever stands in a request, an answer goes to an address that was registered.
    #[test]
    fn nothing_goes_where_nobody_registered(
        parameters in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "client_id", "redirect_uri", "response_type", "scope", "state", "prompt",
                    "code_challenge", "code_challenge_method", "request", "max_age",
                ]),
                prop_oneof![
                    "\\PC{0,40}",
                    Just("app".to_owned()),
                    Just("https://app.example/callback".to_owned()),
                    Just("https://app.example/callback@evil.example".to_owned()),
                    Just("code".to_owned()),
                    Just("openid".to_owned()),
                    Just("S256".to_owned()),
                    Just(CHALLENGE.to_owned()),
                ],
            ),
            0..12,
        ),
        base: bool,
    ) {
        let realm = realm();
        let mut all = if base { good() } else { Vec::new() };
        all.extend(parameters.into_iter().map(|(n, v)| (n.to_owned(), v)));
        let to = match read(&realm, &all) {
            Ok((app, asked)) => {
                prop_assert_eq!(asked.challenge.len(), 43);
                prop_assert!(app.redirect_uris.contains(&asked.redirect_uri));
                Some(asked.redirect_uri)
            }
            Err(Refused::Back { redirect_uri, .. }) => Some(redirect_uri),
            Err(Refused::Page(_)) => None,
        };
        if let Some(to) = to {
            let app = realm.application("app").expect("registered");
            prop_assert!(app.redirect_uris.contains(&to));
        }
    }

    /// A code is given only to who proved a chain that would do, and with
    /// `prompt=none` nobody is asked for anything.
    #[test]
    fn a_code_is_earned(
        proven in prop::sample::subsequence(FactorKind::ALL.to_vec(), 0..4),
        held in prop::sample::subsequence(FactorKind::ALL.to_vec(), 0..8),
        acr in prop::sample::select(vec!["", "phr", "password+totp", "phr password+totp"]),
        prompt in prop::sample::select(vec!["", "none", "login", "consent", "select_account"]),
        agreed: bool, expected: bool, chosen: bool, resumed: bool,
        max_age in prop::sample::select(vec!["", "0", "1", "10000"]),
        times in prop::collection::vec(0_i64..5_000, 4), begun in 0_i64..5_000,
    ) {
        let realm = strict(
            r#"[{ factors = ["passkey"], acr = "phr" }, { factors = ["password", "totp"] }]"#,
            "",
        );
        let mut parameters = with("acr_values", acr);
        parameters.push(("prompt".into(), prompt.into()));
        parameters.push(("max_age".into(), max_age.into()));
        let (app, asked) = read(&realm, &parameters).expect("good");
        let times = times.into_iter().map(Timestamp::from_millis);
        let proofs: Vec<Given> = proven.iter().copied().zip(times).collect();
        let who = Signed {
            proofs: &proofs, held: &held, agreed, expected,
        };
        let now = Timestamp::from_millis(5_000);
        let begun = resumed.then(|| Timestamp::from_millis(begun));
        let decision = decide(app, &asked, Some(who), "", begun, chosen, now);
        let counted = counted(&asked, &proofs, begun, now);
        if decision == Decision::Issue {
            let told = told(app, &asked, &counted, "").expect("something was proven");
            let chain = app.chains.iter().find(|c| c.acr == told.acr).expect("a chain");
            prop_assert_eq!(&chain.kinds, &told.kinds);
            // Everything that is told of was proven, then or later.
            for kind in &told.kinds {
                prop_assert!(proofs.iter().any(|(k, at)| k == kind && told.at <= *at));
            }
            let wished = &asked.acr_values;
            prop_assert!(wished.is_empty() || wished.contains(&told.acr));
            prop_assert!(expected);
            prop_assert!(prompt != "consent" || agreed);
            prop_assert!(prompt != "select_account" || chosen);
            let is_new = begun.is_some_and(|b| b <= told.at);
            prop_assert!(is_new || prompt != "login");
            prop_assert!(is_new || max_age != "0");
            prop_assert!(is_new || max_age != "1" || now <= told.at.plus_seconds(1));
        }
        if prompt == "none" {
            prop_assert!(matches!(decision, Decision::Issue | Decision::Refuse(_)));
        }
        if let Decision::Prove(kinds) = decision {
            prop_assert!(kinds.iter().all(|k| held.contains(k) && !counted.iter().any(|(c, _)| c == k)));
        }
    }
}
