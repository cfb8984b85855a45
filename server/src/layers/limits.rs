//! How often one address may post. Coarse: it protects the machine; people are
//! protected by the counters in the database.

use super::peer::FromProxy;
use crate::{
    oidc::{begins_a_request, is_for_programs, is_for_proxies},
    receipts,
};
use app::server::Peer;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{num::NonZeroU32, sync::Arc};

/// A limiter.
pub type Limiter = Arc<DefaultKeyedRateLimiter<String>>;

/// The limiters: of people, and of programs, behind each of which are many people:
/// applications, and the gateway for SMS and calls.
#[derive(Clone)]
pub struct Limits {
    people: Limiter,
    programs: Limiter,
}

/// Lets so many per minute and address pass: the demo raises the threshold, not the rule.
fn limiter(demo: bool, per_minute: u32) -> Limiter {
    let per_minute = if demo { 60_000 } else { per_minute };
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    Arc::new(RateLimiter::keyed(Quota::per_minute(per_minute)))
}

/// Posts per minute and address.
pub fn limits(demo: bool) -> Limits {
    Limits {
        people: limiter(demo, 240),
        programs: limiter(demo, 6000),
    }
}

/// What one address may be refused by what only proxies ask: each of them is written down,
/// and whoever asks through a proxy of ours is not limited otherwise.
pub fn refusals(demo: bool) -> Limiter {
    limiter(demo, 60)
}

/// 429 with Retry-After.
pub fn too_many() -> Response {
    let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
    let later = HeaderValue::from_static("10");
    response.headers_mut().insert(header::RETRY_AFTER, later);
    response
}

/// Answers 429 with Retry-After.
pub async fn layer(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // A proxy asks for everybody behind it. Who asks like one and is none is refused, and
    // that makes a row.
    let from_proxy = request.extensions().get::<FromProxy>();
    let pretends = is_for_proxies(path) && !from_proxy.is_some_and(|from| from.0);
    // The one GET that makes a row for who never was here counts as a post.
    let counts = request.method() == Method::POST || begins_a_request(path) || pretends;
    if counts {
        let limiter = if is_for_programs(path) || receipts::is_ours(path) {
            &limits.programs
        } else {
            &limits.people
        };
        let peer = request
            .extensions()
            .get::<Peer>()
            .map(|p| p.0.clone())
            .unwrap_or_default();
        if limiter.check_key(&peer).is_err() {
            return too_many();
        }
        if limiter.len() > 100_000 {
            limiter.retain_recent();
        }
    }
    next.run(request).await
}
