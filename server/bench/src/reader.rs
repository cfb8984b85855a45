//! Pages that are read one after the other, by somebody who is signed in.

use crate::{
    Failed,
    driver::{Connection, Jar, Target},
    measure::millis,
};
use axum::http::{StatusCode, header::COOKIE};
use std::time::Instant;

/// Somebody who reads.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    cookies: String,
}

/// A page, and how it is known to be the right one.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub path: String,
    /// What each of its rows has once.
    pub mark: &'static str,
    /// The least rows that it has.
    pub rows: usize,
}

impl Reader {
    /// Connects.
    ///
    /// # Errors
    /// Nobody listens.
    pub async fn open(target: &Target, cookies: &Jar) -> Result<Self, Failed> {
        Ok(Self {
            connection: Connection::open(target).await?,
            cookies: cookies.header(),
        })
    }

    /// Reads a page once; how long it took, in milliseconds.
    ///
    /// # Errors
    /// The answer is wrong.
    pub async fn once(&mut self, page: &Page) -> Result<f64, Failed> {
        let begun = Instant::now();
        let headers = [(COOKIE.as_str(), self.cookies.as_str())];
        let answered = self.connection.get(&page.path, &headers).await?;
        let took = millis(begun.elapsed());
        let text = answered.text();
        let whole = answered.status == StatusCode::OK && text.contains("</html>");
        if whole && text.matches(page.mark).count() >= page.rows {
            Ok(took)
        } else {
            Err(answered.unexpected(&page.path))
        }
    }

    /// Reads a page so many times; how long each took, in milliseconds.
    ///
    /// # Errors
    /// An answer is wrong.
    pub async fn often(&mut self, page: &Page, times: usize) -> Result<Vec<f64>, Failed> {
        let mut took = Vec::with_capacity(times);
        for _ in 0..times {
            took.push(self.once(page).await?);
        }
        Ok(took)
    }
}
