//! Use cases: one file per flow. Each checks its caller, asks the domain what
//! an event means, and carries out the answer in one transaction.
//!
//! The way through every ceremony is the same: [`ceremony::load`], evaluate
//! the proof (the try was counted first), [`ceremony::advance`].

pub mod account;
pub mod alarm;
pub mod announcements;
pub mod applications;
pub mod approval;
pub mod audit;
pub mod calendar;
pub mod caller_checks;
pub mod capture_address;
pub mod cases;
pub mod ceremony;
pub mod codes;
pub mod discovery;
pub mod effects;
pub mod emergency;
pub mod fact;
pub mod failure;
pub mod infra;
pub mod lines;
pub mod outbox;
pub mod pages;
pub mod paging;
pub mod passkeys;
pub mod proof;
pub mod receipts;
pub mod reply;
pub mod request;
pub mod services;
pub mod throttle;
pub mod way_back;
pub mod well_known;
pub mod when;

pub mod audit_trail;
pub mod change_pin;
pub mod choose_method;
pub mod confirm_call;
pub mod confirm_case;
pub mod desk;
mod devices;
pub mod enroll_email;
pub mod enroll_line;
pub mod enroll_passkey;
pub mod enroll_phone;
pub mod enroll_totp;
pub mod follow_case;
pub mod invite;
mod lost_line;
pub mod lost_phone;
pub mod manage_factors;
pub mod not_me;
pub mod oidc;
pub mod people;
pub mod phone;
pub mod profile;
pub mod prove;
pub mod read_policy;
pub mod recovery_codes;
pub mod register;
pub mod reset_password;
pub mod reset_pin;
pub mod restored;
pub mod roles;
pub mod sessions;
pub mod sign_in;
pub mod start;
pub mod transfers;
pub mod undo_change;
pub mod vouch;
pub mod wrong_address;

pub use fact::Fact;
pub use failure::Failure;
pub use reply::{Cookie, Reply};
pub use request::Request;
pub use services::{Realms, Services};
