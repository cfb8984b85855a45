//! Making the services from the options, and refusing what must not start.

mod carriers;
mod keys;
mod names;
pub mod open_files;
mod realms;

pub use realms::{PRESETS, realms};

use crate::cli::{Data, Serve};
use courier::{Smtp, gateway::Gateway, push::VapidKey};
use domain::{
    FactorKind,
    audit::{Action, Event},
    ids::{FactorId, PersonId, RealmSlug},
    link::Purpose,
    oidc::{self, Application},
    paths,
    records::{Factor, Link, Person},
    role::{Grant, Role},
    secret::Secret,
};
use flows::{
    Realms, Services,
    announcements::Noticed,
    audit::{Head, Verdict},
    infra::{
        Clock, FileKeys, HashSettings, HashThreads, Random, ShiftedClock, SystemClock, Vault,
        VaultSource, password_rules,
    },
};
use std::{
    error::Error,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use store::Store;
use tokio::sync::Notify;

/// What a command ends with when it could not be done.
pub type Failed = Box<dyn Error + Send + Sync>;

/// Starts logging: JSON lines for machines, plain ones for people.
pub fn log(json: bool) {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_env("REKEY_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,webauthn_rs=off,webauthn_rs_core=off"));
    let builder = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second start in one process (tests) keeps the first logger.
    let _ = if json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}

/// Which database the options mean.
pub fn config(data: &Data) -> store::Config {
    let file = || format!("sqlite:{}", data.data.join("rekey.db").display());
    store::Config {
        url: data.database.clone().unwrap_or_else(file),
        connections: data.connections,
    }
}

/// Opens the database and brings its schema up.
///
/// # Errors
/// It cannot be reached, or is newer than this program.
pub async fn store(data: &Data) -> Result<Store, Failed> {
    if data.database.is_none() {
        std::fs::create_dir_all(&data.data).map_err(|e| format!("{}: {e}", data.data.display()))?;
    }
    let store = Store::open(&config(data)).await?;
    store.migrate().await?;
    Ok(store)
}

/// Opens a database that is there, and leaves its schema as it is.
///
/// # Errors
/// It is not there, or cannot be reached.
pub async fn store_as_it_is(data: &Data) -> Result<Store, Failed> {
    let file = data.data.join("rekey.db");
    if data.database.is_none() && !file.exists() {
        return Err(format!("{}: there is no database", file.display()).into());
    }
    Ok(Store::open(&config(data)).await?)
}

fn vault(data: &Data) -> Result<Vault, Failed> {
    let source = match (&data.keys, &data.keys_file) {
        (Some(keys), _) => VaultSource::Value(Secret::new(keys.clone())),
        (None, Some(file)) => given_keys(file)?,
        (None, None) => {
            std::fs::create_dir_all(&data.data)
                .map_err(|e| format!("{}: {e}", data.data.display()))?;
            VaultSource::File(FileKeys {
                path: data.data.join("keys"),
            })
        }
    };
    Ok(Vault::load(source)?)
}

/// The keys, which must be there: new ones would open nothing.
///
/// # Errors
/// They are not there, or cannot be read.
pub fn known_vault(data: &Data) -> Result<Vault, Failed> {
    let file = data.data.join("keys");
    if data.keys.is_none() && data.keys_file.is_none() && !file.exists() {
        return Err(format!(
            "{}: the key file is not here, and no backup holds it; put your copy of it there",
            file.display()
        )
        .into());
    }
    vault(data)
}

/// A key file that somebody else keeps. What systemd hands over is for this service
/// alone, though its mode may show a group (the mask of its access list).
fn given_keys(file: &Path) -> Result<VaultSource, Failed> {
    if !file.exists() {
        return Err(format!("{}: the key file is not there", file.display()).into());
    }
    let handed_over = std::env::var_os("CREDENTIALS_DIRECTORY")
        .is_some_and(|folder| file.parent() == Some(Path::new(&folder)));
    Ok(if handed_over {
        VaultSource::Value(Secret::new(read_secret(file)?))
    } else {
        VaultSource::File(FileKeys {
            path: file.to_owned(),
        })
    })
}

/// The public address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    /// Scheme, host and port, without a slash at the end.
    pub origin: String,
    /// Host without port.
    pub host: String,
    /// Host with the port where it is not the scheme's own.
    pub authority: String,
}

/// Checks the public address: https, or localhost.
///
/// # Errors
/// It is neither, or has a path.
pub fn public_url(text: &str) -> Result<PublicUrl, Failed> {
    let text = text.trim_end_matches('/');
    let url = url::Url::parse(text).map_err(|e| format!("--public-url {text}: {e}"))?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let local = host == "localhost" || host.ends_with(".localhost");
    match url.scheme() {
        "https" => {}
        "http" if local => {}
        _ => return Err(format!("--public-url {text}: must be https, except on localhost").into()),
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(format!("--public-url {text}: must be a host alone, without a path").into());
    }
    let authority = url
        .port()
        .map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    Ok(PublicUrl {
        origin: url.origin().ascii_serialization(),
        host,
        authority,
    })
}

fn webauthn(public: &PublicUrl, rp_id: Option<&str>) -> Result<webauthn_rs::Webauthn, Failed> {
    let rp_id = rp_id.unwrap_or(&public.host);
    let fits = public.host == rp_id || public.host.ends_with(&format!(".{rp_id}"));
    if !fits {
        return Err(format!(
            "--rp-id {rp_id}: is not the host of the public address ({}) nor above it",
            public.host
        )
        .into());
    }
    let origin = url::Url::parse(&public.origin)?;
    let builder =
        webauthn_rs::WebauthnBuilder::new(rp_id, &origin).map_err(|e| format!("passkeys: {e}"))?;
    Ok(builder
        .rp_name("Rekey")
        .build()
        .map_err(|e| format!("passkeys: {e}"))?)
}

/// What serving needs.
pub struct Made {
    /// The world.
    pub services: Arc<Services>,
    /// The demo's clock; `None` outside of the demo.
    pub clock: Option<Arc<ShiftedClock>>,
    /// The mail server; `None` where messages go to the demo's mailbox or wait.
    pub smtp: Option<Smtp>,
    /// The gateway for SMS and calls; `None` where they go to the demo's mailbox or wait.
    pub gateway: Option<Arc<Gateway>>,
    /// Who this portal is to push services.
    pub push_key: VapidKey,
    /// The public address.
    pub public: PublicUrl,
}

/// Makes the services.
///
/// # Errors
/// Whatever must not start: a public address without https, an RP ID that
/// does not match, a key that others can read, a demo that others can reach.
pub async fn services(options: &Serve) -> Result<Made, Failed> {
    let public = public_url(&options.public_url)?;
    if options.demo && !options.listen.ip().is_loopback() {
        return Err(format!("--demo listens on loopback only, not on {}", options.listen).into());
    }
    if options.demo {
        demo_stays_here(&public, options.mail.smtp_host.as_deref())?;
        if options.gateway.gateway_url.is_some() {
            return Err("--demo sends no SMS and calls nobody: leave --gateway-url away".into());
        }
    }
    let realms = realms(options.data.policy.as_deref())?;
    if realms.iter().all(|r| r.slug.as_str() != paths::STAFF_REALM) {
        tracing::warn!(
            "no realm \"{}\": nobody can open administration",
            paths::STAFF_REALM
        );
    }
    let webauthn = webauthn(&public, options.rp_id.as_deref())?;
    let (vault, store) = keys::opened(&options.data).await?;
    let (push_key, known) = carriers::push(&vault, &public)?;
    hosts_of_their_own(&store, &realms, &public).await?;
    names::fold(&store, &realms).await?;
    let mut hashing = HashSettings::default();
    if let Some(threads) = options.hash_threads {
        hashing.threads = threads.max(1);
    }
    let hasher = HashThreads::start(hashing, vault.pepper())?;
    let shifted = options.demo.then(|| Arc::new(ShiftedClock::new()));
    let clock: Arc<dyn Clock> = match &shifted {
        Some(clock) => Arc::clone(clock) as Arc<dyn Clock>,
        None => Arc::new(SystemClock),
    };
    let noticed = Noticed::default();
    noticed
        .refresh(&store, clock.now())
        .await
        .map_err(|e| format!("the database: {e}"))?;
    let gateway = carriers::gateway(&options.gateway, &public, &clock)?.map(Arc::new);
    let services = Services {
        store,
        hasher,
        vault,
        random: Random::from_os(),
        clock,
        realms,
        webauthn,
        public_url: public.origin.clone(),
        demo: options.demo,
        audit_head: head_file(&options.data),
        outbox_bell: Arc::new(Notify::new()),
        transfer_bell: Arc::new(Notify::new()),
        noticed,
        board: flows::infra::Board::default(),
        metrics: flows::infra::Metrics::default(),
        push: known,
    };
    let smtp = carriers::smtp(&options.mail)?;
    Ok(Made {
        services: Arc::new(services),
        clock: shifted,
        smtp,
        gateway,
        push_key,
        public,
    })
}

/// A browser sends a host's cookies to all of its ports: an application behind a proxy on
/// the portal's host would get those of the portal. That host may be a new one, so those
/// that a page registered are looked at as well.
async fn hosts_of_their_own(
    store: &Store,
    realms: &Realms,
    public: &PublicUrl,
) -> Result<(), Failed> {
    let mut conn = store.read().await?;
    for realm in realms.iter() {
        let registered = conn.applications_of(&realm.slug).await?;
        let realm = oidc::with_registered(realm, &registered);
        let shares = |a: &&Application| a.is_proxied() && a.host() == public.host;
        if let Some(app) = realm.applications.iter().find(shares) {
            return Err(format!(
                "{}: the application \"{}\" has the portal's own host, and would get the portal's cookies",
                realm.slug, app.id
            )
            .into());
        }
    }
    Ok(())
}

/// The demo shows its people's secrets to whoever asks: behind a proxy with a
/// name of its own, or with a mail server of the world, it would not stay here.
fn demo_stays_here(public: &PublicUrl, smtp: Option<&str>) -> Result<(), Failed> {
    let here = |host: &str| {
        host == "localhost"
            || host.ends_with(".localhost")
            || host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    };
    if !here(&public.host) {
        return Err(format!("--demo is for localhost only, not for {}", public.origin).into());
    }
    match smtp {
        Some(host) if !here(host) => {
            Err(format!("--demo sends no mail into the world, so not by {host}").into())
        }
        _ => Ok(()),
    }
}

/// Reads a secret from a file, or from standard input for `-`; the last line
/// break does not count.
///
/// # Errors
/// It cannot be read.
pub fn read_secret(path: &Path) -> Result<String, Failed> {
    let text = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())?
    } else {
        std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?
    };
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Makes new keys for tokens in every realm that has applications, and gives their ids,
/// each with its realm.
///
/// # Errors
/// The policies, the key file or the database could not be read, or a key not be made.
pub async fn rotate_keys(data: &Data, leaked: bool) -> Result<Vec<String>, Failed> {
    let realms = realms(data.policy.as_deref())?;
    let (vault, store) = keys::opened(data).await?;
    let (random, now) = (Random::from_os(), SystemClock.now());
    let mut out = Vec::new();
    for realm in realms.iter() {
        let made = flows::oidc::keys::rotate(&store, &vault, &random, realm, leaked, now).await;
        let made = made.map_err(|_| format!("{}: no key could be made", realm.slug))?;
        out.extend(made.into_iter().map(|id| format!("{} {id}", realm.slug)));
    }
    store.close().await;
    Ok(out)
}

/// Makes an administrator of every realm; gives a one-time link to bind a
/// passkey.
///
/// # Errors
/// The login is taken, the PIN is weak, or the database could not.
pub async fn create_admin(
    data: &Data,
    public: &str,
    login: &str,
    name: &str,
    email: &str,
    pin: Secret,
) -> Result<String, Failed> {
    let public = public_url(public)?;
    let realms = realms(data.policy.as_deref())?;
    let slug = RealmSlug::parse(paths::STAFF_REALM).ok_or("no realm for staff")?;
    let staff = realms
        .get(&slug)
        .ok_or("there is no realm \"workforce\" for staff")?;
    let login = domain::text::Login::parse(login).map_err(|c| format!("--login: {c:?}"))?;
    let email = domain::text::Email::parse(email).map_err(|c| format!("--email: {c:?}"))?;
    password_rules::judge_pin(&pin, &staff.pin, &[login.as_str()])
        .map_err(|c| format!("the PIN is refused: {c:?}"))?;
    let (vault, store) = keys::opened(data).await?;
    let hasher = HashThreads::start(HashSettings::default(), vault.pepper())?;
    let random = Random::from_os();
    let now = SystemClock.now();
    let hash = hasher.hash(&pin, random.bytes()).await?;
    let who = Person {
        id: PersonId::new(random.id(now)),
        realm: slug.clone(),
        login: login.as_str().to_owned(),
        name: name.to_owned(),
        lang: staff.language,
        email: email.as_str().to_owned(),
        disabled_at: None,
        frozen_at: None,
        created_at: now,
        partner: None,
        manager: None,
        number: String::new(),
        number_since: domain::Timestamp::default(),
        epoch: 0,
    };
    let factor = knowledge(&random, &who, FactorKind::Pin, &hash, now);
    let token = random.token();
    let link = Link {
        id: random.id(now),
        person: who.id.clone(),
        purpose: Purpose::Enroll,
        created_at: now,
        expires_at: now.plus_seconds(30 * 60),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: String::new(),
    };
    let mut tx = store.begin().await?;
    match tx
        .person_insert(&who, &login.key(), &domain::text::name_key(name))
        .await
    {
        Err(e) if e.is_duplicate() => {
            return Err(format!("--login {}: is taken", login.as_str()).into());
        }
        other => other?,
    }
    for realm in realms.iter() {
        tx.grant(
            &who.id,
            &Grant {
                role: Role::Administrator,
                realm: realm.slug.clone(),
            },
        )
        .await?;
    }
    tx.factor_insert(&factor).await?;
    tx.link_insert(
        &link,
        &slug,
        &flows::request::token_hash(token.reveal()),
        "",
        "",
    )
    .await?;
    let event = Event::done(Action::AdminCreated, who.id.clone());
    let entry = flows::audit::of_command_line(&random, &slug, &event, now);
    tx.audit_insert(&entry).await?;
    tx.commit().await?;
    store.close().await;
    Ok(format!(
        "{}{}",
        public.origin,
        paths::link(&slug, Purpose::Enroll, token.reveal())
    ))
}

/// A password or PIN as a factor.
pub fn knowledge(
    random: &Random,
    who: &Person,
    kind: FactorKind,
    hash: &str,
    now: domain::Timestamp,
) -> Factor {
    Factor {
        id: FactorId::new(random.id(now)),
        person: who.id.clone(),
        kind,
        name: String::new(),
        secret: hash.as_bytes().to_vec(),
        address: String::new(),
        credential: None,
        created_at: now,
        used_at: None,
        tested_at: None,
        disabled_at: None,
        last_step: 0,
        probation_until: None,
        shown_by: None,
    }
}

/// The file beside the database that holds the head of the audit trail.
pub fn head_file(data: &Data) -> PathBuf {
    data.data.join("audit-head.json")
}

/// Walks the audit trail and says what it found.
///
/// # Errors
/// It cannot be read.
pub async fn verify_audit(data: &Data) -> Result<ExitCode, Failed> {
    let head = Head::read(&head_file(data)).map_err(|e| format!("the head of the trail: {e}"))?;
    let (vault, store) = keys::opened(data).await?;
    let verdict = flows::audit::verify(&store, &vault.audit_key(), head.as_ref())
        .await
        .map_err(|_| "the trail could not be read")?;
    store.close().await;
    match verdict {
        Verdict::Whole(n) => {
            println!("{n} entries, every one as it was written.");
            if head.is_none() && n > 0 {
                println!(
                    "The head of the trail is missing beside the database: its end may be cut."
                );
                return Ok(ExitCode::from(2));
            }
            return Ok(ExitCode::SUCCESS);
        }
        Verdict::Altered { seq, id } if id.is_empty() => println!("Entry {seq} is missing."),
        Verdict::Altered { seq, id } => println!("Entry {seq} ({id}) was altered."),
        Verdict::Cut { found, expected } => {
            println!("The trail ends at {found}; it went on to {expected}.")
        }
        Verdict::ForgedHead => {
            println!("The head of the trail was not signed by this installation.")
        }
    }
    Ok(ExitCode::from(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_address_is_https_or_localhost() {
        assert!(public_url("https://id.example.com").is_ok());
        assert!(public_url("http://localhost:8080/").is_ok());
        for bad in [
            "http://id.example.com",
            "https://id.example.com/portal",
            "ftp://localhost",
            "id.example.com",
            "https://u@h.example",
        ] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
        assert_eq!(
            public_url("http://localhost:8080").unwrap().authority,
            "localhost:8080"
        );
    }

    #[test]
    fn the_demo_stays_on_this_machine() {
        let at = |url: &str, smtp| demo_stays_here(&public_url(url).unwrap(), smtp).is_ok();
        assert!(at("http://localhost:8080", None));
        assert!(at("http://localhost:8080", Some("127.0.0.1")));
        assert!(!at("https://id.example.com", None));
        assert!(!at("http://localhost:8080", Some("mail.example.com")));
    }

    #[test]
    fn the_relying_party_is_the_host_or_above() {
        let public = public_url("https://id.example.com").unwrap();
        assert!(webauthn(&public, None).is_ok());
        assert!(webauthn(&public, Some("example.com")).is_ok());
        assert!(webauthn(&public, Some("other.com")).is_err());
        assert!(webauthn(&public, Some("ple.com")).is_err());
    }

    #[test]
    fn the_presets_are_good_and_faults_are_told_with_file_and_line() {
        assert_eq!(realms(None).unwrap().iter().count(), 5);
        let dir = std::env::temp_dir().join(format!("rekey-policies-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let good = PRESETS[1].1;
        let bad = good.replace("[look]", "colour = \"red\"\n[look]");
        let line = bad.lines().position(|l| l.starts_with("colour")).unwrap() + 1;
        std::fs::write(dir.join("customers.toml"), bad).unwrap();
        let said = realms(Some(&dir)).unwrap_err().to_string();
        assert!(
            said.contains(&format!("customers.toml: line {line}:")) && said.contains("colour"),
            "{said}"
        );
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
