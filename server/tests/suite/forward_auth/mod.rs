//! Applications that know no protocol: what their proxy is told, and what nobody gets by
//! asking like one (decision 0016).

mod forged;
mod nginx;
mod proxy;
mod tickets;
mod visits;
