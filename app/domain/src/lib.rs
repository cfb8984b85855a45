//! The words and rules of Rekey: pure, without async, IO, clock or randomness,
//! and compiled for the server and for the browser.
//!
//! Whatever needs the outside world is an argument here ([`Timestamp`], proofs
//! that were already evaluated) or an effect that the caller carries out.

pub mod add_address;
pub mod admin_place;
pub mod announcement;
pub mod approval;
pub mod audit;
pub mod call;
pub mod caller;
pub mod capture;
pub mod cases;
pub mod confirm;
pub mod delivery;
pub mod desk_act;
pub mod emergency;
pub mod enrollment;
pub mod factor;
pub mod ids;
pub mod lang;
pub mod link;
pub mod message;
pub mod number;
pub mod oidc;
pub mod paths;
pub mod phone;
pub mod place;
pub mod policy;
pub mod probation;
pub mod quarantine;
pub mod records;
pub mod refusal;
pub mod region;
pub mod reset;
pub mod reset_pin;
pub mod role;
pub mod screen;
pub mod secret;
pub mod sign_in;
pub mod step;
pub mod text;
pub mod throttle;
pub mod time;
pub mod trail;
pub mod transfer;
pub mod tree;
pub mod work;

pub use factor::FactorKind;
pub use lang::Lang;
pub use refusal::{Code, Field, Refusal};
pub use step::{Effect, Step};
pub use time::Timestamp;
