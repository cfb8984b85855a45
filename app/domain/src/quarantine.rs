//! The day after getting back in. Whoever came in by a mailbox or a code on
//! paper may be somebody else; for a day they take nothing away that the owner
//! would need to come back (`security.md`, XJ04; NIST SP 800-63B-4, 4.6).

use crate::{FactorKind, Timestamp, records::Factor, throttle::DAY};

/// Seconds for which a person who got back in removes no factor and no address
/// for notices; `None` when nothing holds them back. A factor that was there
/// before and proved this session (a device, not a memory or a mailbox) shows
/// that it is the owner.
pub fn rest(
    recovered_at: Option<Timestamp>,
    proven: &[FactorKind],
    factors: &[Factor],
    now: Timestamp,
) -> Option<i64> {
    let since = recovered_at?;
    let left = now.seconds_until(since.plus_seconds(DAY));
    let vouches = |kind: FactorKind| {
        let mut held = factors.iter().filter(|f| f.kind == kind).peekable();
        matches!(
            kind,
            FactorKind::Passkey | FactorKind::Totp | FactorKind::Smartphone
        ) && held.peek().is_some()
            && held.all(|f| f.created_at < since)
    };
    (left > 0 && !proven.iter().copied().any(vouches)).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FactorId, PersonId};
    use FactorKind::{Email, Password, Recovery, Totp};

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn factor(kind: FactorKind, hours_old: i64) -> Factor {
        Factor {
            id: FactorId::new("f"),
            person: PersonId::new("p"),
            kind,
            name: String::new(),
            secret: Vec::new(),
            address: String::new(),
            credential: None,
            created_at: NOW.plus_seconds(-3600 * hours_old),
            used_at: None,
            tested_at: None,
            disabled_at: None,
            last_step: 0,
            probation_until: None,
            shown_by: None,
        }
    }

    #[test]
    fn it_lasts_a_day() {
        let at = |hours: i64| {
            let then = NOW.plus_seconds(-3600 * hours);
            rest(Some(then), &[Password, Recovery], &[], NOW)
        };
        assert_eq!(at(0), Some(DAY));
        assert_eq!(at(23), Some(3600));
        assert_eq!(at(24), None);
        assert_eq!(rest(None, &[Password, Recovery], &[], NOW), None);
    }

    #[test]
    fn a_device_from_before_vouches_and_a_new_one_does_not() {
        let an_hour_ago = Some(NOW.plus_seconds(-3600));
        let rest = |proven: &[FactorKind], factors: &[Factor]| {
            super::rest(an_hour_ago, proven, factors, NOW).is_some()
        };
        assert!(!rest(&[Password, Totp], &[factor(Totp, 2)]));
        assert!(rest(&[Password, Totp], &[factor(Totp, 0)]));
        assert!(rest(&[Password, Totp], &[factor(Totp, 2), factor(Totp, 0)]));
        assert!(rest(&[Password, Email], &[factor(Email, 2)]));
        assert!(rest(&[Password, Recovery], &[factor(Totp, 2)]));
    }
}
