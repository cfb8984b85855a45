//! A portal of as many nodes as its engine serves: one on SQLite, two on PostgreSQL.

use crate::{
    Failed,
    cluster::{admin, database},
    driver::Target,
    engine::Engine,
    folder::Folder,
    people::People,
    portal::{Built, Portal, Start, settle},
};

/// A database of the cluster that an earlier run may have left behind.
const NAME: &str = "bench_nodes";

/// The nodes. All of them run on the measured processor.
#[derive(Debug)]
pub struct Nodes {
    /// The node that was there first.
    pub first: Portal,
    /// The node beside it.
    second: Option<Portal>,
    /// The cluster whose database goes at the end.
    cluster: Option<String>,
}

impl Nodes {
    /// Starts them over an empty database, in demo mode.
    ///
    /// # Errors
    /// One does not start.
    pub async fn start(built: &Built, engine: &Engine) -> Result<Self, Failed> {
        let folder = Folder::make()?;
        let nodes = match engine {
            Engine::Sqlite => Self {
                first: Portal::start(built, folder).await?,
                second: None,
                cluster: None,
            },
            Engine::Postgres(cluster) => {
                let url = database(cluster, NAME)?;
                admin(cluster, &[drops(), format!("CREATE DATABASE {NAME}")]).await?;
                let start = Start {
                    database: Some(url.clone()),
                    ..Start::default()
                };
                let first = Portal::start_as(built, folder, start).await?;
                Self {
                    second: Some(first.twin(built, &url).await?),
                    first,
                    cluster: Some(cluster.clone()),
                }
            }
        };
        // A node that begins to hear the others tells its own pages to look again.
        settle().await;
        Ok(nodes)
    }

    /// Where they listen.
    pub fn targets(&self) -> Vec<&Target> {
        let second = self.second.as_ref().map(|node| &node.target);
        [&self.first.target].into_iter().chain(second).collect()
    }

    /// The last one: another one than the first where there are two.
    pub fn last(&self) -> &Portal {
        self.second.as_ref().unwrap_or(&self.first)
    }

    /// Their database, for who puts people in.
    ///
    /// # Errors
    /// It cannot be reached.
    pub async fn people(&self) -> Result<People, Failed> {
        self.first.people().await
    }

    /// How people call this.
    pub const fn name(&self) -> &'static str {
        match self.second {
            None => "SQLite, one node",
            Some(_) => "PostgreSQL, two nodes",
        }
    }

    /// Ends them, and their database.
    ///
    /// # Errors
    /// The cluster is gone.
    pub async fn end(self) -> Result<(), Failed> {
        let Self {
            first,
            second,
            cluster,
        } = self;
        drop((first, second));
        match cluster {
            Some(cluster) => admin(&cluster, &[drops()]).await,
            None => Ok(()),
        }
    }
}

/// Also while the end of a node has not reached the cluster.
fn drops() -> String {
    format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
}
