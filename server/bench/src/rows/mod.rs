//! One file per row of `performance.md`, 4, which ends at B18; what is our own comes
//! after it.

mod applications;
mod b1;
mod b10;
mod b12;
mod b13;
mod b16;
mod b17;
mod b18;
mod b19;
mod b2;
mod b3;
mod b4;
mod b5;
mod b6;
mod b7;
mod b8;
mod b9;

use crate::{Failed, portal::Built, report::Figure};
use clap::ValueEnum;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// Password and code
    #[value(name = "B1")]
    B1,
    /// The code alone
    #[value(name = "B2")]
    B2,
    /// The passkey alone
    #[value(name = "B3")]
    B3,
    /// The signed-in page
    #[value(name = "B4")]
    B4,
    /// The queue of the desk
    #[value(name = "B5")]
    B5,
    /// Writers at once
    #[value(name = "B6")]
    B6,
    /// Pages while logins queue
    #[value(name = "B7")]
    B7,
    /// Memory
    #[value(name = "B8")]
    B8,
    /// The start
    #[value(name = "B9")]
    B9,
    /// The first app
    #[value(name = "B10")]
    B10,
    /// The audit trail
    #[value(name = "B12")]
    B12,
    /// Bytes of the bundle
    #[value(name = "B13")]
    B13,
    /// Two nodes
    #[value(name = "B16")]
    B16,
    /// The crash
    #[value(name = "B17")]
    B17,
    /// The size of the program
    #[value(name = "B18")]
    B18,
    /// The wait for a phone
    #[value(name = "B19")]
    B19,
    /// What applications ask for
    #[value(name = "applications")]
    Applications,
}

/// The rows to measure, each once, in the order of the table.
pub fn chosen(wished: &[Name]) -> Vec<Name> {
    let all = Name::value_variants().iter().copied();
    all.filter(|name| wished.is_empty() || wished.contains(name))
        .collect()
}

/// Measures a row.
///
/// # Errors
/// It could not be measured, or the server answered wrongly.
pub async fn run(name: Name, built: &Built) -> Result<Vec<Figure>, Failed> {
    match name {
        Name::B1 => b1::run(built).await,
        Name::B2 => b2::run(built).await,
        Name::B3 => b3::run(built).await,
        Name::B4 => b4::run(built).await,
        Name::B5 => b5::run(built).await,
        Name::B6 => b6::run(built).await,
        Name::B7 => b7::run(built).await,
        Name::B8 => b8::run(built).await,
        Name::B9 => b9::run(built).await,
        Name::B10 => b10::run(built).await,
        Name::B12 => b12::run(built).await,
        Name::B13 => b13::run(built).await,
        Name::B16 => b16::run(built).await,
        Name::B17 => b17::run(built).await,
        Name::B18 => b18::run(built),
        Name::B19 => b19::run(built).await,
        Name::Applications => applications::run(built).await,
    }
}

/// Takes the next so many of a list.
///
/// # Errors
/// There are not so many left.
fn next<T>(all: &mut Vec<T>, count: usize) -> Result<Vec<T>, Failed> {
    let from = all.len().checked_sub(count).ok_or("too few were made")?;
    Ok(all.split_off(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_wished_means_everything() {
        assert_eq!(chosen(&[]).len(), Name::value_variants().len());
        assert_eq!(
            chosen(&[Name::B13, Name::B1, Name::B13]),
            [Name::B1, Name::B13]
        );
    }

    #[test]
    fn nobody_is_taken_twice() {
        let mut all = vec![1, 2, 3];
        assert_eq!(next(&mut all, 2).unwrap(), [2, 3]);
        assert!(next(&mut all, 2).is_err());
        assert_eq!(next(&mut all, 1).unwrap(), [1]);
    }
}
