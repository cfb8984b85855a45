//! SMS and calls against a gateway that accepts, refuses, hangs, repeats itself, and reports
//! late, early, twice, out of order or not at all itself: the real worker of the outbox, the
//! real sender, the real address for receipts.

mod caps;
mod forged;
mod receipts;
mod sending;
mod standin;
