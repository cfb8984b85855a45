//! Adding a phone that approves (workforce guide, I.8).
//!
//! | screen | call | use case | next |
//! |---|---|---|---|
//! | `ChooseMethod`: "Smartphone", after a fresh proof | `choose_method::api::ChooseMethod` | `flows::enroll_phone::make_link` | `EnrollPhone` |
//! | `Factor` of a smartphone: "I am getting a new smartphone", after a fresh proof | [`api::ReplacePhone`] | `flows::enroll_phone::replace` | `EnrollPhone`; the old one works until the new one is there |
//! | `EnrollPhone`: QR code and link, ten minutes, one use | – | `flows::enroll_phone::screen` | `Overview` with the news, as soon as the phone was added |
//! | on the phone, behind the link: `AddPhone` | [`api::EnrollPhone`], with the key that the phone made, the secret of its codes and its signature | `flows::enroll_phone::add` | `Phone` with the news |
//!
//! Messages: [`domain::message::Notice::FactorAdded`] and, for the phone that went,
//! `FactorRemoved` to all addresses.

pub mod api;
mod page;

pub use page::{add, page};
