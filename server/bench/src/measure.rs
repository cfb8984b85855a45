//! Rounds, medians and rates.

use crate::Failed;
use std::time::Duration;

/// How often what is measured and what it is compared with take turns.
pub const ROUNDS: usize = 5;

/// What the rounds gave.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    /// What is measured, round by round.
    pub measured: Vec<f64>,
    /// What it is compared with, in the same rounds.
    pub compared_with: Vec<f64>,
}

impl Rounds {
    /// Notes one round.
    pub fn push(&mut self, measured: f64, compared_with: f64) {
        self.measured.push(measured);
        self.compared_with.push(compared_with);
    }

    /// The ratio of each round: both halves stood under the same weather.
    pub fn ratios(&self) -> Vec<f64> {
        let pairs = self.measured.iter().zip(&self.compared_with);
        pairs.map(|(one, other)| one / other).collect()
    }
}

/// The middle value; between the two middle ones where there are two. Nothing
/// has no middle: NaN.
pub fn median(values: &[f64]) -> f64 {
    let sorted = sorted(values);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// The smallest value that `percent` of all do not exceed (nearest rank); NaN
/// where there are none.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let sorted = sorted(values);
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

/// The lowest and the highest value.
pub fn spread(values: &[f64]) -> [f64; 2] {
    let sorted = sorted(values);
    [sorted.first(), sorted.last()].map(|value| value.copied().unwrap_or(f64::NAN))
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// So many per second of processor time.
///
/// # Errors
/// So little was done that no tick of the kernel's clock passed.
pub fn rate(count: usize, used: Duration) -> Result<f64, Failed> {
    if used.is_zero() {
        return Err("no processor time was used: the round is too short".into());
    }
    Ok(number(count) / used.as_secs_f64())
}

/// A count as a figure.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts here stay far below 2^52"
)]
pub const fn number(count: usize) -> f64 {
    count as f64
}

/// Milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(&[9.0, 1.0, 5.0]) - 5.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < f64::EPSILON);
        assert!((median(&[7.0]) - 7.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        for (percent, value) in [(50, 50.0), (99, 99.0), (100, 100.0), (0, 1.0)] {
            assert!((percentile(&hundred, percent) - value).abs() < f64::EPSILON);
        }
        assert!((percentile(&[3.0, 1.0], 99) - 3.0).abs() < f64::EPSILON);
        assert!(percentile(&[], 50).is_nan());
        assert_eq!(spread(&[3.0, 1.0, 2.0]), [1.0, 3.0]);
    }

    #[test]
    fn a_round_is_compared_with_itself() {
        let mut rounds = Rounds::default();
        rounds.push(10.0, 20.0);
        rounds.push(1.0, 4.0);
        assert_eq!(rounds.ratios(), [0.5, 0.25]);
    }

    #[test]
    fn rates_are_per_second_of_processor_time() {
        let half = Duration::from_millis(500);
        assert!((rate(20, half).unwrap() - 40.0).abs() < f64::EPSILON);
        assert!(rate(20, Duration::ZERO).is_err());
        assert!((millis(half) - 500.0).abs() < f64::EPSILON);
    }
}
