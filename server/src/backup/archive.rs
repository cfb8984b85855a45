//! What a copy looks like: a mark, what is inside, a keyed fingerprint of that line,
//! and the database; all of it encrypted.

use super::at;
use crate::start::{Failed, read_secret};
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use data_encoding::HEXLOWER;
use domain::Timestamp;
use flows::{audit::Head, infra::Vault};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// The first line.
const MARK: &str = "rekey backup 1";
/// Characters that the lines before the database may have.
const LONGEST: u64 = 1 << 20;

/// What is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// When the copy was taken.
    pub made_at: Timestamp,
    /// The version of the program that took it.
    pub program: String,
    /// The newest step of the schema.
    pub schema: i64,
    /// How many people each realm has.
    pub people: BTreeMap<String, i64>,
    /// Bytes of the database.
    pub bytes: u64,
    /// SHA-256 of the database.
    pub digest: String,
    /// The signed head of the audit trail, as it was just before.
    pub head: Option<Head>,
}

/// To whom a copy is encrypted.
pub(super) fn recipients(
    keys: &[String],
    passphrase: Option<&Path>,
) -> Result<Vec<Box<dyn Recipient>>, Failed> {
    if let Some(file) = passphrase {
        let text = read_secret(file)?;
        if text.chars().count() < 12 {
            return Err(
                format!("{}: a passphrase of 12 characters at least", file.display()).into(),
            );
        }
        return Ok(vec![Box::new(scrypt::Recipient::new(text.into()))]);
    }
    keys.iter()
        .map(|key| {
            let read: Result<x25519::Recipient, _> = key.trim().parse();
            let recipient = read.map_err(|why| format!("--recipient {key}: {why}"))?;
            Ok(Box::new(recipient) as Box<dyn Recipient>)
        })
        .collect()
}

/// What opens a copy.
pub(super) fn identities(
    file: Option<&Path>,
    passphrase: Option<&Path>,
) -> Result<Vec<Box<dyn Identity>>, Failed> {
    match (file, passphrase) {
        (Some(file), _) => {
            let text = read_secret(file)?;
            let read = IdentityFile::from_buffer(text.as_bytes()).map_err(at(file))?;
            let found = read.into_identities();
            let found = found.map_err(|why| format!("{}: {why}", file.display()))?;
            Ok(found
                .into_iter()
                .map(|one| one as Box<dyn Identity>)
                .collect())
        }
        (None, Some(file)) => {
            let text = read_secret(file)?;
            Ok(vec![Box::new(scrypt::Identity::new(text.into()))])
        }
        (None, None) => Err("--identity-file or --passphrase-file says how it opens".into()),
    }
}

/// The SHA-256 of a file, and its length.
pub(super) fn digest(file: &Path) -> Result<(String, u64), Failed> {
    let mut opened = File::open(file).map_err(at(file))?;
    let mut sink = Hashing::over(std::io::sink());
    let bytes = std::io::copy(&mut opened, &mut sink).map_err(at(file))?;
    Ok((sink.digest(), bytes))
}

/// Writes a copy into a new file that nobody else can read.
pub(super) fn write(
    to: &Path,
    recipients: &[Box<dyn Recipient>],
    vault: &Vault,
    contents: &Contents,
    database: &Path,
) -> Result<(), Failed> {
    let line = serde_json::to_string(contents)?;
    let mac = vault.mac("backup", line.as_bytes());
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(at(to))?;
    let all = recipients.iter().map(|one| &**one);
    let encryptor = Encryptor::with_recipients(all)?;
    let mut out = encryptor
        .wrap_output(BufWriter::new(file))
        .map_err(at(to))?;
    write!(out, "{MARK}\n{line}\n{mac}\n").map_err(at(to))?;
    let mut from = File::open(database).map_err(at(database))?;
    std::io::copy(&mut from, &mut out).map_err(at(to))?;
    let mut written = out.finish().map_err(at(to))?;
    written.flush().map_err(at(to))?;
    written.get_ref().sync_all().map_err(at(to))
}

/// A copy that was opened; its database has yet to be read.
pub(super) struct Opened {
    /// What it says is inside.
    pub contents: Contents,
    line: String,
    mac: String,
    rest: Box<dyn BufRead>,
}

/// Opens a copy.
pub(super) fn open(from: &Path, identities: &[Box<dyn Identity>]) -> Result<Opened, Failed> {
    let file = File::open(from).map_err(at(from))?;
    let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(at(from))?;
    let opened = decryptor
        .decrypt(identities.iter().map(|one| &**one))
        .map_err(at(from))?;
    let mut rest = BufReader::new(opened);
    let mut lines = Vec::new();
    for _ in 0..3 {
        let mut line = String::new();
        let mut limited = (&mut rest).take(LONGEST);
        limited.read_line(&mut line).map_err(at(from))?;
        lines.push(line.trim_end_matches('\n').to_owned());
    }
    let [mark, line, mac] = <[String; 3]>::try_from(lines).map_err(|_| "three lines")?;
    if mark != MARK {
        return Err(format!("{}: this is no backup of this program", from.display()).into());
    }
    let contents = serde_json::from_str(&line)
        .map_err(|why| format!("{}: made by another version: {why}", from.display()))?;
    Ok(Opened {
        contents,
        line,
        mac,
        rest: Box::new(rest),
    })
}

impl Opened {
    /// Whether an installation with these keys made it.
    pub fn is_of(&self, vault: &Vault) -> bool {
        vault.mac("backup", self.line.as_bytes()) == self.mac
    }

    /// Reads the database out; what is not as it was written is an error.
    pub fn database(mut self, to: impl Write) -> Result<(), Failed> {
        let mut out = Hashing::over(to);
        let bytes = std::io::copy(&mut self.rest, &mut out)?;
        out.flush()?;
        if bytes == self.contents.bytes && out.digest() == self.contents.digest {
            Ok(())
        } else {
            Err("the backup is cut off or was altered".into())
        }
    }
}

/// Passes on what is written, and remembers its SHA-256.
struct Hashing<W> {
    to: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn over(to: W) -> Self {
        Self {
            to,
            hash: Sha256::new(),
        }
    }

    fn digest(self) -> String {
        HEXLOWER.encode(&self.hash.finalize())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
