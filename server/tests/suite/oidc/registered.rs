//! Applications that administrators register by a page: the provider has them at once,
//! at every node, and loses them as fast.

use crate::oidc::client::{ISSUER, basic, json, program, query, request, tess, userinfo};
use domain::{FactorKind, audit::Action};
use serde_json::Value;
use testkit::{Answer, Browser, World};

const VERIFIER: &str = crate::oidc::client::VERIFIER;

async fn admin(world: &World) -> Browser {
    let proven = [FactorKind::Passkey, FactorKind::Pin];
    world.signed_in("workforce", "Q100001", &proven).await
}

const PAY: [(&str, &str); 8] = [
    ("realm", "customers"),
    ("client_id", "pay"),
    ("client", "confidential"),
    ("name_en", "Payroll"),
    ("name_de", "Löhne"),
    ("url", "https://pay.example/"),
    (
        "redirect_uris",
        "https://pay.example/callback\n\n https://pay.example/other \n",
    ),
    ("profile", "true"),
];

fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<_> = PAY.into_iter().filter(|(n, _)| *n != name).collect();
    all.push((name, value));
    all
}

fn shown(answer: &Answer) -> Value {
    let page = json(answer);
    page["show"].clone()
}

/// The secret that a page shows this once.
async fn secret(browser: &mut Browser, call: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(call, fields).await;
    let start = answer.body.find("\"secret\":\"").expect("a secret") + 10;
    let secret = answer.body[start..].split('"').next().expect("ends");
    assert_eq!(secret.len(), 43, "{}", answer.body);
    secret.to_owned()
}

/// Signs Tess in to the application and gives its tokens.
async fn signs_in(world: &World, secret: &str) -> Answer {
    signs_in_for(world, secret, "openid").await
}

async fn signs_in_for(world: &World, secret: &str, scope: &str) -> Answer {
    let mut tess = tess(world).await;
    let asked = [
        ("client_id", "pay"),
        ("redirect_uri", "https://pay.example/callback"),
        ("scope", scope),
    ];
    let answer = tess.get(&request(&asked)).await;
    let code = query(answer.header("location"))["code"].clone();
    let fields = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", "https://pay.example/callback"),
        ("code_verifier", VERIFIER),
        ("code", &code),
    ];
    let auth = basic("pay", secret);
    let headers = [("authorization", auth.as_str())];
    program(
        world,
        "POST",
        "/customers/oidc/token",
        &headers,
        Some(&fields),
    )
    .await
}

#[tokio::test]
async fn what_an_administrator_registers_signs_people_in_at_every_node() {
    let world = World::demo().await;
    let twin = world.twin().await;
    let mut admin = admin(&world).await;
    let drawn = secret(&mut admin, "admin/applications/add", &PAY).await;
    // Shown once: neither the page nor the database knows it.
    let page = admin.page("/admin/customers/applications/pay").await;
    assert!(page.body.contains("Payroll") && !page.body.contains(&drawn));
    let kept = world
        .services
        .store
        .read()
        .await
        .expect("reads")
        .applications_of(&testkit::slug("customers"))
        .await
        .expect("reads");
    assert_eq!(kept[0].secrets, [flows::request::token_hash(&drawn)]);
    assert_eq!(
        kept[0].draft.redirect_uris,
        ["https://pay.example/callback", "https://pay.example/other"]
    );
    // At the other node too, at once.
    let answer = signs_in(&twin, &drawn).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    let tokens = json(&answer);
    assert_eq!(userinfo(&twin, &tokens).await.status.as_u16(), 200);
    let wrong = signs_in(&twin, "another").await;
    assert_eq!(json(&wrong)["error"], "invalid_client");
    assert!(ISSUER.ends_with("/customers"));
    // Out of use: what it has is void, and it is nobody.
    let version = kept[0].version.to_string();
    let which = [
        ("realm", "customers"),
        ("id", "pay"),
        ("version", version.as_str()),
    ];
    admin.post("admin/applications/switch", &which).await;
    assert_eq!(userinfo(&twin, &tokens).await.status.as_u16(), 401);
    let mut tess = tess(&twin).await;
    let asked = [
        ("client_id", "pay"),
        ("redirect_uri", "https://pay.example/callback"),
    ];
    assert_eq!(tess.get(&request(&asked)).await.status.as_u16(), 400);
    // In use again it begins anew.
    let which = [
        ("realm", "customers"),
        ("id", "pay"),
        ("version", "2"),
        ("on", "true"),
    ];
    admin.post("admin/applications/switch", &which).await;
    assert_eq!(userinfo(&twin, &tokens).await.status.as_u16(), 401);
    assert_eq!(signs_in(&twin, &drawn).await.status.as_u16(), 200);
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_unsealed(1000).await.expect("reads");
    for action in [
        Action::ApplicationAdded,
        Action::ApplicationOff,
        Action::ApplicationOn,
    ] {
        let found = trail
            .iter()
            .find(|e| e.action == action.slug())
            .expect("written down");
        assert_eq!(
            (found.detail.as_str(), found.realm.as_str()),
            ("pay", "customers")
        );
    }
}

#[tokio::test]
async fn a_secret_is_replaced_while_the_old_one_works() {
    let world = World::demo().await;
    let mut admin = admin(&world).await;
    let first = secret(&mut admin, "admin/applications/add", &PAY).await;
    let at = |version| [("realm", "customers"), ("id", "pay"), ("version", version)];
    let second = secret(&mut admin, "admin/applications/secret", &at("1")).await;
    for one in [&first, &second] {
        assert_eq!(signs_in(&world, one).await.status.as_u16(), 200);
    }
    // Who has seen the page from before changes nothing.
    let answer = admin.post("admin/applications/forget", &at("1")).await;
    assert!(answer.refuses("changed_meanwhile"), "{}", answer.body);
    assert_eq!(signs_in(&world, &first).await.status.as_u16(), 200);
    admin.post("admin/applications/forget", &at("2")).await;
    assert_eq!(signs_in(&world, &second).await.status.as_u16(), 200);
    assert_eq!(
        json(&signs_in(&world, &first).await)["error"],
        "invalid_client"
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_kept() {
    let world = World::demo().await;
    let mut admin = admin(&world).await;
    for (name, value, code) in [
        ("client_id", "a b", "not_an_id"),
        ("client_id", "lernwelt", "id_taken"),
        ("name_de", "", "missing"),
        ("url", "http://pay.example/", "unsafe_address"),
        ("redirect_uris", "https://pay.example/#x", "unsafe_address"),
        ("redirect_uris", "https://pay.example/*", "unsafe_address"),
        ("redirect_uris", "javascript:alert(1)", "unsafe_address"),
        ("redirect_uris", "", "missing"),
        (
            "backchannel_uri",
            "http://169.254.169.254/",
            "unsafe_address",
        ),
        ("client", "proxied", "no_protocol"),
    ] {
        let answer = admin
            .post("admin/applications/add", &with(name, value))
            .await;
        assert!(answer.refuses(code), "{name}={value}: {}", answer.body);
        let page = shown(&answer);
        assert!(page.to_string().contains("Payroll"), "what was typed stays");
    }
    let host = [
        ("realm", "customers"),
        ("client_id", "wiki"),
        ("client", "proxied"),
        ("name_en", "Wiki"),
        ("name_de", "Wiki"),
        ("url", "http://localhost:9999/"),
    ];
    let answer = admin.post("admin/applications/add", &host).await;
    assert!(answer.refuses("portals_host"), "{}", answer.body);
    let mut conn = world.services.store.read().await.expect("reads");
    let kept = conn.applications_of(&testkit::slug("customers")).await;
    assert_eq!(kept.expect("reads"), []);
}

/// What stands in the policy file is shown, and changed there.
#[tokio::test]
async fn what_the_policy_file_has_is_read_only() {
    let world = World::demo().await;
    let mut admin = admin(&world).await;
    let page = admin.page("/admin/customers/applications/lernwelt").await;
    assert!(page.body.contains("\"policy\""), "{}", page.body);
    let mut fields = with("id", "lernwelt");
    fields.push(("version", "1"));
    for call in ["change", "secret", "forget", "switch"] {
        let answer = admin
            .post(&format!("admin/applications/{call}"), &fields)
            .await;
        assert_eq!(answer.status.as_u16(), 404, "{call}");
    }
    // An administrator of no realm of ours, and one whom no passkey let in.
    let mut weak = world
        .signed_in("workforce", "Q100001", &[FactorKind::Pin])
        .await;
    let answer = weak.post("admin/applications/add", &PAY).await;
    assert_eq!(answer.status.as_u16(), 403);
}

/// The portal's address may be another one than when the application was registered.
#[tokio::test]
async fn a_portal_does_not_start_on_the_host_of_an_application_behind_a_proxy() {
    let world = World::demo().await;
    let fields = [
        ("realm", "customers"),
        ("client_id", "wiki"),
        ("client", "proxied"),
        ("name_en", "Wiki"),
        ("name_de", "Wiki"),
        ("url", "https://wiki.example/"),
    ];
    let added = admin(&world)
        .await
        .post("admin/applications/add", &fields)
        .await;
    assert!(added.tells("application_added"), "{}", added.body);
    let data = world.data().display().to_string();
    let on = async |url: &str| {
        let options = testkit::options(&["--data", &data, "--public-url", url]);
        server::start::services(&options).await.map(|_| ())
    };
    on("https://id.example").await.expect("a host of its own");
    let refused = on("https://wiki.example").await;
    let refused = refused.expect_err("its cookies would go there");
    assert!(
        refused.to_string().contains("portal's own host"),
        "{refused}"
    );
}

/// What an administrator takes from an application is gone at once, whatever it was given.
#[tokio::test]
async fn a_scope_that_is_taken_away_opens_nothing_any_more() {
    let world = World::demo().await;
    let mut admin = admin(&world).await;
    let mut all = with("email_scope", "true");
    all.extend([("offline", "true")]);
    let drawn = secret(&mut admin, "admin/applications/add", &all).await;
    let tokens = json(&signs_in_for(&world, &drawn, "openid profile email offline_access").await);
    let access = tokens["access_token"].as_str().expect("a token").to_owned();
    let token = serde_json::json!({ "access_token": access });
    let before = userinfo(&world, &token).await;
    assert!(json(&before)["email"].is_string(), "{}", before.body);
    let mut less = with("id", "pay");
    less.push(("version", "1"));
    let changed = admin.post("admin/applications/change", &less).await;
    assert!(changed.tells("application_changed"), "{}", changed.body);
    let after = json(&userinfo(&world, &token).await);
    assert!(
        after["name"].is_string() && after["email"].is_null(),
        "{after}"
    );
    let refresh = tokens["refresh_token"].as_str().expect("was given");
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let auth = basic("pay", &drawn);
    let headers = [("authorization", auth.as_str())];
    let path = "/customers/oidc/token";
    let refused = program(&world, "POST", path, &headers, Some(&fields)).await;
    assert_eq!(json(&refused)["error"], "invalid_grant", "{}", refused.body);
}
