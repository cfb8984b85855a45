//! The engines that a portal runs on.

use crate::report::Figure;

/// Where PostgreSQL is; `cargo x bench` starts one and says so.
const VARIABLE: &str = "REKEY_BENCH_POSTGRES";

/// An engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A cluster, by the address of one of its databases.
    Postgres(String),
}

impl Engine {
    /// Those that are there.
    pub fn all() -> Vec<Self> {
        let postgres = std::env::var(VARIABLE).ok().map(Self::Postgres);
        [Self::Sqlite].into_iter().chain(postgres).collect()
    }

    /// What people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// Names the engine that a row was not measured on, below the row.
pub fn name_missing(figures: &mut [Figure]) {
    if Engine::all().len() == 1
        && let Some(last) = figures.last_mut()
    {
        let gap = if last.note.is_empty() { "" } else { " " };
        last.note.push_str(gap);
        last.note.push_str(
            "Not measured on PostgreSQL, which is not installed or did not start (apt-get install postgresql).",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_is_always_there() {
        assert_eq!(Engine::all()[0], Engine::Sqlite);
        assert_eq!(Engine::Postgres(String::new()).name(), "PostgreSQL");
    }
}
