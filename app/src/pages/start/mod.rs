//! The start page: the world map, and in each region the places to sign in to.
//! Links only; no call, no message.

mod map;
mod page;

pub use page::page;
