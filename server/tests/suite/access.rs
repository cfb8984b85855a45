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
    ids::PersonId,
    place::{CALLS, Place, Rule},
    records::Session,
    role::Role,
};
use flows::{Services, request::token_hash};
use std::collections::BTreeSet;
use testkit::{ARGUMENTS, World, session, slug};

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
    /// A customer whose session sets a new PIN and nothing else.
    Resetting,
    /// A person of another realm.
    Elsewhere,
    /// Staff without any role.
    Employee,
    /// An administrator.
    Administrator,
    /// An administrator whose session no passkey opened.
    WeakAdministrator,
    /// Somebody of the service desk.
    Agent,
    /// Somebody of the service desk whose session no passkey opened.
    WeakAgent,
    /// An auditor of the realm.
    Auditor,
    /// An auditor of another realm.
    ForeignAuditor,
    /// A policy administrator of the realm.
    PolicyAdministrator,
}

const CALLERS: [Caller; 15] = [
    Caller::Nobody,
    Caller::Forged,
    Caller::Fresh,
    Caller::Stale,
    Caller::Ended,
    Caller::Resetting,
    Caller::Elsewhere,
    Caller::Employee,
    Caller::Administrator,
    Caller::WeakAdministrator,
    Caller::Agent,
    Caller::WeakAgent,
    Caller::Auditor,
    Caller::ForeignAuditor,
    Caller::PolicyAdministrator,
];

/// Staff that the demo does not have: login, role, realm.
const STAFF: [(&str, Role, &str); 3] = [
    ("Q900001", Role::Auditor, "customers"),
    ("Q900002", Role::Auditor, "cloud"),
    ("Q900003", Role::PolicyAdministrator, "customers"),
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
            Self::Resetting => Some(("customers", "tess.totp@customers.example", 0, false, false)),
            Self::Ended => Some(("customers", "tess.totp@customers.example", 0, true, false)),
            Self::Elsewhere => Some(("cloud", "sam.okafor@example.com", 0, false, false)),
            Self::Employee => Some(("workforce", "Q471108", 0, false, true)),
            Self::Administrator => Some(("workforce", "Q100001", 0, false, true)),
            Self::WeakAdministrator => Some(("workforce", "Q100001", 0, false, false)),
            Self::Agent => Some(("workforce", "Q200001", 0, false, true)),
            Self::WeakAgent => Some(("workforce", "Q200001", 0, false, false)),
            Self::Auditor => Some(("workforce", "Q900001", 0, false, true)),
            Self::ForeignAuditor => Some(("workforce", "Q900002", 0, false, true)),
            Self::PolicyAdministrator => Some(("workforce", "Q900003", 0, false, true)),
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

    /// Signed in at the staff's realm, with or without a role.
    const fn is_of_staff_realm(self) -> bool {
        matches!(
            self,
            Self::Employee
                | Self::Administrator
                | Self::WeakAdministrator
                | Self::Agent
                | Self::WeakAgent
                | Self::Auditor
                | Self::ForeignAuditor
                | Self::PolicyAdministrator
        )
    }

    /// Whether a rule for staff lets this caller through.
    fn is_staff_for(self, rule: Rule) -> bool {
        let may: &[Self] = match rule {
            Rule::Administrator => &[Self::Administrator],
            Rule::Auditor | Rule::Transfers => &[Self::Administrator, Self::Auditor],
            Rule::PolicyReader => &[Self::Administrator, Self::PolicyAdministrator],
            Rule::AnyAdmin => &[
                Self::Administrator,
                Self::Auditor,
                Self::ForeignAuditor,
                Self::PolicyAdministrator,
            ],
            Rule::Desk => &[Self::Agent],
            _ => &[],
        };
        may.contains(&self)
    }

    const fn is_customer(self) -> bool {
        matches!(self, Self::Fresh | Self::Stale)
    }
}

async fn open(services: &Services, caller: Caller, now: Timestamp) {
    let Some((realm, login, age, ended, passkey)) = caller.session() else {
        return;
    };
    let mut tx = services.store.begin().await.expect("begins");
    let person = tx
        .person_by_login(&slug(realm), &domain::text::login_key(login))
        .await
        .expect("asks")
        .expect("a demo person");
    let proven: &[_] = match (caller, passkey) {
        (Caller::Resetting, _) => &[FactorKind::Smartphone, FactorKind::Emergency],
        (_, true) => &[FactorKind::Passkey],
        (_, false) => &[FactorKind::Password],
    };
    let session = Session {
        fresh_at: now.plus_seconds(-age),
        expires_at: now.plus_seconds(3600),
        ..session(person, proven, &format!("session-{caller:?}"), now)
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

/// A portal with the demo's people, and a session for everybody who has one.
async fn portal() -> World {
    let world = World::demo().await;
    for (login, role, realm) in STAFF {
        world.staff(login, role, realm).await;
    }
    for caller in CALLERS {
        open(&world.services, caller, world.services.now()).await;
    }
    world
}

async fn ask(router: &Router, request: Request<Body>) -> (StatusCode, String, String) {
    let answer = testkit::send(router.clone(), request).await;
    let to = answer.header("location").to_owned();
    (answer.status, to, answer.body)
}

#[tokio::test]
async fn every_page_is_shown_to_whom_it_is_for() {
    let world = portal().await;
    for place in Place::one_of_each(&slug("customers")) {
        for caller in CALLERS {
            let request = Request::get(place.path())
                .header(header::HOST, "localhost:8080")
                .header(header::COOKIE, caller.cookie())
                .body(Body::empty())
                .expect("a request");
            let (status, to, _) = ask(&world.router, request).await;
            let cell = format!("{} for {caller:?}: {status} {to}", place.path());
            let answered = status == StatusCode::OK
                || (status == StatusCode::SEE_OTHER && !to.ends_with("/sign-in"));
            match place.rule() {
                Rule::Anyone | Rule::Ceremony => {
                    // Only realms where an app is the one way have instructions; this
                    // one has no cases, and people are invited.
                    let there = !matches!(
                        place,
                        Place::Instructions(_)
                            | Place::Register(_)
                            | Place::LostPhone(_)
                            | Place::WrongAddress(_)
                            | Place::ResetPin(_)
                            | Place::ConfirmCall(_)
                    );
                    assert!(
                        matches!(status, StatusCode::OK | StatusCode::SEE_OTHER) == there,
                        "{cell}"
                    );
                }
                Rule::SignedIn | Rule::SignedInOrReset if caller.is_customer() => {
                    assert!(answered || status == StatusCode::NOT_FOUND, "{cell}");
                }
                // A session that sets a PIN reaches what is made for it, and no more.
                Rule::SignedInOrReset | Rule::FreshOrReset if caller == Caller::Resetting => {
                    assert!(answered || status == StatusCode::NOT_FOUND, "{cell}");
                }
                Rule::Fresh | Rule::FreshOrReset if caller == Caller::Stale => {
                    assert_eq!(to, "/customers/confirm", "{cell}")
                }
                // Nobody has a PIN here.
                Rule::Fresh | Rule::FreshOrReset if caller == Caller::Fresh => {
                    assert_eq!(answered, !matches!(place, Place::ChangePin(_)), "{cell}");
                }
                Rule::SignedIn | Rule::Fresh | Rule::SignedInOrReset | Rule::FreshOrReset => {
                    assert_eq!(to, "/customers/sign-in", "{cell}")
                }
                rule @ (Rule::Administrator
                | Rule::Desk
                | Rule::Auditor
                | Rule::Transfers
                | Rule::PolicyReader
                | Rule::AnyAdmin) => {
                    if caller.is_staff_for(rule) {
                        assert!(answered || status == StatusCode::NOT_FOUND, "{cell}");
                    } else if caller.is_of_staff_realm() {
                        assert_eq!(status, StatusCode::FORBIDDEN, "{cell}");
                    } else {
                        assert_eq!(to, "/workforce/sign-in", "{cell}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn every_server_function_answers_whom_it_is_for() {
    let world = portal().await;
    let before = sessions(&world.services).await;
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
            let (status, _, body) = ask(&world.router, request).await;
            let cell = format!(
                "{call} for {caller:?}: {status} {}",
                &body[..body.len().min(200)]
            );
            assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{cell}");
            let allowed = match rule {
                Rule::Anyone => true,
                Rule::Ceremony | Rule::Fresh => caller == Caller::Fresh,
                Rule::SignedIn => caller.is_customer(),
                Rule::SignedInOrReset => caller.is_customer() || caller == Caller::Resetting,
                Rule::FreshOrReset => matches!(caller, Caller::Fresh | Caller::Resetting),
                rule @ (Rule::Administrator
                | Rule::Desk
                | Rule::Auditor
                | Rule::Transfers
                | Rule::PolicyReader
                | Rule::AnyAdmin) => caller.is_staff_for(*rule),
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
        sessions(&world.services).await,
        "no session was opened or ended"
    );
}

async fn sessions(services: &Services) -> usize {
    let mut conn = services.store.read().await.expect("reads");
    let tess = conn
        .person_by_login(&slug("customers"), "tess.totp@customers.example")
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
    let _world = portal().await;
    let there: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.trim_start_matches("/api/").to_owned())
        .collect();
    let ruled: BTreeSet<String> = CALLS.iter().map(|(call, _)| (*call).to_owned()).collect();
    assert_eq!(there, ruled);
}

#[tokio::test]
async fn foreign_callers_are_refused() {
    let world = portal().await;
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
        let (status, ..) = ask(&world.router, post(&headers)).await;
        assert_eq!(status, expected, "{headers:?}");
    }
    let get = Request::get("/api/sign-out")
        .header("host", "localhost:8080")
        .header("sec-fetch-site", "same-origin");
    let (status, ..) = ask(&world.router, get.body(Body::empty()).expect("a request")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}
