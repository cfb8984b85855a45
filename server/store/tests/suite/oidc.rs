//! Sign-ins to applications: what works once, and what dies with what, on both engines
//! by the same tests.

use crate::common::{at, insert, realm, somebody, stores};
use domain::{
    FactorKind, Timestamp,
    ids::SessionId,
    oidc::{Grant, NewCode, NewToken, TokenKind},
    records::{Person, Session},
};
use store::Store;

fn session(who: &Person, id: &str) -> Session {
    Session {
        id: SessionId::new(id),
        realm: realm(),
        person: who.clone(),
        proven: vec![FactorKind::Passkey],
        opened_at: at(0),
        fresh_at: at(0),
        seen_at: at(0),
        expires_at: at(3600),
        agent: String::new(),
        address: String::new(),
        grants: Vec::new(),
    }
}

fn grant(who: &Person, id: &str, session: &str, offline: bool) -> Grant {
    Grant {
        id: id.to_owned(),
        realm: realm(),
        client: "app".to_owned(),
        person: who.id.clone(),
        session: SessionId::new(session),
        scope: "openid".to_owned(),
        auth_time: at(0),
        acr: "passkey".to_owned(),
        amr: "swk".to_owned(),
        epoch: 0,
        offline,
        created_at: at(0),
    }
}

fn code(grant: &str) -> NewCode {
    NewCode {
        hash: format!("code-{grant}"),
        grant: grant.to_owned(),
        redirect_uri: "https://app.example/cb".to_owned(),
        challenge: "challenge".to_owned(),
        nonce: Some("n".to_owned()),
        created_at: at(0),
        expires_at: at(60),
    }
}

fn token(grant: &str, kind: TokenKind) -> NewToken {
    NewToken {
        hash: format!("{}-{grant}", kind.slug()),
        grant: grant.to_owned(),
        kind,
        scope: "openid".to_owned(),
        created_at: at(0),
        expires_at: at(600),
    }
}

/// Ada with two sessions, and a grant of each: one that ends with its session and one
/// that does not.
async fn given(store: &Store) -> Person {
    let ada = somebody("ada");
    insert(store, &ada).await;
    let mut tx = store.begin().await.unwrap();
    for (id, offline) in [("short", false), ("long", true)] {
        tx.session_insert(&session(&ada, id), id).await.unwrap();
        let grant = grant(&ada, id, id, offline);
        tx.oidc_grant_insert(&grant).await.unwrap();
        tx.oidc_code_insert(&code(id)).await.unwrap();
        for kind in [TokenKind::Access, TokenKind::Refresh] {
            tx.oidc_token_insert(&token(id, kind)).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    ada
}

async fn take(
    store: &Store,
    grant: &str,
    client: &str,
    uri: &str,
    challenge: &str,
    now: Timestamp,
) -> bool {
    let mut tx = store.begin().await.unwrap();
    let hash = format!("code-{grant}");
    let taken = tx
        .oidc_code_take(&hash, &realm(), client, uri, challenge, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    taken.is_some()
}

async fn lives(store: &Store, grant: &str, now: Timestamp) -> bool {
    let mut conn = store.read().await.unwrap();
    let hash = format!("access-{grant}");
    let found = conn.oidc_access(&hash, &realm(), now).await.unwrap();
    found.is_some()
}

#[tokio::test]
async fn a_code_works_once_for_whom_it_was_made() {
    for store in stores().await {
        given(&store).await;
        let uri = "https://app.example/cb";
        for (client, to, challenge, now) in [
            ("other", uri, "challenge", at(1)),
            ("app", "https://app.example/other", "challenge", at(1)),
            ("app", uri, "another", at(1)),
            ("app", uri, "challenge", at(60)),
            ("app", uri, "challenge", at(-1)),
        ] {
            assert!(!take(&store, "short", client, to, challenge, now).await);
        }
        let mut conn = store.read().await.unwrap();
        assert_eq!(conn.oidc_code_used("code-short").await.unwrap(), None);
        drop(conn);
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    take(
                        &store,
                        "short",
                        "app",
                        "https://app.example/cb",
                        "challenge",
                        at(1),
                    )
                    .await
                })
            })
            .collect();
        let mut taken = 0;
        for task in tasks {
            taken += i32::from(task.await.unwrap());
        }
        assert_eq!(taken, 1);
        let mut conn = store.read().await.unwrap();
        let used = conn.oidc_code_used("code-short").await.unwrap();
        assert_eq!(used.map(|g| g.id).as_deref(), Some("short"));
    }
}

#[tokio::test]
async fn tokens_die_with_what_they_hang_on() {
    for store in stores().await {
        let ada = given(&store).await;
        let both = async |now| {
            (
                lives(&store, "short", now).await,
                lives(&store, "long", now).await,
            )
        };
        assert_eq!(both(at(1)).await, (true, true));
        assert_eq!(both(at(600)).await, (false, false), "too old");
        let other = domain::ids::RealmSlug::parse("cloud").unwrap();
        let mut conn = store.read().await.unwrap();
        let foreign = conn
            .oidc_access("access-long", &other, at(1))
            .await
            .unwrap();
        assert!(foreign.is_none());
        let refresh = conn.oidc_access("refresh-long", &realm(), at(1)).await;
        assert!(refresh.unwrap().is_none(), "no access token");
        drop(conn);
        let change = async |what: &str| {
            let mut tx = store.begin().await.unwrap();
            match what {
                "disabled" => drop(tx.person_disable(&ada.id, Some(at(1))).await.unwrap()),
                "frozen" => tx.person_freeze(&ada.id, Some(at(1))).await.unwrap(),
                "epoch" => tx.person_bump(&ada.id).await.unwrap(),
                "expired" => {
                    for id in ["short", "long"] {
                        tx.session_expire(&SessionId::new(id), at(1)).await.unwrap();
                    }
                }
                _ => drop(tx.sessions_end(&ada.id, None, at(1)).await.unwrap()),
            }
            // Looked at in the transaction, which is dropped: each change alone.
            let mut seen = Vec::new();
            for hash in ["access-short", "access-long"] {
                let found = tx.oidc_access(hash, &realm(), at(2)).await.unwrap();
                seen.push(found.is_some());
            }
            (seen[0], seen[1])
        };
        assert_eq!(change("disabled").await, (false, false));
        assert_eq!(change("frozen").await, (false, false));
        assert_eq!(change("epoch").await, (false, false));
        assert_eq!(change("expired").await, (false, true));
        assert_eq!(change("ended").await, (false, false));
        assert_eq!(both(at(1)).await, (true, true), "nothing was committed");
        let mut tx = store.begin().await.unwrap();
        assert!(tx.oidc_grant_revoke("long", at(1)).await.unwrap());
        assert!(!tx.oidc_grant_revoke("long", at(1)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(both(at(1)).await, (true, false));
    }
}

#[tokio::test]
async fn a_refresh_token_works_once_and_not_for_ever() {
    for store in stores().await {
        given(&store).await;
        let mut tx = store.begin().await.unwrap();
        let mut take = async |client: &str, oldest, now| {
            let taken = tx
                .oidc_refresh_take("refresh-long", &realm(), client, oldest, now)
                .await
                .unwrap();
            taken.is_some()
        };
        assert!(!take("other", at(-1), at(1)).await);
        assert!(!take("app", at(0), at(1)).await, "the family is too old");
        assert!(!take("app", at(-1), at(600)).await);
        assert!(take("app", at(-1), at(1)).await);
        assert!(!take("app", at(-1), at(1)).await);
        let used = tx.oidc_refresh_used("refresh-long").await.unwrap();
        assert_eq!(used.map(|g| g.id).as_deref(), Some("long"));
        assert_eq!(tx.oidc_refresh_used("refresh-short").await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_application_hears_once_that_a_session_ended() {
    for store in stores().await {
        let ada = given(&store).await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.oidc_logout_next().await.unwrap(), None);
        let short = SessionId::new("short");
        assert!(tx.session_end(&short, &ada.id, at(5)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.oidc_logout_next().await.unwrap(), Some(at(5)));
        assert!(
            tx.oidc_logout_claim(10, 60, at(4))
                .await
                .unwrap()
                .is_empty()
        );
        let claimed = tx.oidc_logout_claim(10, 60, at(5)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(
            (claimed[0].session.as_str(), claimed[0].attempts),
            ("short", 1)
        );
        assert!(
            tx.oidc_logout_claim(10, 60, at(6))
                .await
                .unwrap()
                .is_empty()
        );
        tx.oidc_logout_later(&short, "app", "busy", at(20))
            .await
            .unwrap();
        let claimed = tx.oidc_logout_claim(10, 60, at(20)).await.unwrap();
        assert_eq!(claimed[0].attempts, 2);
        tx.oidc_logout_told(&short, "app", at(21)).await.unwrap();
        assert_eq!(tx.oidc_logout_next().await.unwrap(), None);
        // All that is left, when everything ends.
        tx.sessions_end(&ada.id, None, at(30)).await.unwrap();
        let claimed = tx.oidc_logout_claim(10, 60, at(30)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        let long = SessionId::new("long");
        tx.oidc_logout_dead(&long, "app", "gone", at(31))
            .await
            .unwrap();
        assert_eq!(tx.oidc_logout_next().await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_is_agreed_and_proven_is_kept_and_old_sign_ins_go() {
    for store in stores().await {
        let ada = given(&store).await;
        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.oidc_consent(&ada.id, "app").await.unwrap(), None);
        for scope in ["openid", "openid email"] {
            tx.oidc_consent_put(&ada.id, &realm(), "app", scope, at(0))
                .await
                .unwrap();
        }
        let agreed = tx.oidc_consent(&ada.id, "app").await.unwrap();
        assert_eq!(agreed.as_deref(), Some("openid email"));
        let short = SessionId::new("short");
        for (kind, now) in [
            (FactorKind::Totp, at(3)),
            (FactorKind::Totp, at(5)),
            (FactorKind::Passkey, at(4)),
        ] {
            tx.session_proof_put(&short, kind, now).await.unwrap();
        }
        assert_eq!(
            tx.session_proofs(&short).await.unwrap(),
            [(FactorKind::Passkey, at(4)), (FactorKind::Totp, at(5))]
        );
        tx.oidc_sweep(at(0), at(0)).await.unwrap();
        assert!(
            tx.oidc_access("access-long", &realm(), at(1))
                .await
                .unwrap()
                .is_some()
        );
        tx.oidc_sweep(at(1), at(0)).await.unwrap();
        assert!(
            tx.oidc_access("access-long", &realm(), at(1))
                .await
                .unwrap()
                .is_none()
        );
    }
}

/// The cookie of an application behind a proxy dies with everything that its grant hangs
/// on, opens no other application, and is no token of another kind.
#[tokio::test]
async fn a_proxied_visit_is_judged_each_time() {
    for store in stores().await {
        let ada = given(&store).await;
        let mut tx = store.begin().await.unwrap();
        for grant in ["short", "long"] {
            tx.oidc_token_insert(&token(grant, TokenKind::Proxied))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let known = async |hash: &str, client: &str, now| {
            let mut conn = store.read().await.unwrap();
            let found = conn
                .oidc_proxied(hash, &realm(), client, now)
                .await
                .unwrap();
            found.map(|p| (p.person.id, p.acr, p.reached))
        };
        let hers = Some((ada.id.clone(), "passkey".to_owned(), false));
        assert_eq!(known("proxied-short", "app", at(1)).await, hers);
        assert_eq!(known("proxied-short", "other", at(1)).await, None);
        assert_eq!(known("proxied-short", "app", at(600)).await, None);
        assert_eq!(known("access-short", "app", at(1)).await, None);
        assert_eq!(known("refresh-short", "app", at(1)).await, None);
        let mut conn = store.read().await.unwrap();
        let bearer = conn.oidc_access("proxied-short", &realm(), at(1)).await;
        assert_eq!(bearer.unwrap(), None);
        drop(conn);
        let mut tx = store.begin().await.unwrap();
        assert!(
            tx.session_end(&SessionId::new("short"), &ada.id, at(2))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        assert_eq!(known("proxied-short", "app", at(2)).await, None);
        assert_eq!(known("proxied-long", "app", at(2)).await, hers);
        let mut tx = store.begin().await.unwrap();
        tx.person_freeze(&ada.id, Some(at(3))).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(known("proxied-long", "app", at(3)).await, None);
    }
}

/// What one application has ends at once, and nobody else's.
#[tokio::test]
async fn an_application_loses_all_that_it_has() {
    for store in stores().await {
        given(&store).await;
        let mut tx = store.begin().await.unwrap();
        tx.oidc_client_revoke(&realm(), "other", at(1))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert!(lives(&store, "short", at(2)).await && lives(&store, "long", at(2)).await);
        let mut tx = store.begin().await.unwrap();
        tx.oidc_client_revoke(&realm(), "app", at(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!lives(&store, "short", at(2)).await && !lives(&store, "long", at(2)).await);
    }
}

/// What somebody agreed to is taken back once, by whose it is, together with all that the
/// application has of them.
#[tokio::test]
async fn consent_is_taken_back_with_what_hangs_on_it() {
    for store in stores().await {
        let ada = given(&store).await;
        let bob = somebody("bob").id;
        let mut tx = store.begin().await.unwrap();
        for (client, scope, now) in [("app", "openid email", at(0)), ("other", "openid", at(1))] {
            tx.oidc_consent_put(&ada.id, &realm(), client, scope, now)
                .await
                .unwrap();
        }
        let agreed = tx.oidc_consents(&ada.id).await.unwrap();
        let clients: Vec<_> = agreed.iter().map(|(c, s, at)| (&**c, &**s, *at)).collect();
        let both = [("other", "openid", at(1)), ("app", "openid email", at(0))];
        assert_eq!(clients, both);
        for (who, client) in [(&bob, "app"), (&ada.id, "nothing")] {
            let gone = tx.oidc_consent_withdraw(who, client, at(2)).await;
            assert!(!gone.unwrap());
        }
        let lives = tx.oidc_access("access-long", &realm(), at(2)).await;
        assert!(lives.unwrap().is_some());
        for first in [true, false] {
            let gone = tx.oidc_consent_withdraw(&ada.id, "app", at(2)).await;
            assert_eq!(gone.unwrap(), first);
        }
        let lives = tx.oidc_access("access-long", &realm(), at(2)).await;
        assert!(lives.unwrap().is_none());
        assert_eq!(tx.oidc_consents(&ada.id).await.unwrap(), agreed[..1]);
    }
}
