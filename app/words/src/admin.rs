//! Administration: realms, people, invitations.

use domain::{
    Lang,
    screen::{InvitationState, PersonChange},
};

say! {
    home_title = "Administration", "Verwaltung";
    home_lead = "Choose a realm.", "Wählen Sie einen Realm.";
    home_nothing = "You have no realm to administrate", "Sie haben keinen Realm zu verwalten";
    home_nothing_lead = "Somebody with the administrator role can give you one.", "Jemand mit der Administratorrolle kann Ihnen einen geben.";
    realms = "Realms", "Realms";
    change_realm = "Change realm", "Realm wechseln";
    people = "People", "Personen";
    invitations = "Invitations", "Einladungen";

    search = "Search", "Suchen";
    search_label = "Name, login or e-mail address", "Name, Anmeldename oder E-Mail-Adresse";
    search_clear = "Show all", "Alle zeigen";
    export = "Export as CSV", "Als CSV exportieren";
    people_caption = "People, by name", "Personen, nach Namen";
    person = "Person", "Person";
    login = "Login", "Anmeldename";
    added = "Added", "Hinzugefügt";
    state = "State", "Status";
    people_none = "Nobody is here yet", "Hier ist noch niemand";
    people_none_lead = "Invite the first person.", "Laden Sie die erste Person ein.";
    found_none = "Nobody was found", "Niemand gefunden";
    found_none_lead = "Check the spelling, or search for a part of the name.", "Prüfen Sie die Schreibweise, oder suchen Sie nach einem Teil des Namens.";
    active = "Active", "Aktiv";
    frozen = "Frozen", "Eingefroren";
    disabled = "Disabled", "Deaktiviert";
    locked = "Locked", "Gesperrt";
    not_set_up = "Not set up yet", "Noch nicht eingerichtet";
    pages = "Pages", "Seiten";
    first_page = "First page", "Erste Seite";
    next_page = "Next", "Weiter";
    no_name = "No name given", "Kein Name angegeben";

    facts = "About the person", "Zur Person";
    email = "E-mail address", "E-Mail-Adresse";
    sessions = "Open sessions", "Offene Sitzungen";
    recovery_left = "Recovery codes left", "Übrige Wiederherstellungscodes";
    factors = "Factors", "Faktoren";
    factors_none = "No factors yet.", "Noch keine Faktoren.";
    history = "History", "Verlauf";
    history_none = "Nothing has happened yet.", "Es ist noch nichts geschehen.";
    actions = "Actions", "Aktionen";
    actions_told = "Whatever you do here, the person is told and the audit trail keeps it.", "Was Sie hier tun, erfährt die Person, und die Prüfspur hält es fest.";
    never_used = "never used", "nie verwendet";
    manager = "Manager", "Führungskraft";
    manager_none = "Nobody is on record.", "Niemand ist hinterlegt.";
    manager_login = "Login of the manager", "Anmeldename der Führungskraft";
    manager_hint = "Decides what the person asks for, and can vouch for them at the service desk. What waits goes to the new manager. Leave the field empty to enter nobody.", "Entscheidet über Anträge der Person und kann beim Service Desk für sie bürgen. Offene Anträge gehen an die neue Führungskraft. Ein leeres Feld entfernt den Eintrag.";
    manager_save = "Save manager", "Führungskraft speichern";
    no_such_manager = "Nobody in this realm who may sign in has this login. Check the spelling, or find them under “People”.", "In diesem Realm meldet sich niemand mit diesem Namen an, oder das Konto ist deaktiviert. Prüfen Sie die Schreibweise, oder suchen Sie unter „Personen“.";
    not_their_manager = "This person cannot be their manager. Nobody decides for themselves, no two people decide for each other, and only another administrator can enter you.", "Diese Person kann hier nicht Führungskraft sein. Niemand entscheidet für sich selbst, keine zwei Personen entscheiden füreinander, und Sie selbst kann nur jemand anderes aus der Administration eintragen.";

    invite_one = "Invite one person", "Eine Person einladen";
    invite_name = "Name, if you know it", "Name, falls bekannt";
    invite_lang = "Language of the mail", "Sprache der Mail";
    invite_why = "The link opens a page with “Set up your account”. There the person sets a password and chooses a safe method; opening the mail alone changes nothing.", "Der Link öffnet eine Seite mit „Konto einrichten“. Dort setzt die Person ein Passwort und wählt eine sichere Methode; das Öffnen der Mail allein ändert nichts.";
    invite_submit = "Send invitation", "Einladung senden";
    invite_many = "Invite many from CSV", "Viele per CSV einladen";
    csv_label = "Rows of the file", "Zeilen der Datei";
    csv_hint = "The first row names the columns: email is needed, name, lang (de or en) and manager (the login of somebody who is here already, or stands further up) are optional.", "Die erste Zeile nennt die Spalten: email ist nötig, name, lang (de oder en) und manager (der Anmeldename einer Person, die schon hier ist oder weiter oben steht) sind freiwillig.";
    csv_example = "An example", "Ein Beispiel";
    csv_too_large = "This file is larger than 2 MB. Invite in several smaller lists.", "Diese Datei ist größer als 2 MB. Laden Sie in mehreren kleineren Listen ein.";
    csv_not_readable = "The browser could not read this file. Close it in other programs and choose it again.", "Der Browser konnte diese Datei nicht lesen. Schließen Sie sie in anderen Programmen und wählen Sie sie noch einmal.";
    csv_file = "Choose a file", "Datei wählen";
    csv_check = "Check the rows", "Zeilen prüfen";
    csv_checking = "Checking …", "Wird geprüft …";
    csv_nothing_sent = "Nothing is sent before you have seen the result.", "Es wird nichts gesendet, bevor Sie das Ergebnis gesehen haben.";
    csv_clean = "Every row is fine.", "Alle Zeilen sind in Ordnung.";
    csv_nothing_good = "There is no row to send. Correct the rows below and check again.", "Es gibt keine Zeile zum Senden. Korrigieren Sie die Zeilen unten und prüfen Sie noch einmal.";
    csv_anew = "Check other rows", "Andere Zeilen prüfen";
    list = "Sent", "Gesendet";
    list_caption = "Invitations, newest first", "Einladungen, neueste zuerst";
    list_none = "No invitations yet", "Noch keine Einladungen";
    list_none_lead = "Those that you send appear here with their state.", "Was Sie senden, erscheint hier mit seinem Status.";
    sent = "Sent", "Gesendet";
    next_step = "Next step", "Nächster Schritt";
    nothing_to_do = "nothing to do", "nichts zu tun";
    resend = "Send again", "Erneut senden";
    revoke = "Revoke", "Zurückziehen";
    revoke_sure = "Its link stops working at once. The account stays without a password.", "Der Link gilt sofort nicht mehr. Das Konto bleibt ohne Passwort.";
    revoke_submit = "Revoke invitation", "Einladung zurückziehen";
}

tell! {
    row(n: u32) = "Row {n}", "Zeile {n}";
    row_says(n: u32, what: &str, why: &str) = "Row {n}: “{what}” – {why}", "Zeile {n}: „{what}“ – {why}";
    row_empty(n: u32, why: &str) = "Row {n}: {why}", "Zeile {n}: {why}";
    row_known(n: u32) = "Row {n}: is there already, nothing is done for it", "Zeile {n}: ist schon da, hier geschieht nichts";
    send_good(rows: &str) = "Send {rows}", "{rows} senden";
    to_whom(email: &str) = " to {email}", " an {email}";
    of_whom(email: &str) = " for {email}", " für {email}";
    results_for(search: &str) = "Results for “{search}”", "Treffer für „{search}“";
}

/// "3 rows need a look before anything is sent".
pub fn csv_bad(lang: Lang, n: u32) -> String {
    let rows = crate::count::rows(lang, n);
    match (lang, n) {
        (Lang::En, 1) => format!("{rows} needs a look before anything is sent"),
        (Lang::En, _) => format!("{rows} need a look before anything is sent"),
        (Lang::De, 1) => format!("{rows} braucht einen Blick, bevor etwas gesendet wird"),
        (Lang::De, _) => format!("{rows} brauchen einen Blick, bevor etwas gesendet wird"),
    }
}

/// Where an invitation stands.
pub const fn invitation(lang: Lang, state: InvitationState) -> &'static str {
    match (state, lang) {
        (InvitationState::Waiting, Lang::En) => "Waiting",
        (InvitationState::Waiting, Lang::De) => "Wartet",
        (InvitationState::Sent, Lang::En) => "Sent",
        (InvitationState::Sent, Lang::De) => "Gesendet",
        (InvitationState::Opened, Lang::En) => "Opened",
        (InvitationState::Opened, Lang::De) => "Geöffnet",
        (InvitationState::Accepted, Lang::En) => "Account set up",
        (InvitationState::Accepted, Lang::De) => "Konto eingerichtet",
        (InvitationState::Expired, Lang::En) => "Expired",
        (InvitationState::Expired, Lang::De) => "Abgelaufen",
        (InvitationState::Revoked, Lang::En) => "Revoked",
        (InvitationState::Revoked, Lang::De) => "Zurückgezogen",
        (InvitationState::Undeliverable, Lang::En) => "Address refused",
        (InvitationState::Undeliverable, Lang::De) => "Adresse abgelehnt",
    }
}

/// The button that changes a person.
pub const fn change(lang: Lang, change: PersonChange) -> &'static str {
    match (change, lang) {
        (PersonChange::Unlocked, Lang::En) => "Unlock",
        (PersonChange::Unlocked, Lang::De) => "Entsperren",
        (PersonChange::FreezeLifted, Lang::En) => "Lift the freeze",
        (PersonChange::FreezeLifted, Lang::De) => "Einfrieren aufheben",
        (PersonChange::SessionsEnded, Lang::En) => "End all sessions",
        (PersonChange::SessionsEnded, Lang::De) => "Alle Sitzungen beenden",
        (PersonChange::Disabled, Lang::En) => "Disable",
        (PersonChange::Disabled, Lang::De) => "Deaktivieren",
        (PersonChange::Enabled, Lang::En) => "Enable",
        (PersonChange::Enabled, Lang::De) => "Aktivieren",
        (PersonChange::InvitedAnew, Lang::En) => "Invite anew",
        (PersonChange::InvitedAnew, Lang::De) => "Neu einladen",
        (PersonChange::AddressCodeSent, Lang::En) => "Send an invitation code",
        (PersonChange::AddressCodeSent, Lang::De) => "Einladungscode senden",
    }
}

/// What that button does.
pub const fn change_about(lang: Lang, change: PersonChange) -> &'static str {
    match (change, lang) {
        (PersonChange::AddressCodeSent, Lang::En) => {
            "The contact of the partner gets a code by e-mail. With it the person names the address for codes at the first sign-in. A code from before is void."
        }
        (PersonChange::AddressCodeSent, Lang::De) => {
            "Der Kontakt des Partners bekommt einen Code per E-Mail. Damit gibt die Person bei der ersten Anmeldung die Adresse für Codes an. Ein früherer Code gilt nicht mehr."
        }
        (PersonChange::Unlocked, Lang::En) => {
            "Clears the count of wrong tries, so that the person can try again now."
        }
        (PersonChange::Unlocked, Lang::De) => {
            "Löscht die Zahl der falschen Versuche, damit die Person es jetzt wieder versuchen kann."
        }
        (PersonChange::FreezeLifted, Lang::En) => {
            "Speak with the person first: somebody reported “This was not me”. After that, factors can be changed again."
        }
        (PersonChange::FreezeLifted, Lang::De) => {
            "Sprechen Sie zuerst mit der Person: Es wurde „Das war ich nicht“ gemeldet. Danach lassen sich Faktoren wieder ändern."
        }
        (PersonChange::SessionsEnded, Lang::En) => {
            "Signs the person out everywhere, at once. They can sign in again."
        }
        (PersonChange::SessionsEnded, Lang::De) => {
            "Meldet die Person sofort überall ab. Sie kann sich wieder anmelden."
        }
        (PersonChange::Disabled, Lang::En) => {
            "Ends all sessions at once. The person cannot sign in until the account is enabled."
        }
        (PersonChange::Disabled, Lang::De) => {
            "Beendet sofort alle Sitzungen. Die Person kann sich nicht anmelden, bis das Konto aktiviert ist."
        }
        (PersonChange::Enabled, Lang::En) => {
            "The person can sign in again, with the same factors as before."
        }
        (PersonChange::Enabled, Lang::De) => {
            "Die Person kann sich wieder anmelden, mit denselben Faktoren wie zuvor."
        }
        (PersonChange::InvitedAnew, Lang::En) => {
            "Sends a new link to set up the account. The old one stops working."
        }
        (PersonChange::InvitedAnew, Lang::De) => {
            "Schickt einen neuen Link zum Einrichten des Kontos. Der alte gilt nicht mehr."
        }
    }
}

/// Why that button can do nothing now; empty where there is nothing to say.
pub const fn change_not(lang: Lang, change: PersonChange) -> &'static str {
    match (change, lang) {
        (PersonChange::AddressCodeSent, Lang::En) => {
            "The address is named already, or no contact of the partner is on record."
        }
        (PersonChange::AddressCodeSent, Lang::De) => {
            "Die Adresse ist schon angegeben, oder zum Partner ist kein Kontakt hinterlegt."
        }
        (PersonChange::Unlocked, Lang::En) => "Nothing is locked.",
        (PersonChange::Unlocked, Lang::De) => "Es ist nichts gesperrt.",
        (PersonChange::FreezeLifted, Lang::En) => "Nothing is frozen.",
        (PersonChange::FreezeLifted, Lang::De) => "Es ist nichts eingefroren.",
        (PersonChange::SessionsEnded, Lang::En) => "The person is signed in nowhere.",
        (PersonChange::SessionsEnded, Lang::De) => "Die Person ist nirgends angemeldet.",
        (PersonChange::InvitedAnew, Lang::En) => "The account is set up already.",
        (PersonChange::InvitedAnew, Lang::De) => "Das Konto ist schon eingerichtet.",
        (PersonChange::Disabled | PersonChange::Enabled, _) => "",
    }
}

/// Why a chosen file was not read.
pub const fn csv_unread(lang: Lang, is_too_large: bool) -> &'static str {
    if is_too_large {
        csv_too_large(lang)
    } else {
        csv_not_readable(lang)
    }
}
