//! What stands around every request, from the outside in; the order is in
//! `router.rs`.

pub mod failures;
pub mod forms;
pub mod headers;
pub mod hosts;
pub mod limits;
pub mod measures;
pub mod peer;
pub mod preferences;
pub mod same_origin;
