//! A cluster of PostgreSQL and its databases.

use crate::Failed;
use sqlx::{Connection as _, PgConnection, Row as _};

/// The address of another database of a cluster.
///
/// # Errors
/// The cluster's own address names none.
pub fn database(cluster: &str, name: &str) -> Result<String, Failed> {
    let (base, _) = cluster
        .rsplit_once('/')
        .ok_or("the address of PostgreSQL names no database")?;
    Ok(format!("{base}/{name}"))
}

/// Runs statements on a cluster.
///
/// # Errors
/// It could not.
pub async fn admin(cluster: &str, statements: &[String]) -> Result<(), Failed> {
    let mut connection = PgConnection::connect(cluster).await?;
    for statement in statements {
        let sql = sqlx::AssertSqlSafe(statement.clone());
        sqlx::raw_sql(sql).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}

/// The names of its databases.
///
/// # Errors
/// It cannot be reached.
pub async fn databases(cluster: &str) -> Result<Vec<String>, Failed> {
    let mut connection = PgConnection::connect(cluster).await?;
    let rows = sqlx::query("SELECT datname::text AS name FROM pg_database")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("name"))
        .collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::database;

    #[test]
    fn databases_of_a_cluster_differ_by_name_alone() {
        let cluster = "postgres://rekey@127.0.0.1:5432/rekey";
        let other = database(cluster, "other").unwrap();
        assert_eq!(other, "postgres://rekey@127.0.0.1:5432/other");
        assert!(database("nothing", "other").is_err());
    }
}
