//! Lists of people: in for invitations, out for reports (RFC 4180).

use super::csv_lines;
use csv::{ReaderBuilder, StringRecord};
use domain::{
    Code, Lang,
    text::{Email, MOST, Name, login_key},
};
use std::collections::HashSet;

/// One line of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line in the file, counted from 1.
    pub line: u32,
    /// Whom to invite, or why not, and the address as it stands there (cut,
    /// and without control characters).
    pub result: Result<Invitee, (Code, String)>,
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// Where the invitation goes.
    pub email: Email,
    /// The name, where one is given.
    pub name: Option<Name>,
    /// The language, where one is given.
    pub lang: Option<Lang>,
    /// What their manager signs in with, where one is given.
    pub manager: Option<String>,
}

/// Which field of a record holds what.
struct Columns {
    email: usize,
    name: Option<usize>,
    lang: Option<usize>,
    manager: Option<usize>,
    count: usize,
}

impl Columns {
    fn read(header: &StringRecord) -> Option<Self> {
        let (mut email, mut name, mut lang, mut manager) = (None, None, None, None);
        for (index, title) in header.iter().enumerate() {
            let place = match title.trim().to_lowercase().as_str() {
                "email" | "e-mail" | "mail" | "e-mail-adresse" => &mut email,
                "name" => &mut name,
                "language" | "lang" | "sprache" => &mut lang,
                "manager" | "führungskraft" => &mut manager,
                _ => return None,
            };
            if place.replace(index).is_some() {
                return None;
            }
        }
        Some(Self {
            email: email?,
            name,
            lang,
            manager,
            count: header.len(),
        })
    }
}

/// Reads a list of at most `most` people with the columns `email`, `name`, `language`
/// and `manager` (or `e-mail`, `name`, `sprache`, `führungskraft`) in any order,
/// separated by `,` or `;`. A line that is wrong is reported and does not stop the others.
///
/// # Errors
/// [`Code::Missing`] for an empty text, [`Code::BadCsv`] for an unknown,
/// doubled or missing column, [`Code::TooMany`].
pub fn parse(text: &str, most: usize) -> Result<Vec<Row>, Code> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Code::Missing);
    }
    let first = text
        .lines()
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let count = |mark| first.matches(mark).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut columns = None;
    let mut seen = HashSet::new();
    let mut rows = Vec::new();
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    loop {
        let more = reader.read_record(&mut record);
        // Where a record starts is known only up to the blank lines before it.
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if !more.map_err(|_| Code::BadCsv { line })? {
            break;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns::read(&record).ok_or(Code::BadCsv { line })?);
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= most {
            return Err(Code::TooMany {
                most: u32::try_from(most).unwrap_or(u32::MAX),
            });
        }
        let result = invitee(&record, columns, line).and_then(|person| {
            if seen.insert(login_key(person.email.as_str())) {
                Ok(person)
            } else {
                Err(Code::TwiceInFile)
            }
        });
        let result =
            result.map_err(|code| (code, shown(record.get(columns.email).unwrap_or_default())));
        rows.push(Row { line, result });
    }
    if columns.is_none() {
        return Err(Code::BadCsv { line: 1 });
    }
    Ok(rows)
}

/// Counts lines up to a record, over the blank ones before it.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, byte: u64) -> u32 {
        let bytes = self.text.as_bytes();
        let start = usize::try_from(byte)
            .unwrap_or(bytes.len())
            .min(bytes.len());
        let mut end = start;
        while bytes.get(end).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
            end += 1;
        }
        for at in self.at..end {
            // A lone CR ends a line as well.
            let ends =
                bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            self.line = self.line.saturating_add(u32::from(ends));
        }
        self.at = self.at.max(end);
        self.line
    }
}

fn invitee(record: &StringRecord, columns: &Columns, line: u32) -> Result<Invitee, Code> {
    if record
        .iter()
        .skip(columns.count)
        .any(|cell| !cell.trim().is_empty())
    {
        return Err(Code::BadCsv { line });
    }
    let cell = |index: Option<usize>| {
        index
            .and_then(|i| record.get(i))
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
    };
    let email = Email::parse(record.get(columns.email).unwrap_or_default())?;
    let name = cell(columns.name).map(Name::parse).transpose()?;
    let lang = cell(columns.lang)
        .map(|text| language(text).ok_or(Code::NotALanguage))
        .transpose()?;
    Ok(Invitee {
        email,
        name,
        lang,
        manager: cell(columns.manager).map(str::to_owned),
    })
}

fn language(text: &str) -> Option<Lang> {
    match text.to_lowercase().as_str() {
        "english" | "englisch" => Some(Lang::En),
        "deutsch" | "german" => Some(Lang::De),
        _ => Lang::parse(text),
    }
}

/// A cell as it may be shown: cut, and without control characters.
fn shown(cell: &str) -> String {
    cell.trim()
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Writes a table.
pub fn export<R, C>(header: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut text = csv_lines::lines([header]);
    text.push_str(&csv_lines::lines(rows));
    text
}

#[cfg(test)]
mod tests {
    use super::{csv_lines::harmless, *};
    use proptest::prelude::*;

    fn good(row: &Row) -> (&str, Option<&str>, Option<Lang>) {
        let person = row.result.as_ref().unwrap();
        (
            person.email.as_str(),
            person.name.as_ref().map(Name::as_str),
            person.lang,
        )
    }

    fn codes(text: &str) -> Vec<(u32, Code)> {
        let rows = parse(text, 100).unwrap();
        rows.into_iter()
            .filter_map(|row| row.result.err().map(|(code, _)| (row.line, code)))
            .collect()
    }

    #[test]
    fn english_and_german_files() {
        let rows = parse("email,name,language\na@b.de,Anna Müller,de\nc@d.de,,\n", 10).unwrap();
        assert_eq!(
            good(&rows[0]),
            ("a@b.de", Some("Anna Müller"), Some(Lang::De))
        );
        assert_eq!(good(&rows[1]), ("c@d.de", None, None));
        let rows = parse("\u{feff}Sprache;E-Mail;Name\r\nEnglisch;a@b.de;\"Müller; Anna \"\"Ann\"\"\"\r\n\r\n;;\r\nde-AT;c@d.de;C", 10).unwrap();
        assert_eq!(
            good(&rows[0]),
            ("a@b.de", Some("Müller; Anna \"Ann\""), Some(Lang::En))
        );
        assert_eq!(
            (rows[1].line, good(&rows[1])),
            (5, ("c@d.de", Some("C"), Some(Lang::De)))
        );
        for title in ["manager", "Führungskraft"] {
            let rows = parse(&format!("{title},email\n boss ,a@b.de\n,c@d.de\n"), 10).unwrap();
            let managers = rows
                .iter()
                .map(|r| r.result.as_ref().unwrap().manager.as_deref());
            assert_eq!(managers.collect::<Vec<_>>(), [Some("boss"), None]);
        }
        assert_eq!(parse("email\na@b.de", 1).unwrap().len(), 1);
        assert_eq!(parse("email,name\na@b.de", 1).unwrap()[0].line, 2);
        assert_eq!(parse("\n\nemail\n", 1), Ok(vec![]));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!(parse("", 9), Err(Code::Missing));
        assert_eq!(parse("\u{feff} \r\n", 9), Err(Code::Missing));
        for bad in [
            "name,language\nA,de",
            "email,password\na@b.de,x",
            "email,email\na@b.de,x",
            "a@b.de",
            "email;name,language\n",
            "\0\0",
            "email,\na@b.de,",
        ] {
            assert_eq!(parse(bad, 9), Err(Code::BadCsv { line: 1 }), "{bad}");
        }
        assert_eq!(
            parse("\r\n\r\nmail,phone\r\n", 9),
            Err(Code::BadCsv { line: 3 })
        );
        assert_eq!(
            parse("email\na@b.de\nc@d.de", 1),
            Err(Code::TooMany { most: 1 })
        );
    }

    #[test]
    fn wrong_lines_do_not_stop_the_others() {
        let text = "email,name,language\nnobody,A,de\na@b.de,A,fr\na@b.de,A,de\nA@B.de,B,de\n\nc@d.de,A,de,more\ne@f.de,\"A\nB\",de\ng@h.de,\"\0\",de\n,A,de\n";
        assert_eq!(
            codes(text),
            [
                (2, Code::NotAnAddress),
                (3, Code::NotALanguage),
                (5, Code::TwiceInFile),
                (7, Code::BadCsv { line: 7 }),
                (8, Code::ControlCharacters),
                (10, Code::ControlCharacters),
                (11, Code::Missing),
            ]
        );
        let rows = parse("email\n\"a\u{7}b\"", 1).unwrap();
        assert_eq!(
            rows[0].result,
            Err((Code::ControlCharacters, "a\u{fffd}b".to_owned()))
        );
    }

    #[test]
    fn lines_are_counted_with_every_ending() {
        for ending in ["\n", "\r\n", "\r"] {
            let text = ["email", "a@b.de", "", "", "x", "\"y\"", ""].join(ending);
            assert_eq!(
                codes(&text),
                [(5, Code::NotAnAddress), (6, Code::NotAnAddress)],
                "{ending:?}"
            );
        }
    }

    #[test]
    fn formulas_are_defused() {
        let rows = [
            ["=1+1", "a"],
            ["+49 30", "-1"],
            ["@x", "\tx"],
            ["\rx", "a;b,\"c\""],
        ];
        assert_eq!(
            export(&["one", "two"], rows),
            "one,two\r\n'=1+1,a\r\n'+49 30,'-1\r\n'@x,'\tx\r\n\"'\rx\",\"a;b,\"\"c\"\"\"\r\n"
        );
        assert_eq!(export(&["x"], [["＝1"]]), "x\r\n'＝1\r\n");
        assert_eq!(export(&["x"], Vec::<Vec<String>>::new()), "x\r\n");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), most in 0_usize..5) {
            let _ = parse(&text, most);
        }

        #[test]
        fn nothing_panics_below_a_header(rest in "[a@.;,\"\r\n\t\0 b=-]{0,80}", most in 0_usize..9) {
            for row in parse(&format!("email;name\r\n{rest}"), most).into_iter().flatten() {
                prop_assert!(row.line >= 2);
                if let Ok(person) = row.result {
                    prop_assert!(!person.name.is_some_and(|n| n.as_str().chars().any(char::is_control)));
                }
            }
        }

        #[test]
        fn what_is_exported_reads_back(cells in proptest::collection::vec(proptest::collection::vec(any::<String>(), 2..3), 0..5)) {
            let text = export(&["a", "b"], &cells);
            let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
            let back: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            let written: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(|c| harmless(c)).collect()).collect();
            prop_assert_eq!(back, written);
        }
    }
}
