//! A factor that a case brought is on probation: it signs in, and changes no
//! other factor until its time is over. Whoever talked the desk into it has that
//! long to be found out, and the owner that long to take it back.

use crate::{FactorKind, Timestamp, records::Factor};

/// Seconds for which a session that stands on these proofs changes nothing;
/// `None` when nothing holds it back. What is remembered vouches for nobody, and
/// a session that an older factor opened as well is the owner's.
pub fn left(proven: &[FactorKind], factors: &[Factor], now: Timestamp) -> Option<i64> {
    let on_probation = |kind: FactorKind| {
        let held = factors.iter().filter(|f| f.kind == kind);
        // Of several of a kind nobody knows which one answered: the longest counts.
        held.filter_map(|f| f.probation_until)
            .map(|until| now.seconds_until(until))
            .max()
            .filter(|left| *left > 0)
    };
    let devices: Vec<_> = proven
        .iter()
        .copied()
        .filter(|k| !k.is_knowledge() && *k != FactorKind::Recovery)
        .collect();
    let waits: Option<Vec<_>> = devices.into_iter().map(on_probation).collect();
    waits.and_then(|waits| waits.into_iter().max())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FactorId, PersonId};
    use FactorKind::{Email, Passkey, Password, Totp};

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn factor(kind: FactorKind, left: Option<i64>) -> Factor {
        Factor {
            id: FactorId::new("f"),
            person: PersonId::new("p"),
            kind,
            name: String::new(),
            secret: Vec::new(),
            address: String::new(),
            credential: None,
            created_at: NOW,
            used_at: None,
            tested_at: None,
            disabled_at: None,
            last_step: 0,
            probation_until: left.map(|s| NOW.plus_seconds(s)),
            shown_by: None,
        }
    }

    #[test]
    fn a_session_is_as_free_as_its_oldest_device() {
        let held = [
            factor(Totp, Some(60)),
            factor(Email, None),
            factor(Passkey, Some(-1)),
        ];
        assert_eq!(left(&[Password, Totp], &held, NOW), Some(60));
        assert_eq!(left(&[Password, Totp, Email], &held, NOW), None);
        assert_eq!(left(&[Passkey], &held, NOW), None);
        assert_eq!(left(&[Password], &held, NOW), None);
        let two = [factor(Totp, Some(60)), factor(Totp, None)];
        assert_eq!(left(&[Password, Totp], &two, NOW), Some(60));
    }
}
