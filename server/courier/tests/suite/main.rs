//! The carriers against real servers on loopback, and the letters, in one binary.

mod gateway;
mod letters;
mod lines;
mod push;
mod receipts;
mod smtp;
