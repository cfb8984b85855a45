//! Pages that are no flow, because nothing is decided there, and the parts that
//! all pages share.

pub mod announcements;
pub mod case_form;
pub mod instructions;
pub mod not_found;
pub mod parts;
pub mod start;
