//! What must not live again after a restore, on both engines by the same test.

use crate::common::{at, call, factor, folder, insert, realm, somebody, stores};
use domain::{
    FactorKind, Lang,
    caller::{CallerProof, Evidence},
    cases::{self, Case, CaseKind, Form},
    emergency::Emergency,
    ids::{CaseId, PersonId, PhoneRequestId, SessionId},
    link::Purpose,
    message::Way,
    oidc::{Grant, NewCode, NewToken, TokenKind},
    phone::{self, Decision, Stage},
    records::{Challenge, Device, Link, OutboxRow, Person, Session},
};
use std::collections::BTreeSet;
use store::Store;

/// Tables in which nothing is live, so that a restore leaves them as they are.
const STAYS: [&str; 24] = [
    "application",
    "ration",
    "grant_of",
    "address",
    "factor",
    "browser",
    "attempt",
    "demo_mail",
    "audit",
    "setting",
    "counter",
    "reversal",
    "announcement",
    "transfer",
    "transfer_part",
    "phone",
    "evidence",
    "oidc_consent",
    "oidc_key",
    "session_proof",
    // Dead with their grant.
    "oidc_code",
    "oidc_token",
    // Made anew under another name by a later step.
    "evidence_13",
    "emergency_13",
];

/// Tables of which something is made void.
const VOID: [&str; 19] = [
    "desk_case",
    "approval",
    "deputy",
    "person",
    "recovery_code",
    "ceremony",
    "challenge",
    "link",
    "session",
    "outbox",
    "device",
    "desk_act",
    "phone_request",
    "emergency",
    "call",
    "desk_code",
    "caller_check",
    "oidc_grant",
    "oidc_login",
];

/// A table that comes later is looked at before this passes again.
#[test]
fn every_table_was_thought_of() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
    let mut tables = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let made = text.lines().filter_map(|l| l.strip_prefix("CREATE TABLE "));
        tables.extend(made.map(|rest| rest.split(' ').next().unwrap().to_owned()));
    }
    let known = STAYS.iter().chain(&VOID);
    let known: BTreeSet<_> = known.map(|name| (*name).to_owned()).collect();
    assert_eq!(tables, known);
}

fn link(who: &Person, purpose: Purpose) -> Link {
    Link {
        id: format!("link-{}", purpose.slug()),
        person: who.id.clone(),
        purpose,
        created_at: at(0),
        expires_at: at(9000),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: String::new(),
    }
}

fn message(id: &str, useless: bool) -> OutboxRow {
    OutboxRow {
        id: id.to_owned(),
        realm: realm(),
        person: None,
        recipient: "ada@example.com".to_owned(),
        lang: Lang::En,
        way: Way::Mail,
        sealed: vec![1, 2, 3],
        created_at: at(0),
        useless_after: useless.then(|| at(9000)),
        attempts: 0,
        send_at: at(0),
    }
}

/// Ada, with one of everything that is live, and an agent.
async fn given(store: &Store) -> Person {
    let (ada, agent) = (somebody("ada"), somebody("agent"));
    insert(store, &ada).await;
    insert(store, &agent).await;
    let mut tx = store.begin().await.unwrap();
    let session = Session {
        id: SessionId::new("s"),
        realm: realm(),
        person: ada.clone(),
        proven: vec![FactorKind::Password],
        opened_at: at(0),
        fresh_at: at(0),
        seen_at: at(0),
        expires_at: at(9000),
        agent: String::new(),
        address: String::new(),
        grants: Vec::new(),
    };
    tx.session_insert(&session, "session").await.unwrap();
    let grant = Grant {
        id: "g".to_owned(),
        realm: realm(),
        client: "app".to_owned(),
        person: ada.id.clone(),
        session: SessionId::new("s"),
        scope: "openid".to_owned(),
        auth_time: at(0),
        acr: String::new(),
        amr: String::new(),
        epoch: 0,
        offline: true,
        created_at: at(0),
    };
    tx.oidc_grant_insert(&grant).await.unwrap();
    let code = NewCode {
        hash: "oidc-code".to_owned(),
        grant: "g".to_owned(),
        redirect_uri: "https://app.example/cb".to_owned(),
        challenge: "c".to_owned(),
        nonce: None,
        created_at: at(0),
        expires_at: at(9000),
    };
    tx.oidc_code_insert(&code).await.unwrap();
    let token = NewToken {
        hash: "refresh".to_owned(),
        grant: "g".to_owned(),
        kind: TokenKind::Refresh,
        scope: "openid".to_owned(),
        created_at: at(0),
        expires_at: at(9000),
    };
    tx.oidc_token_insert(&token).await.unwrap();
    let kind = "sign_in";
    let here = realm();
    let saved = tx.ceremony_save("b", &here, kind, b"x", 0, at(9000), at(0));
    assert!(saved.await.unwrap());
    let challenge = Challenge {
        id: "challenge".to_owned(),
        kind: FactorKind::Email,
        address: "ada@example.com".to_owned(),
        created_at: at(0),
        sent_at: at(0),
        expires_at: at(9000),
        sends: 1,
        message: String::new(),
        tries: 0,
    };
    tx.challenge_insert(&ada.id, kind, &challenge, "hash")
        .await
        .unwrap();
    for purpose in [Purpose::ResetPassword, Purpose::NotMe, Purpose::Undo] {
        let token = format!("token-{}", purpose.slug());
        tx.link_insert(&link(&ada, purpose), &realm(), &token, "", "")
            .await
            .unwrap();
    }
    for kind in [
        FactorKind::Password,
        FactorKind::Totp,
        FactorKind::Smartphone,
    ] {
        tx.factor_insert(&factor(&ada, kind)).await.unwrap();
    }
    tx.recovery_replace(&ada.id, &["one".to_owned(), "two".to_owned()], at(0))
        .await
        .unwrap();
    let device = Device {
        id: "device".to_owned(),
        person: ada.id.clone(),
        agent: String::new(),
        address: String::new(),
        used_at: at(0),
        expires_at: at(9000),
    };
    tx.device_insert(&device, "device").await.unwrap();
    let phone = factor(&ada, FactorKind::Smartphone).id;
    let request = phone::Request {
        id: PhoneRequestId::new("request"),
        person: ada.id.clone(),
        purpose: phone::Purpose::SignIn,
        digits: "47".to_owned(),
        challenge: "c".to_owned(),
        browser: String::new(),
        address: String::new(),
        created_at: at(0),
        wrong: 0,
        stage: Stage::Waiting,
        asked_by: None,
        call: None,
        phone: None,
    };
    assert!(tx.phone_request_insert(&request).await.unwrap());
    tx.phone_request_answer(&request.id, Stage::Accepted, &phone, at(1))
        .await
        .unwrap();
    let call = call("call", &ada.id, &agent.id, at(0));
    assert!(tx.call_insert(&call).await.unwrap());
    let evidence = Evidence {
        call: call.id,
        id: "evidence".to_owned(),
        person: ada.id.clone(),
        proof: CallerProof::Smartphone,
        factor: Some(phone),
        manager: None,
        decision: Decision::Accept,
        agent: agent.id.clone(),
        at: at(0),
    };
    tx.evidence_insert(&evidence).await.unwrap();
    let emergency = Emergency {
        id: "emergency".to_owned(),
        person: ada.id.clone(),
        hash: "hash".to_owned(),
        request: String::new(),
        issued_by: Some(agent.id.clone()),
        at: at(0),
        expires_at: at(9000),
        wrong: 0,
    };
    tx.emergency_insert(&emergency, &realm(), Some("evidence"))
        .await
        .unwrap();
    tx.outbox_insert(&message("code", true), "sign_in_code")
        .await
        .unwrap();
    tx.outbox_insert(&message("notice", false), "notice")
        .await
        .unwrap();
    tx.outbox_insert(&message("undo", true), "notice")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    ada
}

#[tokio::test]
async fn nothing_that_was_live_lives_on() {
    for store in stores().await {
        let ada = given(&store).await;
        let now = at(60);
        let step = now.seconds() / 30;
        let mut tx = store.begin().await.unwrap();
        let counts = tx.restored_void(step, now).await.unwrap();
        assert_eq!(tx.restored_kept().await.unwrap(), []);
        tx.commit().await.unwrap();
        let of = |name| counts.iter().find(|(what, _)| *what == name).unwrap().1;
        for (what, count) in [
            ("sessions", 1),
            ("codes", 1),
            ("links", 1),
            ("recovery codes", 2),
            ("emergency passwords", 1),
            ("calls", 1),
            ("ceremonies", 1),
            ("remembered browsers", 1),
            ("phone requests", 1),
            ("people", 2),
            ("messages", 1),
            ("sign-ins to applications", 1),
        ] {
            assert_eq!(of(what), count, "{what}");
        }
        let mut tx = store.begin().await.unwrap();
        let here = realm();
        let session = tx.session_by_hash(&here, "session").await.unwrap();
        assert!(session.is_none());
        let uri = "https://app.example/cb";
        let code = tx.oidc_code_take("oidc-code", &here, "app", uri, "c", now);
        assert!(code.await.unwrap().is_none());
        let refresh = tx.oidc_refresh_take("refresh", &here, "app", at(-1), now);
        assert!(refresh.await.unwrap().is_none());
        assert_eq!(tx.oidc_logout_next().await.unwrap(), Some(now));
        let ceremony = tx.ceremony("b", &here, "sign_in", now).await.unwrap();
        assert!(ceremony.is_none());
        assert!(
            tx.challenge_try("challenge", 5, now)
                .await
                .unwrap()
                .is_none()
        );
        assert!(!tx.link_take("link-reset_password", now).await.unwrap());
        // What only stops something, or takes it back, still does.
        for protects in ["link-not_me", "link-undo"] {
            assert!(tx.link_take(protects, now).await.unwrap(), "{protects}");
        }
        assert!(!tx.recovery_take(&ada.id, "one", now).await.unwrap());
        assert_eq!(tx.recovery_left(&ada.id).await.unwrap(), 0);
        assert!(!tx.emergency_take("emergency", now).await.unwrap());
        assert_eq!(tx.devices_of(&ada.id, now).await.unwrap(), []);
        let request = PhoneRequestId::new("request");
        assert!(!tx.phone_request_take(&request).await.unwrap());
        let agent = somebody("agent").id;
        let call = tx.call_open(&ada.id, &agent, now).await.unwrap();
        assert!(call.is_none());
        let totp = factor(&ada, FactorKind::Totp).id;
        assert!(!tx.factor_take_step(&totp, step).await.unwrap(), "seen");
        assert!(tx.factor_take_step(&totp, step + 1).await.unwrap());
        let left = tx.outbox_claim(None, 10, 60, now).await.unwrap();
        let mut left: Vec<_> = left.iter().map(|row| row.id.as_str()).collect();
        left.sort_unstable();
        assert_eq!(left, ["notice", "undo"]);
        assert_eq!(tx.outbox_waiting(now).await.unwrap(), (2, Some(at(0))));
        let kept = tx.person(&ada.id).await.unwrap();
        let kept = kept.expect("a restore keeps everybody");
        assert_eq!(kept.epoch, ada.epoch + 1);
        tx.commit().await.unwrap();
    }
}

/// What the desk approved may have been stopped since, in the state that is gone.
#[tokio::test]
async fn an_approved_case_is_asked_anew() {
    for store in stores().await {
        let stages = [
            cases::Stage::Open,
            cases::Stage::Seconded {
                first: PersonId::new("agent"),
                lead: false,
            },
            cases::Stage::Approved {
                opens_at: at(0),
                closes_at: at(9000),
            },
        ];
        let mut tx = store.begin().await.unwrap();
        for (number, stage) in (1..).zip(stages) {
            let who = somebody(&format!("p{number}"));
            tx.person_insert(&who, &who.login, &who.name).await.unwrap();
            let case = Case {
                id: CaseId::new(format!("case-{number}")),
                number,
                realm: realm(),
                kind: CaseKind::WrongAddress,
                person: who.id,
                form: Form::default(),
                proof: None,
                protected: true,
                opened_at: at(0),
                due_at: at(900),
                stage,
                version: 1,
            };
            assert!(tx.case_insert(&case).await.unwrap());
        }
        tx.restored_void(0, at(60)).await.unwrap();
        let mut stages = Vec::new();
        for number in 1..=3 {
            let id = CaseId::new(format!("case-{number}"));
            stages.extend(tx.case(&id).await.unwrap().map(|case| case.stage));
        }
        let lapsed = cases::Stage::Lapsed;
        assert_eq!(stages, [cases::Stage::Open, cases::Stage::Open, lapsed]);
        // Its person may ask again at once.
        let asks = tx.case_open_of(&somebody("p3").id).await.unwrap();
        assert_eq!(asks, None);
        tx.commit().await.unwrap();
    }
}

/// Without them the password alone would be enough to set up a factor.
#[tokio::test]
async fn who_holds_nothing_else_keeps_recovery_codes() {
    for store in stores().await {
        let ada = somebody("ada");
        insert(&store, &ada).await;
        let mut tx = store.begin().await.unwrap();
        tx.factor_insert(&factor(&ada, FactorKind::Password))
            .await
            .unwrap();
        let mut gone = factor(&ada, FactorKind::Totp);
        gone.address = "removed".to_owned();
        tx.factor_insert(&gone).await.unwrap();
        tx.factor_remove(&gone.id, &ada.id, at(1)).await.unwrap();
        tx.recovery_replace(&ada.id, &["one".to_owned()], at(0))
            .await
            .unwrap();
        let counts = tx.restored_void(0, at(60)).await.unwrap();
        assert!(counts.contains(&("recovery codes", 0)));
        let kept = tx.restored_kept().await.unwrap();
        assert_eq!(kept, [(ada.id.clone(), realm())]);
        assert!(tx.recovery_take(&ada.id, "one", at(61)).await.unwrap());
        tx.commit().await.unwrap();
    }
}

/// A message that a node claimed and did not try is free for the next one at once.
#[tokio::test]
async fn a_claim_that_is_let_go_costs_no_try() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        tx.outbox_insert(&message("m", false), "notice")
            .await
            .unwrap();
        assert_eq!(tx.outbox_claim(None, 9, 60, at(1)).await.unwrap().len(), 1);
        assert_eq!(tx.outbox_claim(None, 9, 60, at(2)).await.unwrap().len(), 0);
        tx.outbox_release("m").await.unwrap();
        let again = tx.outbox_claim(None, 9, 60, at(2)).await.unwrap();
        assert_eq!(again.first().map(|row| row.attempts), Some(1));
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_of_one_moment_is_a_database_of_its_own() {
    for store in stores().await {
        let file = folder().join(format!("copy-{}.db", std::process::id()));
        let _ = std::fs::remove_file(&file);
        if store.engine() == "postgres" {
            assert!(store.copy_into(&file).await.is_err());
            continue;
        }
        let ada = somebody("ada");
        insert(&store, &ada).await;
        store.copy_into(&file).await.unwrap();
        insert(&store, &somebody("later")).await;
        let copy = Store::open(&store::Config {
            url: format!("sqlite:{}", file.display()),
            connections: 1,
        })
        .await
        .unwrap();
        assert_eq!(copy.schema().await.unwrap(), store.schema().await.unwrap());
        assert!(copy.schema().await.unwrap().is_some());
        let people = copy.read().await.unwrap().people_by_realm().await.unwrap();
        assert_eq!(people, [("customers".to_owned(), 1)]);
        copy.close().await;
        std::fs::remove_file(&file).unwrap();
    }
}
