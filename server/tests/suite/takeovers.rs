//! Taking an account over by a side door: a password that was learned, a mailbox
//! that was opened, a step that was left standing. Each test carries the id of
//! its row in `security.md`, section 3, or of the rule behind it.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    ids::{FactorId, PersonId},
    message::Message,
};
use serde_json::Value;
use std::net::IpAddr;
use testkit::{Browser, EMIL, MAX, PASSWORD, TESS, World, form};
use tokio::task::JoinSet;

/// A customer with a password and no second factor yet.
const NORA: &str = "nora.new@customers.example";

/// The key on the page that sets an app up.
fn key_of(answer: &testkit::Answer) -> String {
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    let key = &answer["show"]["screen"]["enroll_totp"]["key"];
    key.as_str().expect("a key").to_owned()
}

async fn choose(browser: &mut Browser, method: &str) -> testkit::Answer {
    let fields = [("realm", "customers"), ("method", method)];
    browser.post("choose-method", &fields).await
}

fn totp(code: &str) -> [(&str, &str); 3] {
    [("realm", "customers"), ("code", code), ("name", "")]
}

/// The one factor of a kind that somebody holds.
async fn factor(world: &World, login: &str, kind: FactorKind) -> FactorId {
    let person = world.person("customers", login).await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    let all = conn.factors(&person).await.expect("reads");
    let one = all.into_iter().find(|f| f.kind == kind);
    one.expect("holds one").id
}

async fn factors(world: &World, person: &PersonId) -> usize {
    let mut conn = world.services.store.read().await.expect("reads");
    conn.factors(person).await.expect("reads").len()
}

async fn remove(browser: &mut Browser, id: &FactorId) -> testkit::Answer {
    let fields = [("realm", "customers"), ("id", id.as_str())];
    browser.post("manage-factors/remove", &fields).await
}

async fn another_way(browser: &mut Browser, kind: &str) -> testkit::Answer {
    let fields = [
        ("realm", "customers"),
        ("purpose", "sign_in"),
        ("kind", kind),
    ];
    browser.post("prove/another-way", &fields).await
}

#[tokio::test]
async fn xa19_z9_a_first_sign_in_left_standing_binds_nothing_once_the_owner_has_a_factor() {
    let world = World::demo().await;
    let mut thief = world.browser();
    assert!(thief.password(NORA, PASSWORD).await.shows("choose_method"));
    let mut nora = world.browser();
    nora.password(NORA, PASSWORD).await;
    let key = key_of(&choose(&mut nora, "totp").await);
    let answer = nora.post("enroll-totp", &totp(&world.app(&key))).await;
    assert!(answer.lets_in(), "{}", answer.body);
    for call in ["choose-method", "enroll-totp", "enroll-email/resend"] {
        let answer = thief.raw(call, testkit::ARGUMENTS).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{call}");
    }
}

#[tokio::test]
async fn r17_two_posts_of_the_first_code_make_one_factor() {
    let world = World::demo().await;
    let mut nora = world.browser();
    nora.password(NORA, PASSWORD).await;
    let key = key_of(&choose(&mut nora, "totp").await);
    let code = world.app(&key);
    let mut tasks = JoinSet::new();
    for _ in 0..4 {
        let request = nora.request("enroll-totp", form(&totp(&code)));
        let router = world.router.clone();
        tasks.spawn(async move { testkit::send(router, request).await });
    }
    let answers = tasks.join_all().await;
    assert!(answers.iter().all(|a| !a.status.is_server_error()));
    assert_eq!(answers.iter().filter(|a| a.lets_in()).count(), 1);
    let person = world.person("customers", NORA).await.id;
    assert_eq!(factors(&world, &person).await, 2, "password and one app");
}

#[tokio::test]
async fn xj01_a_code_from_the_mailbox_is_no_fresh_proof_for_who_holds_a_passkey() {
    let world = World::demo().await;
    let passkey = factor(&world, MAX, FactorKind::Passkey).await;
    let mut thief = world.browser();
    thief.password(MAX, PASSWORD).await;
    another_way(&mut thief, "email").await;
    let code = world.mailed_code().await;
    assert!(thief.code("sign_in", &code).await.lets_in());
    let answer = remove(&mut thief, &passkey).await;
    assert!(answer.leads_to("/customers/confirm"), "{}", answer.body);
    let person = world.person("customers", MAX).await.id;
    assert_eq!(factors(&world, &person).await, 4);
}

#[tokio::test]
async fn xj04_who_came_by_a_recovery_code_removes_nothing_for_a_day() {
    let world = World::demo().await;
    let totp_id = factor(&world, TESS, FactorKind::Totp).await;
    let code = world.secrets(TESS).await["recovery_codes"][0]
        .as_str()
        .expect("a code")
        .to_owned();
    let mut thief = world.browser();
    thief.password(TESS, PASSWORD).await;
    another_way(&mut thief, "recovery").await;
    assert!(thief.code("sign_in", &code).await.lets_in());
    // What was lost may be set up anew …
    let key = key_of(&choose(&mut thief, "totp").await);
    let answer = thief.post("enroll-totp", &totp(&world.app(&key))).await;
    assert!(answer.tells("factor_added"), "{}", answer.body);
    // … and the old one stays.
    let answer = remove(&mut thief, &totp_id).await;
    assert!(answer.refuses("just_recovered"), "{}", answer.body);
    // Its owner, with the app from before, takes away what was added.
    let proven = [FactorKind::Password, FactorKind::Totp];
    world.advance(86_401);
    let mut tess = world.signed_in("customers", TESS, &proven).await;
    assert!(remove(&mut tess, &totp_id).await.tells("factor_removed"));
}

#[tokio::test]
async fn xg17_after_this_was_not_me_nothing_is_sent_or_set_up() {
    let world = World::demo().await;
    let mut nora = world.browser();
    nora.password(NORA, PASSWORD).await;
    choose(&mut nora, "email").await;
    let code = world.mailed_code().await;
    let person = world.person("customers", NORA).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    // As a freeze leaves a ceremony that was read before it: the epoch stays.
    tx.person_freeze(&person, Some(world.services.now()))
        .await
        .expect("freezes");
    tx.commit().await.expect("commits");
    world.advance(61);
    let realm = [("realm", "customers")];
    nora.post("enroll-email/resend", &realm).await;
    let fields = [("realm", "customers"), ("code", code.as_str())];
    assert!(!nora.post("enroll-email", &fields).await.lets_in());
    assert!(world.letters().await.is_empty());
    assert_eq!(factors(&world, &person).await, 1);

    let mut tess = world
        .signed_in("customers", TESS, &[FactorKind::Password, FactorKind::Totp])
        .await;
    choose(&mut tess, "totp").await;
    let person = world.person("customers", TESS).await.id;
    let mut tx = world.services.store.begin().await.expect("begins");
    tx.person_freeze(&person, Some(world.services.now()))
        .await
        .expect("freezes");
    tx.commit().await.expect("commits");
    let answer = choose(&mut tess, "totp").await;
    assert!(answer.refuses("frozen"), "{}", answer.body);
}

#[tokio::test]
async fn xk01_an_invitation_that_was_taken_back_stays_so_until_it_is_given_again() {
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
    ada.post("admin/invite", &invite).await;
    let token = world.mailed_token().await;
    let mut conn = world.services.store.read().await.expect("reads");
    let page = conn
        .invitations_page(&testkit::slug("customers"), None, 1)
        .await
        .expect("reads");
    drop(conn);
    let link = [("realm", "customers"), ("id", page[0].link.id.as_str())];
    ada.post("admin/invite/revoke", &link).await;

    let mut zoe = world.browser();
    let fields = [
        ("realm", "customers"),
        ("purpose", "invitation"),
        ("token", token.as_str()),
    ];
    zoe.post("reset-password/fresh", &fields).await;
    let fields = [("realm", "customers"), ("login", ZOE)];
    zoe.post("reset-password/ask", &fields).await;
    assert!(world.letters().await.is_empty(), "nothing goes to her");

    ada.post("admin/invite/resend", &link).await;
    let token = world.mailed_token().await;
    zoe.open("invitation", &token).await;
    let set = zoe.set_password("copper-lantern-58-meadow").await;
    assert!(set.tells("password_set"), "{}", set.body);
    world.letters().await;
    // Whoever has a way in gets no second one by mail (XC07).
    let answer = ada.post("admin/invite/resend", &link).await;
    assert!(answer.refuses("set_up_already"), "{}", answer.body);
    assert!(world.letters().await.is_empty());
}

/// "Forgot password" leads an invited person in as well: the list says so, and what they
/// have is not offered again.
#[tokio::test]
async fn who_set_up_an_account_without_the_link_is_no_revoked_invitation() {
    const GAST: &str = "neu.gast@customers.example";
    let world = World::demo().await;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = world.signed_in("workforce", "Q100001", &staff).await;
    let invite = [
        ("realm", "customers"),
        ("email", GAST),
        ("name", "Neu Gast"),
        ("lang", "de"),
    ];
    ada.post("admin/invite", &invite).await;
    let mut gast = world.browser();
    let token = world.reset_token(GAST).await;
    gast.open("reset_password", &token).await;
    let set = gast.set_password("copper-lantern-58-meadow").await;
    assert!(set.tells("password_set"), "{}", set.body);
    let page = ada.page("/admin/customers/invitations").await;
    let page: Value = serde_json::from_str(&page.body).expect("JSON");
    let row = &page["show"]["screen"]["admin_invitations"]["rows"][0];
    assert_eq!(row["email"], GAST);
    assert_eq!(row["state"], "accepted");
    let id = row["id"].as_str().expect("an id");
    let link = [("realm", "customers"), ("id", id)];
    let answer = ada.post("admin/invite/resend", &link).await;
    assert!(answer.refuses("set_up_already"), "{}", answer.body);
}

#[tokio::test]
async fn strangers_slow_a_reset_down_and_never_lock_its_owner_out() {
    let world = World::demo().await;
    let ask = [("realm", "customers"), ("login", TESS)];
    for n in 0..25 {
        let mut stranger = world.browser();
        stranger.address = IpAddr::from([192, 0, n, 1]);
        stranger.post("reset-password/ask", &ask).await;
        world.advance(61);
    }
    world.letters().await;
    let answer = world.browser().post("reset-password/ask", &ask).await;
    assert!(answer.refuses("wait"), "{}", answer.body);
    // A browser that has signed her in before has a bucket of its own.
    let mut tess = world.signed_in("customers", TESS, &[]).await;
    tess.post("reset-password/ask", &ask).await;
    assert_eq!(world.letters().await.len(), 1);
    // And the strangers' own is open again some hours later.
    world.advance(3 * 3600);
    world.browser().post("reset-password/ask", &ask).await;
    assert_eq!(world.letters().await.len(), 1);
}

#[tokio::test]
async fn the_same_reset_mail_is_not_asked_for_twice_in_a_breath() {
    let world = World::demo().await;
    let ask = [("realm", "customers"), ("login", TESS)];
    let mut tess = world.browser();
    tess.post("reset-password/ask", &ask).await;
    let answer = tess.post("reset-password/ask", &ask).await;
    assert!(answer.refuses("wait"), "{}", answer.body);
    assert_eq!(world.letters().await.len(), 1);
}

#[tokio::test]
async fn wrong_reset_codes_lock_no_code_at_sign_in() {
    let world = World::demo().await;
    let mut stranger = world.browser();
    let ask = [("realm", "customers"), ("login", EMIL)];
    stranger.post("reset-password/ask", &ask).await;
    for _ in 0..8 {
        let fields = [("realm", "customers"), ("code", "00000000")];
        stranger.post("reset-password/code", &fields).await;
        world.advance(61);
    }
    world.letters().await;
    let mut emil = world.browser();
    assert!(emil.password(EMIL, PASSWORD).await.asks_for("email"));
    let code = world.mailed_code().await;
    assert!(emil.code("sign_in", &code).await.lets_in());
}

#[tokio::test]
async fn xj08_a_clock_that_goes_back_revives_no_session() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Totp];
    let mut tess = world.signed_in("customers", TESS, &proven).await;
    let place = "/customers/overview";
    world.advance(16 * 60);
    assert_eq!(tess.page(place).await.status, StatusCode::UNAUTHORIZED);
    world.advance(-16 * 60);
    assert_eq!(tess.page(place).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_sign_in_from_a_new_browser_is_told_though_nobody_is_signed_in() {
    let world = World::demo().await;
    let secrets = world.secrets(TESS).await;
    let secret = secrets["totp_secret"].as_str().expect("a secret");
    let told = async || {
        world.advance(31);
        let mut browser = world.browser();
        browser.password(TESS, PASSWORD).await;
        let code = world.app(secret);
        assert!(browser.code("sign_in", &code).await.lets_in());
        browser.post("sign-out", &[("realm", "customers")]).await;
        let letters = world.letters().await;
        letters
            .iter()
            .any(|l| matches!(l.message, Message::Notice { .. }))
    };
    assert!(!told().await, "the first one ever");
    assert!(told().await, "another one, later");
}

#[tokio::test]
async fn xg07_who_reaches_for_more_is_refused_and_written_down() {
    let world = World::demo().await;
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut employee = world.signed_in("workforce", "Q471108", &staff).await;
    let answer = employee.page("/admin/customers/people").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let person = world.person("workforce", "Q471108").await.id;
    let mut conn = world.services.store.read().await.expect("reads");
    let trail = conn.audit_of(&person, 5).await.expect("reads");
    let last = trail.first().expect("an entry");
    assert_eq!(
        (last.action.as_str(), last.outcome.as_str()),
        ("denied", "refused")
    );
}

/// Every row of a long list is on one of its pages, and on one only.
#[tokio::test]
async fn lists_go_on_where_the_page_before_ended() {
    let world = World::demo().await;
    let now = world.services.now();
    let mut tx = world.services.store.begin().await.expect("begins");
    let like = world.person("customers", TESS).await;
    for n in 0..120 {
        let person = domain::records::Person {
            id: PersonId::new(format!("list-{n:03}")),
            login: format!("list{n:03}@customers.example"),
            name: format!("Lista {:03}", n * 7 % 120),
            created_at: now,
            ..like.clone()
        };
        let key = domain::text::name_key(&person.name);
        tx.person_insert(&person, &person.login, &key)
            .await
            .expect("inserts");
    }
    tx.commit().await.expect("commits");
    let staff = [FactorKind::Passkey, FactorKind::Pin];
    let mut ada = world.signed_in("workforce", "Q100001", &staff).await;
    let mut seen = Vec::new();
    let mut after = String::new();
    for _ in 0..4 {
        let path = format!("/admin/customers/people?q=Lista&after={after}");
        let answer = ada.page(&path).await;
        let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
        let page = &answer["show"]["screen"]["admin_people"];
        for row in page["people"].as_array().expect("rows") {
            seen.push(row["id"].as_str().expect("an id").to_owned());
        }
        match page["next"].as_str() {
            Some(key) => after = key.replace(' ', "%20").replace('~', "%7E"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 120);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}

/// The undo link for a change of address, as it was mailed somewhere.
async fn undo_link(world: &World, to: &str) -> String {
    let letters = world.letters().await;
    let link = letters.iter().filter(|l| l.to == to).find_map(|l| {
        let Message::Notice {
            undo: Some(undo), ..
        } = &l.message
        else {
            return None;
        };
        undo.link.reveal().rsplit('/').next().map(str::to_owned)
    });
    link.expect("a way back")
}

/// Moves codes of somebody who is signed in to another mailbox.
async fn move_codes(world: &World, browser: &mut Browser, to: &str) {
    world.letters().await;
    let fields = [("realm", "dealers"), ("email", to), ("repeat", to)];
    let asked = browser.post("capture-address", &fields).await;
    let letters = world.letters().await;
    let code = letters.iter().find_map(testkit::Letter::code);
    let code = code.unwrap_or_else(|| panic!("no code: {}", asked.body));
    let fields = [("realm", "dealers"), ("code", code.as_str())];
    let done = browser.post("enroll-email", &fields).await;
    assert!(done.leads_to("/dealers/overview"), "{}", done.body);
}

/// Whoever moved codes once moves them twice: the first way back undoes both, and the
/// second one, which went to their mailbox, nothing.
#[tokio::test]
async fn a_change_that_is_taken_back_takes_what_came_after_it_along() {
    let world = World::demo().await;
    let proven = [FactorKind::Password, FactorKind::Email];
    let owner = world.person("dealers", "lenz01").await;
    let mut thief = world.signed_in("dealers", "lenz01", &proven).await;
    move_codes(&world, &mut thief, "eva@autohaus-lenz.example").await;
    let first = undo_link(&world, &owner.email).await;
    world.advance(60);
    move_codes(&world, &mut thief, "ida@autohaus-lenz.example").await;
    let second = undo_link(&world, "eva@autohaus-lenz.example").await;
    for token in [first, second] {
        let fields = [("realm", "dealers"), ("token", &*token)];
        world.browser().post("undo-change", &fields).await;
        let mut conn = world.services.store.read().await.expect("reads");
        let held = conn.factors(&owner.id).await.expect("asks");
        let mail = held.into_iter().filter(|f| f.kind == FactorKind::Email);
        let mail: Vec<_> = mail.map(|f| f.address).collect();
        assert_eq!(mail, [owner.email.as_str()]);
        assert_eq!(world.person("dealers", "lenz01").await.email, owner.email);
    }
}
