//! What came of a message.

use super::encrypt::MOST_PAYLOAD;
use domain::Timestamp;
use http::{HeaderMap, StatusCode, header::RETRY_AFTER};

/// The longest that a push service can make us wait, in seconds.
const MOST_WAIT: u64 = 24 * 3600;

/// Why a message was not taken by the push service. The texts name no endpoint
/// and quote nobody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushFailure {
    /// The subscription is over (404, 410; RFC 8030, 7.3): delete it.
    #[error("the subscription is over")]
    Gone,
    /// It may work another time.
    #[error("{why}")]
    Later {
        /// Seconds to wait at least, if the push service said so.
        after: Option<u64>,
        /// What happened, for staff.
        why: &'static str,
    },
    /// The push service does not want this message, however often it is tried.
    #[error("the push service refused the message with status {status}")]
    Refused {
        /// Its status: 400 to 499, or of a redirect, which is not followed.
        status: u16,
    },
    /// The endpoint is not on the list, or its name leads to an address that is
    /// not of the open internet. Nothing was sent.
    #[error("nothing may be sent to this endpoint")]
    Forbidden,
    /// The payload is longer than [`MOST_PAYLOAD`]. Nothing was sent.
    #[error("the message is longer than {MOST_PAYLOAD} bytes")]
    TooLong,
}

impl PushFailure {
    pub(super) const fn later(why: &'static str) -> Self {
        Self::Later { after: None, why }
    }
}

/// What an answer means. Its head alone is looked at.
pub(super) fn judge(
    status: StatusCode,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<(), PushFailure> {
    let later = |why| {
        Err(PushFailure::Later {
            after: retry_after(headers, now),
            why,
        })
    };
    match status.as_u16() {
        200..=299 => Ok(()),
        404 | 410 => Err(PushFailure::Gone),
        408 => later("the push service waited too long for the message"),
        429 => later("the push service has had too many messages"),
        status @ 300..=499 => Err(PushFailure::Refused { status }),
        _ => later("the push service has a fault"),
    }
}

/// For how long another server asks us to leave it in peace: seconds, or a date (RFC 9110,
/// 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
        // More digits than a number holds are a long time.
        text.parse().unwrap_or(MOST_WAIT)
    } else {
        let date = jiff::fmt::rfc2822::DateTimeParser::new()
            .parse_timestamp(text)
            .ok()?;
        let date = Timestamp::from_millis(date.as_millisecond());
        now.seconds_until(date).unsigned_abs()
    };
    Some(seconds.min(MOST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Result<(), PushFailure> {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert(RETRY_AFTER, text.parse().unwrap());
        }
        // 1994-11-06 08:49:37 UTC, the moment of RFC 9110's examples.
        let now = Timestamp::default().plus_seconds(784_111_777);
        judge(StatusCode::from_u16(status).unwrap(), &headers, now)
    }

    #[test]
    fn every_status_means_one_thing() {
        for status in 100..1000 {
            let found = answer(status, None);
            let fits = match status {
                200..=299 => found == Ok(()),
                404 | 410 => found == Err(PushFailure::Gone),
                408 | 429 | 100..=199 | 500.. => {
                    matches!(found, Err(PushFailure::Later { after: None, .. }))
                }
                _ => found == Err(PushFailure::Refused { status }),
            };
            assert!(fits, "{status}: {found:?}");
        }
    }

    #[test]
    fn how_long_to_wait() {
        for (text, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            (" 7 ", Some(7)),
            ("Sun, 06 Nov 1994 08:51:37 GMT", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
            ("Mon, 06 Nov 2090 08:49:37 GMT", Some(MOST_WAIT)),
            ("604800", Some(MOST_WAIT)),
            ("99999999999999999999999999", Some(MOST_WAIT)),
            ("", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
        ] {
            for status in [429, 503] {
                let Err(PushFailure::Later { after, .. }) = answer(status, Some(text)) else {
                    panic!("{status}")
                };
                assert_eq!(after, seconds, "{text:?}");
            }
        }
        assert_eq!(
            answer(413, Some("5")),
            Err(PushFailure::Refused { status: 413 })
        );
    }
}
