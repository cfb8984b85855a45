//! The sentences of every mail. What they are put into (layout, button, plain
//! text) is the courier's business; nothing here is marked up or escaped.
//!
//! `realm`, names and addresses come in as plain text that was already cleaned.

mod alert;
mod approval;
mod body;
mod case;
mod foot;
mod head;
mod notice;
mod time;

#[cfg(test)]
mod tests;

pub use body::{button, lead, link_hint, or_code, undo_button, validity};
pub use case::{case_text, case_title};
pub use foot::{Fact, automatic, contact, fact, not_you, not_you_title, why};
pub use head::{greeting, grouped, heading, preheader, subject};
pub use notice::{can_be_stopped, notice_text, notice_title};
pub use time::{Clock, clock, moment, span, until};
