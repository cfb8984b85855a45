//! What an operator looks at, in the text that Prometheus reads. Facts are counted where
//! they commit: each has an entry in the audit trail, so there is one place for all of
//! them ([`crate::Fact::commit`]). A label never names anybody, and has few values.

use domain::{
    Timestamp,
    audit::{Action, Event, Outcome},
    message::Way,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{borrow::Cow, sync::atomic::AtomicU64, time::Duration};

/// Upper ends of the buckets for requests, in seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Entry {
    action: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Try {
    result: &'static str,
    method: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Channel {
    channel: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Sending {
    channel: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    place: Cow<'static, str>,
    method: &'static str,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Table {
    table: &'static str,
}

/// How a code fared that was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// What carries it took it.
    Taken,
    /// It is tried again.
    Later,
    /// It never arrives.
    Never,
}

type Histograms = Family<Call, Histogram, fn() -> Histogram>;

/// The figures of a node since it started.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    entries: Family<Entry, Counter>,
    logins: Family<Try, Counter>,
    enrolments: Family<Try, Counter>,
    resets: Family<Channel, Counter>,
    otp: Family<Sending, Counter>,
    lockouts: Family<Kind, Counter>,
    swept: Family<Table, Counter>,
    requests: Histograms,
    depth: Gauge<f64, AtomicU64>,
    oldest: Gauge<f64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests: Histograms = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        let mut metrics = Self {
            registry: Registry::default(),
            entries: Family::default(),
            logins: Family::default(),
            enrolments: Family::default(),
            resets: Family::default(),
            otp: Family::default(),
            lockouts: Family::default(),
            swept: Family::default(),
            requests,
            depth: Gauge::default(),
            oldest: Gauge::default(),
        };
        let all = &mut metrics.registry;
        all.register(
            "rekey_audit_entries",
            "What the audit trail of this node tells of, floods of refusals in full",
            metrics.entries.clone(),
        );
        all.register(
            "rekey_logins",
            "Sign-ins by what they proved, and refused proofs by what was tried",
            metrics.logins.clone(),
        );
        all.register(
            "rekey_enrolments",
            "Factors that were set up",
            metrics.enrolments.clone(),
        );
        all.register(
            "rekey_resets",
            "Ways back in that were gone to their end",
            metrics.resets.clone(),
        );
        all.register(
            "rekey_otp_sent",
            "Codes on their way to people",
            metrics.otp.clone(),
        );
        all.register(
            "rekey_lockouts",
            "Locks after wrong tries",
            metrics.lockouts.clone(),
        );
        all.register(
            "rekey_swept_rows",
            "Rows of the database that were over and are gone",
            metrics.swept.clone(),
        );
        all.register(
            "http_request_duration_seconds",
            "Seconds until an answer began",
            metrics.requests.clone(),
        );
        all.register(
            "rekey_outbox_depth",
            "Messages that wait, those of later among them",
            metrics.depth.clone(),
        );
        all.register(
            "rekey_oldest_outbox_seconds",
            "Age of the oldest message that is due",
            metrics.oldest.clone(),
        );
        metrics
    }
}

impl Metrics {
    /// Rows of a table were over and are gone.
    pub fn swept(&self, table: &'static str, rows: u64) {
        self.swept.get_or_create(&Table { table }).inc_by(rows);
    }

    /// Something happened that the trail tells of.
    pub fn happened(&self, event: &Event) {
        let outcome = event.outcome.slug();
        let entry = Entry {
            action: event.action.slug(),
            outcome,
        };
        self.entries.get_or_create(&entry).inc();
        let kind = event.factor.map_or("none", |kind| kind.slug());
        let one = |result, method| Try { result, method };
        match (event.action, event.outcome) {
            (Action::SignIn, _) => {
                // The proofs, as the trail has them: "password totp".
                let proofs = event.detail.replace(' ', "+");
                self.logins.get_or_create(&one(outcome, proofs)).inc();
                if event.detail.split(' ').any(|proof| proof == "emergency") {
                    self.reset("desk");
                }
            }
            (Action::Proof, Outcome::Refused) => {
                let tried = one(outcome, kind.to_owned());
                self.logins.get_or_create(&tried).inc();
            }
            (Action::FactorAdded, _) => {
                let added = one(outcome, kind.to_owned());
                self.enrolments.get_or_create(&added).inc();
            }
            (Action::PasswordSet, Outcome::Done) => self.reset("mail"),
            (Action::CaseUsed, Outcome::Done) => self.reset("case"),
            (Action::CodeSent, Outcome::Done) => {
                let channel = match kind {
                    "email" => Way::Mail.slug(),
                    other => other,
                };
                self.sending(channel, "queued");
            }
            (Action::Locked, _) => {
                let locked = Kind { method: kind };
                self.lockouts.get_or_create(&locked).inc();
            }
            _ => {}
        }
    }

    fn reset(&self, channel: &'static str) {
        self.resets.get_or_create(&Channel { channel }).inc();
    }

    fn sending(&self, channel: &'static str, result: &'static str) {
        let sending = Sending { channel, result };
        self.otp.get_or_create(&sending).inc();
    }

    /// A worker tried to send a code.
    pub fn code(&self, way: Way, sent: Sent) {
        let result = match sent {
            Sent::Taken => "sent",
            Sent::Later => "retried",
            Sent::Never => "dead",
        };
        self.sending(way.slug(), result);
    }

    /// A request was answered: what kind of place it went to, by which method, with
    /// which status, and how long that took.
    pub fn answered(
        &self,
        place: Cow<'static, str>,
        method: &'static str,
        status: u16,
        took: Duration,
    ) {
        let status = match status {
            100..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            _ => "5xx",
        };
        let call = Call {
            place,
            method,
            status,
        };
        self.requests
            .get_or_create(&call)
            .observe(took.as_secs_f64());
    }

    /// What waits in the outbox now: how many, and when the oldest that is due was put
    /// there. `None` where nobody can say.
    pub fn outbox(&self, waiting: Option<(i64, Option<Timestamp>)>, now: Timestamp) {
        let (depth, oldest) = match waiting {
            None => (f64::NAN, f64::NAN),
            Some((count, since)) => {
                let seconds = since.map_or(0, |since| (now.millis() - since.millis()).max(0));
                (number(count), number(seconds) / 1000.0)
            }
        };
        self.depth.set(depth);
        self.oldest.set(oldest);
    }

    /// All of it (OpenMetrics 1.0).
    pub fn text(&self) -> String {
        let mut out = String::new();
        // A text takes everything: there is nothing to fail.
        let _ = encode(&mut out, &self.registry);
        out
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "messages and milliseconds stay far below 2^52"
)]
const fn number(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{FactorKind, ids::PersonId};

    #[test]
    fn facts_are_counted_under_the_names_that_operators_know() {
        let metrics = Metrics::default();
        let who = || PersonId::new("person-1");
        for event in [
            Event::done(Action::SignIn, who()).because("password totp"),
            Event::done(Action::SignIn, who()).because("smartphone emergency"),
            Event::refused(Action::Proof, Some(who())).with(FactorKind::Totp),
            Event::refused(Action::Proof, None),
            Event::done(Action::FactorAdded, who()).with(FactorKind::Passkey),
            Event::done(Action::PasswordSet, who()),
            Event::done(Action::CodeSent, who()).with(FactorKind::Email),
            Event::done(Action::Locked, who()).with(FactorKind::Pin),
            Event::done(Action::Viewed, who()),
        ] {
            metrics.happened(&event);
        }
        metrics.code(Way::Mail, Sent::Taken);
        metrics.code(Way::Sms, Sent::Never);
        let now = Timestamp::from_millis(90_000);
        metrics.outbox(Some((3, Some(Timestamp::from_millis(30_500)))), now);
        let took = Duration::from_millis(3);
        metrics.answered("sign_in".into(), "GET", 303, took);
        let text = metrics.text();
        for line in [
            r#"rekey_logins_total{result="done",method="password+totp"} 1"#,
            r#"rekey_logins_total{result="refused",method="totp"} 1"#,
            r#"rekey_logins_total{result="refused",method="none"} 1"#,
            r#"rekey_enrolments_total{result="done",method="passkey"} 1"#,
            r#"rekey_resets_total{channel="mail"} 1"#,
            r#"rekey_resets_total{channel="desk"} 1"#,
            r#"rekey_otp_sent_total{channel="mail",result="queued"} 1"#,
            r#"rekey_otp_sent_total{channel="mail",result="sent"} 1"#,
            r#"rekey_otp_sent_total{channel="sms",result="dead"} 1"#,
            r#"rekey_lockouts_total{method="pin"} 1"#,
            r#"rekey_audit_entries_total{action="viewed",outcome="done"} 1"#,
            "rekey_outbox_depth 3.0",
            "rekey_oldest_outbox_seconds 59.5",
            r#"http_request_duration_seconds_bucket{le="0.005",place="sign_in",method="GET",status="3xx"} 1"#,
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("person-1"));
        metrics.outbox(None, now);
        assert!(metrics.text().contains("rekey_outbox_depth NaN"));
    }
}
