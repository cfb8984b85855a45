//! The program itself, as an operator starts it.

use rustix::process::{Pid, Signal, kill_process};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long anything may take that is waited for here.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A node that runs.
pub struct Node {
    child: Child,
    /// Where people reach it.
    pub public: SocketAddr,
    /// Where operators do.
    pub admin: SocketAddr,
    folder: PathBuf,
}

/// An address that nobody has.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

impl Node {
    /// Starts one, and waits until it says where it is.
    pub fn start(more: &[&str], environment: &[(&str, &Path)]) -> Self {
        let folder = testkit::folder();
        let site = folder.join("site");
        std::fs::create_dir_all(&site).expect("a folder");
        let manifest = r#"{"js": "/a.js", "wasm": "/a.wasm", "css": "/a.css", "files": []}"#;
        std::fs::write(site.join("manifest.json"), manifest).expect("writes");
        let (public, admin) = (free(), free());
        let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
        command
            .arg("serve")
            .args(["--listen", &public.to_string()])
            .args(["--admin-listen", &admin.to_string()])
            .args([
                "--public-url",
                &format!("http://localhost:{}", public.port()),
            ])
            .arg("--site")
            .arg(&site)
            .arg("--data")
            .arg(folder.join("data"))
            .args(more)
            .env_remove("NOTIFY_SOCKET")
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("starts");
        let mut said = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("says where it is");
        assert!(line.starts_with("Rekey is at"), "{line}");
        Self {
            child,
            public,
            admin,
            folder,
        }
    }

    /// Where its data lie.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Tells it to stop.
    pub fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).expect("lives");
    }

    /// Asks until the answer begins so.
    pub fn until(&self, at: SocketAddr, path: &str, begin: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(at, path);
            if answer.starts_with(begin) {
                return;
            }
            assert!(Instant::now() < until, "{answer}");
        }
    }

    /// One request on a connection of its own.
    pub fn get(&self, at: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(at).expect("listens");
        let host = format!("localhost:{}", self.public.port());
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("takes it");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        answer
    }

    /// A post whose body has yet to come; the node has begun to wait for it.
    pub fn post_in_flight(&self, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.public).expect("listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        let head = format!(
            "POST /api/sign-in/password HTTP/1.1\r\nhost: localhost:{}\r\n\
             content-type: application/x-www-form-urlencoded\r\naccept: application/json\r\n\
             sec-fetch-site: same-origin\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
            self.public.port(),
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("takes it");
        let mut line = [0; 25];
        stream.read_exact(&mut line).expect("goes on");
        assert_eq!(&line, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream
    }

    /// Waits for its end; its exit code.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("ends").code()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn what_it_makes_is_for_its_own_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let node = Node::start(&[], &[]);
    let data = node.folder.join("data");
    let mut seen = Vec::new();
    for file in std::fs::read_dir(&data).expect("reads").flatten() {
        let mode = file.metadata().expect("is there").permissions().mode();
        let name = file.file_name().display().to_string();
        assert_eq!(mode & 0o077, 0, "{name} has {mode:o}");
        seen.push(name);
    }
    let mode = std::fs::metadata(&data).expect("is there").permissions();
    assert_eq!(mode.mode() & 0o077, 0, "the folder");
    for name in ["rekey.db", "rekey.db-wal", "keys"] {
        assert!(seen.iter().any(|one| one == name), "{name} in {seen:?}");
    }
}
