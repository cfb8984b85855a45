//! Taking a change of factors back: behind a link in the mail that told of it,
//! for people who may have no way in any more.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `UndoChange` with a token: opening it changes nothing | [`api::UndoChange`] | `flows::undo_change::undo` | `UndoChange`, done |
//! | `UndoChange`, done | – | – | `reset_password` |
//!
//! Messages: `Notice::ChangeUndone` to all addresses, those of the change too.

pub mod api;
mod page;

pub use page::page;
