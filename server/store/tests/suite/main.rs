//! The store on both engines: one module for each table or subject, in one binary.

mod announcements;
mod applications;
mod approvals;
mod callers;
mod calls;
mod cases;
mod common;
mod emergency;
mod engines;
mod held;
mod lists;
mod oidc;
mod oidc_keys;
mod phones;
mod receipts;
mod restored;
mod search;
mod sweeping;
mod trail;
mod transfers;
