//! Telephone numbers: kept as ITU-T E.164 writes them, shown in full to their owner and
//! masked to everybody else. What a number is (mobile, landline, premium) is told by the
//! metadata that the server holds; what follows from that is decided here.

use crate::{FactorKind, policy::NumberRules, refusal::Code};
use serde::{Deserialize, Serialize};

/// What a number belongs to, as far as its digits tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// A SIM card.
    Mobile,
    /// A landline.
    Landline,
    /// One of the two: some countries do not tell them apart (North America).
    Either,
    /// What somebody else pays or earns by: toll-free, premium and shared cost, pagers,
    /// numbers of services.
    Service,
}

/// A number as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `+4915112345678`.
    pub e164: String,
    /// The country by ISO 3166-1; empty for numbers of no country.
    pub country: String,
    /// What it belongs to.
    pub line: Line,
}

impl Number {
    /// Whether codes of a kind may go there, by the policy of a realm. A service has no
    /// hands, so no policy lets codes go to one.
    ///
    /// # Errors
    /// [`Code::NumberAbroad`], [`Code::NumberRefused`], [`Code::NumberOfService`],
    /// [`Code::NoSmsThere`].
    pub fn takes(&self, kind: FactorKind, rules: &NumberRules) -> Result<(), Code> {
        if self.line == Line::Service {
            return Err(Code::NumberOfService);
        }
        if !rules.countries.contains(&self.country) {
            return Err(Code::NumberAbroad);
        }
        if rules
            .refuse
            .iter()
            .any(|begins| self.e164.starts_with(begins))
        {
            return Err(Code::NumberRefused);
        }
        // A message that no landline shows is a code that never comes (agents guide, 2).
        if kind == FactorKind::Sms && self.line == Line::Landline {
            return Err(Code::NoSmsThere);
        }
        Ok(())
    }

    /// Whether codes of a kind go there and may not arrive: nobody can tell.
    pub fn is_unsure(&self, kind: FactorKind) -> bool {
        kind == FactorKind::Sms && self.line == Line::Either
    }
}

/// Hides all of a number but its last two digits: its owner knows it, nobody else needs
/// it.
pub fn mask(e164: &str) -> String {
    let digits: Vec<char> = e164.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        [.., a, b] if digits.len() > 4 => format!("••••• {a}{b}"),
        _ => "•••••".to_owned(),
    }
}

/// Digits by which numbers are told apart that somebody may own in bulk: the country's
/// code and the first ones after it.
const PREFIX: usize = 7;

/// What numbers of one block begin with: `+4917139` of `+491713920008`.
pub fn prefix(e164: &str) -> &str {
    let end = e164.char_indices().nth(PREFIX + 1);
    end.map_or(e164, |(end, _)| e164.get(..end).unwrap_or(e164))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(line: Line, country: &str) -> Number {
        Number {
            e164: "+4915112345678".to_owned(),
            country: country.to_owned(),
            line,
        }
    }

    #[test]
    fn sms_needs_a_mobile_and_a_call_takes_a_landline() {
        let mut here = NumberRules {
            countries: vec!["DE".to_owned()],
            refuse: Vec::new(),
            per_prefix_hour: 1,
            per_day: 1,
            costs: Vec::new(),
            budget_per_day: None,
        };
        let rules = here.clone();
        let judge = |line, kind| number(line, "DE").takes(kind, &rules);
        for line in [Line::Mobile, Line::Either] {
            assert_eq!(judge(line, FactorKind::Sms), Ok(()));
        }
        assert_eq!(
            judge(Line::Landline, FactorKind::Sms),
            Err(Code::NoSmsThere)
        );
        for line in [Line::Mobile, Line::Landline, Line::Either] {
            assert_eq!(judge(line, FactorKind::Voice), Ok(()));
        }
        for kind in [FactorKind::Sms, FactorKind::Voice] {
            assert_eq!(judge(Line::Service, kind), Err(Code::NumberOfService));
        }
        let abroad = number(Line::Mobile, "GB").takes(FactorKind::Sms, &here);
        assert_eq!(abroad, Err(Code::NumberAbroad));
        here.refuse = vec!["+49152".to_owned()];
        let mobile = number(Line::Mobile, "DE");
        assert_eq!(mobile.takes(FactorKind::Sms, &here), Ok(()));
        here.refuse.push("+49151".to_owned());
        for kind in [FactorKind::Sms, FactorKind::Voice] {
            assert_eq!(mobile.takes(kind, &here), Err(Code::NumberRefused));
        }
    }

    #[test]
    fn numbers_of_one_block_begin_alike() {
        assert_eq!(prefix("+491713920008"), "+4917139");
        assert_eq!(prefix("+491713999999"), "+4917139");
        assert_eq!(prefix("+4312"), "+4312");
    }

    proptest! {
        #[test]
        fn a_masked_number_keeps_two_digits_at_most(text in "\\+?[0-9]{0,15}") {
            let masked = mask(&text);
            let kept = masked.chars().filter(char::is_ascii_digit).count();
            prop_assert!(kept <= 2 && kept * 2 < text.len().max(1));
        }
    }
}
