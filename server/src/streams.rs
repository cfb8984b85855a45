//! The streams by which open pages hear that they should look again: that something
//! moved, and never what. They are no activity, and end when the node drains.

use crate::pages::failed;
use app::server::request_of;
use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use flows::{Failure, Services, infra::board::DESK};
use futures_util::{future::select_all, stream::unfold};
use std::{
    collections::HashMap,
    convert::Infallible,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// Longest life of one stream: then the browser asks again, and is looked at again.
const LIFE: Duration = Duration::from_secs(300);

/// How many streams one address may hold that are open to anybody: a company behind one
/// address is many people, and a page without a stream looks every few seconds.
const MOST: usize = 500;
/// The same in the demo, where everybody comes from one address.
const MOST_IN_DEMO: usize = 50_000;

/// How many each address holds.
type Open = Arc<Mutex<HashMap<String, usize>>>;

/// What streams need to know.
#[derive(Clone)]
pub struct Streams {
    services: Arc<Services>,
    draining: watch::Receiver<bool>,
    open: Open,
}

/// A stream counts as long as this lives.
struct Counted {
    open: Open,
    address: String,
}

fn held(open: &Open) -> MutexGuard<'_, HashMap<String, usize>> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts one more of an address; `None` where it holds as many as it may.
fn count(open: &Open, address: &str, most: usize) -> Option<Counted> {
    let mut all = held(open);
    let count = all.entry(address.to_owned()).or_default();
    if *count >= most {
        return None;
    }
    *count += 1;
    Some(Counted {
        open: Arc::clone(open),
        address: address.to_owned(),
    })
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut open = held(&self.open);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

impl Streams {
    /// None is open.
    pub fn new(services: Arc<Services>, draining: watch::Receiver<bool>) -> Self {
        Self {
            services,
            draining,
            open: Arc::default(),
        }
    }

    /// A stream that is open to anybody.
    fn of_anybody(&self, caller: &flows::Request, topics: &[String]) -> Response {
        let most = if self.services.demo {
            MOST_IN_DEMO
        } else {
            MOST
        };
        let Some(counted) = count(&self.open, &caller.address, most) else {
            let mut full = StatusCode::TOO_MANY_REQUESTS.into_response();
            let later = HeaderValue::from_static("60");
            full.headers_mut().insert(header::RETRY_AFTER, later);
            return full;
        };
        self.rings(topics, Some(counted))
    }

    fn rings(&self, topics: &[String], counted: Option<Counted>) -> Response {
        let ends = tokio::time::Instant::now() + LIFE;
        let board = &self.services.board;
        let bells: Vec<_> = topics.iter().map(|t| board.listen(t)).collect();
        let draining = self.draining.clone();
        let stream = unfold(
            (bells, draining, counted),
            move |(mut bells, mut draining, counted)| async move {
                let rung = async {
                    if bells.is_empty() {
                        // Nothing to hear; `select_all` panics on it.
                        return pending().await;
                    }
                    let each = bells.iter_mut().map(|bell| Box::pin(bell.changed()));
                    select_all(each).await.0.ok()
                };
                tokio::select! {
                    rung = rung => rung?,
                    _ = draining.wait_for(|drains| *drains) => return None,
                    () = tokio::time::sleep_until(ends) => return None,
                }
                let event = Event::default().data("moved");
                Some((Ok::<_, Infallible>(event), (bells, draining, counted)))
            },
        );
        Sse::new(stream)
            .keep_alive(KeepAlive::default())
            .into_response()
    }
}

fn quiet(request: Request) -> flows::Request {
    let (parts, _) = request.into_parts();
    flows::Request {
        quiet: true,
        ..request_of(&parts)
    }
}

/// Tells a browser that what its page waits for moved: the phone answered, the desk
/// approved, a request was asked or decided.
pub async fn waits(
    State(streams): State<Streams>,
    Path((realm, purpose)): Path<(String, String)>,
    request: Request,
) -> Response {
    let caller = quiet(request);
    match flows::prove::waits_for(&streams.services, &caller, &realm, &purpose).await {
        Ok(topics) => streams.of_anybody(&caller, &topics),
        Err(failure) => failed(failure),
    }
}

/// Tells a phone that it is asked something, or that what it shows moved.
pub async fn phone(State(streams): State<Streams>, request: Request) -> Response {
    let caller = quiet(request);
    match flows::phone::topics(&streams.services, &caller).await {
        Ok(topics) => streams.of_anybody(&caller, &topics),
        Err(failure) => failed(failure),
    }
}

/// Tells open pages of the desk that a case moved.
pub async fn desk(State(streams): State<Streams>, request: Request) -> Response {
    if let Err(failure) = streams.services.desk(&quiet(request)).await {
        return match failure {
            // A stream cannot be sent elsewhere: the browser stops asking.
            Failure::SignIn(_) => StatusCode::UNAUTHORIZED.into_response(),
            other => failed(other),
        };
    }
    streams.rings(&[DESK.to_owned()], None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_and_another_one_its_own() {
        let open = Open::default();
        let (first, second) = (count(&open, "a", 2), count(&open, "a", 2));
        assert!(first.is_some() && second.is_some());
        assert!(count(&open, "a", 2).is_none());
        let other = count(&open, "b", 2);
        assert!(other.is_some());
        drop(first);
        let third = count(&open, "a", 2);
        assert!(third.is_some());
        drop((second, third, other));
        assert!(held(&open).is_empty());
    }
}
