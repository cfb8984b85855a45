//! The page of a realm's audit trail.

use domain::{Lang, screen::AuditVerdict};

say! {
    title = "Audit trail", "Prüfspur";
    seal = "Seal", "Siegel";
    seal_why = "Every entry is sealed with the one before it, within about a second. Whoever changes or removes one later breaks the chain, and this check finds the place. One chain covers all realms.", "Jeder Eintrag wird binnen etwa einer Sekunde mit dem vorigen versiegelt. Wer später einen ändert oder entfernt, zerreißt die Kette, und diese Prüfung findet die Stelle. Eine Kette umfasst alle Realms.";
    sealed = "Sealed entries", "Versiegelte Einträge";
    head = "Signed last", "Zuletzt signiert";
    head_none = "No signed head lies beside the database.", "Neben der Datenbank liegt kein signierter Kopf.";
    verify = "Verify now", "Jetzt prüfen";

    person = "Login or part of a name", "Anmeldename oder Teil eines Namens";
    action = "Action", "Aktion";
    action_all = "All actions", "Alle Aktionen";
    result = "Result", "Ergebnis";
    result_all = "Done and refused", "Erledigt und abgelehnt";
    done = "Done", "Erledigt";
    refused = "Refused", "Abgelehnt";
    export_csv = "Export as CSV", "Als CSV exportieren";
    export_json = "Export as JSON", "Als JSON exportieren";
    export_why = "An export holds what the search finds, and is itself written into the trail.", "Ein Export enthält, was die Suche findet, und steht danach selbst in der Prüfspur.";

    caption = "Entries, newest first", "Einträge, neueste zuerst";
    time = "Time", "Zeit";
    actor = "Who acted", "Wer";
    target = "To whom", "Betrifft";
    target_none = "nobody known", "niemand Bekanntes";
    address = "Address", "Adresse";
    none = "Nothing is written here yet", "Hier steht noch nichts";
    none_lead = "Every sign-in and every change appears here as soon as it happens.", "Jede Anmeldung und jede Änderung erscheint hier, sobald sie geschieht.";
    found_none = "Nothing was found", "Nichts gefunden";
    found_none_lead = "Check the spelling of the name, or look for fewer things at once.", "Prüfen Sie die Schreibweise des Namens, oder suchen Sie nach weniger auf einmal.";

    utc = "Time (UTC)", "Zeit (UTC)";
    factor = "Factor", "Faktor";
    detail = "Remark", "Bemerkung";
    browser = "Browser", "Browser";
    actor_id = "Who acted, id", "Wer, Kennung";
    target_id = "To whom, id", "Betrifft, Kennung";
    entry_id = "Entry, id", "Eintrag, Kennung";
    place = "Place in the chain", "Platz in der Kette";
    place_none = "not sealed yet", "noch nicht versiegelt";
    hash = "Hash", "Hash";

    nobody = "Nobody signed in", "Niemand angemeldet";
    cli = "Command line", "Kommandozeile";
    worker = "The server itself", "Der Server selbst";
}

/// Who acted where it was no person; an id that the register does not know
/// stands there as it is.
pub fn word(lang: Lang, id: &str) -> &str {
    match id {
        "nobody" => nobody(lang),
        "cli" => cli(lang),
        "worker" => worker(lang),
        _ => id,
    }
}

/// What verification found, and what follows from it.
pub fn verdict(lang: Lang, verdict: AuditVerdict) -> (String, &'static str) {
    match (verdict, lang) {
        (AuditVerdict::Whole(n), Lang::En) => (
            format!("The trail is whole: {}, as written", entries(lang, n)),
            "The chain has no gap, and it reaches the signed head.",
        ),
        (AuditVerdict::Whole(n), Lang::De) => (
            format!(
                "Die Prüfspur ist vollständig: {}, unverändert",
                entries(lang, n)
            ),
            "Die Kette hat keine Lücke und reicht bis zum signierten Kopf.",
        ),
        (AuditVerdict::WholeWithoutHead(n), Lang::En) => (
            format!(
                "{} are as written, but the end cannot be checked",
                entries(lang, n)
            ),
            "The signed head is missing beside the database, so entries may have been cut off at the end. Find out who removed it.",
        ),
        (AuditVerdict::WholeWithoutHead(n), Lang::De) => (
            format!(
                "{} sind unverändert, doch das Ende lässt sich nicht prüfen",
                entries(lang, n)
            ),
            "Neben der Datenbank fehlt der signierte Kopf; am Ende könnten Einträge abgeschnitten sein. Klären Sie, wer ihn entfernt hat.",
        ),
        (AuditVerdict::Altered(n), Lang::En) => (
            format!("Entry {n} is not as it was written"),
            "It is the first one; do not rely on what comes after it either. Keep the database as it is and tell whoever runs this installation.",
        ),
        (AuditVerdict::Altered(n), Lang::De) => (
            format!("Eintrag {n} ist nicht mehr, wie er geschrieben wurde"),
            "Es ist der erste; verlassen Sie sich auch auf das nicht, was danach kommt. Lassen Sie die Datenbank, wie sie ist, und sagen Sie denen Bescheid, die diese Installation betreiben.",
        ),
        (AuditVerdict::Missing(n), Lang::En) => (
            format!("Entry {n} is missing"),
            "Something was removed from the middle. Keep the database as it is and tell whoever runs this installation.",
        ),
        (AuditVerdict::Missing(n), Lang::De) => (
            format!("Eintrag {n} fehlt"),
            "Aus der Mitte wurde etwas entfernt. Lassen Sie die Datenbank, wie sie ist, und sagen Sie denen Bescheid, die diese Installation betreiben.",
        ),
        (AuditVerdict::Cut { found, expected }, Lang::En) => (
            format!("The trail ends at entry {found}; it went on to {expected}"),
            "The end was cut off. Keep the database as it is and tell whoever runs this installation.",
        ),
        (AuditVerdict::Cut { found, expected }, Lang::De) => (
            format!("Die Prüfspur endet bei Eintrag {found}; sie ging weiter bis {expected}"),
            "Das Ende wurde abgeschnitten. Lassen Sie die Datenbank, wie sie ist, und sagen Sie denen Bescheid, die diese Installation betreiben.",
        ),
        (AuditVerdict::ForgedHead, Lang::En) => (
            "The head of the trail was not signed here".to_owned(),
            "The file beside the database was changed or belongs to another installation, so nothing can be said about the chain. Tell whoever runs this installation.",
        ),
        (AuditVerdict::ForgedHead, Lang::De) => (
            "Der Kopf der Prüfspur wurde nicht hier signiert".to_owned(),
            "Die Datei neben der Datenbank wurde verändert oder gehört zu einer anderen Installation; über die Kette lässt sich deshalb nichts sagen. Sagen Sie denen Bescheid, die diese Installation betreiben.",
        ),
        (AuditVerdict::TooLong, Lang::En) => (
            "The trail is too long for this page".to_owned(),
            "Nothing wrong was found so far, and not everything was looked at. Run “rekey audit verify” on the server: it takes the time that it needs.",
        ),
        (AuditVerdict::TooLong, Lang::De) => (
            "Die Prüfspur ist zu lang für diese Seite".to_owned(),
            "Bisher fiel nichts auf, doch es wurde nicht alles angesehen. Führen Sie auf dem Server „rekey audit verify“ aus: Das nimmt sich die Zeit, die es braucht.",
        ),
    }
}

fn entries(lang: Lang, n: i64) -> String {
    match (lang, n) {
        (Lang::En, 1) => "1 entry".to_owned(),
        (Lang::En, _) => format!("{n} entries"),
        (Lang::De, 1) => "1 Eintrag".to_owned(),
        (Lang::De, _) => format!("{n} Einträge"),
    }
}
