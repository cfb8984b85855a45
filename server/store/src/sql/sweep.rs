//! Rows that can no longer matter, removed a few at a time: no sweep holds the one writer
//! of SQLite, or a table of PostgreSQL, for long.

use super::{Connection, Db};
use crate::{Result, Swept};
use domain::Timestamp;

/// Removes at most `limit` rows of a table that have not mattered since `before`; gives how
/// many there were.
pub async fn sweep(c: &mut Connection, what: Swept, before: Timestamp, limit: i64) -> Result<u64> {
    if what == Swept::Sessions {
        // What a session proved goes with it.
        let sql = format!("DELETE FROM session_proof WHERE session IN ({SESSIONS})");
        run(c, sql, before, limit).await?;
    }
    run(c, statement(what), before, limit).await
}

async fn run(c: &mut Connection, sql: String, before: Timestamp, limit: i64) -> Result<u64> {
    let done = sqlx::query::<Db>(sqlx::AssertSqlSafe(sql))
        .bind(before.millis())
        .bind(limit)
        .execute(c)
        .await?;
    Ok(done.rows_affected())
}

/// Sessions that are over, and that no application holds anything by.
const SESSIONS: &str = "SELECT id FROM session WHERE (ended_at <= $1 OR expires_at <= $1) \
     AND NOT EXISTS (SELECT 1 FROM oidc_grant g WHERE g.session = session.id) \
     AND NOT EXISTS (SELECT 1 FROM oidc_login l WHERE l.session = session.id) ORDER BY id LIMIT $2";

fn statement(what: Swept) -> String {
    match what {
        Swept::Sessions => format!("DELETE FROM session WHERE id IN ({SESSIONS})"),
        // A bucket that is shut stays shut, that of a name which nobody has as well: were it
        // open after some days, it would tell who has an account.
        Swept::Attempts => "DELETE FROM attempt WHERE bucket IN (SELECT bucket FROM attempt \
             WHERE locked_until <= $1 AND day_start <= $1 AND shut_at IS NULL \
             ORDER BY bucket LIMIT $2)"
            .to_owned(),
        Swept::Challenges => "DELETE FROM challenge WHERE id IN (SELECT id FROM challenge \
             WHERE expires_at <= $1 ORDER BY id LIMIT $2)"
            .to_owned(),
        // Administrators see invitations for as long as there are people.
        Swept::Links => "DELETE FROM link WHERE id IN (SELECT id FROM link \
             WHERE expires_at <= $1 AND purpose <> 'invitation' ORDER BY id LIMIT $2)"
            .to_owned(),
        Swept::Messages => "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox \
             WHERE sent_at <= $1 OR dead_at <= $1 ORDER BY id LIMIT $2)"
            .to_owned(),
        Swept::Browsers => {
            "DELETE FROM browser WHERE (hash, person) IN (SELECT hash, person FROM browser \
             WHERE created_at <= $1 ORDER BY hash, person LIMIT $2)"
                .to_owned()
        }
    }
}
