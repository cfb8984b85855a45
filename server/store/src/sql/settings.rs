//! Values that the nodes share.

use super::{Connection, Db, text};
use crate::Result;

pub async fn setting(c: &mut Connection, name: &str) -> Result<Option<String>> {
    let row = sqlx::query::<Db>("SELECT value FROM setting WHERE name = $1")
        .bind(name)
        .fetch_optional(c)
        .await?;
    row.map(|r| Ok(text(&r, "value")?)).transpose()
}

pub async fn setting_put(c: &mut Connection, name: &str, value: &str) -> Result<()> {
    sqlx::query::<Db>("INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
        .bind(name)
        .bind(value)
        .execute(c)
        .await?;
    Ok(())
}

/// Tells every node that something moved, with the commit of this transaction.
pub async fn tell_nodes(c: &mut Connection, topic: &str) -> Result<()> {
    if let Some(sql) = super::TELL_NODES {
        sqlx::query::<Db>(sql).bind(topic).execute(c).await?;
    }
    Ok(())
}
