//! A portal of one node on either engine, over a database of its own that people were
//! put into before.

use crate::{
    Failed,
    cluster::{admin, database},
    engine::Engine,
    folder::Folder,
    people::People,
    portal::{Built, Portal, Start},
};

/// A database of the cluster that an earlier run may have left behind.
const NAME: &str = "bench_alone";

/// The portal.
#[derive(Debug)]
pub struct Alone {
    /// Its node.
    pub portal: Portal,
    /// The cluster whose database goes at the end.
    cluster: Option<String>,
}

impl Alone {
    /// Starts it over what `fill` puts in; gives what that made.
    ///
    /// # Errors
    /// The database could not, or it does not start.
    pub async fn start<T>(
        built: &Built,
        engine: &Engine,
        fill: impl AsyncFnOnce(&mut People) -> Result<T, Failed>,
    ) -> Result<(Self, T), Failed> {
        Self::start_as(built, engine, Start::default(), fill).await
    }

    /// The same, started in another way; the database is that of the engine.
    ///
    /// # Errors
    /// The database could not, or it does not start.
    pub async fn start_as<T>(
        built: &Built,
        engine: &Engine,
        start: Start,
        fill: impl AsyncFnOnce(&mut People) -> Result<T, Failed>,
    ) -> Result<(Self, T), Failed> {
        let folder = Folder::make()?;
        let (mut people, url, cluster) = match engine {
            Engine::Sqlite => (People::begin(&folder).await?, None, None),
            Engine::Postgres(cluster) => {
                let url = database(cluster, NAME)?;
                admin(cluster, &[drops(), format!("CREATE DATABASE {NAME}")]).await?;
                let people = People::within(&folder, &url).await?;
                (people, Some(url), Some(cluster.clone()))
            }
        };
        let made = fill(&mut people).await?;
        people.end().await;
        let start = Start {
            database: url,
            ..start
        };
        let portal = Portal::start_as(built, folder, start).await?;
        Ok((Self { portal, cluster }, made))
    }

    /// Ends it, and its database.
    ///
    /// # Errors
    /// The cluster is gone.
    pub async fn end(self) -> Result<(), Failed> {
        let Self { portal, cluster } = self;
        drop(portal);
        match cluster {
            Some(cluster) => admin(&cluster, &[drops()]).await,
            None => Ok(()),
        }
    }
}

/// Also while the end of the node has not reached the cluster.
fn drops() -> String {
    format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
}
