//! Imports and exports beside the requests: what a worker does, and what another
//! one goes on with.

mod ends;
mod rights;

use axum::http::StatusCode;
use domain::{FactorKind, ids::TransferId, paths, transfer::Transfer};
use flows::transfers::turn;
use serde_json::Value;
use std::collections::BTreeSet;
use testkit::{Answer, Browser, DORA, TESS, World, slug};

const LIST: &str = "/admin/customers/transfers";
const REALM: (&str, &str) = ("realm", "customers");

async fn staff(world: &World, login: &str) -> Browser {
    world
        .signed_in(paths::STAFF_REALM, login, &[FactorKind::Passkey])
        .await
}

async fn ada(world: &World) -> Browser {
    staff(world, "Q100001").await
}

/// Where a call leads: the page of a transfer.
fn page_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let json: Value = serde_json::from_str(&answer.body).expect("JSON");
    let path = json["go"]["path"].as_str().expect("leads on").to_owned();
    assert!(path.starts_with("/admin/"), "{path}");
    path
}

fn id_of(page: &str) -> TransferId {
    TransferId::new(page.rsplit('/').next().expect("an id"))
}

/// What the page shows of a transfer.
async fn shown(browser: &mut Browser, page: &str) -> Value {
    let answer = browser.page(page).await;
    let json: Value = serde_json::from_str(&answer.body).expect("JSON");
    let screen = json["show"]["screen"]["admin_transfer"].clone();
    assert!(screen.is_object(), "{}", answer.body);
    screen
}

async fn stored(world: &World, page: &str) -> Transfer {
    let mut conn = world.services.store.read().await.expect("reads");
    let found = conn.transfer(&slug("customers"), &id_of(page)).await;
    found.expect("asks").expect("is there")
}

/// Rows for an import: of every hundred, one is broken and one is there already.
fn rows(n: usize) -> String {
    let mut csv = String::from("email,name,lang\n");
    for at in 0..n {
        csv.push_str(&match at % 100 {
            30 => format!("broken-{at}.example,Broken,en\n"),
            60 => format!("{TESS},Tess,en\n"),
            _ => format!("row-{at}@import.example,Row {at},de\n"),
        });
    }
    csv
}

async fn import(browser: &mut Browser, csv: &str) -> String {
    let fields = [REALM, ("csv", csv)];
    page_of(&browser.post("admin/invite/csv", &fields).await)
}

async fn export(browser: &mut Browser) -> String {
    page_of(&browser.post("admin/people/export", &[REALM]).await)
}

/// All recipients in the outbox.
async fn recipients(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let letters = world.letters().await;
        if letters.is_empty() {
            return all;
        }
        all.extend(letters.into_iter().map(|l| l.to));
    }
}

/// The remarks of the trail for an action, newest first.
async fn remarks(browser: &mut Browser, action: &str) -> Vec<String> {
    let page = browser
        .page(&format!("/admin/customers/audit?action={action}"))
        .await;
    let json: Value = serde_json::from_str(&page.body).expect("JSON");
    let rows = json["show"]["screen"]["admin_audit"]["rows"].as_array();
    let rows = rows.expect("the trail").iter();
    rows.map(|row| row["detail"].as_str().expect("a text").to_owned())
        .collect()
}

/// The database of the world, past the store.
async fn database(world: &World) -> sqlx::SqliteConnection {
    let file = world.services.audit_head.with_file_name("rekey.db");
    let url = format!("sqlite:{}", file.display());
    let opened = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await;
    opened.expect("opens")
}

#[tokio::test]
async fn a_large_import_survives_its_workers_and_does_every_row_once() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let csv = rows(2500);
    let page = import(&mut ada, &csv).await;
    // The request did none of it.
    let before = shown(&mut ada, &page).await;
    assert_eq!(before["row"]["state"], "waiting");
    assert_eq!(
        (&before["row"]["done"], &before["row"]["total"]),
        (&0.into(), &2500.into())
    );
    assert!(recipients(&world).await.is_empty());

    // A node drains after one chunk: it lets go, and the next turn goes on at once.
    assert!(turn(&world.services, 1000, || true).await.expect("works"));
    assert_eq!(stored(&world, &page).await.done, 25);
    assert!(turn(&world.services, 3, || false).await.expect("works"));
    let t = stored(&world, &page).await;
    assert_eq!((t.done, t.tries), (100, 0));
    let half = shown(&mut ada, &page).await;
    assert_eq!(half["row"]["state"], "running");
    assert_eq!(half["row"]["done"], 100);
    assert_eq!(half["row"]["downloads"], false);

    // A node dies with its claim: until the claim is over nobody works on it, then
    // any other node does.
    let mut tx = world.services.store.begin().await.expect("begins");
    let claimed = tx.transfer_claim(60, world.services.now()).await;
    assert!(claimed.expect("claims").is_some());
    tx.commit().await.expect("commits");
    let twin = world.twin().await;
    assert!(!turn(&twin.services, 1, || false).await.expect("looks"));
    twin.advance(61);
    assert!(turn(&twin.services, 50, || false).await.expect("works"));
    assert_eq!(stored(&world, &page).await.done, 1350);
    twin.work().await;

    // As the node that lives on sees it: its clock is ahead.
    let mut got = recipients(&twin).await;
    got.sort();
    let mut expected: Vec<_> = (0..2500)
        .filter(|at| !matches!(at % 100, 30 | 60))
        .map(|at| format!("row-{at}@import.example"))
        .collect();
    expected.sort();
    assert_eq!(got, expected, "nothing lost, nothing twice");

    let after = shown(&mut ada, &page).await;
    assert_eq!(after["row"]["state"], "done");
    assert_eq!(
        (&after["row"]["done"], &after["row"]["skipped"]),
        (&2500.into(), &50.into())
    );
    let report = after["report"].as_array().expect("a report");
    assert_eq!(report.len(), 50);
    // By the number of the row in the file: the head is the first.
    assert_eq!(report[0]["row"], 32);
    assert_eq!(report[0]["what"], "broken-30.example");
    assert_eq!(report[0]["why"], "not_an_address");
    assert_eq!(report[1]["row"], 62);
    assert_eq!(report[1]["why"], Value::Null);
    let file = ada.get(&format!("{page}/file")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"invitations-customers.csv\""
    );
    let lines: Vec<_> = file.body.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 51);
    assert!(
        lines[1].starts_with("32,broken-30.example,"),
        "{}",
        lines[1]
    );

    // What it worked on is wiped with its end.
    let mut conn = world.services.store.read().await.expect("reads");
    assert!(
        !conn
            .transfer_waits(world.services.now())
            .await
            .expect("asks")
    );
    drop(conn);
    for (action, remark) in [
        ("transfer_started", "invitations, csv"),
        ("transfer_finished", "invitations, csv, 2500 rows"),
        ("exported", "invitations, csv, 2500 rows"),
    ] {
        assert_eq!(remarks(&mut ada, action).await, [remark], "{action}");
    }
    let trail = ada
        .page("/admin/customers/audit?action=transfer_finished")
        .await;
    assert!(trail.body.contains("\"actor\":{\"id\":\"worker\""));
    // Each invitation was hers, from where she started it.
    let trail = ada
        .page("/admin/customers/audit?action=invited&person=Q100001")
        .await;
    assert!(trail.body.contains("\"address\":\"192.0.2.1\""));

    // The same rows once more: everybody is there already.
    let again = import(&mut ada, &csv).await;
    world.work().await;
    let again = shown(&mut ada, &again).await;
    assert_eq!(again["row"]["skipped"], 2500);
    assert_eq!(again["report"].as_array().map(Vec::len), Some(200));
    assert_eq!(again["unshown"], 2300);
    assert!(recipients(&world).await.is_empty());
}

#[tokio::test]
async fn rows_that_cannot_be_read_start_nothing() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    for (csv, code) in [("", "missing"), ("first,second\na,b", "bad_csv")] {
        let answer = ada.post("admin/invite/csv", &[REALM, ("csv", csv)]).await;
        assert!(answer.refuses_at("csv", code), "{csv}: {}", answer.body);
    }
    // What is wrong with one row stands in the report.
    let csv = [REALM, ("csv", "email\nbroken")];
    let answer = ada.post("admin/invite/csv", &csv).await;
    assert!(answer.says("not_an_address"), "{}", answer.body);
    let list = ada.page(LIST).await;
    assert!(list.body.contains("\"rows\":[]"), "{}", list.body);
}

#[tokio::test]
async fn a_manager_comes_with_the_row_or_the_row_does_not_come() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let csv = format!(
        "email,manager\nann@import.example,{TESS}\nben@import.example,nobody\n\
         cem@import.example,Ann@import.example\ndan@import.example,\n\
         eve@import.example,{DORA}\nfay@import.example,gil@import.example\n"
    );
    // The dry run says what the import will do.
    let checked = ada
        .post("admin/invite/check", &[REALM, ("csv", &csv)])
        .await;
    let page: Value = serde_json::from_str(&checked.body).expect("JSON");
    let report = &page["show"]["screen"]["admin_invitations"]["report"];
    assert_eq!(report["good"], 3, "{report}");
    let bad = report["bad"].as_array().expect("a list");
    let bad: Vec<_> = bad.iter().map(|row| (&row[0], &row[1])).collect();
    let why = Value::from("no_such_manager");
    assert_eq!(
        bad,
        [(&3.into(), &why), (&6.into(), &why), (&7.into(), &why)]
    );
    let page = import(&mut ada, &csv).await;
    world.work().await;
    let done = shown(&mut ada, &page).await;
    assert_eq!(done["row"]["skipped"], 3, "{done}");
    let rows = done["report"].as_array().expect("a report");
    assert!(rows.iter().all(|row| row["why"] == why), "{rows:?}");
    let manager = async |login| world.person("customers", login).await.manager;
    let id = async |login| Some(world.person("customers", login).await.id);
    assert_eq!(manager("ann@import.example").await, id(TESS).await);
    let ann = id("ann@import.example").await;
    assert_eq!(manager("cem@import.example").await, ann);
    assert_eq!(manager("dan@import.example").await, None);
    let noted = remarks(&mut ada, "manager_changed").await;
    assert_eq!(noted, ["Ann@import.example", TESS]);
}

#[tokio::test]
async fn people_leave_as_a_file_over_many_chunks_and_run_nowhere() {
    let world = World::demo().await;
    let mut ada = ada(&world).await;
    let csv = format!(
        "email,name\n=1+1@import.example,\"=HYPERLINK(\"\"x\"\")\"\n{}",
        rows(1200)
            .split_once('\n')
            .expect("rows")
            .1
            .replace(",de\n", "\n")
            .replace(",en\n", "\n")
    );
    import(&mut ada, &csv).await;
    world.work().await;
    let page = export(&mut ada).await;
    // Who waits for it already is led to the same one.
    assert_eq!(export(&mut ada).await, page);
    assert!(turn(&world.services, 1, || false).await.expect("works"));
    let half = shown(&mut ada, &page).await;
    assert_eq!(half["row"]["done"], 500);
    let total = half["row"]["total"].as_u64().expect("counted");
    assert!(total > 1100);
    // Whoever is renamed meanwhile stays in their place.
    let mut tx = world.services.store.begin().await.expect("begins");
    for (login, name) in [(TESS, "Zzz"), ("row-1199@import.example", "Aaa")] {
        let who = world.person("customers", login).await;
        let key = domain::text::login_key(name);
        tx.person_rename(&who.id, name, &key, who.lang)
            .await
            .expect("renames");
    }
    tx.commit().await.expect("commits");
    // Not before it is whole.
    let early = ada.get(&format!("{page}/file")).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    world.work().await;
    let file = ada.get(&format!("{page}/file")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("cache-control"), "no-store");
    let lines: Vec<_> = file.body.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "login,name,email,language,state");
    assert_eq!(lines.len() as u64, total + 1);
    let logins = lines.iter().filter_map(|line| line.split(',').next());
    let once: BTreeSet<_> = logins.collect();
    assert_eq!(once.len(), lines.len(), "nobody twice, nobody lost");
    assert!(file.body.contains(TESS));
    assert!(
        file.body
            .contains("'=1+1@import.example,\"'=HYPERLINK(\"\"x\"\")\"")
    );
    // What is over is done anew.
    assert_ne!(export(&mut ada).await, page);
    let said = format!("people, csv, {total} rows");
    assert_eq!(remarks(&mut ada, "exported").await, [said]);
}
