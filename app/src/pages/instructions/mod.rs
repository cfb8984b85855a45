//! "Sign-in instructions": how an app is set up and used. No call, no message.

mod page;

pub use page::page;
