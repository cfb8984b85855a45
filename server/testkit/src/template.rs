//! The demo's data folder, made once for a test binary: migrating, filling and making keys takes
//! most of a test's time otherwise.

use crate::{folder, options};
use server::{demo, start};
use std::{ffi::OsString, path::Path};
use tokio::sync::OnceCell;

/// The files of a data folder, by name. Kept in memory, so that nothing has to be cleared away.
type Files = Vec<(OsString, Vec<u8>)>;

static DEMO: OnceCell<Files> = OnceCell::const_new();

/// Fills a folder with the demo as it is after its first start.
pub(crate) async fn copy_demo(to: &Path) {
    let files = DEMO.get_or_init(make).await;
    std::fs::create_dir_all(to).expect("a folder");
    for (name, content) in files {
        // `write` would make the keys readable for everybody, which a start refuses.
        write_private(&to.join(name), content);
    }
}

async fn make() -> Files {
    let dir = folder();
    let data = dir.display().to_string();
    let options = options(&["--data", &data, "--demo"]);
    let made = start::services(&options).await.expect("starts");
    demo::seed(&made.services, &made.public)
        .await
        .expect("seeds");
    // Closing moves everything into the one file of the database.
    made.services.store.close().await;
    let files = std::fs::read_dir(&dir).expect("a folder").flatten();
    let files = files
        .map(|file| (file.file_name(), std::fs::read(file.path()).expect("reads")))
        .collect();
    let _ = std::fs::remove_dir_all(&dir);
    files
}

fn write_private(path: &Path, content: &[u8]) {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    file.and_then(|mut file| file.write_all(content))
        .expect("writes");
}
