//! The rows that a portal left behind, put into another database with the same
//! tables: the least that keeping them costs.

use crate::{
    Failed,
    raw::{Raw, Value},
};
use std::{
    cell::RefCell,
    path::Path,
    time::{Duration, Instant},
};

/// What the demo keeps for its readers, and what is no row of a fact.
const ASIDE: &str = "('demo_mail', '_sqlx_migrations', 'setting', 'counter')";

/// A table, and how far it was read.
#[derive(Clone, Debug)]
struct Table {
    name: String,
    columns: usize,
    last: i64,
}

/// Two databases: the one that is read, and the one that is written.
pub struct Replay {
    from: Raw,
    to: Raw,
    tables: RefCell<Vec<Table>>,
}

impl Replay {
    /// Opens both; what is in the first one by now is left aside.
    ///
    /// # Errors
    /// They are no databases.
    pub fn begin(from: &Path, to: &Path) -> Result<Self, Failed> {
        let (from, to) = (Raw::open(from)?, Raw::open(to)?);
        // As the portal has it, but for whom a row refers to: they are not here.
        to.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")?;
        let tables = RefCell::new(tables(&from)?);
        let replay = Self { from, to, tables };
        replay.skip()?;
        Ok(replay)
    }

    /// Leaves aside what came since the last look.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn skip(&self) -> Result<(), Failed> {
        for table in self.tables.borrow_mut().iter_mut() {
            let newest = format!("SELECT coalesce(max(rowid), 0) FROM {}", table.name);
            table.last = number(&first(&self.from, &newest)?);
        }
        Ok(())
    }

    /// Writes what came since the last look, in so many commits; how many rows
    /// there were, and how long it took.
    ///
    /// # Errors
    /// A database could not.
    pub fn round(&self, commits: usize) -> Result<(usize, Duration), Failed> {
        let mut tables = self.tables.borrow_mut();
        let mut rows = Vec::new();
        for (n, table) in tables.iter_mut().enumerate() {
            let sql = format!(
                "SELECT rowid, * FROM {} WHERE rowid > ? ORDER BY rowid",
                table.name
            );
            let mut read = self.from.prepare(&sql)?;
            for row in read.all(&[Value::Number(table.last)])? {
                table.last = row.first().map_or(table.last, number);
                rows.push((n, row.into_iter().skip(1).collect::<Vec<_>>()));
            }
        }
        let mut puts = Vec::new();
        for table in tables.iter() {
            let places = vec!["?"; table.columns].join(", ");
            let sql = format!("INSERT OR REPLACE INTO {} VALUES ({places})", table.name);
            puts.push(self.to.prepare(&sql)?);
        }
        // The rows of a post lie in several tables: dealt out, not cut.
        let begun = Instant::now();
        for commit in 0..commits {
            self.to.run("BEGIN IMMEDIATE")?;
            for (n, row) in rows.iter().skip(commit).step_by(commits) {
                puts[*n].rows(row)?;
            }
            self.to.run("COMMIT")?;
        }
        Ok((rows.len(), begun.elapsed()))
    }
}

fn tables(raw: &Raw) -> Result<Vec<Table>, Failed> {
    let sql = format!(
        "SELECT name, (SELECT count(*) FROM pragma_table_info(t.name)) FROM sqlite_master t \
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN {ASIDE}"
    );
    let rows = raw.prepare(&sql)?.all(&[])?;
    let table = |row: &Vec<Value>| match row.as_slice() {
        [Value::Text(name), Value::Number(columns)] => Ok(Table {
            name: name.clone(),
            columns: usize::try_from(*columns)?,
            last: 0,
        }),
        _ => Err::<_, Failed>("a table without a name".into()),
    };
    rows.iter().map(table).collect()
}

fn first(raw: &Raw, sql: &str) -> Result<Value, Failed> {
    Ok(raw.prepare(sql)?.rows(&[])?.1)
}

const fn number(value: &Value) -> i64 {
    match value {
        Value::Number(number) => *number,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Folder;

    #[test]
    fn what_came_since_the_last_look_is_written_once() {
        let folder = Folder::make().unwrap();
        let [from, to] = ["from.db", "to.db"].map(|name| folder.path().join(name));
        let schema = "CREATE TABLE a (x TEXT PRIMARY KEY, y BLOB); CREATE TABLE b (z BIGINT)";
        let raw = Raw::open(&from).unwrap();
        raw.run("PRAGMA journal_mode = WAL").unwrap();
        raw.run(schema).unwrap();
        raw.run("INSERT INTO a VALUES ('before', x'00')").unwrap();
        Raw::open(&to).unwrap().run(schema).unwrap();
        let replay = Replay::begin(&from, &to).unwrap();
        raw.run("INSERT INTO a VALUES ('after', x'01'); INSERT INTO b VALUES (1), (2)")
            .unwrap();
        assert_eq!(replay.round(2).unwrap().0, 3);
        assert_eq!(replay.round(2).unwrap().0, 0);
        let there = first(
            &replay.to,
            "SELECT (SELECT count(*) FROM a) + (SELECT sum(z) FROM b)",
        );
        assert_eq!(number(&there.unwrap()), 4);
    }
}
