//! The parts that every page is made of: plain, accessible markup that works
//! before and without the script.
//!
//! Three rules hold for all of them:
//! - They say nothing of their own. Every sentence comes in as a prop, already
//!   in the reader's language; an empty text means that the part leaves it out.
//! - They touch no browser. What needs one (copying, ticking, focus) is handed
//!   in as a callback or a signal, and its button stays `hidden` until the page
//!   has been hydrated, because a button that does nothing is worse than none.
//! - They read no clock, no origin and no chance, so that the server's page and
//!   the first page in the browser are the same.
//!
//! Their looks live in `style/`, one file for each group.

mod banner;
mod button;
mod chain;
mod choice;
mod code;
mod companion;
mod copy;
mod countdown;
mod desk;
mod dialog;
mod door;
mod empty;
mod error_summary;
mod factor;
mod facts;
mod field;
mod frame;
mod heading;
mod hydrated;
mod icon;
mod key;
mod link;
mod note;
mod pager;
mod panel;
mod password;
mod progress;
mod qr;
mod recovery;
mod room;
mod segments;
mod select;
mod state;
mod steps;
mod switch;
mod table;
mod tabs;
mod tick;
mod tile;
mod toast;
mod tone;
mod trail;
mod waiting;

pub use banner::*;
pub use button::*;
pub use chain::*;
pub use choice::*;
pub use code::*;
pub use companion::*;
pub use copy::*;
pub use countdown::*;
pub use desk::*;
pub use dialog::*;
pub use door::*;
pub use empty::*;
pub use error_summary::*;
pub use factor::*;
pub use facts::*;
pub use field::*;
pub use frame::*;
pub use heading::*;
pub use hydrated::*;
pub use icon::*;
pub use key::*;
pub use link::*;
pub use note::*;
pub use pager::*;
pub use panel::*;
pub use password::*;
pub use progress::*;
pub use qr::*;
pub use recovery::*;
pub use room::*;
pub use segments::*;
pub use select::*;
pub use state::*;
pub use steps::*;
pub use switch::*;
pub use table::*;
pub use tabs::*;
pub use tick::*;
pub use tile::*;
pub use toast::*;
pub use tone::*;
pub use trail::*;
pub use waiting::*;

/// An empty text is a text that is not there: parts then leave out its element.
fn present(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
