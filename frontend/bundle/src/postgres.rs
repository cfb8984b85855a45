//! A PostgreSQL of our own, on a free port, stopped when we end however we end.
//! Never one that happens to run. That of the tests is made in the system's
//! temporary directory and gone afterwards; that of the measurements stays where
//! it was made, because filling it takes minutes.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::apt;
use crate::failure::{Context, Failure, Result};
use crate::run;

/// The variable that tells the store's tests where the cluster is.
pub const VARIABLE: &str = "REKEY_TEST_POSTGRES";

/// The role and the database that the tests start from.
const NAME: &str = "rekey";

/// What becomes of a cluster's files, and how it treats the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    /// Gone with the cluster, so nothing has to reach the disk.
    Gone,
    /// Kept, and as durable as an operator's.
    Kept,
}

impl Files {
    /// The word for the watch.
    const fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Kept => "kept",
        }
    }

    const fn options(self) -> &'static str {
        match self {
            Self::Gone => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            // What is kept shall not keep four times its log as well.
            Self::Kept => "-c max_wal_size=512MB",
        }
    }
}

/// A running cluster; dropping it stops it.
pub struct Cluster {
    port: u16,
    watch: Child,
    lifeline: Option<ChildStdin>,
}

impl Cluster {
    /// Installs PostgreSQL when it is missing, and starts a cluster.
    pub fn start() -> Result<Self> {
        let programs = match programs() {
            Some(programs) => programs,
            None => {
                apt::install(&["postgresql"], "the tests of the store need PostgreSQL")?;
                programs().ok_or_else(|| {
                    Failure::new("PostgreSQL is installed, yet there is no initdb to be found")
                })?
            }
        };
        let user = User::find()?;
        let directory = std::env::temp_dir().join(format!("rekey-postgres-{}", std::process::id()));
        Self::begin(&programs, &directory, user, Files::Gone)
    }

    /// Starts the cluster that is kept in a directory; makes it where it is
    /// missing. `None` where PostgreSQL is not installed.
    pub fn keep(directory: &Path) -> Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        Self::begin(&programs, directory, User::find()?, Files::Kept).map(Some)
    }

    fn begin(programs: &Path, directory: &Path, user: User, files: Files) -> Result<Self> {
        if files == Files::Gone {
            // Process numbers come round again: what a killed run left is not ours.
            let _ = fs::remove_dir_all(directory);
        }
        if !directory.exists() {
            user.make(directory)?;
        }
        // From here on the watch clears up, whatever happens.
        let (watch, lifeline) = watch(programs, directory, user, files)?;
        let mut cluster = Self {
            port: 0,
            watch,
            lifeline: Some(lifeline),
        };
        cluster.port = launch(programs, directory, user, files)?;
        Ok(cluster)
    }

    /// Where the tests connect to; the role may make databases of its own.
    pub fn url(&self) -> String {
        format!("postgres://{NAME}@127.0.0.1:{}/{NAME}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input is what the watch waits for.
        drop(self.lifeline.take());
        let _ = self.watch.wait();
    }
}

/// Who PostgreSQL runs as: it refuses the administrator.
#[derive(Clone, Copy)]
struct User(Option<(u32, u32)>);

impl User {
    fn find() -> Result<Self> {
        if !apt::is_root() {
            return Ok(Self(None));
        }
        let id = |flag: &str| -> Result<u32> {
            run::capture_text(Command::new("id").args([flag, "postgres"]))?
                .parse()
                .context(|| "cannot read the number of the user postgres".into())
        };
        Ok(Self(Some((id("-u")?, id("-g")?))))
    }

    /// Makes a directory that only this user may look into.
    fn make(self, directory: &Path) -> Result<()> {
        fs::create_dir(directory)
            .and_then(|()| fs::set_permissions(directory, fs::Permissions::from_mode(0o700)))
            .and_then(|()| match self.0 {
                Some((uid, gid)) => chown(directory, Some(uid), Some(gid)),
                None => Ok(()),
            })
            .context(|| format!("cannot make {}", directory.display()))
    }

    /// A command that runs as this user, in a directory that it may enter.
    fn command(self, program: impl AsRef<std::ffi::OsStr>, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(directory);
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid).env("HOME", directory);
        }
        command
    }
}

/// The directory with `initdb` and its kin: the newest version that is there.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| {
        let bin = run::capture_text(Command::new("pg_config").arg("--bindir")).ok()?;
        let bin = PathBuf::from(bin);
        bin.join("initdb").exists().then_some(bin)
    })
}

/// Starts the process that outlives us: it waits until our end of its input
/// closes, on purpose or because we were killed, and then clears up. In a
/// process group of its own, so that Ctrl-C does not reach it.
fn watch(
    programs: &Path,
    directory: &Path,
    user: User,
    files: Files,
) -> Result<(Child, ChildStdin)> {
    const SCRIPT: &str = r#"
        trap "" INT TERM HUP
        cat > /dev/null
        if [ "$3" = kept ]; then
            "$1/pg_ctl" stop --silent --mode fast --pgdata "$2/data" > /dev/null 2>&1
        else
            "$1/pg_ctl" stop --silent --mode immediate --pgdata "$2/data" > /dev/null 2>&1
            cd / && rm -rf -- "$2"
        fi
    "#;
    let mut watch = user
        .command("/bin/sh", directory)
        .args(["-c", SCRIPT, "watch"])
        .args([programs, directory])
        .arg(files.word())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context(|| "cannot watch over PostgreSQL".into())?;
    let lifeline = watch.stdin.take().expect("stdin is piped");
    Ok((watch, lifeline))
}

fn launch(programs: &Path, directory: &Path, user: User, files: Files) -> Result<u16> {
    let data = directory.join("data");
    let fresh = !data.join("PG_VERSION").exists();
    if fresh {
        run::capture(
            user.command(programs.join("initdb"), directory)
                .args(["--no-sync", "--auth", "trust", "--encoding", "UTF8"])
                .args(["--locale", "C", "--username", NAME, "--pgdata"])
                .arg(&data),
        )?;
    }
    let port = free_port()?;
    let options = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
         -c max_connections=300 {}",
        files.options()
    );
    let log = directory.join("log");
    // Not captured: the server would keep our pipe open for as long as it runs.
    let started = user
        .command(programs.join("pg_ctl"), directory)
        .args(["start", "--silent", "--wait", "--pgdata"])
        .arg(&data)
        .arg("--log")
        .arg(&log)
        .args(["--options", &options])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context(|| "cannot run pg_ctl".into())?;
    if !started.success() {
        let said = fs::read_to_string(&log).unwrap_or_default();
        return Err(Failure::new(format!("PostgreSQL does not start: {said}")));
    }
    if fresh {
        run::capture(
            user.command(programs.join("createdb"), directory)
                .args(["--host", "127.0.0.1", "--port", &port.to_string()])
                .args(["--username", NAME, NAME]),
        )?;
    }
    Ok(port)
}

fn free_port() -> Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .context(|| "no free port".into())
}

#[cfg(test)]
mod tests {
    use super::free_port;

    #[test]
    fn a_free_port_is_one_that_can_be_taken() {
        let port = free_port().unwrap();
        assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok());
    }
}
