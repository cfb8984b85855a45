//! A lost phone and a wrong address, for the person who asks. Labels as the
//! cloud guide and the dealers guide have them.

use domain::{Lang, cases::CaseKind};

say! {
    required = "Fields with * must be filled in.", "Felder mit * müssen ausgefüllt sein.";
    given = "First name", "Vorname";
    family = "Last name", "Nachname";
    full_name = "Full name", "Vollständiger Name";
    phone = "Telephone", "Telefon";
    phone_hint = "We call back on the number that we know of you; this one helps us to see that it is you.", "Wir rufen unter der Nummer zurück, die wir von Ihnen kennen; diese hier hilft uns zu sehen, dass Sie es sind.";
    country = "Country code", "Ländervorwahl";
    number = "Number", "Rufnummer";
    email = "E-mail address", "E-Mail-Adresse";
    email_hint = "The address that you sign in with", "Die Adresse, mit der Sie sich anmelden";
    login = "Login ID", "Login-ID";
    partner = "Partner number", "Partnernummer";
    story = "What happened?", "Was ist passiert?";
    story_hint = "If you like. Name no passwords here.", "Freiwillig. Bitte keine Passwörter nennen.";
    manager_title = "Your manager can vouch for you", "Ihre Führungskraft kann für Sie bürgen";
    manager_lead = "Then the wait after the approval is shorter. Speak with them and read them this code. Give it to nobody else, not even the service desk.", "Dann ist die Wartezeit nach der Genehmigung kürzer. Sprechen Sie miteinander und lesen Sie diesen Code vor. Geben Sie ihn niemand anderem, auch nicht dem Service Desk.";
    confirm_title = "Is it them?", "Ist es diese Person?";
    confirm_how = "Confirm only what you know: speak with them in person or call a number that you know. They read you a code from the page of their case.", "Bestätigen Sie nur, was Sie wissen: Sprechen Sie persönlich oder rufen Sie eine Ihnen bekannte Nummer an. Der Code steht auf der Seite des Vorgangs und wird Ihnen vorgelesen.";
    confirm_code = "Code that they read to you", "Code, der Ihnen vorgelesen wird";
    confirm_yes = "Yes, I have spoken with them", "Ja, wir haben miteinander gesprochen";
    confirm_no = "No, that was somebody else", "Nein, das war jemand anderes";
    confirm_no_sure = "The request is stopped, and the person is told on every address.", "Der Antrag wird angehalten, und die Person erfährt es unter jeder Adresse.";
    confirm_over = "This case does not wait for your word any more.", "Dieser Vorgang wartet nicht mehr auf Ihr Wort.";
    confirm_done = "Thank you. The service desk sees your word.", "Danke. Der Service Desk sieht Ihr Wort.";
    confirm_stopped = "The request is stopped.", "Der Antrag ist angehalten.";
    proof = "A code, if you have one", "Ein Code, wenn Sie einen haben";
    proof_hint = "A recovery code, or six digits from another device of yours. Then there is no wait after the approval.", "Ein Wiederherstellungscode oder sechs Ziffern von einem anderen Gerät. Dann gibt es nach der Genehmigung keine Wartezeit.";
    consent = "I agree that my details are used to check this request.", "Ich willige ein, dass meine Angaben zur Prüfung dieses Antrags verarbeitet werden.";
    privacy = "Privacy policy", "Datenschutzerklärung";
    check = "Check that a person fills this in", "Prüfung, dass ein Mensch dies ausfüllt";
    check_runs = "Runs by itself on your device, without anybody else. A few seconds more.", "Läuft von selbst auf Ihrem Gerät, ohne fremde Dienste. Noch wenige Sekunden.";
    check_done = "Done. You can send the form.", "Fertig. Sie können das Formular senden.";
    check_progress = "Progress of the check", "Fortschritt der Prüfung";
    check_needs_script = "This check needs JavaScript. Without it, call the service desk.", "Diese Prüfung braucht JavaScript. Ohne JavaScript rufen Sie den Service Desk an.";
    send = "Send request", "Antrag senden";
    next_title = "What happens next", "So geht es weiter";
    next_mail = "You get a case number by e-mail at once, and can follow where it stands.", "Sie bekommen sofort eine Vorgangsnummer per E-Mail und können den Stand verfolgen.";
    next_number = "The next page shows a case number. Note it; with your password you see there again where it stands.", "Die nächste Seite zeigt eine Vorgangsnummer. Notieren Sie sie; mit Ihrem Passwort sehen Sie dort wieder den Stand.";
    state_title = "Your request", "Ihr Antrag";
    case = "Case", "Vorgang";
    about = "About", "Worum es geht";
    asked = "Asked", "Gestellt";
    withdraw = "Take the request back", "Antrag zurückziehen";
    withdraw_ask = "Nothing changes then, and you can ask again.", "Dann ändert sich nichts, und Sie können neu fragen.";
    withdraw_yes = "Take it back", "Zurückziehen";
    withdraw_no = "Keep it", "Bestehen lassen";
    not_me_title = "This was not you?", "Das waren nicht Sie?";
    not_me_lead = "Then somebody knows your password. The button stops the request, ends all sessions and freezes changes until the service desk has spoken with you.", "Dann kennt jemand Ihr Passwort. Die Schaltfläche hält den Antrag an, beendet alle Sitzungen und friert Änderungen ein, bis der Service Desk mit Ihnen gesprochen hat.";
    ask_again = "Ask again", "Neu beantragen";
    to_sign_in = "Go to sign-in", "Zur Anmeldung";
    undo_title = "Undo the change?", "Änderung rückgängig machen?";
    undo_submit = "Undo the change", "Änderung rückgängig machen";
    undo_ends = "All sessions are ended, also yours.", "Alle Sitzungen werden beendet, auch Ihre.";
    undo_was_me = "If the change was yours, close this page. Nothing has changed.", "Wenn die Änderung von Ihnen stammt, schließen Sie diese Seite. Es hat sich nichts geändert.";
    undone_title = "The change is undone", "Die Änderung ist rückgängig gemacht";
    undone_lead = "What worked before works again, what the change had brought is gone, and all sessions are ended. Whoever made the change may know your password: set a new one now.", "Was vorher galt, gilt wieder, was die Änderung gebracht hat, ist weg, und alle Sitzungen sind beendet. Wer die Änderung gemacht hat, kennt vielleicht Ihr Passwort: Legen Sie jetzt ein neues fest.";
    step_form = "Your details", "Angaben zu Ihnen";
    step_desk = "Checked by the service desk", "Prüfung durch den Service Desk";
}

tell! {
    confirm_lead(who: &str, at: &str) = "{who} asks the service desk of {at} for help.", "{who} bittet den Service Desk von {at} um Hilfe.";
    lead_phone(hours: i64) = "Is your phone gone, or new? A person checks your details and answers within {hours} hours on working days.", "Ihr Smartphone ist weg oder neu? Ein Mensch prüft Ihre Angaben und antwortet innerhalb von {hours} Stunden an Werktagen.";
    lead_address(hours: i64) = "Do your codes go to a mailbox that you do not have? A person checks your details and answers within {hours} hours on working days.", "Ihre Codes gehen an ein Postfach, das Sie nicht haben? Ein Mensch prüft Ihre Angaben und antwortet innerhalb von {hours} Stunden an Werktagen.";
    next_desk(due: &str) = "The service desk compares your details. Answer at the latest: {due}.", "Der Service Desk vergleicht Ihre Angaben. Antwort spätestens: {due}.";
    next_wait_phone(wait: &str) = "If it agrees, you get a link after a wait of {wait}, with which you set up a new device. In that time everybody on record can object.", "Stimmt er zu, bekommen Sie nach einer Wartezeit von {wait} einen Link, mit dem Sie ein neues Gerät einrichten. In dieser Zeit kann von allen hinterlegten Adressen aus widersprochen werden.";
    next_wait_address(wait: &str) = "If it agrees, the sign-in asks for the address again after a wait of {wait}. In that time everybody on record can object.", "Stimmt er zu, fragt die Anmeldung nach einer Wartezeit von {wait} wieder nach der Adresse. In dieser Zeit kann von allen hinterlegten Adressen aus widersprochen werden.";
    waiting(due: &str) = "We answer at the latest on {due}.", "Wir antworten spätestens am {due}.";
    taken(due: &str) = "Somebody of the service desk is looking into it. We answer at the latest on {due}.", "Jemand vom Service Desk sieht ihn sich an. Wir antworten spätestens am {due}.";
    cooling_phone(opens: &str) = "Approved. You get the link to set up your new device by e-mail: {opens}.", "Genehmigt. Den Link zum Einrichten Ihres neuen Geräts bekommen Sie per E-Mail: {opens}.";
    cooling_address(opens: &str) = "Approved. The sign-in asks for the address again from this time on: {opens}.", "Genehmigt. Die Anmeldung fragt ab dieser Zeit wieder nach der Adresse: {opens}.";
    ready_phone(closes: &str) = "Approved. The link is in your mailbox and works until this time: {closes}.", "Genehmigt. Der Link ist in Ihrem Postfach und gilt bis zu dieser Zeit: {closes}.";
    ready_address(closes: &str) = "Approved. Sign in and name your address, until this time: {closes}.", "Genehmigt. Melden Sie sich an und geben Sie Ihre Adresse an, bis zu dieser Zeit: {closes}.";
    declined(reason: &str) = "The service desk could not approve it. The reason: {reason}", "Der Service Desk konnte ihn nicht genehmigen. Der Grund: {reason}";
    undo_lead(kind: &str, until: &str) = "The way to sign in “{kind}” was changed in your account. You can take this back until {until}: the old one works again, and the new one is gone.", "In Ihrem Konto wurde der Anmeldeweg „{kind}“ geändert. Sie können das zurücknehmen, bis {until}: Der alte gilt wieder, und der neue ist weg.";
}

/// The heading of the form, and the link that leads there.
pub const fn title(lang: Lang, kind: CaseKind) -> &'static str {
    match (kind, lang) {
        (CaseKind::LostPhone, Lang::En) => "Reset one-time password",
        (CaseKind::LostPhone, Lang::De) => "Einmal-Passwort zurücksetzen",
        (CaseKind::WrongAddress, Lang::En) => "I entered a wrong e-mail address",
        (CaseKind::WrongAddress, Lang::De) => "Ich habe eine falsche Adresse angegeben",
    }
}

/// What the form is for, with the hours of working days until an answer.
pub fn lead(lang: Lang, kind: CaseKind, hours: i64) -> String {
    match kind {
        CaseKind::LostPhone => lead_phone(lang, hours),
        CaseKind::WrongAddress => lead_address(lang, hours),
    }
}

/// A case that is over, in a sentence.
pub const fn over(lang: Lang, stage: Over) -> &'static str {
    match (stage, lang) {
        (Over::Vetoed, Lang::En) => {
            "Stopped: it was reported that the request was not yours. Call the service desk."
        }
        (Over::Vetoed, Lang::De) => {
            "Angehalten: Es wurde gemeldet, dass der Antrag nicht von Ihnen stammt. Rufen Sie den Service Desk an."
        }
        (Over::Withdrawn, Lang::En) => "Taken back. Nothing was changed.",
        (Over::Withdrawn, Lang::De) => "Zurückgezogen. Es wurde nichts geändert.",
        (Over::Lapsed, Lang::En) => {
            "Approved, but not used in time. Ask again if you still need it."
        }
        (Over::Lapsed, Lang::De) => {
            "Genehmigt, aber nicht rechtzeitig genutzt. Beantragen Sie es neu, wenn Sie es noch brauchen."
        }
        (Over::Used, Lang::En) => "Done. Your new way to sign in works.",
        (Over::Used, Lang::De) => "Erledigt. Ihr neuer Anmeldeweg gilt.",
        (Over::Undone, Lang::En) => "Taken back afterwards: the old way to sign in works again.",
        (Over::Undone, Lang::De) => "Nachträglich zurückgenommen: Der alte Anmeldeweg gilt wieder.",
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// "This was not me."
    Vetoed,
    /// Taken back by who asked.
    Withdrawn,
    /// Not used in time.
    Lapsed,
    /// The new factor works.
    Used,
    /// Taken back afterwards.
    Undone,
}
