//! Keys take turns: the next one is published before it signs, and the one before it for
//! as long as anything that it signed works.

use crate::oidc::client::{jwks, tess, tokens, verified, world, world_on};
use domain::oidc::{KEPT_SECONDS, KEY_LEAD_SECONDS};
use serde_json::Value;
use sqlx::{Connection, Executor};
use std::collections::BTreeSet;
use testkit::World;

const DAY: i64 = 86_400;
/// Days for which a key signs.
const TURN: i64 = 90;

/// A portal on each engine that there is.
async fn worlds() -> Vec<World> {
    let mut all = vec![world().await];
    if let Ok(cluster) = std::env::var("REKEY_TEST_POSTGRES") {
        let name = format!("keys_{}", std::process::id());
        let number = format!("{name}_{}", rand_number());
        let mut admin = sqlx::PgConnection::connect(&cluster).await;
        let admin = admin.as_mut().expect("the cluster answers");
        let made = admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {number}")));
        made.await.expect("a database of its own");
        let (base, _) = cluster.rsplit_once('/').expect("an address");
        let url = format!("{base}/{number}");
        all.push(world_on(&["--demo", "--database", &url]).await);
    }
    all
}

/// No two tests of this program have the same.
fn rand_number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What is published, by algorithm and name.
async fn published(world: &World) -> BTreeSet<(String, String)> {
    let found = jwks(world).await;
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let keys = found["keys"].as_array().expect("keys").iter();
    keys.map(|k| (text(&k["alg"]), text(&k["kid"]))).collect()
}

/// The key that signs ID tokens now; the token is good.
async fn signs(world: &World) -> String {
    let mut tess = tess(world).await;
    let tokens = tokens(world, &mut tess, "openid").await;
    let token = tokens["id_token"].as_str().expect("a token");
    let (head, _) = verified(&jwks(world).await, token);
    head["kid"].as_str().expect("a kid").to_owned()
}

async fn turns(world: &World) -> Vec<String> {
    let made = server::jobs::rotate_once(&world.services, TURN).await;
    made.expect("looks")
}

/// Who replaced which keys, as the trail has it.
async fn told(world: &World) -> Vec<(String, String)> {
    let mut conn = world.services.store.read().await.expect("reads");
    let all = conn.audit_unsealed(1000).await.expect("reads");
    let found = all.into_iter().filter(|e| e.action == "key_rotated");
    found.map(|e| (e.actor, e.detail)).collect()
}

async fn by_hand(world: &World, leaked: bool) -> Vec<String> {
    let s = &world.services;
    let realm = s.realm("customers").expect("a realm");
    let made = flows::oidc::keys::rotate(&s.store, &s.vault, &s.random, &realm, leaked, s.now());
    made.await.expect("rotates")
}

#[tokio::test]
async fn keys_take_turns_by_themselves() {
    for world in worlds().await {
        let (old, first) = (signs(&world).await, published(&world).await);
        assert_eq!(first.len(), 2);
        assert!(turns(&world).await.is_empty(), "they are new");
        world.advance(TURN * DAY - 60);
        assert!(turns(&world).await.is_empty(), "not before its day");
        world.advance(60);
        let made = turns(&world).await;
        assert_eq!(made.len(), 2, "one for each algorithm");
        assert!(turns(&world).await.is_empty(), "once");
        // Published, and nothing is signed with them yet.
        let both = published(&world).await;
        assert!(both.is_superset(&first) && both.len() == 4);
        assert!(made.iter().all(|id| both.iter().any(|(_, kid)| kid == id)));
        assert_eq!(signs(&world).await, old);
        // Whoever kept the list for as long as they may has read it anew by now.
        const { assert!(KEY_LEAD_SECONDS >= 2 * KEPT_SECONDS) };
        world.advance(KEY_LEAD_SECONDS - 60);
        assert_eq!(signs(&world).await, old);
        let mut tess = tess(&world).await;
        let before = tokens(&world, &mut tess, "openid").await;
        world.advance(60);
        let new = signs(&world).await;
        assert!(made.contains(&new) && new != old);
        // What the old one signed last verifies until it has expired, and for longer.
        world.advance(600);
        let token = before["id_token"].as_str().expect("a token");
        let (head, claims) = verified(&jwks(&world).await, token);
        assert_eq!(head["kid"], old.as_str());
        assert!(claims["exp"].as_i64() <= Some(world.services.now().seconds()));
        world.advance(7 * DAY);
        let left = published(&world).await;
        assert_eq!(left.len(), 2);
        assert!(left.iter().all(|(_, kid)| made.contains(kid)));
        let told = told(&world).await;
        let expected = |(actor, detail): &(String, String)| {
            actor == "worker" && made.iter().any(|id| detail.ends_with(id))
        };
        assert!(told.len() == 2 && told.iter().all(expected), "{told:?}");
        // And so on: its turn is as long, from when it began to sign.
        world.advance((TURN - 8) * DAY);
        assert!(turns(&world).await.is_empty());
        world.advance(DAY);
        assert_eq!(turns(&world).await.len(), 2);
    }
}

/// Of several nodes that look at once one makes the keys.
#[tokio::test]
async fn many_nodes_replace_a_key_once() {
    for world in worlds().await {
        signs(&world).await;
        published(&world).await;
        world.advance(TURN * DAY + 60);
        let (a, b, c) = tokio::join!(turns(&world), turns(&world), turns(&world));
        assert_eq!(a.len() + b.len() + c.len(), 2);
        assert_eq!(published(&world).await.len(), 4);
        assert_eq!(told(&world).await.len(), 2);
    }
}

/// `rekey keys rotate`.
#[tokio::test]
async fn keys_rotate_by_hand_and_old_tokens_still_verify() {
    for world in worlds().await {
        let (old, first) = (signs(&world).await, published(&world).await);
        let made = by_hand(&world, false).await;
        assert_eq!(made.len(), 2);
        // The trail tells of both, to the auditors of the realm.
        for (id, (actor, detail)) in made.iter().zip(told(&world).await) {
            assert!(actor == "cli" && detail.ends_with(id), "{detail}");
        }
        assert!(published(&world).await.is_superset(&first));
        assert_eq!(signs(&world).await, old, "not yet");
        world.advance(KEY_LEAD_SECONDS);
        assert!(made.contains(&signs(&world).await));
        assert!(published(&world).await.is_superset(&first));
        world.advance(7 * DAY);
        assert_eq!(published(&world).await.len(), 2);
    }
}

/// `rekey keys rotate --leaked`: whoever has an old key signs nothing that is believed,
/// also where its successor was published already.
#[tokio::test]
async fn a_leaked_key_is_gone_at_once() {
    for world in worlds().await {
        signs(&world).await;
        published(&world).await;
        by_hand(&world, false).await;
        let before = published(&world).await;
        assert_eq!(before.len(), 4);
        let made = by_hand(&world, true).await;
        assert!(made.contains(&signs(&world).await));
        let left = published(&world).await;
        assert!(left.is_disjoint(&before) && left.len() == 2);
    }
}
