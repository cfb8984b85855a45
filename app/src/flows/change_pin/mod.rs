//! A new PIN (workforce guide, II).
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `Factor` of the PIN: "Modify", after a fresh proof | – | `flows::change_pin::page` | `ChangePin` |
//! | `ChangePin`: the new PIN, twice | [`api::ChangePin`] | `flows::change_pin::set` | `Overview`, with the news |
//!
//! Messages: [`domain::message::Notice::PinChanged`].

pub mod api;
mod page;

pub use page::page;
