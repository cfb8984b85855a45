//! Lines of a CSV that leaves the house (RFC 4180), a few at a time.

use csv::WriterBuilder;

/// Writes lines. A cell that a spreadsheet would take for a formula gets a `'`
/// before it (OWASP, CSV injection).
pub fn lines<R, C>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail; what could not be written is missing.
        let _ = writer.write_record(row.into_iter().map(|cell| harmless(cell.as_ref())));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell that no spreadsheet runs.
pub fn harmless(cell: &str) -> String {
    // Excel reads the full-width signs as well.
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{cell}")
        }
        _ => cell.to_owned(),
    }
}
