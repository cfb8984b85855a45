//! The end of a node: it says that it goes, what runs may end, and the rest has its time.

use crate::operate::process::{Node, PATIENCE};
use std::{
    io::{Read, Write},
    net::TcpStream,
    os::unix::net::UnixDatagram,
    time::{Duration, Instant},
};

const BODY: &str = "realm=customers&login=nobody%40example.com&password=wrong";

#[test]
fn a_request_in_flight_is_answered_before_the_node_goes() {
    let mut node = Node::start(&[], &[]);
    assert!(node.get(node.admin, "/readyz").starts_with("HTTP/1.1 200"));
    let mut waits = node.post_in_flight(BODY);
    node.terminate();
    // First of all it is not ready, and still alive.
    node.until(node.admin, "/readyz", "HTTP/1.1 503");
    assert!(node.get(node.admin, "/livez").starts_with("HTTP/1.1 200"));
    waits.write_all(BODY.as_bytes()).expect("is read still");
    let mut answer = String::new();
    waits.read_to_string(&mut answer).expect("is answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("wrong_credentials"), "{answer}");
    assert_eq!(node.ended(), Some(0));
    assert!(TcpStream::connect(node.public).is_err());
    // What it wrote is whole: the try of nobody is in the sealed trail.
    let head = flows::audit::Head::read(&node.data().join("audit-head.json"));
    assert!(head.expect("reads").is_some_and(|head| head.seq > 0));
}

#[test]
fn balancers_hear_of_it_before_the_door_closes() {
    let mut node = Node::start(&["--drain-seconds", "2"], &[]);
    node.terminate();
    // Each of these is a connection of its own, taken after the signal.
    node.until(node.public, "/readyz", "HTTP/1.1 503");
    assert!(
        node.get(node.public, "/robots.txt")
            .starts_with("HTTP/1.1 ")
    );
    assert_eq!(node.ended(), Some(0));
}

#[test]
fn a_request_that_does_not_end_holds_the_node_no_longer_than_it_may() {
    let mut node = Node::start(&["--drain-limit", "1"], &[]);
    let hangs = node.post_in_flight(BODY);
    let begun = Instant::now();
    node.terminate();
    assert_eq!(node.ended(), Some(0));
    assert!(begun.elapsed() < PATIENCE);
    drop(hangs);
}

#[test]
fn systemd_hears_when_it_is_ready_and_when_it_goes() {
    let folder = testkit::folder();
    std::fs::create_dir_all(&folder).expect("a folder");
    let socket = folder.join("notify");
    let systemd = UnixDatagram::bind(&socket).expect("a socket");
    systemd.set_read_timeout(Some(PATIENCE)).expect("a time");
    let mut node = Node::start(&[], &[("NOTIFY_SOCKET", &socket)]);
    let hear = || {
        let mut said = [0; 256];
        let length = systemd.recv(&mut said).expect("is told");
        String::from_utf8_lossy(&said[..length]).trim().to_owned()
    };
    assert_eq!(hear(), "READY=1");
    node.terminate();
    assert_eq!(hear(), "STOPPING=1");
    assert_eq!(node.ended(), Some(0));
    std::fs::remove_dir_all(&folder).expect("goes");
}

/// A backup beside the running node, and no restore into what it works on.
#[test]
fn a_running_node_is_copied_and_not_restored_over() {
    let node = Node::start(&[], &[]);
    let to = testkit::folder();
    let phrase = to.join("phrase");
    std::fs::create_dir_all(&to).expect("a folder");
    std::fs::write(&phrase, "a phrase that is long enough").expect("writes");
    let rekey = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_rekey"))
            .args(arguments)
            .arg("--data")
            .arg(node.data())
            .arg("--passphrase-file")
            .arg(&phrase)
            .output();
        output.expect("runs")
    };
    let made = rekey(&["backup", "--to", &to.display().to_string()]);
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(made.status.success(), "{said}");
    assert!(said.contains("THE KEYS ARE NOT IN IT"), "{said}");
    let file = String::from_utf8_lossy(&made.stdout).trim().to_owned();
    let looked = rekey(&["restore", &file, "--dry-run"]);
    let said = String::from_utf8_lossy(&looked.stdout).into_owned();
    assert!(
        looked.status.success() && said.contains("This installation made it"),
        "{said}"
    );
    let refused = rekey(&["restore", &file, "--replace"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("a portal runs here"),
        "{said}"
    );
    assert!(node.get(node.public, "/readyz").starts_with("HTTP/1.1 200"));
    std::fs::remove_dir_all(&to).expect("goes");
}

/// Readiness of the container is asked by the program itself.
#[test]
fn the_program_asks_itself_whether_it_is_ready() {
    let node = Node::start(&[], &[]);
    let ask = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rekey"));
        command.args(["health", "--listen", &node.public.to_string()]);
        command.output().expect("runs").status.code()
    };
    assert_eq!(ask(), Some(0));
    node.terminate();
    let until = Instant::now() + PATIENCE;
    while ask() == Some(0) {
        assert!(Instant::now() < until + Duration::ZERO);
    }
}
