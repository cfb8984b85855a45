//! What a statement asks of other rows, it asks of those that belong to its own.
//!
//! Of `id IN (SELECT …)` SQLite makes the whole list first, whatever else narrows the
//! statement: a sign-in that is fast among ten people takes a second among a million.
//! `EXISTS`, bound to the row, looks one up.

/// The texts of a file of statements, one after another, without their line breaks.
fn lists(file: &str) -> Vec<String> {
    let text = file.replace("\\\n", " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.match_indices("IN (")
        .map(|(at, _)| {
            let rest = &text[at..];
            let end = rest.find('"').unwrap_or(rest.len());
            rest[..end].to_owned()
        })
        .filter(|list| list["IN (".len()..].trim_start().starts_with("SELECT"))
        .collect()
}

/// Lists that are short, or made once a day.
fn may(list: &str) -> bool {
    list.contains("LIMIT")
        // The sweeps.
        || list.contains("created_at < $1")
        || list.contains("finished_at <= $1")
        // Somebody's reports.
        || list.contains("WHERE manager = $1")
        // The codes of one phone.
        || list.contains("FROM phone WHERE factor = $1")
}

#[test]
fn no_statement_lists_everybody_for_the_sake_of_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sql");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        for list in lists(&text) {
            seen += 1;
            assert!(may(&list), "{}: {list}", file.path().display());
        }
    }
    // Whoever writes them in another way finds this test blind.
    assert!(seen >= 8, "{seen} lists were found");
}

#[test]
fn it_finds_one() {
    let sql = "\"DELETE FROM a WHERE b IN ( \\\n   SELECT c FROM d)\"";
    assert_eq!(lists(sql), ["IN ( SELECT c FROM d)"]);
    assert!(!may(&lists(sql)[0]));
}
