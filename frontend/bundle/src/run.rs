//! Starting other programs, and saying plainly which one is missing.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use crate::failure::{Context, Failure, Result};

/// Whether `program` can be started at all.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// Runs a command whose output the person sees, and fails when it fails.
pub fn succeed(command: &mut Command) -> Result<()> {
    let name = name(command);
    match status(command)? {
        status if status.success() => Ok(()),
        status => Err(Failure::new(format!("`{name}` ended with {status}"))),
    }
}

/// Runs a command whose output the person sees, and hands back how it ended.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let name = name(command);
    command.status().context(|| format!("cannot run `{name}`"))
}

/// Runs a command for its standard output; what it says on the other stream
/// becomes part of the failure.
pub fn capture(command: &mut Command) -> Result<Vec<u8>> {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .context(|| format!("cannot run `{name}`"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!(
            "`{name}` ended with {}: {}",
            output.status,
            said.trim()
        )))
    }
}

/// As [`capture`], as text without the line end.
pub fn capture_text(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8_lossy(&capture(command)?)
        .trim()
        .to_owned())
}

/// Gives `input` to a command and takes its standard output.
pub fn filter(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    let name = name(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context(|| format!("cannot run `{name}`"))?;
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends early closes the pipe; its status says why.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output()
    })
    .context(|| format!("cannot run `{name}`"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Failure::new(format!(
            "`{name}` ended with {}",
            output.status
        )))
    }
}

/// Runs a command, shows its output as it comes and keeps a copy: test runners
/// are watched by a person and counted by us.
pub fn tee(command: &mut Command) -> Result<(ExitStatus, String)> {
    let name = name(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context(|| format!("cannot run `{name}`"))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let stderr = child.stderr.take().expect("stderr is piped");
    let text = thread::scope(|scope| {
        let copies = [
            scope.spawn(move || copy_lines(stdout)),
            scope.spawn(move || copy_lines(stderr)),
        ];
        copies
            .map(|copy| copy.join().unwrap_or_default())
            .join("\n")
    });
    let status = child.wait().context(|| format!("cannot run `{name}`"))?;
    Ok((status, text))
}

fn copy_lines(from: impl std::io::Read) -> String {
    let mut from = BufReader::new(from);
    let mut all = String::new();
    let mut line = Vec::new();
    while matches!(from.read_until(b'\n', &mut line), Ok(read) if read > 0) {
        let text = String::from_utf8_lossy(&line);
        eprint!("{text}");
        all.push_str(&text);
        line.clear();
    }
    all
}

/// The command as a person would type it, without its environment.
pub fn name(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
