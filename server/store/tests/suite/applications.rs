//! Applications registered by a page, on both engines by the same tests.

use crate::common::{at, realm, stores};
use domain::{
    ids::RealmSlug,
    oidc::{Draft, Kind, OwnChain, Registered},
    policy::Both,
};

fn one(id: &str) -> Registered {
    Registered {
        realm: realm(),
        id: id.to_owned(),
        kind: Kind::Confidential,
        draft: Draft {
            name: Both {
                en: "Payroll".into(),
                de: "Löhne".into(),
            },
            url: "https://pay.example/".into(),
            redirect_uris: vec!["https://pay.example/cb".into()],
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            signing: "ES256".into(),
            scopes: "openid email".into(),
            consent: true,
            chains: vec![OwnChain {
                name: "password+totp".into(),
                from: "2026-03-01".into(),
                before: String::new(),
            }],
            since: "2026-02-01".into(),
        },
        secrets: vec!["a".into(), "b".into()],
        version: 1,
        created_at: at(1),
        disabled_at: None,
    }
}

#[tokio::test]
async fn an_application_is_kept_once_and_changed_by_who_saw_it_last() {
    for store in stores().await {
        let mut tx = store.begin().await.unwrap();
        assert!(tx.application_insert(&one("pay")).await.unwrap());
        assert!(!tx.application_insert(&one("pay")).await.unwrap());
        tx.commit().await.unwrap();
        let mut conn = store.read().await.unwrap();
        assert_eq!(conn.applications_of(&realm()).await.unwrap(), [one("pay")]);
        let elsewhere = RealmSlug::parse("elsewhere").unwrap();
        assert_eq!(conn.applications_of(&elsewhere).await.unwrap(), []);
        drop(conn);
        let changed = Registered {
            secrets: vec!["c".into()],
            disabled_at: Some(at(5)),
            ..one("pay")
        };
        let mut tx = store.begin().await.unwrap();
        assert!(tx.application_change(&changed).await.unwrap());
        // Who has seen the one before changes nothing.
        assert!(!tx.application_change(&one("pay")).await.unwrap());
        let foreign = Registered {
            realm: elsewhere,
            version: 2,
            ..one("pay")
        };
        assert!(!tx.application_change(&foreign).await.unwrap());
        tx.commit().await.unwrap();
        let mut conn = store.read().await.unwrap();
        let kept = conn.applications_of(&realm()).await.unwrap();
        let expected = Registered {
            version: 2,
            ..changed
        };
        assert_eq!(kept, [expected]);
    }
}
