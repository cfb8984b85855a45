//! What was measured: a table for people, JSON for programs.

use crate::{
    Failed, cpu,
    measure::{Rounds, median, spread},
};
use serde::Serialize;
use std::{fmt::Write as _, path::Path, process::Command};

/// What a ratio should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Aim {
    const fn value(self) -> f64 {
        match self {
            Self::AtLeast(value) | Self::AtMost(value) => value,
        }
    }

    const fn sign(self) -> char {
        match self {
            Self::AtLeast(_) => '≥',
            Self::AtMost(_) => '≤',
        }
    }

    fn met(self, ratio: f64) -> bool {
        match self {
            Self::AtLeast(value) => ratio >= value,
            Self::AtMost(value) => ratio <= value,
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The row of `performance.md`, 4.
    pub row: &'static str,
    /// What was measured, and against what.
    pub what: String,
    /// In what both are counted.
    pub unit: &'static str,
    /// What was measured: the median of the rounds.
    pub measured: f64,
    /// What it is compared with: the median of the same rounds.
    pub compared_with: f64,
    /// The median of the rounds' ratios.
    pub ratio: f64,
    /// The lowest and the highest ratio.
    pub spread: [f64; 2],
    /// What the ratio should be.
    pub aim: Aim,
    /// What else a reader should know, below the table.
    pub note: String,
}

impl Figure {
    /// The figure of several rounds.
    pub fn of(
        row: &'static str,
        what: impl Into<String>,
        unit: &'static str,
        rounds: &Rounds,
        aim: Aim,
    ) -> Self {
        let ratios = rounds.ratios();
        Self {
            row,
            what: what.into(),
            unit,
            measured: median(&rounds.measured),
            compared_with: median(&rounds.compared_with),
            ratio: median(&ratios),
            spread: spread(&ratios),
            aim,
            note: String::new(),
        }
    }

    /// With a word to the reader.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Whether it is as it should be.
    pub fn met(&self) -> bool {
        self.aim.met(self.ratio)
    }
}

/// A figure as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    row: &'a str,
    what: &'a str,
    unit: &'a str,
    measured: f64,
    compared_with: f64,
    ratio: f64,
    lowest: f64,
    highest: f64,
    aim: f64,
    aim_is: &'a str,
    met: bool,
    noisy: bool,
    note: &'a str,
}

/// The figures as an array of objects.
///
/// # Errors
/// None that is known.
pub fn json(figures: &[Figure], noisy: bool) -> Result<String, Failed> {
    let lines: Vec<_> = figures
        .iter()
        .map(|figure| Line {
            row: figure.row,
            what: &figure.what,
            unit: figure.unit,
            measured: figure.measured,
            compared_with: figure.compared_with,
            ratio: figure.ratio,
            lowest: figure.spread[0],
            highest: figure.spread[1],
            aim: figure.aim.value(),
            aim_is: match figure.aim {
                Aim::AtLeast(_) => "at least",
                Aim::AtMost(_) => "at most",
            },
            met: figure.met(),
            noisy,
            note: &figure.note,
        })
        .collect();
    Ok(serde_json::to_string_pretty(&lines)? + "\n")
}

/// The figures as a table in Markdown, their notes below it.
pub fn table(figures: &[Figure]) -> String {
    let mut text = String::from(
        "| row | what | measured | compared with | ratio (lowest to highest) | aim | met |\n\
         |---|---|---:|---:|---:|---:|---|\n",
    );
    for figure in figures {
        // Writing into a `String` does not fail.
        let _ = writeln!(
            text,
            "| {} | {}, {} | {} | {} | {:.3} ({:.3} to {:.3}) | {} {:.3} | {} |",
            figure.row,
            figure.what,
            figure.unit,
            short(figure.measured),
            short(figure.compared_with),
            figure.ratio,
            figure.spread[0],
            figure.spread[1],
            figure.aim.sign(),
            figure.aim.value(),
            if figure.met() { "yes" } else { "**no**" },
        );
    }
    for figure in figures.iter().filter(|figure| !figure.note.is_empty()) {
        let _ = write!(text, "\n{}: {}", figure.row, figure.note);
    }
    text
}

/// Three digits are all that a measurement is worth.
fn short(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// On what was measured: machine, load and version.
///
/// # Errors
/// The server does not start.
pub fn machine(server: &Path, noisy: bool) -> Result<String, Failed> {
    let output = Command::new(server)
        .arg("--version")
        .output()
        .map_err(|e| format!("{}: {e}", server.display()))?;
    let version = String::from_utf8_lossy(&output.stdout);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, name)| name);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let weather = if noisy {
        ": NOISY, something else ran before"
    } else {
        ""
    };
    Ok(format!(
        "{}on {model}, {count} processors, load {:.2}{weather}\n",
        version.trim().to_owned() + " ",
        cpu::load()?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Vec<Figure> {
        let mut rounds = Rounds::default();
        rounds.push(36.0, 40.0);
        rounds.push(39.0, 40.0);
        rounds.push(38.0, 40.0);
        let unit = "per CPU second";
        vec![
            Figure::of("B1", "sign-in / hash", unit, &rounds, Aim::AtLeast(0.95)).note("A word."),
            Figure::of("B7", "page", "ms", &rounds, Aim::AtMost(0.5)),
        ]
    }

    #[test]
    fn json_has_every_field() {
        let text = json(&figures(), true).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({
            "row": "B1", "what": "sign-in / hash", "unit": "per CPU second",
            "measured": 38.0, "compared_with": 40.0,
            "ratio": 0.95, "lowest": 0.9, "highest": 0.975,
            "aim": 0.95, "aim_is": "at least", "met": true, "noisy": true, "note": "A word.",
        });
        assert_eq!(read[0], expected);
        assert_eq!(read[1]["met"], false);
        assert_eq!(read[1]["aim_is"], "at most");
        assert_eq!(read.as_array().unwrap().len(), 2);
    }

    #[test]
    fn the_table_says_what_was_missed() {
        let text = table(&figures());
        assert!(
            text.contains(
                "| B1 | sign-in / hash, per CPU second | 38.0 | 40.0 | 0.950 (0.900 to 0.975) | ≥ 0.950 | yes |"
            ),
            "{text}"
        );
        assert!(text.contains("| ≤ 0.500 | **no** |"), "{text}");
        assert!(text.ends_with("\nB1: A word."), "{text}");
    }

    #[test]
    fn nothing_measured_meets_no_aim() {
        let nothing = Figure::of("B1", "", "", &Rounds::default(), Aim::AtMost(1.0));
        assert!(!nothing.met());
    }

    #[test]
    fn three_digits() {
        assert_eq!(short(120_750.4), "120750");
        assert_eq!(short(38.04), "38.0");
        assert_eq!(short(0.123), "0.12");
    }
}
