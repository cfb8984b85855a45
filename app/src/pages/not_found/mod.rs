//! Not there, or not for this person: both look the same from outside.

mod page;

pub use page::page;
