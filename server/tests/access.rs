//! Every page and every server function, called by everybody: who may, is
//! answered, and nobody else (XL04). The table is `Place::one_of_each` and
//! `CALLS`; a server function that is not in it fails here and is refused by
//! the router.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    FactorKind, Timestamp,
    ids::{PersonId, RealmSlug, SessionId},
    place::{CALLS, Place, Rule},
    records::{Person, Session},
};
use flows::{Services, request::token_hash};
use http_body_util::BodyExt;
use server::{
    assets::Site,
    cli::{Cli, Command},
    demo,
    router::{Portal, router},
    start,
};
use std::{collections::BTreeSet, sync::Arc};
use tower::ServiceExt;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    /// No cookie at all.
    Nobody,
    /// A cookie that somebody made up.
    Forged,
    /// A customer, just signed in.
    Fresh,
    /// A customer, signed in some time ago.
    Stale,
    /// A customer whose session was ended.
    Ended,
    /// A person of another realm.
    Elsewhere,
    /// Staff without any role.
    Employee,
    /// An administrator.
    Administrator,
    /// An administrator whose session no passkey opened.
    WeakAdministrator,
}

const CALLERS: [Caller; 9] = [
    Caller::Nobody,
    Caller::Forged,
    Caller::Fresh,
    Caller::Stale,
    Caller::Ended,
    Caller::Elsewhere,
    Caller::Employee,
    Caller::Administrator,
    Caller::WeakAdministrator,
];

impl Caller {
    /// Realm, login, seconds since the proof, ended, with a passkey.
    fn session(self) -> Option<(&'static str, &'static str, i64, bool, bool)> {
        match self {
            Self::Nobody | Self::Forged => None,
            Self::Fresh => Some(("customers", "tess.totp@customers.example", 0, false, false)),
            Self::Stale => Some((
                "customers",
                "tess.totp@customers.example",
                600,
                false,
                false,
            )),
            Self::Ended => Some(("customers", "tess.totp@customers.example", 0, true, false)),
            Self::Elsewhere => Some(("cloud", "sam.okafor@example.com", 0, false, false)),
            Self::Employee => Some(("workforce", "Q471108", 0, false, true)),
            Self::Administrator => Some(("workforce", "Q100001", 0, false, true)),
            Self::WeakAdministrator => Some(("workforce", "Q100001", 0, false, false)),
        }
    }

    fn cookie(self) -> String {
        match self.session() {
            None if self == Self::Forged => "__Host-session-customers=made-up".to_owned(),
            None => String::new(),
            Some((realm, ..)) => {
                format!("__Host-session-{realm}=token-{self:?}; __Host-browser=browser-{self:?}")
            }
        }
    }

    const fn is_customer(self) -> bool {
        matches!(self, Self::Fresh | Self::Stale)
    }
}

async fn open(services: &Services, caller: Caller, now: Timestamp) {
    let Some((realm, login, age, ended, passkey)) = caller.session() else {
        return;
    };
    let realm = RealmSlug::parse(realm).expect("a slug");
    let mut tx = services.store.begin().await.expect("begins");
    let key = domain::text::login_key(login);
    let person: Person = tx
        .person_by_login(&realm, &key)
        .await
        .expect("asks")
        .expect("a demo person");
    let proven = if passkey {
        FactorKind::Passkey
    } else {
        FactorKind::Password
    };
    let session = Session {
        id: SessionId::new(format!("session-{caller:?}")),
        realm,
        person,
        proven: vec![proven],
        opened_at: now,
        fresh_at: now.plus_seconds(-age),
        seen_at: now,
        expires_at: now.plus_seconds(3600),
        agent: String::new(),
        address: String::new(),
        grants: Vec::new(),
    };
    tx.session_insert(&session, &token_hash(&format!("token-{caller:?}")))
        .await
        .expect("inserts");
    if ended {
        tx.session_end(&session.id, &session.person.id, now)
            .await
            .expect("ends");
    }
    tx.commit().await.expect("commits");
}

/// A portal with the demo's people, in a folder of its own.
async fn portal() -> (Router, Arc<Services>) {
    use clap::Parser;
    server::install_crypto();
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("rekey-access-{}-{number}", std::process::id()));
    let data = dir.display().to_string();
    let cli = Cli::parse_from(["rekey", "serve", "--demo", "--data", &data]);
    let Command::Serve(options) = cli.command else {
        unreachable!("it says serve")
    };
    let made = start::services(&options).await.expect("starts");
    demo::seed(&made.services, &made.public)
        .await
        .expect("seeds");
    let services = Arc::clone(&made.services);
    let (_, draining) = tokio::sync::watch::channel(false);
    let router = router(&Portal {
        services: Arc::clone(&services),
        public: made.public,
        clock: made.clock,
        site: Arc::new(Site::default()),
        trusted_proxies: Vec::new(),
        draining,
    });
    for caller in CALLERS {
        open(&services, caller, services.now()).await;
    }
    (router, services)
}

async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, String, String) {
    let response = router.clone().oneshot(request).await.expect("answers");
    let status = response.status();
    let to = response
        .headers()
        .get(header::LOCATION)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    (status, to, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn every_page_is_shown_to_whom_it_is_for() {
    let (router, _) = portal().await;
    let realm = RealmSlug::parse("customers").expect("a slug");
    for place in Place::one_of_each(&realm) {
        for caller in CALLERS {
            let request = Request::get(place.path())
                .header(header::HOST, "localhost:8080")
                .header(header::COOKIE, caller.cookie())
                .body(Body::empty())
                .expect("a request");
            let (status, to, _) = ask(&router, request).await;
            let cell = format!("{} for {caller:?}: {status} {to}", place.path());
            let answered = status == StatusCode::OK
                || (status == StatusCode::SEE_OTHER && !to.ends_with("/sign-in"));
            match place.rule() {
                Rule::Anyone | Rule::Ceremony => {
                    assert!(
                        matches!(status, StatusCode::OK | StatusCode::SEE_OTHER),
                        "{cell}"
                    );
                }
                Rule::SignedIn if caller.is_customer() => {
                    assert!(answered || status == StatusCode::NOT_FOUND, "{cell}");
                }
                Rule::Fresh if caller == Caller::Stale => {
                    assert_eq!(to, "/customers/confirm", "{cell}")
                }
                Rule::Fresh if caller == Caller::Fresh => assert!(answered, "{cell}"),
                Rule::SignedIn | Rule::Fresh => assert_eq!(to, "/customers/sign-in", "{cell}"),
                Rule::Administrator => match caller {
                    Caller::Administrator => {
                        assert!(answered || status == StatusCode::NOT_FOUND, "{cell}");
                    }
                    Caller::Employee | Caller::WeakAdministrator => {
                        assert_eq!(status, StatusCode::FORBIDDEN, "{cell}");
                    }
                    _ => assert_eq!(to, "/workforce/sign-in", "{cell}"),
                },
            }
        }
    }
}

/// Every argument that any server function has; the others ignore it.
const ARGUMENTS: &str = "realm=customers&path=%2Fcustomers%2Foverview&login=x%40example.com&password=x&credential=%7B%7D&purpose=sign_in&code=000000&kind=&method=totp&name=x&new_password=x&repeat=x&token=x&id=x&email=nobody&lang=en&csv=x&change=unlocked";

#[tokio::test]
async fn every_server_function_answers_whom_it_is_for() {
    let (router, services) = portal().await;
    let before = sessions(&services).await;
    for (call, rule) in CALLS {
        // Its own caller's session would be gone afterwards.
        if matches!(*call, "sign-out" | "sessions/end" | "sessions/end-others") {
            continue;
        }
        for caller in CALLERS {
            let request = Request::post(format!("/api/{call}"))
                .header(header::HOST, "localhost:8080")
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .header(header::COOKIE, caller.cookie())
                .body(Body::from(ARGUMENTS))
                .expect("a request");
            let (status, _, body) = ask(&router, request).await;
            let cell = format!(
                "{call} for {caller:?}: {status} {}",
                &body[..body.len().min(200)]
            );
            assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{cell}");
            let allowed = match rule {
                Rule::Anyone => true,
                Rule::Ceremony | Rule::Fresh => caller == Caller::Fresh,
                Rule::SignedIn => caller.is_customer(),
                Rule::Administrator => caller == Caller::Administrator,
            };
            if allowed {
                // What it is asked for here may not exist or make no sense; it
                // must not be refused for who asks.
                assert!(!matches!(status, StatusCode::FORBIDDEN), "{cell}");
                assert!(
                    *call == "page" || status != StatusCode::UNAUTHORIZED,
                    "{cell}"
                );
            } else if caller == Caller::Stale {
                let asks_for_a_proof =
                    status == StatusCode::OK && body.contains("/customers/confirm");
                assert!(
                    asks_for_a_proof || status == StatusCode::UNAUTHORIZED,
                    "{cell}"
                );
            } else {
                assert!(
                    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN),
                    "{cell}"
                );
            }
        }
    }
    assert_eq!(
        before,
        sessions(&services).await,
        "no session was opened or ended"
    );
}

async fn sessions(services: &Services) -> usize {
    let realm = RealmSlug::parse("customers").expect("a slug");
    let mut conn = services.store.read().await.expect("reads");
    let tess = conn
        .person_by_login(&realm, "tess.totp@customers.example")
        .await
        .expect("asks")
        .expect("there");
    conn.sessions_of(&PersonId::new(tess.id.as_str()), services.now())
        .await
        .expect("asks")
        .len()
}

#[tokio::test]
async fn every_server_function_has_a_rule_and_every_rule_a_function() {
    let (_router, _) = portal().await;
    let there: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/").to_owned())
        .collect();
    let ruled: BTreeSet<String> = CALLS.iter().map(|(call, _)| (*call).to_owned()).collect();
    assert_eq!(there, ruled);
}

#[tokio::test]
async fn foreign_callers_are_refused() {
    let (router, _) = portal().await;
    let post = |headers: &[(&str, &str)]| {
        let mut request = Request::post("/api/sign-in/password")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
            .body(Body::from("realm=customers&login=a%40b.de&password=x"))
            .expect("a request")
    };
    let own = ("host", "localhost:8080");
    for (headers, expected) in [
        (vec![own, ("sec-fetch-site", "same-origin")], StatusCode::OK),
        (
            vec![own, ("origin", "http://localhost:8080")],
            StatusCode::OK,
        ),
        (
            vec![own, ("sec-fetch-site", "cross-site")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![own, ("sec-fetch-site", "same-site")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![own, ("origin", "http://evil.example")],
            StatusCode::FORBIDDEN,
        ),
        (vec![own, ("origin", "null")], StatusCode::FORBIDDEN),
        (
            vec![("host", "evil.example"), ("sec-fetch-site", "same-origin")],
            StatusCode::MISDIRECTED_REQUEST,
        ),
        (
            vec![own, own, ("sec-fetch-site", "same-origin")],
            StatusCode::MISDIRECTED_REQUEST,
        ),
    ] {
        let (status, ..) = ask(&router, post(&headers)).await;
        assert_eq!(status, expected, "{headers:?}");
    }
    let get = Request::get("/api/sign-out")
        .header("host", "localhost:8080")
        .header("sec-fetch-site", "same-origin");
    let (status, ..) = ask(&router, get.body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}
