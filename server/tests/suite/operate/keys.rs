//! A database and the keys that belong to it.

use server::start;
use testkit::{World, folder, options};

/// Starts over a data folder; gives why it does not.
async fn starts(data: &std::path::Path) -> Result<(), String> {
    let data = data.display().to_string();
    let options = options(&["--demo", "--data", &data]);
    match start::services(&options).await {
        Ok(made) => {
            made.services.store.close().await;
            Ok(())
        }
        Err(why) => Err(why.to_string()),
    }
}

#[tokio::test]
async fn a_database_starts_with_its_own_keys_alone() {
    let world = World::demo().await;
    let data = folder();
    std::fs::create_dir_all(&data).expect("a folder");
    world
        .services
        .store
        .copy_into(&data.join("rekey.db"))
        .await
        .expect("copies");
    let own = std::fs::read_to_string(world.data().join("keys")).expect("reads");
    let file = data.join("keys");

    let why = starts(&data).await.expect_err("no key file");
    assert!(why.contains("the key file is not here"), "{why}");
    assert!(!file.exists(), "and none was made");

    let write = |text: &str| {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(&file, text).expect("writes");
        let mode = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, mode).expect("sets");
    };
    let another = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for keys in [
        another.to_owned(),
        format!("{another}\n{}", own.replace("k1:", "k2:")),
    ] {
        write(&keys);
        let why = starts(&data).await.expect_err("other keys");
        assert!(why.contains("not those of this database"), "{why}");
    }

    // A new key behind the own ones seals from now on.
    write(&own);
    assert_eq!(starts(&data).await, Ok(()));
    write(&format!("{}\nnew{}", own.trim_end(), &another[2..]));
    assert_eq!(starts(&data).await, Ok(()));
    std::fs::remove_dir_all(&data).expect("clears");
}
