//! How much one network may ask for. Coarse: it protects the machine; people are protected
//! by the counters in the database, and the hash threads by a queue of their own.
//!
//! A network is an IPv4 address or an IPv6 /64: behind the one there is a whole office, and
//! whoever has the other has 2^64 addresses of it.

use super::{failures, peer::FromProxy};
use crate::{
    oidc::{begins_a_request, is_for_programs, is_for_proxies},
    receipts,
};
use app::{error::AppError, server::Peer};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

/// A limiter.
pub type Limiter = Arc<DefaultKeyedRateLimiter<String>>;

/// Seconds after which somebody who was refused tries again.
const LATER: u32 = 10;

/// Units per minute and network for what people do. 120 colleagues who sign in within a
/// minute take 8 each: a password ([`HASHES`]), a code, and three calls around them. What a
/// stranger gets from it is 300 hashes a minute, five in a second.
const ACTS: u32 = 1200;
/// Units of a call that may compute a hash; every other call is one.
const HASHES: u32 = 4;
/// Calls per minute and network that a page makes by itself, two for each sign-in page.
const QUESTIONS: u32 = 360;
/// Calls per minute and network of programs: behind each are many people.
const PROGRAMS: u32 = 6000;

/// The limiters: of people, of what their pages ask by themselves, and of programs, which
/// are applications and the gateway for SMS and calls.
#[derive(Clone)]
pub struct Limits {
    acts: Limiter,
    questions: Limiter,
    programs: Limiter,
}

/// Lets so many per minute and network pass: the demo raises the threshold, not the rule.
fn limiter(demo: bool, per_minute: u32) -> Limiter {
    let per_minute = if demo { 60_000 } else { per_minute };
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    Arc::new(RateLimiter::keyed(Quota::per_minute(per_minute)))
}

/// The limiters of a portal.
pub fn limits(demo: bool) -> Limits {
    Limits {
        acts: limiter(demo, ACTS),
        questions: limiter(demo, QUESTIONS),
        programs: limiter(demo, PROGRAMS),
    }
}

/// What one network may be refused by what only proxies ask: each of them is written down,
/// and whoever asks through a proxy of ours is not limited otherwise.
pub fn refusals(demo: bool) -> Limiter {
    limiter(demo, 60)
}

/// The network of an address, as the limiters count it.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(_)) | Err(_) => address.to_owned(),
    }
}

/// What a call costs, and in which budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cost {
    /// It reads what anybody may read at this address.
    Nothing,
    Act(u32),
    Question,
    Program,
}

/// The cost of a request. A proxy asks for everybody behind it; who asks like one and is
/// none is refused, and that makes a row.
fn cost(method: &Method, path: &str, from_proxy: bool) -> Cost {
    let pretends = is_for_proxies(path) && !from_proxy;
    // The one GET that makes a row for who never was here counts as a post.
    if method != Method::POST && !begins_a_request(path) && !pretends {
        return Cost::Nothing;
    }
    if is_for_programs(path) || receipts::is_ours(path) {
        return Cost::Program;
    }
    match path.strip_prefix("/api/").unwrap_or_default() {
        // The page at an address, as a GET gives it.
        "page" => Cost::Nothing,
        "zone" | "sign-in/passkey-options" => Cost::Question,
        "sign-in/password"
        | "prove/code"
        | "reset-password/set"
        | "reset-pin/emergency"
        | "change-pin" => Cost::Act(HASHES),
        _ => Cost::Act(1),
    }
}

/// 429 with Retry-After: words with a time for a browser that posts plainly, the same as
/// data for a page's script, which leaves in its fields what was typed.
pub fn too_many(request: &Request) -> Response {
    let (_, html, lang) = failures::read(request);
    let status = StatusCode::TOO_MANY_REQUESTS;
    if html {
        return later(failures::plain(status, lang, ""));
    }
    let error = AppError::TooMany {
        retry: i64::from(LATER),
    };
    later((status, Json(error)).into_response())
}

/// The same for a program.
pub fn too_many_of_a_program() -> Response {
    later(StatusCode::TOO_MANY_REQUESTS.into_response())
}

fn later(mut response: Response) -> Response {
    let seconds = HeaderValue::from(LATER);
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

/// Answers 429 where a network asks for too much.
pub async fn layer(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let from_proxy = request.extensions().get::<FromProxy>();
    let from_proxy = from_proxy.is_some_and(|from| from.0);
    let (limiter, units) = match cost(request.method(), request.uri().path(), from_proxy) {
        Cost::Nothing => return next.run(request).await,
        Cost::Act(units) => (&limits.acts, units),
        Cost::Question => (&limits.questions, 1),
        Cost::Program => (&limits.programs, 1),
    };
    let peer = request.extensions().get::<Peer>();
    let network = network(peer.map(|peer| peer.0.as_str()).unwrap_or_default());
    let units = NonZeroU32::new(units).unwrap_or(NonZeroU32::MIN);
    let passes = matches!(limiter.check_key_n(&network, units), Ok(Ok(())));
    if !passes {
        return too_many(&request);
    }
    if limiter.len() > 100_000 {
        limiter.retain_recent();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_one_network_and_so_is_a_64() {
        assert_eq!(network("198.51.100.7"), "198.51.100.7");
        assert_eq!(network("2001:db8:1:2::5"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::5"), network("2001:db8:1:3::5"));
    }

    #[test]
    fn what_a_page_asks_by_itself_costs_no_password() {
        let post = |call: &str| cost(&Method::POST, &format!("/api/{call}"), false);
        assert_eq!(post("page"), Cost::Nothing);
        assert_eq!(post("zone"), Cost::Question);
        assert_eq!(post("sign-in/password"), Cost::Act(HASHES));
        assert_eq!(post("sessions/end"), Cost::Act(1));
        assert_eq!(
            cost(&Method::GET, "/customers/sign-in", false),
            Cost::Nothing
        );
    }
}
