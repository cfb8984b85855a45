//! The binary `rekey`: command line, configuration, the router with every
//! layer in its order, and the jobs beside it.

pub mod admin_listener;
pub mod assets;
pub mod backup;
pub mod cli;
pub mod demo;
pub mod drain;
pub mod health;
pub mod jobs;
pub mod layers;
pub mod listen;
pub mod oidc;
pub mod pages;
pub mod phone_codes;
mod plain_page;
pub mod receipts;
pub mod router;
pub mod start;
pub mod streams;
pub mod transfer_file;
pub mod well_known;

/// One rustls provider for the whole process: two are compiled in, and without
/// a choice the first handshake would panic.
pub fn install_crypto() {
    // An earlier call in the same process (tests) chose the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
