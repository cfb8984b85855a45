//! Browsers that wait beside what is measured: each asked the phone of a name that
//! nobody has and listens for its answer, which looks like every other wait.

use crate::{
    Failed, by_phone,
    driver::{Connection, Target},
    stream::Stream,
};

/// Those who wait.
#[derive(Debug)]
pub struct Waits(Vec<Stream>);

impl Waits {
    /// Opens so many, dealt out over nodes.
    ///
    /// # Errors
    /// An answer is wrong.
    pub async fn open(nodes: &[&Target], count: usize) -> Result<Self, Failed> {
        let mut open = Vec::with_capacity(count);
        for (number, node) in (0..count).zip(nodes.iter().cycle()) {
            let mut connection = Connection::open(node).await?;
            let login = format!("Q9{number:05}");
            let waiting = by_phone::ask(&mut connection, &login).await?;
            open.push(waiting.listen(node).await?);
        }
        Ok(Self(open))
    }

    /// Checks that all of them wait on.
    ///
    /// # Errors
    /// One was told something, or is told nothing any more.
    pub async fn wait_on(&mut self) -> Result<(), Failed> {
        for stream in &mut self.0 {
            if !stream.is_silent().await {
                return Err("a wait that nobody answers was told something, or ended".into());
            }
        }
        Ok(())
    }
}
