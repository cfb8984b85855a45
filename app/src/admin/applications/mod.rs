//! The applications of a realm.
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `AdminApplications`: the form | [`api::AddApplication`] | `flows::applications::add` | the page of the application, with its secret |
//! | `AdminApplication`: the form | [`api::ChangeApplication`] | `flows::applications::change` | the same with the news |
//! | "Draw another secret" | [`api::DrawSecret`] | `flows::applications::secret` | the same, with the secret |
//! | "End the older secrets", asked once more | [`api::ForgetSecrets`] | `flows::applications::forget` | the same |
//! | "Switch off", asked once more; "Switch on" | [`api::SwitchApplication`] | `flows::applications::switch` | the same |

pub mod api;
mod form;
mod list;
mod page;

pub use list::list;
pub use page::page;
