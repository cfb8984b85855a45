//! The start page: regions, and in each the places to sign in to. Links only;
//! no call, no message.

mod page;

pub use page::page;
