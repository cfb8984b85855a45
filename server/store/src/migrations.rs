//! The steps of the schema, as this program carries them.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// Names and texts of the files, in order.
mod files {
    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

/// Returns the steps for the embedded engine.
pub(crate) fn sqlite() -> Migrator {
    steps(files::SQLITE)
}

/// Returns the steps for PostgreSQL.
pub(crate) fn postgres() -> Migrator {
    steps(files::POSTGRES)
}

fn steps(files: &[(&'static str, &'static str)]) -> Migrator {
    let steps = files.iter().filter_map(|(name, sql)| {
        let (version, rest) = name.split_once('_')?;
        let description = rest.strip_suffix(".sql")?.replace('_', " ");
        Some(Migration::new(
            version.parse().ok()?,
            description.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        ))
    });
    Migrator::with_migrations(steps.collect())
}

#[cfg(test)]
mod tests {
    use super::{postgres, sqlite};

    #[test]
    fn steps_are_numbered_without_a_gap_and_alike_on_both_engines() {
        let numbered = |migrator: sqlx::migrate::Migrator| {
            let steps = migrator.iter();
            steps
                .map(|step| (step.version, step.description.to_string()))
                .collect::<Vec<_>>()
        };
        let steps = numbered(sqlite());
        assert_eq!(steps, numbered(postgres()));
        let wanted: Vec<i64> = (1..).take(steps.len()).collect();
        assert_eq!(steps.iter().map(|s| s.0).collect::<Vec<_>>(), wanted);
        assert!(steps.len() >= 21, "{}", steps.len());
        assert_eq!(steps[8].1, "queue by realm");
    }

    /// Databases that exist remember the mark of each step: SHA-384 of its file.
    #[test]
    fn a_step_keeps_the_mark_that_existing_databases_remember() {
        let first = sqlite();
        let first = first.iter().next().expect("a first step");
        let mark: String = first.checksum.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            mark,
            "314b49482c7eb906332e0eaa4a5ecabec2aef6b18e7d37e728ca7f00dfd89c6c50a8615b0c0665c10933a1a587d16bd8"
        );
    }
}
