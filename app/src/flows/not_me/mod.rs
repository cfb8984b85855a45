//! "This was not me": behind a link in every notice, for people who may have
//! no way in any more.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `NotMe` with a token: opening it changes nothing | [`api::NotMe`] | `flows::not_me::report` | `NotMe`, done |
//! | `NotMe`, done | – | – | the service desk: a frozen account resets nothing |
//!
//! Messages: `Notice::Frozen` to all addresses; the service desk sees it.

pub mod api;
mod page;

pub use page::page;
