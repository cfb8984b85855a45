//! One folder per flow: `mod.rs` is its map, `page.rs` its screens, `api.rs`
//! its door to the server. What several flows show alike stands in
//! `pages/parts`.

pub mod approval;
pub mod capture_address;
pub mod change_pin;
pub mod choose_method;
pub mod confirm_call;
pub mod confirm_case;
pub mod enroll_email;
pub mod enroll_line;
pub mod enroll_passkey;
pub mod enroll_phone;
pub mod enroll_totp;
pub mod follow_case;
pub mod lost_phone;
pub mod manage_factors;
pub mod not_me;
pub mod profile;
pub mod prove;
pub mod recovery_codes;
pub mod register;
pub mod reset_password;
pub mod reset_pin;
pub mod sessions;
pub mod sign_in;
pub mod undo_change;
pub mod vouch;
pub mod wrong_address;
