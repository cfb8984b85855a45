//! The portal over HTTP, without a socket: one module for each flow or subject.
//!
//! One binary, because each more links the whole server once more.

mod access;
mod accounts;
mod address_code;
mod approvals;
mod attacks;
mod audit;
mod audit_trail;
mod caller_check;
mod callers;
mod calls;
mod cases;
mod change_pin;
mod confirm_case;
mod devices;
mod emergency;
mod forward_auth;
mod gateway;
mod line_codes;
mod number_on_record;
mod office;
mod oidc;
mod operate;
mod phone;
mod phone_codes;
mod push;
mod read_policy;
mod reset_pin;
mod roles;
mod second_agent;
mod takeovers;
mod transfers;
mod waits;
mod way_back;
mod well_known;
mod zone;
