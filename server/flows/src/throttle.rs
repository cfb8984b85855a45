//! Counting tries. Limits count per person *and* source, and a browser that
//! has signed the person in before has a bucket of its own: a stranger can
//! slow somebody down, never lock them out.

use crate::{Failure, Request, Services, request::token_hash};
use domain::{
    FactorKind,
    ids::{PersonId, RealmSlug},
    refusal::Code,
    throttle::{Denied, Limit},
};

/// The buckets of one try.
#[derive(Clone, Debug)]
pub struct Tries {
    buckets: Vec<(String, Limit)>,
}

/// Whose tries are counted.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// A person.
    Person(&'a PersonId),
    /// Somebody who named nobody: counted by their network alone.
    Unnamed(&'a RealmSlug),
    /// A name that nobody has; counted alike, so that nothing tells.
    Nobody(&'a RealmSlug, &'a str),
}

impl Whose<'_> {
    fn prefix(self) -> String {
        match self {
            Self::Person(id) => format!("p:{id}"),
            Self::Unnamed(realm) => format!("w:{realm}"),
            Self::Nobody(realm, login_key) => format!("u:{realm}:{}", token_hash(login_key)),
        }
    }
}

/// The network that a peer's address belongs to: /24 for IPv4, /64 for IPv6.
fn network(address: &str) -> String {
    match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        Ok(std::net::IpAddr::V6(v6)) => v6.segments()[..4]
            .iter()
            .map(|s| format!("{s:x}"))
            .collect::<Vec<_>>()
            .join(":"),
        Err(_) => "unknown".to_owned(),
    }
}

/// What is tried or asked for: each has buckets of its own.
#[derive(Clone, Copy, Debug)]
enum What<'a> {
    Factor(FactorKind),
    ResetCode,
    AddressCode,
    CaseCode,
    CallCode,
    Send(&'a str),
}

impl What<'_> {
    fn name(self) -> String {
        match self {
            Self::Factor(kind) => kind.slug().to_owned(),
            Self::ResetCode => "reset-code".to_owned(),
            Self::AddressCode => "address-code".to_owned(),
            Self::CaseCode => "case-code".to_owned(),
            Self::CallCode => "call-code".to_owned(),
            Self::Send(what) => format!("send:{what}"),
        }
    }

    const fn limit(self) -> Limit {
        match self {
            Self::Factor(kind) => Limit::of(kind),
            Self::ResetCode | Self::AddressCode | Self::CaseCode => Limit::RESET_CODE,
            Self::CallCode => Limit::CALL_CODE,
            Self::Send(_) => Limit::SENDS,
        }
    }

    const fn of_strangers(self) -> Limit {
        match self {
            Self::Send(_) => Limit::SENDS_TO_STRANGERS,
            Self::Factor(_)
            | Self::ResetCode
            | Self::AddressCode
            | Self::CaseCode
            | Self::CallCode => Limit::STRANGERS,
        }
    }
}

/// Counts a try before it is evaluated, in a transaction of its own. A try that is refused
/// for waiting is not evaluated and not counted.
///
/// # Errors
/// The database could not: then nothing is evaluated either.
pub async fn take(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
    kind: FactorKind,
) -> Result<Result<Tries, Code>, Failure> {
    count(services, request, whose, What::Factor(kind)).await
}

/// [`take`] for the short code of a reset mail.
///
/// # Errors
/// See [`take`].
pub async fn take_reset_code(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
) -> Result<Result<Tries, Code>, Failure> {
    count(services, request, whose, What::ResetCode).await
}

/// [`take`] for the code with which a person names their first address.
///
/// # Errors
/// See [`take`].
pub async fn take_address_code(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
) -> Result<Result<Tries, Code>, Failure> {
    count(services, request, whose, What::AddressCode).await
}

/// [`take`] for the code that somebody reads to their manager.
///
/// # Errors
/// See [`take`].
pub async fn take_case_code(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
) -> Result<Result<Tries, Code>, Failure> {
    count(services, request, whose, What::CaseCode).await
}

/// [`take`] for the code of a check at the service desk.
///
/// # Errors
/// See [`take`].
pub async fn take_call_code(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
) -> Result<Result<Tries, Code>, Failure> {
    count(services, request, whose, What::CallCode).await
}

/// Counts a mail that somebody asked for.
///
/// # Errors
/// See [`take`].
pub async fn take_send(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
    what: &str,
) -> Result<Result<(), Code>, Failure> {
    let taken = count(services, request, whose, What::Send(what)).await?;
    Ok(taken.map(drop))
}

async fn count(
    services: &Services,
    request: &Request,
    whose: Whose<'_>,
    what: What<'_>,
) -> Result<Result<Tries, Code>, Failure> {
    let now = services.now();
    let prefix = format!("{}:{}", whose.prefix(), what.name());
    let mut tx = services.store.begin().await?;
    let known = match (whose, request.browser()) {
        (Whose::Person(id), Some(browser)) => {
            let hash = token_hash(browser);
            tx.browser_known(&hash, id).await?.then_some(hash)
        }
        _ => None,
    };
    let by_network = (
        format!("{prefix}:n:{}", network(&request.address)),
        what.limit(),
    );
    let buckets = match known {
        Some(hash) => vec![(format!("{prefix}:b:{hash}"), what.limit())],
        None if matches!(whose, Whose::Unnamed(_)) => vec![by_network],
        None => vec![
            by_network,
            (format!("{prefix}:strangers"), what.of_strangers()),
        ],
    };
    for (bucket, limit) in &buckets {
        if let Some(denied) = tx.attempt_take(bucket, *limit, now).await? {
            // It is not evaluated, so it counts nowhere: what another bucket counted goes
            // with the transaction. Strangers who keep one full would fill the owner's own.
            drop(tx);
            return Ok(Err(match denied {
                Denied::Wait { seconds } => Code::Wait { seconds },
                Denied::Shut => Code::TriesShut,
            }));
        }
    }
    tx.commit().await?;
    Ok(Ok(Tries { buckets }))
}

impl Tries {
    /// Of what is counted elsewhere.
    pub const fn none() -> Self {
        Self {
            buckets: Vec::new(),
        }
    }

    /// The proof held: the tries are given back.
    ///
    /// # Errors
    /// The database could not.
    pub async fn give_back(&self, tx: &mut store::Conn) -> Result<(), Failure> {
        for (bucket, _) in &self.buckets {
            tx.attempt_clear(bucket).await?;
        }
        Ok(())
    }

    /// Whether this try was the one that locked the bucket.
    ///
    /// # Errors
    /// The database could not.
    pub async fn locked(&self, services: &Services) -> Result<bool, Failure> {
        let Some((bucket, limit)) = self.buckets.first() else {
            return Ok(false);
        };
        Ok(services.store.read().await?.attempt_count(bucket).await? >= limit.in_a_row)
    }
}

/// Opens every bucket of a person.
///
/// # Errors
/// The database could not.
pub async fn unlock(tx: &mut store::Conn, person: &PersonId) -> Result<(), Failure> {
    tx.attempts_unlock(&format!("p:{person}:%")).await?;
    Ok(())
}
