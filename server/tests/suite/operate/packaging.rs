//! What is installed says what the program understands.

use clap::{CommandFactory, Parser};
use domain::{
    audit::{Action, Event},
    message::Way,
};
use flows::infra::metrics::Sent;
use server::cli::Cli;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging")
}

fn read(name: &str) -> String {
    let path = folder().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files() -> Vec<(String, String)> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("ships").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Each proxy has a folder of its own.
        match std::fs::read_dir(entry.path()) {
            Ok(below) => names.extend(
                below
                    .flatten()
                    .map(|file| format!("{name}/{}", file.file_name().to_string_lossy())),
            ),
            Err(_) => names.push(name),
        }
    }
    names
        .into_iter()
        .map(|name| (name.clone(), read(&name)))
        .collect()
}

/// Every variable that some command reads.
fn variables(command: &clap::Command, into: &mut BTreeSet<String>) {
    for argument in command.get_arguments() {
        into.extend(argument.get_env().map(|e| e.to_string_lossy().into_owned()));
    }
    for below in command.get_subcommands() {
        variables(below, into);
    }
}

/// The words of a text that are names of our variables.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
        .filter(|word| word.starts_with("REKEY_") && word.len() > 6)
}

#[test]
fn variables_are_those_that_the_program_reads() {
    let mut known = BTreeSet::from(["REKEY_LOG".to_owned()]);
    variables(&Cli::command(), &mut known);
    let mut seen = 0;
    for (name, text) in files() {
        for variable in named(&text) {
            assert!(known.contains(variable), "{name}: {variable}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// Commands in the page for operators and in the units are understood, with their
/// options; what stands for something else is put in.
#[test]
fn commands_are_those_that_the_program_understands() {
    let mut seen = BTreeSet::new();
    for (name, text) in files() {
        let text = text.replace("\\\n", " ");
        for line in text.lines() {
            let line = line.trim();
            let line = line.strip_prefix("ExecStart=/usr/bin/").unwrap_or(line);
            let line = line.strip_prefix("sudo ").unwrap_or(line);
            if !line.starts_with("rekey ") {
                continue;
            }
            let line = line.split('#').next().unwrap_or_default();
            let words: Vec<_> = line.split_whitespace().collect();
            let mut words = words.as_slice();
            // What a unit says in variables, an operator says in options.
            let more = if name.ends_with(".service") && words == ["rekey", "backup"] {
                vec!["--to", "x", "--recipient", "x"]
            } else {
                Vec::new()
            };
            if let Some(pipe) = words.iter().position(|word| *word == "|" || *word == ">") {
                words = &words[..pipe];
            }
            let parsed = Cli::try_parse_from(words.iter().chain(&more));
            assert!(parsed.is_ok(), "{name}: {line}: {}", parsed.unwrap_err());
            seen.insert(words[1].to_owned());
        }
    }
    for command in [
        "serve",
        "backup",
        "restore",
        "after-restore",
        "keys",
        "audit",
    ] {
        assert!(seen.contains(command), "{command} is nowhere explained");
    }
}

/// systemd itself reads the units, where it is installed.
#[test]
fn units_are_whole() {
    let unit = read("rekey.service");
    for line in [
        "Type=notify",
        "DynamicUser=yes",
        "StateDirectory=rekey",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
        "MemoryDenyWriteExecute=yes",
    ] {
        assert!(unit.lines().any(|there| there == line), "{line}");
    }
    let secrets = ["PASSWORD=", "SECRET=", "REKEY_KEYS="];
    assert!(secrets.iter().all(|secret| !unit.contains(secret)));
    let units = [
        "rekey.service",
        "rekey-backup.service",
        "rekey-backup.timer",
    ];
    let units = units.map(|name| folder().join(name));
    let Ok(said) = Command::new("systemd-analyze")
        .arg("verify")
        .args(&units)
        .output()
    else {
        eprintln!("systemd-analyze is not installed: the units were not read by it");
        return;
    };
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    // The program is not installed here; everything else is ours.
    let wrong = said.lines().filter(|line| line.contains("rekey"));
    let wrong: Vec<_> = wrong.filter(|l| !l.contains("is not executable")).collect();
    assert!(wrong.is_empty(), "{said}");
    let security = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--threshold=20"])
        .arg(&units[0])
        .output();
    // Of 100; older ones do not know the question.
    let security = security.expect("is there");
    let said = String::from_utf8_lossy(&security.stdout).into_owned();
    assert!(
        security.status.success() || !said.contains("exposure"),
        "{said}"
    );
}

/// The container runs as nobody, on a file system that stays as it is.
#[test]
fn the_container_is_not_root() {
    let container = read("Containerfile");
    let last = container.rfind("\nFROM ").expect("two stages");
    let (build, served) = container.split_at(last);
    assert!(build.contains("cargo x build"));
    assert!(served.contains("\nUSER 10001:10001\n"));
    assert!(served.contains(r#"CMD ["/usr/bin/rekey", "health""#));
    assert!(served.contains("--from=build /source/target/release/rekey"));
    let compose = read("compose.yaml");
    for line in [
        "read_only: true",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
    ] {
        assert!(compose.contains(line), "{line}");
    }
}

/// An alarm watches figures that there are.
#[test]
fn alarms_watch_figures_that_there_are() {
    let metrics = flows::infra::Metrics::default();
    let who = || domain::ids::PersonId::new("somebody");
    for action in [Action::SignIn, Action::Locked, Action::PasswordSet] {
        metrics.happened(&Event::done(action, who()));
    }
    metrics.code(Way::Mail, Sent::Taken);
    metrics.answered("page".into(), "GET", 200, std::time::Duration::ZERO);
    let text = metrics.text();
    let alerts = read("alerts.yml");
    let words = alerts.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let watched: BTreeSet<_> = words
        .filter(|word| word.starts_with("rekey_") || word.starts_with("http_"))
        .collect();
    assert!(watched.len() >= 4, "{watched:?}");
    for figure in watched {
        let name = ["_total", "_bucket", "_count", "_sum"]
            .iter()
            .find_map(|end| figure.strip_suffix(end))
            .unwrap_or(figure);
        assert!(text.contains(&format!("# TYPE {name} ")), "{figure}");
    }
}

/// Some applications take an underscore for a hyphen: what a client sent by such a name
/// would be our word. nginx drops those by itself.
#[test]
fn no_proxy_lets_a_client_name_itself_with_underscores() {
    for (name, says) in [
        ("caddy/forward-auth.caddyfile", "request_header -Remote_"),
        ("traefik/forward-auth.yml", "  Remote_"),
    ] {
        let text = read(name);
        for what in ["User", "Id", "Name", "Email", "Groups"] {
            assert!(text.contains(&format!("{says}{what}")), "{name}: {what}");
        }
    }
    assert!(!read("nginx/forward-auth.conf").contains("underscores_in_headers on"));
}
