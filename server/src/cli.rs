//! The command line. Every option can also be given as `REKEY_…`; the command
//! line wins over the environment, the environment over the default.

mod said;

use crate::{backup, router, start};
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::secret::Secret;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

/// Rekey: enrol login factors, and get back in after losing one.
#[derive(Debug, Parser)]
#[command(name = "rekey", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal
    Serve(Box<Serve>),
    /// Bring the database up to this version
    Migrate(Data),
    /// Work with realm policies
    Policy {
        /// What to do.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Work with administrators
    Admin {
        /// What to do.
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Ask a running portal whether it is ready (for container health checks)
    Health(Health),
    /// Work with the keys that sign tokens for applications
    Keys {
        /// What to do.
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Take an encrypted copy of the database, beside a running portal (SQLite)
    Backup(Backup),
    /// Put a copy back (SQLite); everything that was live in it is void
    Restore(Restore),
    /// Make void what was live in a database that other tools restored (PostgreSQL)
    AfterRestore(Data),
    /// Work with the audit trail
    Audit {
        /// What to do.
        #[command(subcommand)]
        command: AuditCommand,
    },
}

/// Where data lie.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// Folder for the database, the key and the head of the audit trail
    #[arg(long, env = "REKEY_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Database; embedded SQLite in the data folder unless given
    #[arg(
        long,
        env = "REKEY_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Connections to the database
    #[arg(long, env = "REKEY_CONNECTIONS", default_value_t = 4, value_name = "N")]
    pub connections: u32,
    /// Keys that seal secrets, `id:base64` each, comma between; a key file in the data folder unless given
    #[arg(long, env = "REKEY_KEYS", value_name = "KEYS", hide_env_values = true)]
    pub keys: Option<String>,
    /// File with those keys, such as a systemd credential; never made by this program
    #[arg(
        long,
        env = "REKEY_KEYS_FILE",
        value_name = "FILE",
        conflicts_with = "keys"
    )]
    pub keys_file: Option<PathBuf>,
    /// Folder with one policy file per realm; the five presets unless given
    #[arg(long, env = "REKEY_POLICY", value_name = "DIR")]
    pub policy: Option<PathBuf>,
}

/// Options of `serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address to listen at
    #[arg(
        long,
        env = "REKEY_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,
    /// Where data lie.
    #[command(flatten)]
    pub data: Data,
    /// Address that people use; links in mails begin with it
    #[arg(
        long,
        env = "REKEY_PUBLIC_URL",
        default_value = "http://localhost:8080",
        value_name = "URL"
    )]
    pub public_url: String,
    /// Relying party of passkeys: the host of the public address, or a domain above it
    #[arg(long, env = "REKEY_RP_ID", value_name = "DOMAIN")]
    pub rp_id: Option<String>,
    /// Whom to tell of a fault, as /.well-known/security.txt says it: mailto:… or https://…
    #[arg(long, env = "REKEY_SECURITY_CONTACT", value_name = "CONTACT")]
    pub security_contact: Option<String>,
    /// Proxies whose X-Forwarded-For is believed, as addresses, comma between
    #[arg(
        long,
        env = "REKEY_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "ADDRS"
    )]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Folder with the browser half; embedded in the release
    #[arg(long, env = "REKEY_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// The mail server.
    #[command(flatten)]
    pub mail: Mail,
    /// The gateway for SMS and calls.
    #[command(flatten)]
    pub gateway: Gateway,
    /// Threads that hash passwords; one on two cores, cores less one above
    #[arg(long, env = "REKEY_HASH_THREADS", value_name = "N")]
    pub hash_threads: Option<usize>,
    /// Days for which a key signs tokens for applications before another one takes its place
    #[arg(
        long,
        env = "REKEY_KEY_DAYS",
        default_value_t = 90,
        value_parser = clap::value_parser!(i64).range(1..=3650),
        value_name = "DAYS"
    )]
    pub key_days: i64,
    /// Address for /metrics, /livez and /readyz, apart from what people reach
    #[arg(long, env = "REKEY_ADMIN_LISTEN", value_name = "ADDR")]
    pub admin_listen: Option<SocketAddr>,
    /// Let --admin-listen be an address that other machines reach
    #[arg(long, env = "REKEY_ADMIN_ANYWHERE")]
    pub admin_anywhere: bool,
    /// Seconds for which a node that is told to stop says so before it takes no more requests
    #[arg(
        long,
        env = "REKEY_DRAIN_SECONDS",
        default_value_t = 0,
        value_name = "SECONDS"
    )]
    pub drain_seconds: u64,
    /// Seconds that requests may take to end afterwards
    #[arg(
        long,
        env = "REKEY_DRAIN_LIMIT",
        default_value_t = 10,
        value_name = "SECONDS"
    )]
    pub drain_limit: u64,
    /// Demo: five realms with people and a mailbox to look into; loopback only
    #[arg(long, env = "REKEY_DEMO")]
    pub demo: bool,
    /// Log lines as JSON
    #[arg(long, env = "REKEY_LOG_JSON")]
    pub log_json: bool,
}

/// The mail server.
#[derive(Clone, Debug, Args)]
pub struct Mail {
    /// Host of the mail server; without one, messages wait in the outbox
    #[arg(long, env = "REKEY_SMTP_HOST", value_name = "HOST")]
    pub smtp_host: Option<String>,
    /// Its port
    #[arg(
        long,
        env = "REKEY_SMTP_PORT",
        default_value_t = 587,
        value_name = "PORT"
    )]
    pub smtp_port: u16,
    /// How the connection is protected
    #[arg(long, env = "REKEY_SMTP_TLS", value_enum, default_value_t = TlsMode::Starttls)]
    pub smtp_tls: TlsMode,
    /// User at the mail server
    #[arg(long, env = "REKEY_SMTP_USER", value_name = "USER")]
    pub smtp_user: Option<String>,
    /// File that holds the password at the mail server
    #[arg(long, env = "REKEY_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// Address that mails come from
    #[arg(
        long,
        env = "REKEY_MAIL_FROM",
        default_value = "no-reply@localhost.localdomain",
        value_name = "ADDRESS"
    )]
    pub mail_from: String,
    /// Name that mails come from
    #[arg(
        long,
        env = "REKEY_MAIL_NAME",
        default_value = "Rekey",
        value_name = "NAME"
    )]
    pub mail_name: String,
    /// Certificates to trust instead of the public ones (PEM)
    #[arg(long, env = "REKEY_SMTP_CA_FILE", value_name = "FILE")]
    pub smtp_ca_file: Option<PathBuf>,
    /// Seconds that one mail may take
    #[arg(
        long,
        env = "REKEY_SMTP_TIMEOUT",
        default_value_t = 30,
        value_name = "SECONDS"
    )]
    pub smtp_timeout: u64,
}

/// The gateway for SMS and calls.
#[derive(Clone, Debug, Args)]
pub struct Gateway {
    /// Address of the gateway for SMS and calls; without one, they wait in the outbox. It tells
    /// what became of them at /gateway/receipts of the public address
    #[arg(long, env = "REKEY_GATEWAY_URL", value_name = "URL")]
    pub gateway_url: Option<String>,
    /// What the gateway understands
    #[arg(long, env = "REKEY_GATEWAY_KIND", value_enum, default_value_t = GatewayKind::Twilio)]
    pub gateway_kind: GatewayKind,
    /// Account at the gateway (twilio)
    #[arg(long, env = "REKEY_GATEWAY_ACCOUNT", value_name = "ACCOUNT")]
    pub gateway_account: Option<String>,
    /// Number or name that messages and calls come from (twilio)
    #[arg(long, env = "REKEY_GATEWAY_FROM", value_name = "FROM")]
    pub gateway_from: Option<String>,
    /// File that holds the token of the account, or the key that hooks are signed with, in both
    /// directions
    #[arg(long, env = "REKEY_GATEWAY_SECRET_FILE", value_name = "FILE")]
    pub gateway_secret_file: Option<PathBuf>,
    /// File with the JSON body of a hook; its places are {{id}}, {{to}}, {{text}}, {{way}}, {{lang}}
    #[arg(long, env = "REKEY_GATEWAY_BODY_FILE", value_name = "FILE")]
    pub gateway_body_file: Option<PathBuf>,
}

/// What a gateway understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GatewayKind {
    /// Twilio's API of messages and calls, or one like it
    Twilio,
    /// A web hook with a body of its own, signed
    Hook,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TlsMode {
    /// Plain at first, then TLS; never without
    Starttls,
    /// TLS from the first byte
    Implicit,
    /// None: loopback only
    None,
}

/// Work with realm policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Check the policies of a folder and say what is wrong, with file and line
    Check {
        /// The folder; the five presets unless given
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

/// Work with administrators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make an administrator of every realm and print a one-time link to bind a passkey
    Create {
        /// Q-number of the new administrator
        #[arg(long, value_name = "LOGIN")]
        login: String,
        /// Name
        #[arg(long, default_value = "", value_name = "NAME")]
        name: String,
        /// Address for notices
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        /// File that holds the PIN (asked after the passkey); `-` reads standard input
        #[arg(long, value_name = "FILE")]
        pin_file: PathBuf,
        /// Address that people use
        #[arg(
            long,
            env = "REKEY_PUBLIC_URL",
            default_value = "http://localhost:8080",
            value_name = "URL"
        )]
        public_url: String,
        /// Where data lie.
        #[command(flatten)]
        data: Data,
    },
}

/// Options of `backup`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("opens").required(true).args(["recipients", "passphrase_file"])))]
pub struct Backup {
    /// Folder for the copies
    #[arg(long, env = "REKEY_BACKUP_TO", value_name = "DIR")]
    pub to: PathBuf,
    /// Whom it is encrypted to, as `age-keygen` prints it (age1…); may be given several times
    #[arg(
        long = "recipient",
        env = "REKEY_BACKUP_RECIPIENTS",
        value_delimiter = ',',
        value_name = "KEY"
    )]
    pub recipients: Vec<String>,
    /// File that holds a passphrase to encrypt it with
    #[arg(long, env = "REKEY_BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// How many copies stay; older ones are removed
    #[arg(long, env = "REKEY_BACKUP_KEEP", default_value_t = 7, value_name = "N")]
    pub keep: usize,
    /// Where data lie.
    #[command(flatten)]
    pub data: Data,
}

/// Options of `restore`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("opens").required(true).args(["identity_file", "passphrase_file"])))]
pub struct Restore {
    /// The copy
    #[arg(value_name = "BACKUP")]
    pub file: PathBuf,
    /// File with the key that opens it, as `age-keygen` made it
    #[arg(long, value_name = "FILE")]
    pub identity_file: Option<PathBuf>,
    /// File that holds the passphrase that opens it
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Say what is inside, and touch nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Keep the data that are there aside, and put the copy in their place
    #[arg(long)]
    pub replace: bool,
    /// Where data lie.
    #[command(flatten)]
    pub data: Data,
}

/// Options of `health`.
#[derive(Debug, Args)]
pub struct Health {
    /// Address of the portal
    #[arg(
        long,
        env = "REKEY_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,
}

/// Work with the audit trail.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walk the whole chain; says the first altered entry, or that the end is missing
    Verify(Data),
}

/// What to do with the keys that sign tokens.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Publish new keys, in every realm that has applications; they sign an hour later
    Rotate(Rotate),
}

/// How keys are replaced.
#[derive(Debug, Args)]
pub struct Rotate {
    /// Where data lie.
    #[command(flatten)]
    pub data: Data,
    /// An old key may be known to others: sign with the new ones at once, publish the old ones no more
    #[arg(long)]
    pub leaked: bool,
}

/// The stack of a thread that answers requests, in bytes. Rendering a page nests deeply, and
/// without optimisation more than the usual two megabytes; what is not used costs no memory.
const STACK: usize = 8 * 1024 * 1024;

/// Runs a command; 0 when it was done, 1 when it could not, 2 when it found
/// something wrong.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve(options) => {
                start::log(options.log_json);
                router::serve(*options).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Migrate(data) => {
                let store = start::store(&data).await?;
                store.close().await;
                println!("The database is up to date.");
                Ok(ExitCode::SUCCESS)
            }
            Command::Policy {
                command: PolicyCommand::Check { dir },
            } => start::realms(dir.as_deref()).map(|realms| {
                for realm in realms.iter() {
                    println!("{}: good ({} chains)", realm.slug, realm.chains.len());
                }
                ExitCode::SUCCESS
            }),
            Command::Admin {
                command:
                    AdminCommand::Create {
                        login,
                        name,
                        email,
                        pin_file,
                        public_url,
                        data,
                    },
            } => {
                let pin = start::read_secret(&pin_file)?;
                start::create_admin(&data, &public_url, &login, &name, &email, Secret::new(pin))
                    .await
                    .map(|link| {
                        println!("{link}");
                        eprintln!(
                            "Open this link within 30 minutes to bind a passkey. It works once."
                        );
                        ExitCode::SUCCESS
                    })
            }
            Command::Health(health) => crate::health::ask(health.listen).await,
            Command::Keys {
                command: KeysCommand::Rotate(how),
            } => start::rotate_keys(&how.data, how.leaked).await.map(|made| {
                for id in made {
                    println!("{id}");
                }
                ExitCode::SUCCESS
            }),
            Command::Backup(options) => backup::make(&options).await.map(|file| {
                println!("{}", file.display());
                eprintln!("{}", said::WITHOUT_KEYS);
                ExitCode::SUCCESS
            }),
            Command::Restore(options) => backup::restore(&options).await.map(|outcome| {
                said::restore(&outcome);
                ExitCode::SUCCESS
            }),
            Command::AfterRestore(data) => backup::after(&data).await.map(|voided| {
                said::voided(&voided);
                ExitCode::SUCCESS
            }),
            Command::Audit {
                command: AuditCommand::Verify(data),
            } => start::verify_audit(&data).await,
        }
    });
    match result {
        Ok(code) => code,
        Err(error) => failed(&*error),
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("rekey: {error}");
    ExitCode::FAILURE
}
