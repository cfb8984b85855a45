//! The factors of a person, and the page of one of them.

use domain::{FactorKind as Kind, Lang};

say! {
    due_why = "Set it up now, so that the next sign-in is quick. You need a device for it, for example your phone.", "Richten Sie ihn jetzt ein, dann geht die nächste Anmeldung schnell. Sie brauchen dafür ein Gerät, zum Beispiel Ihr Smartphone.";
    due_next = "From your next sign-in on we ask for a second step.", "Ab Ihrer nächsten Anmeldung fragen wir nach einem zweiten Schritt.";
    title = "Authenticator overview", "Übersicht der Authentifikatoren";
    lead = "These are your ways to sign in.", "Das sind Ihre Wege, sich anzumelden.";
    applications = "Your applications", "Ihre Anwendungen";
    app_or = "; or ", "; oder ";
    add = "Add a way to sign in", "Anmeldeweg hinzufügen";
    nothing_to_add = "There is no other way to add here.", "Hier lässt sich kein weiterer Weg hinzufügen.";
    empty = "No safe method yet", "Noch keine sichere Methode";
    empty_lead = "Add the first one now; it takes about a minute.", "Fügen Sie jetzt die erste hinzu; das dauert etwa eine Minute.";
    only_one = "Two ways are better than one.", "Zwei Wege sind besser als einer.";
    only_one_why = "Add a second one, so that a lost device does not lock you out.", "Fügen Sie einen zweiten hinzu, damit ein verlorenes Gerät Sie nicht aussperrt.";
    frozen = "Changes are frozen.", "Änderungen sind eingefroren.";
    frozen_why = "Somebody reported “This was not me” for your account. The service desk checks with you and lifts this.", "Für Ihr Konto wurde „Das war ich nicht“ gemeldet. Der Service Desk klärt das mit Ihnen und hebt es auf.";
    frozen_short = "Changes are frozen. The service desk can lift this.", "Änderungen sind eingefroren. Der Service Desk kann das aufheben.";
    added = "Added", "Hinzugefügt";
    used = "Last used", "Zuletzt verwendet";
    tested = "Last tested", "Zuletzt getestet";
    never = "Never", "Nie";
    ready = "Ready", "Bereit";
    off = "Switched off", "Ausgeschaltet";
    off_why = "It cannot be used any more. Remove it and add it again, or ask the service desk.", "Dieser Weg gilt nicht mehr. Entfernen Sie ihn und fügen Sie ihn neu hinzu, oder fragen Sie den Service Desk.";
    modify = "Modify", "Ändern";
    test = "Test", "Testen";
    remove = "Remove", "Entfernen";
    rename = "Rename", "Umbenennen";
    name = "Name", "Name";
    name_hint = "At most 64 characters", "Höchstens 64 Zeichen";
    keep = "Keep it", "Behalten";
    only_way_in = "This is your one way in here. It can be changed, not removed.", "Das ist hier Ihr einziger Weg hinein. Er lässt sich ändern, nicht entfernen.";
    last_way_in = "This is your last way in. Add another one first.", "Das ist Ihr letzter Weg hinein. Fügen Sie zuerst einen anderen hinzu.";
    remove_guard = "It is the last one that a copied sign-in page cannot get from you: codes and passwords can be asked for by anybody.", "Er ist der letzte, den Ihnen eine nachgemachte Anmeldeseite nicht entlocken kann: Nach Codes und Passwörtern kann jeder fragen.";
    remove_sure = "You cannot sign in with it any more after that. We tell you by e-mail.", "Danach können Sie sich damit nicht mehr anmelden. Wir sagen Ihnen per E-Mail Bescheid.";
    test_about = "The test asks you for it as a sign-in would. Nothing changes.", "Der Test fragt danach wie bei einer Anmeldung. Es ändert sich nichts.";
    recovery = "Recovery codes", "Wiederherstellungscodes";
    recovery_none = "No recovery codes yet", "Noch keine Wiederherstellungscodes";
    recovery_none_lead = "Ten codes on paper let you in when every device is gone.", "Zehn Codes auf Papier lassen Sie hinein, wenn alle Geräte fort sind.";
    recovery_few = "Few left", "Nur noch wenige";
    recovery_make = "Make recovery codes", "Wiederherstellungscodes erstellen";
    recovery_new = "Make new codes", "Neue Codes erstellen";
    back = "Back to the overview", "Zurück zur Übersicht";
}

tell! {
    due_from(day: &str) = "From {day} on we ask for a second step.", "Ab {day} fragen wir nach einem zweiten Schritt.";
    app_asks(ways: &str) = "Asks for: {ways}.", "Verlangt: {ways}.";
    app_later(day: &str, ways: &str) = "From {day} on it asks for: {ways}.", "Ab {day} verlangt sie: {ways}.";
    app_later_lacks(day: &str, ways: &str) = "From {day} on it asks for: {ways}. You have none of this yet: add it before then, or ask the service desk.", "Ab {day} verlangt sie: {ways}. Nichts davon ist bei Ihnen vollständig eingerichtet: Holen Sie es bis dahin nach, oder fragen Sie den Service Desk.";
    app_later_any(day: &str) = "From {day} on every way to sign in opens it.", "Ab {day} öffnet sie jeder Anmeldeweg.";
    remove_what(name: &str) = "Remove “{name}”?", "„{name}“ entfernen?";
}

/// The button that removes, naming what goes.
pub fn remove_kind(lang: Lang, kind: Kind) -> String {
    let name = crate::factor::name(lang, kind);
    match lang {
        Lang::En => format!("Remove {name}"),
        Lang::De => format!("{name} entfernen"),
    }
}
