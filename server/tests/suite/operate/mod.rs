//! Operating it: backups and the way back from one, figures, the end of a node, and what
//! is installed.

mod backup;
mod figures;
mod keys;
mod packaging;
mod process;
mod stop;
