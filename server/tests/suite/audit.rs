//! The audit trail: an altered entry, a missing one and a cut end are found.

use domain::{
    audit::{Action, Event},
    ids::PersonId,
};
use flows::{
    Fact, Request,
    audit::{Verdict, record, seal, verify},
    ceremony::Ctx,
};
use sqlx::{Connection, Executor};
use std::path::Path;

#[tokio::test]
async fn tampering_is_found() {
    use clap::Parser;
    server::install_crypto();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let dir = dir.join(format!("audit-{}", std::process::id()));
    // Process numbers come round again.
    let _ = std::fs::remove_dir_all(&dir);
    let data = dir.display().to_string();
    let cli = server::cli::Cli::parse_from(["rekey", "serve", "--demo", "--data", &data]);
    let server::cli::Command::Serve(options) = cli.command else {
        unreachable!("it says serve")
    };
    let services = server::start::services(&options)
        .await
        .expect("starts")
        .services;
    let realm = services.realm("customers").expect("a realm");
    let ctx = Ctx {
        services: &services,
        request: &Request::default(),
        realm: &realm,
    };
    for n in 0..5 {
        let mut fact = Fact::begin(ctx).await.expect("begins");
        let event = Event::done(Action::SignIn, PersonId::new(format!("p{n}")));
        record(&mut fact, None, &event).await.expect("records");
        fact.commit().await.expect("commits");
    }
    let head = seal(&services, 100).await.expect("seals").expect("a head");
    let key = services.vault.audit_key();
    let check = async || {
        verify(&services.store, &key, Some(&head))
            .await
            .expect("reads")
    };
    assert_eq!(check().await, Verdict::Whole(5));

    let file = format!("sqlite:{}", dir.join("rekey.db").display());
    let mut db = sqlx::SqliteConnection::connect(&file).await.expect("opens");
    db.execute("UPDATE audit SET target = 'other' WHERE seq = 3")
        .await
        .expect("alters");
    assert!(matches!(check().await, Verdict::Altered { seq: 3, .. }));
    db.execute("UPDATE audit SET target = 'p2' WHERE seq = 3")
        .await
        .expect("mends");
    assert_eq!(check().await, Verdict::Whole(5));
    db.execute("UPDATE audit SET hash = 'x', seq = NULL WHERE seq = 5")
        .await
        .expect("cuts");
    assert_eq!(
        check().await,
        Verdict::Cut {
            found: 4,
            expected: 5
        }
    );
    db.execute("UPDATE audit SET seq = NULL WHERE seq = 2")
        .await
        .expect("removes");
    assert!(matches!(check().await, Verdict::Altered { seq: 2, .. }));
    let forged = flows::audit::Head { seq: 4, ..head };
    assert_eq!(
        verify(&services.store, &key, Some(&forged))
            .await
            .expect("reads"),
        Verdict::ForgedHead
    );
}
