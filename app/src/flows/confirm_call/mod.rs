//! A caller without their phone shows the service desk with a passkey that it is them.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `ConfirmCall::Code`: the code that an agent read out | [`api::ConfirmCallFind`] | `flows::confirm_call::find` | who asks |
//! | `ConfirmCall::Asked`: "Confirm with your passkey" | [`api::confirm_call`] | `flows::confirm_call::answer` | `Confirmed`; the agent's page follows |
//! | `ConfirmCall::Asked`: "I did not call" | [`api::ConfirmCall`] | the same | `Denied`; the leads of the desk hear of it |
//!
//! Messages: [`domain::message::Alarm::Denied`] to the leads.

pub mod api;
mod page;

pub use page::page;
