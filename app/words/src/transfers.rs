//! Imports and exports that go on beside the requests.

use domain::{
    Lang,
    transfer::{TransferFault, TransferKind, TransferState},
};

say! {
    title = "Imports and exports", "Importe und Exporte";
    caption = "Imports and exports, newest first", "Importe und Exporte, neueste zuerst";
    none = "No imports or exports yet", "Noch keine Importe oder Exporte";
    none_lead = "Those of the last 30 days appear here, also while they run.", "Die der letzten 30 Tage erscheinen hier, auch während sie laufen.";
    what = "What", "Was";
    state = "State", "Status";
    rows = "Rows", "Zeilen";
    starter = "Started by", "Gestartet von";
    started = "Started", "Gestartet";
    ended = "Ended", "Beendet";
    next_step = "Next step", "Nächster Schritt";
    facts = "Progress", "Fortschritt";
    you = "you", "Ihnen";
    leave = "You can leave this page: the work goes on. You find it again under “Imports and exports”.", "Sie können diese Seite verlassen: Die Arbeit geht weiter. Sie finden sie unter „Importe und Exporte“ wieder.";
    look_again = "Look again", "Noch einmal nachsehen";
    cancel = "Cancel", "Abbrechen";
    cancel_import = "The rows that are done stay done: those people are invited. The others are not.", "Was erledigt ist, bleibt erledigt: Diese Personen sind eingeladen. Die anderen nicht.";
    cancel_export = "What was written so far is deleted.", "Was bisher geschrieben wurde, wird gelöscht.";
    cancel_import_submit = "Cancel the import", "Import abbrechen";
    cancel_export_submit = "Cancel the export", "Export abbrechen";
    download_report = "Download the report", "Bericht herunterladen";
    not_yours = "Only the person who started it can download it.", "Herunterladen kann nur, wer es gestartet hat.";
    report = "Rows that were left out", "Ausgelassene Zeilen";
    known = "There already; nothing was done for it.", "Schon da; hier ist nichts geschehen.";
    done_cancelled = "It is cancelled.", "Es ist abgebrochen.";
    announced_end = "It has ended.", "Es ist beendet.";
    failed = "It was given up. The rows that are done stay done.", "Es wurde aufgegeben. Was erledigt ist, bleibt erledigt.";
    failed_export = "It was given up, and there is no file. Start it again.", "Es wurde aufgegeben, und es gibt keine Datei. Starten Sie es noch einmal.";
    cancelled_import = "Cancelled. The rows that are done stay done.", "Abgebrochen. Was erledigt ist, bleibt erledigt.";
    cancelled_export = "Cancelled. There is no file.", "Abgebrochen. Es gibt keine Datei.";
    mails_follow = "The mails go out one after the other. Where each stands, “Invitations” says.", "Die Mails gehen nacheinander hinaus. Wo jede steht, zeigt „Einladungen“.";
    import_again = "Correct these rows in your file and import it once more: nobody is invited twice.", "Korrigieren Sie diese Zeilen in Ihrer Datei, und importieren Sie sie noch einmal: Niemand wird zweimal eingeladen.";
    export_kept = "Large exports take a while. You can leave their page and fetch the file later.", "Große Exporte dauern eine Weile. Sie können ihre Seite verlassen und die Datei später holen.";
}

tell! {
    of_rows(done: &str, total: &str) = "{done} of {total}", "{done} von {total}";
    percent(n: u32) = "{n} percent are done.", "{n} Prozent sind erledigt.";
    so_far(done: &str) = "{done} so far", "bisher {done}";
    download(format: &str) = "Download {format}", "{format} herunterladen";
    kept_until(when: &str) = "It is kept until: {when}. Then it is deleted.", "Aufbewahrt bis: {when}. Danach wird sie gelöscht.";
    kept_report(when: &str) = "The report is kept until: {when}. Then it is deleted.", "Der Bericht wird aufbewahrt bis: {when}. Danach wird er gelöscht.";
    gone(when: &str) = "The file was kept until: {when}. It is deleted; start the export again.", "Die Datei wurde aufbewahrt bis: {when}. Sie ist gelöscht; starten Sie den Export noch einmal.";
    gone_report(when: &str) = "The report was kept until: {when}. It is deleted.", "Der Bericht wurde aufbewahrt bis: {when}. Er ist gelöscht.";
    row_known(n: u32, what: &str) = "Row {n}: “{what}” – is there already, nothing was done for it", "Zeile {n}: „{what}“ – ist schon da, hier ist nichts geschehen";
    and_more(rows: &str) = "And {rows} more: the report has all of them.", "Und {rows} mehr: Der Bericht enthält alle.";
    of_when(what: &str, when: &str) = "{what}, {when}", "{what}, {when}";
}

/// "1,250" / "1.250".
pub fn number(lang: Lang, n: u32) -> String {
    let digits = n.to_string();
    let mark = match lang {
        Lang::En => ',',
        Lang::De => '.',
    };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// "1,250 rows".
fn rows_of(lang: Lang, n: u32) -> String {
    let noun = match (lang, n) {
        (Lang::En, 1) => "row",
        (Lang::En, _) => "rows",
        (Lang::De, 1) => "Zeile",
        (Lang::De, _) => "Zeilen",
    };
    format!("{} {noun}", number(lang, n))
}

/// "1,250 of 3,000 rows"; "1,250 rows so far" while nobody knows how many there
/// are.
pub fn progress(lang: Lang, done: u32, total: Option<u32>) -> String {
    match total {
        Some(total) => of_rows(lang, &number(lang, done), &rows_of(lang, total)),
        None => so_far(lang, &rows_of(lang, done)),
    }
}

/// "1,250 rows" of what is over.
pub fn rows_done(lang: Lang, n: u32) -> String {
    rows_of(lang, n)
}

/// What came of an import: "211 people are invited, 3 rows were left out".
pub fn outcome(lang: Lang, invited: u32, skipped: u32) -> String {
    let (who, how) = (number(lang, invited), rows_of(lang, skipped));
    let first = match (lang, invited) {
        (Lang::En, 1) => format!("{who} person is invited"),
        (Lang::En, _) => format!("{who} people are invited"),
        (Lang::De, 1) => format!("{who} Person ist eingeladen"),
        (Lang::De, _) => format!("{who} Personen sind eingeladen"),
    };
    match (lang, skipped) {
        (_, 0) => first,
        (Lang::En, 1) => format!("{first}, {how} was left out"),
        (Lang::En, _) => format!("{first}, {how} were left out"),
        (Lang::De, 1) => format!("{first}, {how} wurde ausgelassen"),
        (Lang::De, _) => format!("{first}, {how} wurden ausgelassen"),
    }
}

/// What is transferred.
pub const fn kind(lang: Lang, kind: TransferKind) -> &'static str {
    match (kind, lang) {
        (TransferKind::ImportInvitations, Lang::En) => "Import of invitations",
        (TransferKind::ImportInvitations, Lang::De) => "Import von Einladungen",
        (TransferKind::ExportPeople, Lang::En) => "Export of people",
        (TransferKind::ExportPeople, Lang::De) => "Export der Personen",
        (TransferKind::ExportAudit, Lang::En) => "Export of the audit trail",
        (TransferKind::ExportAudit, Lang::De) => "Export der Prüfspur",
    }
}

/// Where it stands.
pub const fn state_name(lang: Lang, state: TransferState) -> &'static str {
    match (state, lang) {
        (TransferState::Waiting, Lang::En) => "Waiting",
        (TransferState::Waiting, Lang::De) => "Wartet",
        (TransferState::Running, Lang::En) => "Running",
        (TransferState::Running, Lang::De) => "Läuft",
        (TransferState::Done, Lang::En) => "Done",
        (TransferState::Done, Lang::De) => "Fertig",
        (TransferState::Failed, Lang::En) => "Given up",
        (TransferState::Failed, Lang::De) => "Aufgegeben",
        (TransferState::Cancelled, Lang::En) => "Cancelled",
        (TransferState::Cancelled, Lang::De) => "Abgebrochen",
    }
}

/// Why it was given up, and what to do.
pub const fn fault(lang: Lang, fault: TransferFault) -> &'static str {
    match (fault, lang) {
        (TransferFault::RightLost, Lang::En) => {
            "Whoever started it may not do this any more. Somebody who may can start it again."
        }
        (TransferFault::RightLost, Lang::De) => {
            "Wer es gestartet hat, darf das nicht mehr. Jemand, der darf, kann es noch einmal starten."
        }
        (TransferFault::Unreadable, Lang::En) => {
            "What it was to work on cannot be read any more. Start it again."
        }
        (TransferFault::Unreadable, Lang::De) => {
            "Woran es arbeiten sollte, lässt sich nicht mehr lesen. Starten Sie es noch einmal."
        }
        (TransferFault::Stuck, Lang::En) => {
            "It came no further in several tries. Tell whoever runs this installation, then start it again."
        }
        (TransferFault::Stuck, Lang::De) => {
            "Es kam in mehreren Versuchen nicht weiter. Sagen Sie denen Bescheid, die diese Installation betreiben, und starten Sie es dann noch einmal."
        }
    }
}

/// The columns of the report of an import.
pub const fn report_columns(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::En => ["row", "email", "reason"],
        Lang::De => ["Zeile", "E-Mail", "Grund"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_people_read_them() {
        for (n, en, de) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1,000", "1.000"),
            (1_234_567, "1,234,567", "1.234.567"),
        ] {
            assert_eq!(number(Lang::En, n), en);
            assert_eq!(number(Lang::De, n), de);
        }
    }

    #[test]
    fn progress_says_what_is_known() {
        assert_eq!(progress(Lang::En, 1250, Some(3000)), "1,250 of 3,000 rows");
        assert_eq!(progress(Lang::De, 0, Some(1)), "0 von 1 Zeile");
        assert_eq!(progress(Lang::En, 500, None), "500 rows so far");
        assert_eq!(progress(Lang::De, 1500, None), "bisher 1.500 Zeilen");
    }

    #[test]
    fn an_outcome_counts_people_and_rows() {
        assert_eq!(outcome(Lang::En, 1, 0), "1 person is invited");
        assert_eq!(
            outcome(Lang::En, 2000, 1),
            "2,000 people are invited, 1 row was left out"
        );
        assert_eq!(
            outcome(Lang::De, 0, 3),
            "0 Personen sind eingeladen, 3 Zeilen wurden ausgelassen"
        );
    }

    #[test]
    fn every_kind_state_and_fault_has_words_of_its_own() {
        for lang in Lang::ALL {
            let kinds = TransferKind::ALL.map(|k| kind(lang, k));
            let states = TransferState::ALL.map(|s| state_name(lang, s));
            let faults = TransferFault::ALL.map(|f| fault(lang, f));
            let all: std::collections::BTreeSet<_> =
                kinds.iter().chain(&states).chain(&faults).collect();
            assert_eq!(all.len(), 11);
        }
    }
}
