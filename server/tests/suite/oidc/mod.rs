//! The OpenID Connect provider, over HTTP. Each module of the conformance suite's plans
//! `oidcc-basic-certification-test-plan` and each condition of its config plan is a test
//! that bears its name; what they have in common is in `checks`. The suite's own client
//! would have to use PKCE in all of them (decision 0014).

mod asking;
mod attacks;
mod checks;
mod client;
mod codes;
mod config;
mod freshness;
mod keys;
mod logout;
mod parameters;
mod registered;
mod response;
mod step_up;
mod userinfo;
