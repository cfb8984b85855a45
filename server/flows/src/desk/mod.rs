//! The service desk: the queue, a case, people. What an agent may not see is not
//! read here, so that no page can show it.

mod access;
mod acts;
mod call;
mod call_back;
mod caller;
mod case;
mod check;
mod emergency;
mod enroll_anew;
mod export;
mod people;
mod person;
mod queue;
mod switch_line;

pub use access::Desk;
pub(crate) use acts::WAITS as WISH_WAITS;
pub use acts::{act, second};
pub use call::{call, code};
pub use call_back::told as call_back;
pub use case::{case_page, move_case};
pub use check::check;
pub use emergency::emergency;
pub use export::export;
pub use people::people;
pub use person::page as person_page;
pub use queue::queue;
