//! One's own factors.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Overview`, `Factor`: "Test" | [`api::TestFactor`] | `flows::manage_factors::test` | `prove` with purpose `test`, then the news that it works |
//! | `Factor`: name | [`api::RenameFactor`] | `flows::manage_factors::rename` | the overview |
//! | both: "Remove", asked once more | [`api::RemoveFactor`] | `flows::manage_factors::remove` | `prove` with purpose `confirm` where the proof is old, then the overview |
//! | `Overview`: "Add a way to sign in" | a link | – | `choose_method` |
//!
//! Messages: `Notice::FactorRemoved` to all addresses.

pub mod api;
mod card;
mod factor;
mod page;
mod tiles;

pub use card::state;
pub use factor::page as factor;
pub use page::page as overview;
