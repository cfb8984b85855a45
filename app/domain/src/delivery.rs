//! What becomes of an SMS or a call after the gateway took it over: what the gateway tells,
//! in which order it may be believed, and what people see of it.
//!
//! ```text
//! Waiting ──handed over──▶ Sent ──told──▶ Delivered
//!    │                       └────told──▶ Failed
//!    └──given up───────────────────────▶ Failed
//! ```
//!
//! Receipts come twice, late, and out of order; they may come before we know ourselves
//! that the gateway took the message.

use crate::{Timestamp, records::OutboxSeen};
use serde::{Deserialize, Serialize};

/// What a gateway tells of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It has it, and goes on trying.
    Accepted,
    /// The telephone has it; the call was answered.
    Delivered,
    /// It gave up.
    Failed(Why),
}

/// Why a message did not reach its telephone, as far as people can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There is no such number, or it takes no SMS.
    NoSuchNumber,
    /// Switched off, or without network.
    Unreachable,
    /// A carrier holds messages like this one back.
    Blocked,
    /// Nobody answered, or the line was busy.
    NoAnswer,
    /// The gateway did not take it, or it came too late to be sent.
    NotTaken,
    /// The gateway does not say.
    Unknown,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::NoSuchNumber,
        Self::Unreachable,
        Self::Blocked,
        Self::NoAnswer,
        Self::NotTaken,
        Self::Unknown,
    ];

    /// The name in tables and in web hooks.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::NoSuchNumber => "no_such_number",
            Self::Unreachable => "unreachable",
            Self::Blocked => "blocked",
            Self::NoAnswer => "no_answer",
            Self::NotTaken => "not_taken",
            Self::Unknown => "unknown",
        }
    }

    /// Reads [`Self::slug`]; a reason that we have no word for is none that we know.
    pub fn of(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|why| why.slug() == text)
            .unwrap_or(Self::Unknown)
    }
}

impl Told {
    /// The name in tables and in web hooks.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Failed(_) => "failed",
        }
    }

    /// Reads [`Self::slug`], and the reason beside it.
    pub fn parse(text: &str, why: &str) -> Option<Self> {
        match text {
            "accepted" => Some(Self::Accepted),
            "delivered" => Some(Self::Delivered),
            "failed" => Some(Self::Failed(Why::of(why))),
            _ => None,
        }
    }

    /// Whether nothing that is told later changes it.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Accepted)
    }

    /// Whether this is news after what was told before. The statement that keeps a receipt
    /// says the same (`store`, `outbox_receipt`), and a test holds the two together.
    pub const fn follows(self, before: Option<Self>) -> bool {
        match before {
            None => true,
            Some(before) => !before.is_final() && self.is_final(),
        }
    }
}

/// How far a message has come, for who waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// In our outbox.
    Waiting,
    /// Handed over.
    Sent,
    /// There.
    Delivered,
    /// It will not come.
    Failed(Why),
}

impl Delivery {
    /// How far a message has come. What the carrier says of it goes before what we know
    /// ourselves: a try that we gave up may have been taken.
    pub const fn of(message: &OutboxSeen) -> Self {
        match (message.told, message.sent_at, message.dead_at) {
            (Some(Told::Delivered), ..) => Self::Delivered,
            (Some(Told::Failed(why)), ..) => Self::Failed(why),
            (Some(Told::Accepted), ..) | (None, Some(_), _) => Self::Sent,
            (None, None, Some(_)) => Self::Failed(Why::NotTaken),
            (None, None, None) => Self::Waiting,
        }
    }

    /// Whether nothing more is to be expected.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Delivered | Self::Failed(_))
    }
}

/// A receipt that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The message: our own name for it, or the gateway's.
    pub id: String,
    /// The gateway's name for it beside ours; empty where it told one name alone.
    pub carrier: String,
    /// What became of it.
    pub told: Told,
}

/// Seconds for which a signed receipt is believed: an older one is a repetition by somebody
/// who kept it.
pub const RECEIPT_LIFE: i64 = 300;

/// Whether a receipt that was signed at `signed` is believed now; clocks differ both ways.
pub const fn is_fresh(signed: Timestamp, now: Timestamp) -> bool {
    (now.seconds() - signed.seconds()).abs() <= RECEIPT_LIFE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told() -> impl Strategy<Value = Told> {
        prop_oneof![
            Just(Told::Accepted),
            Just(Told::Delivered),
            proptest::sample::select(Why::ALL.to_vec()).prop_map(Told::Failed),
        ]
    }

    proptest! {
        #[test]
        fn what_is_final_stays_in_whatever_order_receipts_come(all in prop::collection::vec(told(), 0..12)) {
            let mut kept: Option<Told> = None;
            for one in &all {
                if one.follows(kept) {
                    kept = Some(*one);
                }
            }
            let first_final = all.iter().find(|one| one.is_final());
            prop_assert_eq!(kept.as_ref(), first_final.or(all.first()));
        }
    }

    #[test]
    fn names_are_read_again_alike() {
        for one in [Told::Accepted, Told::Delivered]
            .into_iter()
            .chain(Why::ALL.map(Told::Failed))
        {
            let why = match one {
                Told::Failed(why) => why.slug(),
                _ => "",
            };
            assert_eq!(Told::parse(one.slug(), why), Some(one));
        }
        assert_eq!(Told::parse("seen", ""), None);
        assert_eq!(Why::of("something else"), Why::Unknown);
    }

    #[test]
    fn a_receipt_is_believed_for_five_minutes_either_way() {
        let now = Timestamp::from_millis(1_763_718_120_000);
        for (seconds, fresh) in [
            (0, true),
            (-300, true),
            (300, true),
            (-301, false),
            (301, false),
        ] {
            assert_eq!(is_fresh(now.plus_seconds(seconds), now), fresh, "{seconds}");
        }
    }
}
