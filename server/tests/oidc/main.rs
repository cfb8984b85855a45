//! The OpenID Connect provider, over HTTP. Conditions of the conformance profiles
//! (OpenID Foundation, basic and config OP) bear the names that they have there.

mod asking;
mod attacks;
mod basic;
mod client;
mod config;
mod logout;
mod registered;
mod step_up;
