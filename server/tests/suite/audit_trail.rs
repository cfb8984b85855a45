//! The page of the audit trail: who reads it, what it finds, what leaves as a
//! file, and what it says of a trail that was touched.

use axum::http::StatusCode;
use domain::{
    FactorKind,
    audit::{Action, Event},
    ids::PersonId,
    role::Role,
};
use flows::{Fact, Request, audit::record, ceremony::Ctx};
use sqlx::{Connection, Executor};
use testkit::{Browser, TESS, World};

const PAGE: &str = "/admin/customers/audit";

async fn ada(world: &World) -> Browser {
    world
        .signed_in("workforce", "Q100001", &[FactorKind::Passkey])
        .await
}

/// Writes an event of a realm down.
async fn write(world: &World, realm: &str, by: Option<&PersonId>, event: Event) {
    let realm = world.services.realm(realm).expect("a realm");
    let request = Request {
        address: "192.0.2.7".to_owned(),
        agent: "=cmd|calc".to_owned(),
        ..Request::default()
    };
    let ctx = Ctx {
        services: &world.services,
        request: &request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await.expect("begins");
    record(&mut fact, by, &event).await.expect("records");
    fact.commit().await.expect("commits");
}

/// The remark of each entry that a page shows.
fn remarks(page: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(page).expect("JSON");
    let rows = json["show"]["screen"]["admin_audit"]["rows"].as_array();
    let rows = rows.expect("the trail").iter();
    rows.map(|row| row["detail"].as_str().expect("a text").to_owned())
        .collect()
}

fn next(page: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(page).expect("JSON");
    let next = &json["show"]["screen"]["admin_audit"]["next"];
    next.as_str().map(str::to_owned)
}

#[tokio::test]
async fn an_auditor_reads_the_trail_of_the_realm_and_nothing_else() {
    let world = World::demo().await;
    let tess = world.person("customers", TESS).await;
    write(
        &world,
        "cloud",
        None,
        Event::done(Action::SignIn, PersonId::new("p")).because("of another realm"),
    )
    .await;
    write(
        &world,
        "customers",
        None,
        Event::done(Action::SignIn, tess.id).because("of this realm"),
    )
    .await;
    world.staff("Q900001", Role::Auditor, "customers").await;
    let mut auditor = world
        .signed_in("workforce", "Q900001", &[FactorKind::Passkey])
        .await;
    let page = auditor.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("of this realm") && page.body.contains("Tess Tollmann"));
    assert!(!page.body.contains("of another realm"));
    // The navigation offers what is open, and that alone.
    assert!(!page.body.contains("/admin/customers/people"));
    let home = auditor.get("/admin").await;
    assert!(home.body.contains(PAGE) && !home.body.contains("/admin/customers/people"));
    assert!(!home.body.contains("/admin/cloud/"));
    for closed in [
        "/admin/cloud/audit",
        "/admin/cloud/transfers",
        "/admin/cloud/transfers/t/file",
        "/admin/customers/people",
        "/admin/customers/invitations",
    ] {
        assert_eq!(
            auditor.get(closed).await.status,
            StatusCode::FORBIDDEN,
            "{closed}"
        );
    }
    // Each reach was written down, where staff belong.
    let mut ada = ada(&world).await;
    let seen = ada
        .page("/admin/workforce/audit?action=denied&person=Q900001")
        .await;
    assert_eq!(remarks(&seen.body).len(), 5);
    let nobody = world
        .browser()
        .get("/admin/customers/transfers/t/file")
        .await;
    assert_eq!(nobody.header("location"), "/workforce/sign-in");
}

#[tokio::test]
async fn pages_go_on_from_a_key_and_show_every_entry_once() {
    let world = World::demo().await;
    for n in 0..120 {
        let event = Event::done(Action::CodeSent, PersonId::new("p")).because(format!("n{n}"));
        write(&world, "customers", None, event).await;
    }
    let mut ada = ada(&world).await;
    let (mut seen, mut path, mut pages) = (Vec::new(), PAGE.to_owned(), 0);
    loop {
        let page = ada.page(&path).await;
        seen.extend(remarks(&page.body));
        pages += 1;
        let Some(key) = next(&page.body) else { break };
        path = format!("{PAGE}?after={key}");
    }
    let expected: Vec<_> = (0..120).rev().map(|n| format!("n{n}")).collect();
    assert_eq!((seen, pages), (expected, 3));
    // A key that nobody has begins between two entries, or finds nothing.
    assert_eq!(
        remarks(&ada.page(&format!("{PAGE}?after=0")).await.body).len(),
        0
    );
    assert_eq!(
        remarks(&ada.page(&format!("{PAGE}?after=zzz")).await.body).len(),
        50
    );
}

#[tokio::test]
async fn it_finds_by_person_action_and_result_and_refuses_what_it_cannot_read() {
    let world = World::demo().await;
    let tess = world.person("customers", TESS).await.id;
    let max = world.person("customers", testkit::MAX).await.id;
    let q1 = world.person("workforce", "Q100001").await.id;
    for (by, event, remark) in [
        (None, Event::done(Action::SignIn, tess.clone()), "a"),
        (
            Some(&tess),
            Event::refused(Action::Proof, Some(tess.clone())),
            "b",
        ),
        (Some(&q1), Event::done(Action::Unlocked, max.clone()), "c"),
        (None, Event::refused(Action::Proof, None), "d"),
    ] {
        write(&world, "customers", by, event.because(remark)).await;
    }
    let mut ada = ada(&world).await;
    for (query, expected) in [
        ("", vec!["d", "c", "b", "a"]),
        ("?person=tess.totp%40customers.example", vec!["b", "a"]),
        ("?person=TOLLM", vec!["b", "a"]),
        // Staff who acted here are found by login and by name.
        ("?person=q100001", vec!["c"]),
        ("?person=ada+brandt", vec!["c"]),
        ("?person=M%C3%B6ller", vec!["c"]),
        ("?person=nobody", vec!["d", "a"]),
        ("?person=Nadine", vec![]),
        ("?action=proof", vec!["d", "b"]),
        ("?result=refused&person=tess", vec!["b"]),
        ("?result=done&action=proof", vec![]),
        ("?action=unlocked&result=done&person=Max", vec!["c"]),
    ] {
        let page = ada.page(&format!("{PAGE}{query}")).await;
        assert_eq!(remarks(&page.body), expected, "{query}");
        assert!(page.body.contains("\"refusals\":[]"), "{query}");
    }
    let long = format!("?person={}", "x".repeat(300));
    // What the form calls `result` is the field `outcome`.
    for (query, input, field, code) in [
        ("?action=everything", "action", "action", "not_offered"),
        ("?result=perhaps", "result", "outcome", "not_offered"),
        (long.as_str(), "person", "person", "too_long"),
    ] {
        let page = ada.page(&format!("{PAGE}{query}")).await;
        assert!(page.refuses_at(field, code), "{}", page.body);
        assert_eq!(remarks(&page.body).len(), 0, "{query}");
        for format in ["csv", "json"] {
            // What stands behind the `?` is a form's body as it is.
            let fields = format!("realm=customers&format={format}&{}", &query[1..]);
            let refused = ada.raw("admin/audit/export", &fields).await;
            assert!(refused.refuses_at(field, code), "{query}");
        }
        let shown = ada.get(&format!("{PAGE}{query}")).await;
        assert!(
            shown.body.contains(&format!("id=\"{input}-e\"")),
            "said at the field: {query}"
        );
    }
    // A letter that more than twenty have is refused, not searched.
    for n in 0..20 {
        let login = format!("Q8000{n:02}");
        world.staff(&login, Role::Agent, "cloud").await;
    }
    let page = ada.page(&format!("{PAGE}?person=staff")).await;
    assert_eq!(remarks(&page.body).len(), 0);
    assert!(
        page.body.contains("\"refusals\":[]"),
        "twenty are not too many"
    );
    world.staff("Q800020", Role::Agent, "cloud").await;
    let page = ada.page(&format!("{PAGE}?person=staff")).await;
    assert!(page.refuses("too_many"), "{}", page.body);
}

#[tokio::test]
async fn exports_hold_what_the_search_finds_run_nowhere_and_are_written_down() {
    let world = World::demo().await;
    let tess = world.person("customers", TESS).await.id;
    for n in 0..1100 {
        let event = Event::done(Action::CodeSent, tess.clone()).because(format!("n{n}"));
        write(&world, "customers", None, event).await;
    }
    let evil = Event::done(Action::SignIn, tess.clone()).because("=HYPERLINK(\"x\")");
    write(&world, "customers", Some(&tess), evil).await;
    write(&world, "cloud", None, Event::done(Action::SignIn, tess)).await;
    let mut ada = ada(&world).await;

    // Over several of its pages, none twice and none left out.
    let export = async |ada: &mut Browser, more: &[(&str, &str)]| {
        let fields = [&[("realm", "customers")], more].concat();
        world.exported(ada, "admin/audit/export", &fields).await
    };
    let asked = [
        ("format", "csv"),
        ("action", "code_sent"),
        ("person", "tess"),
    ];
    let file = export(&mut ada, &asked).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"audit-customers.csv\""
    );
    assert_eq!(file.header("cache-control"), "no-store");
    let lines: Vec<_> = file.body.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1101);
    assert!(lines[0].starts_with("time,place,id,realm,actor,"));
    assert!(lines[1].contains(",n1099,192.0.2.7,"), "{}", lines[1]);
    assert!(lines[1100].contains(",n0,192.0.2.7,"), "{}", lines[1100]);

    let asked = [("format", "csv"), ("action", "sign_in")];
    let file = export(&mut ada, &asked).await;
    assert!(file.body.contains("\"'=HYPERLINK(\"\"x\"\")\""));
    // The browser's own name is a cell like any other.
    assert!(file.body.contains(",'=cmd|calc,"));
    assert!(!file.body.contains(",=") && !file.body.contains("\"="));
    assert_eq!(file.body.split_terminator("\r\n").count(), 2);

    let asked = [("format", "json"), ("action", "code_sent")];
    let file = export(&mut ada, &asked).await;
    assert_eq!(file.header("content-type"), "application/json");
    let all: Vec<serde_json::Value> = serde_json::from_str(&file.body).expect("JSON");
    assert_eq!(all.len(), 1100);
    assert_eq!(all[0]["detail"], "n1099");
    assert_eq!(all[0]["target_login"], TESS);
    assert_eq!(all[0]["place"], serde_json::Value::Null);
    let asked = [("format", "json"), ("action", "disabled")];
    let none = export(&mut ada, &asked).await;
    let none: Vec<serde_json::Value> = serde_json::from_str(&none.body).expect("JSON");
    assert!(none.is_empty());

    // Written down when it starts, when it ends, and when it leaves.
    let said = [
        "audit trail, json, action disabled",
        "audit trail, json, action code_sent",
        "audit trail, csv, action sign_in",
        "audit trail, csv, action code_sent, person tess",
    ];
    let rows = [0, 1100, 1, 1100];
    let ended: Vec<_> = said.iter().zip(rows).collect();
    let ended: Vec<_> = ended
        .iter()
        .map(|(s, n)| format!("{s}, {n} rows"))
        .collect();
    let started = ada.page(&format!("{PAGE}?action=transfer_started")).await;
    assert_eq!(remarks(&started.body), said);
    for action in ["transfer_finished", "exported"] {
        let written = ada.page(&format!("{PAGE}?action={action}")).await;
        assert_eq!(remarks(&written.body), ended, "{action}");
    }
    let fields = [("realm", "customers"), ("format", "xml")];
    let other = ada.post("admin/audit/export", &fields).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn verification_says_whole_altered_missing_cut_and_forged() {
    let world = World::demo().await;
    let head = world.services.audit_head.clone();
    let mut ada = ada(&world).await;
    let fields = [("realm", "customers"), ("action", "sign_in")];
    for n in 0..5 {
        let event = Event::done(Action::SignIn, PersonId::new(format!("p{n}")));
        write(&world, "customers", None, event).await;
    }
    // Nothing is sealed and no head is there: nothing to find fault with.
    let found = ada.post("admin/audit/verify", &fields).await;
    assert!(
        found.body.contains("\"verdict\":{\"whole\":0}"),
        "{}",
        found.body
    );
    server::jobs::seal_once(&world.services, &head).await;
    let found = ada.post("admin/audit/verify", &fields).await;
    assert!(
        found.body.contains("\"verdict\":{\"whole\":5}"),
        "{}",
        found.body
    );
    assert!(found.body.contains("\"sealed\":5"));
    // The page is still the one that was searched.
    assert!(
        found
            .body
            .contains("\"action\":\"sign_in\",\"result\":\"\"")
    );

    let file = format!("sqlite:{}", head.with_file_name("rekey.db").display());
    let mut db = sqlx::SqliteConnection::connect(&file).await.expect("opens");
    let mut now = async |change: &'static str, verdict: &str| {
        db.execute(change).await.expect("changes");
        let found = ada.post("admin/audit/verify", &fields).await;
        let says = format!("\"verdict\":{verdict}");
        assert!(found.body.contains(&says), "{change}: {}", found.body);
    };
    now(
        "UPDATE audit SET target = 'x' WHERE seq = 3",
        "{\"altered\":3}",
    )
    .await;
    now(
        "UPDATE audit SET target = 'p2' WHERE seq = 3",
        "{\"whole\":5}",
    )
    .await;
    now(
        "UPDATE audit SET seq = NULL WHERE seq = 5",
        "{\"cut\":{\"found\":4,\"expected\":5}}",
    )
    .await;
    now(
        "UPDATE audit SET seq = NULL WHERE seq = 2",
        "{\"missing\":2}",
    )
    .await;
    std::fs::write(&head, "{}").expect("writes");
    now(
        "UPDATE audit SET seq = 2 WHERE target = 'p1'",
        "\"forged_head\"",
    )
    .await;
    std::fs::remove_file(&head).expect("removes");
    now(
        "UPDATE audit SET seq = 5 WHERE target = 'p4'",
        "{\"whole_without_head\":5}",
    )
    .await;
}

#[tokio::test]
async fn without_the_script_the_button_posts_and_the_page_says_what_was_found() {
    let world = World::demo().await;
    let event = Event::done(Action::SignIn, PersonId::new("p"));
    write(&world, "customers", None, event).await;
    server::jobs::seal_once(&world.services, &world.services.audit_head).await;
    let mut ada = ada(&world).await;
    let answer = ada
        .submit("admin/audit/verify", &[("realm", "customers")])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), PAGE);
    let page = ada.get(PAGE).await;
    assert!(
        page.body
            .contains("The trail is whole: 1 entry, as written")
    );
    // Said once: the next look says nothing of a check.
    let page = ada.get(PAGE).await;
    assert!(!page.body.contains("The trail is whole"));
}
