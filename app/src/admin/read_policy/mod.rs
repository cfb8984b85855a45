//! The policy of a realm, in words.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminPolicy` | – | `flows::read_policy::page` | – |
//!
//! Messages: none.

mod page;

pub use page::page;
