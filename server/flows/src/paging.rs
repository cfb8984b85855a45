//! Pages of a list, by key: a page begins after the key of the last row before
//! it, so that any depth costs the same (`performance.md`).

/// Rows of one page.
pub const ROWS: usize = 50;
/// Rows that a page asks the store for: one more than it shows tells whether
/// there is another page.
pub const LIMIT: i64 = ROWS as i64 + 1;

/// Between the two parts of a key: no id has it, so the last one divides.
const BETWEEN: char = '~';

/// Where a page begins: the key of the row before it, as an address carries it.
/// Nobody vouches for it; a key that no row has begins between two rows.
#[derive(Clone, Copy, Debug)]
pub struct After<'a>(&'a str);

impl<'a> After<'a> {
    /// The first page.
    pub const START: Self = Self("");

    /// Reads the value of an address; empty for the first page.
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The key of a list that is ordered by one column; `None` for the first
    /// page.
    pub fn one(self) -> Option<&'a str> {
        (!self.0.is_empty()).then_some(self.0)
    }

    /// The key of a list that is ordered by two columns, from [`join`]; `None`
    /// for the first page and for what is no such key.
    pub fn pair(self) -> Option<(String, String)> {
        let (first, second) = self.0.rsplit_once(BETWEEN)?;
        Some((first.to_owned(), second.to_owned()))
    }

    /// The page that begins here, of the up to [`LIMIT`] rows that the store
    /// gave from here on.
    pub fn page<T>(self, mut rows: Vec<T>, key: impl Fn(&T) -> String) -> Page<T> {
        let more = rows.len() > ROWS;
        rows.truncate(ROWS);
        Page {
            next: rows.last().filter(|_| more).map(key),
            later: !self.0.is_empty(),
            rows,
        }
    }
}

/// The key of a row in a list that is ordered by two columns, the second an id.
pub fn join((first, second): &(String, String)) -> String {
    format!("{first}{BETWEEN}{second}")
}

/// One page.
#[derive(Debug)]
pub struct Page<T> {
    /// What it shows, at most [`ROWS`].
    pub rows: Vec<T>,
    /// The key of its last row, where another page follows.
    pub next: Option<String>,
    /// It is not the first one.
    pub later: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(after: &str, rows: usize) -> Page<usize> {
        After::new(after).page((0..rows).collect(), |n| format!("key{n}"))
    }

    #[test]
    fn the_row_that_is_not_shown_tells_of_another_page() {
        for (rows, shown, next) in [
            (0, 0, None),
            (1, 1, None),
            (ROWS, ROWS, None),
            (ROWS + 1, ROWS, Some("key49")),
        ] {
            let page = page("", rows);
            assert_eq!(page.rows.len(), shown);
            assert_eq!(page.next.as_deref(), next);
            assert!(!page.later);
        }
        assert!(page("key49", 3).later);
    }

    #[test]
    fn keys_are_read_as_they_were_written() {
        let key = ("anna ~ berta".to_owned(), "0193-id".to_owned());
        assert_eq!(After::new(&join(&key)).pair(), Some(key));
        assert_eq!(After::new("no key").pair(), None);
        assert_eq!(After::START.pair(), None);
        assert_eq!(After::new("id").one(), Some("id"));
        assert_eq!(After::START.one(), None);
    }
}
