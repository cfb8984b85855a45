//! A realm's policy in words.

use crate::count::noun;
use domain::{
    FactorKind, Lang,
    policy::{Bind, Both, Care},
};

say! {
    title = "Policy", "Regeln";
    lead = "What this realm asks of its people, as the server reads it. It is changed in its file; the server reads that when it starts.", "Was dieser Realm von seinen Personen verlangt, so wie der Server es liest. Geändert wird es in seiner Datei; der Server liest sie beim Start.";
    risks = "Accepted risks", "Hingenommene Risiken";
    risks_none = "No risk was accepted here.", "Hier wurde kein Risiko hingenommen.";
    setting = "Setting", "Einstellung";
    value = "Value", "Wert";
    origin = "Comes from", "Herkunft";
    preset = "preset default", "Voreinstellung";
    none = "none", "keine";
    not_set = "not set", "nicht festgelegt";

    basics = "The realm", "Der Realm";
    slug = "Name in addresses", "Name in Adressen";
    name = "Name", "Name";
    summary = "Sentence on the start page", "Satz auf der Startseite";
    regions = "Regions on the start page", "Regionen auf der Startseite";
    language = "Language of people who chose none", "Sprache für Personen ohne eigene Wahl";
    zone = "Time zone", "Zeitzone";
    login = "People sign in with", "Personen melden sich an mit";
    announcement = "Announcement", "Ankündigung";

    look = "Look", "Aussehen";
    brand = "Colour", "Farbe";
    cut = "Cut of the key", "Schnitt des Schlüssels";
    logo = "Mark", "Zeichen";
    logo_own = "a drawing of its own", "eine eigene Zeichnung";
    logo_none = "that of the product", "das des Produkts";

    contact = "Service desk", "Service Desk";
    phone = "Telephone", "Telefon";
    hours = "Hours", "Zeiten";
    email = "E-mail address", "E-Mail-Adresse";

    footer = "Footer", "Fußzeile";
    copyright = "Copyright", "Copyright";
    links = "Links", "Links";

    sign_in = "Signing in", "Anmelden";
    offers = "Second factors to set up", "Zweite Faktoren zum Einrichten";
    offers_none = "none yet", "noch keine";

    password = "Passwords", "Passwörter";
    pin = "PIN", "PIN";
    least = "At least", "Mindestens";
    most = "At most", "Höchstens";

    approvals = "Approvals by managers", "Genehmigungen durch Führungskräfte";
    approvals_methods = "Only after an approval", "Nur nach Genehmigung";
    approvals_answer = "A request waits for", "Ein Antrag wartet";
    approvals_remind = "The manager is reminded after", "Die Führungskraft wird erinnert nach";
    approvals_use = "An approval can be used for", "Eine Genehmigung gilt zum Einrichten";
    approvals_review = "It is looked at again after", "Erneute Prüfung nach";
    caller = "Callers at the service desk", "Wer beim Service Desk anruft";
    caller_accepts = "Verified by", "Nachweise";
    caller_numbers = "Telephone numbers of", "Telefonnummern aus";
    caller_protected = "Protected accounts", "Geschützte Konten";
    lines = "SMS and calls", "SMS und Anrufe";
    lines_refuse = "Never to numbers that begin with", "Nie an Nummern, die so beginnen";
    lines_prefix = "To numbers that begin alike, within an hour", "An Nummern mit gleichem Anfang, innerhalb einer Stunde";
    lines_day = "Within a day", "An einem Tag";
    lines_costs = "Cost of one, by the beginning of its number", "Preis für eine Nachricht, nach dem Anfang der Nummer";
    lines_costs_none = "not counted", "wird nicht gezählt";
    lines_budget = "Budget of a day", "Budget für einen Tag";
    lines_budget_none = "no limit", "unbegrenzt";
    reset_pin = "A forgotten PIN", "Eine vergessene PIN";
    reset_pin_none = "nobody sets it anew here", "wird hier nicht neu gesetzt";
    emergency = "The emergency password", "Das Notfall-Passwort";
    emergency_spoken = "is read out by the service desk", "liest der Service Desk vor";
    emergency_blind = "lands unseen in the browser of the person", "kommt ungesehen im Browser der Person an";
    emergency_minutes = "It works for", "Es gilt";
    groups = "Headings on the overview", "Überschriften in der Übersicht";
    grace = "First sign-ins without a second factor", "Erste Anmeldungen ohne zweiten Faktor";
    grace_sign_ins = "So many of each person", "So viele je Person";
    grace_before = "And all before this day", "Und alle vor diesem Tag";
    remember = "Remembered browsers", "Gemerkte Browser";
    remember_days = "Days without the second factor", "Tage ohne zweiten Faktor";
    remember_none = "none: every sign-in asks for it", "keine: Jede Anmeldung fragt danach";
    grace_none = "none: every sign-in needs one", "keine: Jede Anmeldung braucht einen";

    capture = "First address for codes", "Erste Adresse für Codes";
    capture_none = "not asked for: codes go to the address on record", "wird nicht erfragt: Codes gehen an die hinterlegte Adresse";
    bind = "What binds it to the person", "Was sie an die Person bindet";
    shared = "Mailboxes that several people read", "Postfächer, die mehrere lesen";
    foreign = "Mailboxes outside of the company", "Postfächer außerhalb des Unternehmens";

    mail_code = "Codes by e-mail", "Codes per E-Mail";
    digits = "Length", "Länge";
    valid = "Valid for", "Gültig für";

    sessions = "Sessions", "Sitzungen";
    idle = "End without activity after", "Enden ohne Aktivität nach";
    overall = "End in any case after", "Enden auf jeden Fall nach";
    fresh = "A confirmation allows changes for", "Eine Bestätigung erlaubt Änderungen für";

    reset = "Forgotten passwords", "Vergessene Passwörter";
    reset_link = "The link by e-mail works for", "Der Link per E-Mail gilt";
    reset_none = "there is no reset by e-mail", "ein Zurücksetzen per E-Mail gibt es nicht";

    invitation = "Invitations", "Einladungen";
    invitation_link = "The link works for", "Der Link gilt";
    invitation_none = "nobody is invited", "niemand wird eingeladen";

    registration = "Registration", "Registrierung";
    registration_mail = "The e-mail works for", "Die E-Mail gilt";
    registration_none = "nobody registers", "niemand registriert sich";
    terms_version = "Version of the terms", "Fassung der Bedingungen";
    terms_url = "Terms", "Bedingungen";

    calendar = "Working days of the service desk", "Arbeitstage des Service Desk";
    working_days = "Days of the week", "Wochentage";
    holidays = "Days that do not count", "Tage, die nicht zählen";

    cases = "Requests that the service desk decides", "Anträge, über die der Service Desk entscheidet";
    cases_kinds = "What can be asked for", "Was beantragt werden kann";
    cases_none = "nothing: people call the service desk", "nichts: Personen rufen den Service Desk an";
    answer = "Answer on working days within", "Antwort an Arbeitstagen binnen";
    wait_live = "Wait after an approval, with a code of another device", "Wartezeit nach der Genehmigung, mit einem Code von einem anderen Gerät";
    wait_recovery = "Wait after an approval, with a recovery code", "Wartezeit nach der Genehmigung, mit einem Wiederherstellungscode";
    wait_manager = "Wait after an approval, with the word of the manager", "Wartezeit nach der Genehmigung, mit dem Wort der Führungskraft";
    wait_mailbox = "Wait after an approval, with the mailbox alone", "Wartezeit nach der Genehmigung, mit dem Postfach allein";
    no_wait = "no wait", "keine";
    window = "The way in stays open for", "Der Zugang bleibt offen für";
    probation = "The result can be taken back for", "Das Ergebnis lässt sich zurücknehmen für";
    privacy_version = "Version of the privacy policy", "Fassung der Datenschutzerklärung";
    privacy_url = "Address of the privacy policy", "Adresse der Datenschutzerklärung";

    applications = "Applications", "Anwendungen";
    applications_none = "no application signs its people in here", "keine Anwendung meldet ihre Personen hier an";
    app_url = "start page", "Startseite";
    app_redirects = "codes go to", "Codes gehen an";
    app_after = "people go after signing out to", "nach dem Abmelden geht es zu";
    app_hears = "hears of the end of sessions at", "erfährt vom Ende von Sitzungen unter";
    app_client = "kind", "Art";
    app_public = "public: it keeps no secret", "öffentlich: sie bewahrt kein Geheimnis";
    app_proxied = "behind a proxy: it knows no protocol", "hinter einem Proxy: sie kennt kein Protokoll";
    app_confidential = "confidential: it keeps a secret", "vertraulich: sie bewahrt ein Geheimnis";
    app_secrets = "number of secrets", "Anzahl der Geheimnisse";
    app_signing = "tokens are signed with", "Token werden signiert mit";
    app_scopes = "may ask for", "darf fragen nach";
    app_consent = "consent", "Zustimmung";
    app_asked = "people are asked", "Personen werden gefragt";
    app_unasked = "people are not asked", "Personen werden nicht gefragt";
    app_chains = "ways to sign in", "Wege der Anmeldung";
    app_all = "all of the realm", "alle des Realms";
    app_since = "these ways from", "diese Wege ab";
    others = "Further values, as they stand in the file", "Weitere Werte, wie sie in der Datei stehen";
}

tell! {
    line(n: u32) = "policy file, line {n}", "Regeldatei, Zeile {n}";
    way(n: usize) = "Way {n}", "Weg {n}";
    risk_other(path: &str) = "A risk called “{path}”", "Ein Risiko namens „{path}“";
}

/// Where a value comes from.
pub fn from(lang: Lang, line_in_file: Option<u32>) -> String {
    line_in_file.map_or_else(|| preset(lang).to_owned(), |n| line(lang, n))
}

/// A text in both languages.
pub fn both(text: &Both) -> String {
    format!("{} (English), {} (Deutsch)", text.en, text.de)
}

/// ", from 2026-12-01" for a chain of an application; nothing where it always counts.
pub fn app_days(lang: Lang, from: &str, before: &str) -> String {
    match (lang, from, before) {
        (_, "", "") => String::new(),
        (Lang::En, from, "") => format!(", from {from} on"),
        (Lang::De, from, "") => format!(", ab {from}"),
        (Lang::En, "", before) => format!(", before {before}"),
        (Lang::De, "", before) => format!(", vor dem {before}"),
        (Lang::En, from, before) => format!(", from {from} on and before {before}"),
        (Lang::De, from, before) => format!(", ab {from} und vor dem {before}"),
    }
}

/// "Password, then TOTP" for a way to sign in.
pub fn chain(lang: Lang, kinds: &[FactorKind]) -> String {
    let names: Vec<_> = kinds
        .iter()
        .map(|k| crate::factor::name(lang, *k))
        .collect();
    names.join(match lang {
        Lang::En => ", then ",
        Lang::De => ", dann ",
    })
}

/// "Passkey, TOTP" for what may be chosen from.
pub fn kinds(lang: Lang, kinds: &[FactorKind]) -> String {
    let names: Vec<_> = kinds
        .iter()
        .map(|k| crate::factor::name(lang, *k))
        .collect();
    names.join(", ")
}

/// "15 minutes".
pub fn minutes(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => noun(n, "minute", "minutes"),
        Lang::De => noun(n, "Minute", "Minuten"),
    }
}

/// "72 hours".
pub fn for_hours(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => noun(n, "hour", "hours"),
        Lang::De => noun(n, "Stunde", "Stunden"),
    }
}

/// "8 characters".
pub fn characters(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "character", "characters"),
        Lang::De => noun(n, "Zeichen", "Zeichen"),
    }
}

/// "6 digits".
pub fn figures(lang: Lang, n: u32) -> String {
    match lang {
        Lang::En => noun(n, "digit", "digits"),
        Lang::De => noun(n, "Ziffer", "Ziffern"),
    }
}

/// "1 sign-in".
pub fn times(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => noun(n, "sign-in", "sign-ins"),
        Lang::De => noun(n, "Anmeldung", "Anmeldungen"),
    }
}

/// "Monday, Tuesday" of a week that begins on Monday.
pub fn days(lang: Lang, week: [bool; 7]) -> String {
    const DAYS: [(&str, &str); 7] = [
        ("Monday", "Montag"),
        ("Tuesday", "Dienstag"),
        ("Wednesday", "Mittwoch"),
        ("Thursday", "Donnerstag"),
        ("Friday", "Freitag"),
        ("Saturday", "Samstag"),
        ("Sunday", "Sonntag"),
    ];
    let days: Vec<_> = DAYS
        .iter()
        .zip(week)
        .filter(|(_, counts)| *counts)
        .map(|((en, de), _)| match lang {
            Lang::En => *en,
            Lang::De => *de,
        })
        .collect();
    days.join(", ")
}

/// "90 minutes", or that there is no wait.
pub fn wait(lang: Lang, n: i64) -> String {
    match n {
        0 => no_wait(lang).to_owned(),
        n => minutes(lang, n),
    }
}

/// How careful a realm is.
pub const fn care(lang: Lang, care: Care) -> &'static str {
    match (care, lang) {
        (Care::Allow, Lang::En) => "pass",
        (Care::Allow, Lang::De) => "werden angenommen",
        (Care::Warn, Lang::En) => "pass after a warning",
        (Care::Warn, Lang::De) => "werden nach einer Warnung angenommen",
        (Care::Refuse, Lang::En) => "are refused",
        (Care::Refuse, Lang::De) => "werden abgelehnt",
    }
}

/// What binds a first address.
pub const fn bound_by(lang: Lang, bind: Bind) -> &'static str {
    match (bind, lang) {
        (Bind::Password, Lang::En) => "the password alone",
        (Bind::Password, Lang::De) => "das Passwort allein",
        (Bind::InvitationCode, Lang::En) => "a code to the partner’s contact",
        (Bind::InvitationCode, Lang::De) => "ein Code an den Kontakt des Partners",
        (Bind::Desk, Lang::En) => {
            "the service desk, which has a code sent to the partner’s contact"
        }
        (Bind::Desk, Lang::De) => {
            "der Service Desk, der dem Kontakt des Partners einen Code schicken lässt"
        }
    }
}

/// A setting of an application.
pub fn of_application(name: &str, what: &str) -> String {
    format!("{name}: {what}")
}

/// A risk, by its name in the file.
pub fn risk(lang: Lang, path: &str) -> String {
    let known = match (path, lang) {
        ("reset-by-mail+mail-code", Lang::En) => {
            "Whoever reads a person’s mailbox has the whole account"
        }
        ("reset-by-mail+mail-code", Lang::De) => {
            "Wer das Postfach einer Person liest, hat das ganze Konto"
        }
        ("first-address-by-password", Lang::En) => {
            "Whoever knows the first password names the address that codes go to"
        }
        ("first-address-by-password", Lang::De) => {
            "Wer das erste Passwort kennt, bestimmt, an welche Adresse Codes gehen"
        }
        ("first-sign-in-by-password", Lang::En) => {
            "The first sign-ins need a password and nothing else"
        }
        ("first-sign-in-by-password", Lang::De) => {
            "Die ersten Anmeldungen brauchen ein Passwort und sonst nichts"
        }
        _ => return risk_other(lang, path),
    };
    known.to_owned()
}

/// What something costs: "8 cents".
pub fn cents(lang: Lang, n: i64) -> String {
    match lang {
        Lang::En => noun(n, "cent", "cents"),
        Lang::De => noun(n, "Cent", "Cent"),
    }
}
