//! Letters over SMTP.
//!
//! The conversation is lettre's; the few parked connections are kept here and
//! not in lettre's own pool, for two reasons. That pool puts a connection back
//! when a send is cancelled in the middle (and its time limit covers connecting
//! only, so cancelling is the one way to limit the rest): the next letter would
//! read the answers to the last one. And its errors do not tell whether the
//! recipient was refused or our own password.

use crate::clean;
use crate::transport::{Envelope, SendError, Sending, Transport};
use domain::secret::Secret;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, transport::smtp::Error};
use serde::Deserialize;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Plain greeting, then STARTTLS; without it nothing is sent.
    #[default]
    Starttls,
    /// TLS from the first byte (port 465).
    Implicit,
    /// None at all: to this very machine only.
    None,
}

/// The way to the mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// The server's name or address, without scheme and port.
    pub url_host: String,
    /// Its port.
    pub port: u16,
    /// The protection.
    #[serde(default)]
    pub tls: Tls,
    /// Who we are to the server; without, nobody signs in.
    #[serde(default)]
    pub user: Option<String>,
    /// The password that belongs to `user`.
    #[serde(default)]
    pub password: Option<Secret>,
    /// The sender's address.
    pub from: String,
    /// The sender's name.
    #[serde(default)]
    pub from_name: String,
    /// Trust these certificates (PEM) and no others.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// The longest that one letter may take, from connecting to the last word.
    #[serde(default = "thirty")]
    pub timeout_seconds: u64,
}

const fn thirty() -> u64 {
    30
}

/// What is wrong with a [`SmtpConfig`].
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No TLS to another machine.
    #[error("{0} is another machine: mail to it needs TLS (starttls or implicit)")]
    Plain(String),
    /// No host.
    #[error("the mail server has no name")]
    Host,
    /// Not an address.
    #[error("{0:?} is not an address that mail can come from")]
    From(String),
    /// Half of the credentials.
    #[error("the user and the password of the mail server belong together: one is missing")]
    Credentials,
    /// No time at all.
    #[error("a letter needs at least one second")]
    Timeout,
    /// The certificates cannot be read.
    #[error("{}: {why}", path.display())]
    CaFile {
        /// Which file.
        path: PathBuf,
        /// What happened.
        why: String,
    },
    /// TLS cannot be set up.
    #[error("TLS: {0}")]
    Tls(String),
}

/// The longest that a connection is parked, and how many at most.
const PARKED: Duration = Duration::from_secs(30);
const MOST_PARKED: usize = 4;

/// Letters over SMTP, with a few connections kept open between letters.
pub struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    trust: Option<TlsParameters>,
    credentials: Option<Credentials>,
    from: Mailbox,
    hello: ClientId,
    limit: Duration,
    parked: Mutex<Vec<(Instant, AsyncSmtpConnection)>>,
}

impl Smtp {
    /// Reads the configuration and the certificates; connects to nothing yet.
    ///
    /// # Errors
    /// [`ConfigError`] for whoever wrote the configuration.
    pub fn new(config: &SmtpConfig) -> Result<Self, ConfigError> {
        let host = config
            .url_host
            .trim()
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        if host.is_empty() {
            return Err(ConfigError::Host);
        }
        if config.tls == Tls::None && !is_loopback(&host) {
            return Err(ConfigError::Plain(host));
        }
        let credentials = match (&config.user, &config.password) {
            (None, None) => None,
            (Some(user), Some(password)) if !user.is_empty() && !password.is_empty() => {
                Some(Credentials::new(user.clone(), password.reveal().to_owned()))
            }
            _ => return Err(ConfigError::Credentials),
        };
        let from: Address = config
            .from
            .trim()
            .parse()
            .ok()
            .filter(|a: &Address| AsRef::<str>::as_ref(a).is_ascii())
            .ok_or_else(|| ConfigError::From(config.from.clone()))?;
        if config.timeout_seconds == 0 {
            return Err(ConfigError::Timeout);
        }
        Ok(Self {
            trust: (config.tls != Tls::None)
                .then(|| trust(&host, config))
                .transpose()?,
            host,
            port: config.port,
            tls: config.tls,
            credentials,
            from: Mailbox::new(named(&config.from_name), from),
            hello: ClientId::default(),
            limit: Duration::from_secs(config.timeout_seconds),
            parked: Mutex::new(Vec::new()),
        })
    }

    /// Connects, signs in and says goodbye: whether letters could leave now.
    ///
    /// # Errors
    /// Always [`SendError::Later`].
    pub async fn check(&self) -> Result<(), SendError> {
        let connected = timeout(self.limit, self.connect()).await;
        leave(connected.map_err(|_| self.too_slow())??);
        Ok(())
    }

    async fn deliver(&self, envelope: &Envelope) -> Result<(), SendError> {
        let (to, mail) = self.compose(envelope)?;
        let work = async {
            let mut connection = match self.parked().await {
                Some(connection) => connection,
                None => self.connect().await?,
            };
            let result = self.talk(&mut connection, to, &mail).await;
            Ok((connection, result))
        };
        // Dropped with the connection in it when time is up.
        match timeout(self.limit, work).await {
            Err(_) => Err(self.too_slow()),
            Ok(Err(error)) => Err(error),
            Ok(Ok((connection, Ok(())))) => {
                self.park(connection);
                Ok(())
            }
            Ok(Ok((connection, Err(error)))) => {
                leave(connection);
                Err(error)
            }
        }
    }

    fn too_slow(&self) -> SendError {
        SendError::Later(format!("no answer within {} seconds", self.limit.as_secs()))
    }

    /// Everything up to the first letter is about us and the server, so
    /// whatever goes wrong here may be right another time.
    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let server = (self.host.as_str(), self.port);
        let wrap = self.trust.clone().filter(|_| self.tls == Tls::Implicit);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.limit), &self.hello, wrap, None)
                .await
                .map_err(later)?;
        if let (Tls::Starttls, Some(trust)) = (self.tls, &self.trust) {
            connection
                .starttls(trust.clone(), &self.hello)
                .await
                .map_err(later)?;
        }
        if let Some(credentials) = &self.credentials {
            // Never in the clear to another machine, whatever came before.
            if !connection.is_encrypted() && !is_loopback(&self.host) {
                return Err(SendError::Later("the connection is not encrypted".into()));
            }
            connection
                .auth(DEFAULT_MECHANISMS, credentials)
                .await
                .map_err(later)?;
        }
        Ok(connection)
    }

    async fn talk(
        &self,
        connection: &mut AsyncSmtpConnection,
        to: Address,
        mail: &[u8],
    ) -> Result<(), SendError> {
        let from = Some(self.from.email.clone());
        // The sender is ours: refused, it is our configuration.
        connection
            .command(Mail::new(from, Vec::new()))
            .await
            .map_err(later)?;
        connection
            .command(Rcpt::new(to, Vec::new()))
            .await
            .map_err(verdict)?;
        connection.command(Data).await.map_err(verdict)?;
        connection.message(mail).await.map_err(verdict)?;
        Ok(())
    }

    /// A connection that still answers. It is taken out while it is used, so
    /// that a send that is given up takes it along.
    async fn parked(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (since, mut connection) = self.lock().pop()?;
            if since.elapsed() < PARKED
                && timeout(
                    self.limit.min(Duration::from_secs(3)),
                    connection.test_connected(),
                )
                .await
                .unwrap_or(false)
            {
                return Some(connection);
            }
        }
    }

    fn park(&self, connection: AsyncSmtpConnection) {
        let mut parked = self.lock();
        parked.retain(|(since, _)| since.elapsed() < PARKED);
        if parked.len() < MOST_PARKED && !connection.has_broken() {
            parked.push((Instant::now(), connection));
        } else {
            drop(parked);
            leave(connection);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(Instant, AsyncSmtpConnection)>> {
        self.parked
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The letter as it goes over the line: ASCII, lines folded.
    fn compose(&self, envelope: &Envelope) -> Result<(Address, Vec<u8>), SendError> {
        let to: Address = envelope
            .to
            .parse()
            .ok()
            .filter(|a: &Address| AsRef::<str>::as_ref(a).is_ascii())
            .ok_or_else(|| SendError::Never("this is not an e-mail address".into()))?;
        let id: String = envelope
            .id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if id.is_empty() {
            return Err(SendError::Never("the message has no id".into()));
        }
        let letter = &envelope.letter;
        let name = envelope.to_name.as_deref().and_then(named);
        let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, to.clone()))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .subject(letter.subject.replace(|c: char| c.is_control(), " "))
            .raw_header(HeaderValue::new(auto, "auto-generated".into()))
            .multipart(
                MultiPart::alternative()
                    .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
                    .singlepart(part(ContentType::TEXT_HTML, &letter.html)),
            )
            .map(|message| (to, message.formatted()))
            .map_err(|error| SendError::Never(error.to_string()))
    }
}

impl Transport for Smtp {
    fn send<'a>(&'a self, envelope: &'a Envelope) -> Sending<'a> {
        Box::pin(self.deliver(envelope))
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// Quoted-printable whatever is in it: short lines, and readable on the way.
fn part(kind: ContentType, text: &str) -> SinglePart {
    SinglePart::builder()
        .header(kind)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(text.to_owned())
}

/// A name for a header: one line, or none.
fn named(raw: &str) -> Option<String> {
    Some(clean::line(raw)).filter(|name| !name.is_empty())
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.to_canonical().is_loopback())
}

fn trust(host: &str, config: &SmtpConfig) -> Result<TlsParameters, ConfigError> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = &config.ca_file {
        let fail = |why: String| ConfigError::CaFile {
            path: path.clone(),
            why,
        };
        let pem = std::fs::read(path).map_err(|error| fail(error.to_string()))?;
        if !pem.windows(11).any(|w| w == b"-----BEGIN ") {
            return Err(fail("no certificate in it".into()));
        }
        let certificate = Certificate::from_pem(&pem).map_err(|error| fail(error.to_string()))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| ConfigError::Tls(error.to_string()))
}

/// Says goodbye without letting anybody wait for it.
fn leave(mut connection: AsyncSmtpConnection) {
    tokio::spawn(async move {
        let _ = timeout(Duration::from_secs(2), connection.command(Quit)).await;
    });
}

fn later(error: Error) -> SendError {
    SendError::Later(told(&error))
}

/// A lasting refusal (5xx) of the recipient or the letter is the end of it;
/// one that says that we should have signed in or spoken differently is not
/// the recipient's.
fn verdict(error: Error) -> SendError {
    let ours = matches!(
        error.status().map(u16::from),
        Some(500 | 502 | 503 | 504 | 530 | 534 | 535 | 538)
    );
    if error.is_permanent() && !ours {
        SendError::Never(told(&error))
    } else {
        later(error)
    }
}

/// The other server's words, one short line.
fn told(error: &Error) -> String {
    let text = error.to_string();
    let mut line: String = text
        .split(|c: char| c.is_control() || c == ' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if let Some((end, _)) = line.char_indices().nth(300) {
        line.truncate(end);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> SmtpConfig {
        SmtpConfig {
            url_host: "mail.rekey.example".into(),
            port: 587,
            tls: Tls::Starttls,
            user: None,
            password: None,
            from: "sign-in@rekey.example".into(),
            from_name: "Rekey".into(),
            ca_file: None,
            timeout_seconds: 5,
        }
    }

    #[test]
    fn without_tls_only_this_machine() {
        for (host, fits) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("[::1]", true),
            ("::ffff:127.0.0.1", true),
            ("mail.rekey.example", false),
            ("localhost.evil.example", false),
            ("10.0.0.1", false),
            ("0.0.0.0", false),
        ] {
            let config = SmtpConfig {
                url_host: host.into(),
                tls: Tls::None,
                ..config()
            };
            assert_eq!(Smtp::new(&config).is_ok(), fits, "{host}");
        }
    }

    #[test]
    fn a_wrong_configuration_says_what_is_wrong() {
        let tell = |config: SmtpConfig| Smtp::new(&config).map(|_| ()).unwrap_err().to_string();
        assert!(
            tell(SmtpConfig {
                user: Some("me".into()),
                ..config()
            })
            .contains("one is missing")
        );
        assert!(
            tell(SmtpConfig {
                from: "Rekey".into(),
                ..config()
            })
            .contains("\"Rekey\"")
        );
        assert!(
            tell(SmtpConfig {
                ca_file: Some("/nowhere.pem".into()),
                ..config()
            })
            .contains("/nowhere.pem")
        );
        assert!(
            tell(SmtpConfig {
                url_host: " ".into(),
                ..config()
            })
            .contains("no name")
        );
        assert!(
            tell(SmtpConfig {
                timeout_seconds: 0,
                ..config()
            })
            .contains("second")
        );
    }

    #[test]
    fn nothing_secret_is_printed() {
        let config = SmtpConfig {
            user: Some("me".into()),
            password: Some(Secret::new("hunter2")),
            ..config()
        };
        let printed = format!("{config:?} {:?}", Smtp::new(&config).unwrap());
        assert!(!printed.contains("hunter2"));
    }
}
