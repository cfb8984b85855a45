//! What stands around every task: header, steps, help, language, light.

use domain::{FactorKind, Lang, screen::StepName};

say! {
    product = "Rekey", "Rekey";
    desk = "Rekey desk", "Rekey Desk";
    skip = "Skip to content", "Zum Inhalt";
    language = "Language", "Sprache";
    theme = "Appearance", "Darstellung";
    theme_system = "System", "System";
    theme_light = "Light", "Hell";
    theme_dark = "Dark", "Dunkel";
    help = "Need help?", "Hilfe";
    service_desk = "Service Desk", "Service Desk";
    write = "Write to the service desk", "Dem Service Desk schreiben";
    start = "All sign-ins", "Alle Anmeldungen";
    progress = "Progress", "Fortschritt";
    step_done = "done", "erledigt";
    main_menu = "Main", "Hauptmenü";
    overview = "Overview", "Übersicht";
    sessions = "Sessions", "Sitzungen";
    profile = "Profile", "Profil";
    administration = "Administration", "Administration";
    sign_out = "Sign out", "Abmelden";
    back = "Back", "Zurück";
    cancel = "Cancel", "Abbrechen";
    save = "Save", "Speichern";
    saving = "Saving …", "Wird gespeichert …";
    proceed = "Continue", "Weiter";
    confirm = "Confirm", "Bestätigen";
    working = "One moment …", "Einen Moment …";
    loading = "Loading the page …", "Die Seite wird geladen …";
    show = "Show", "Zeigen";
    hide = "Hide", "Verbergen";
    copy = "Copy", "Kopieren";
    problem = "There is a problem", "Das hat nicht geklappt";
    demo = "This is a demo. Nothing here is real, and nothing leaves it: every message is shown in the mailbox.", "Das ist eine Demo. Nichts hier ist echt, und nichts verlässt sie: Jede Nachricht steht im Postfach.";
    demo_mailbox = "Open the mailbox", "Postfach öffnen";
    announcement = "Announcement", "Mitteilung";
    small_print = "Legal", "Rechtliches";
    breadcrumb = "You are here", "Sie sind hier";
    not_found = "This page is not here", "Diese Seite gibt es hier nicht";
    not_found_lead = "The address may be mistyped, or the page is not for the account that you are signed in with.", "Vielleicht ist die Adresse vertippt, oder die Seite ist nicht für das Konto bestimmt, mit dem Sie angemeldet sind.";
    to_start = "To the start page", "Zur Startseite";
    failed = "This did not work", "Das hat nicht funktioniert";
    failed_lead = "It is not your fault. Try again in a minute; what you have done so far is kept.", "Das liegt nicht an Ihnen. Versuchen Sie es in einer Minute noch einmal; was Sie bisher getan haben, bleibt erhalten.";
    signed_out = "You are not signed in any more", "Sie sind nicht mehr angemeldet";
    signed_out_lead = "That happens after a while without use. Sign in to go on.", "Das kommt vor, wenn eine Weile nichts geschieht. Melden Sie sich an, um weiterzumachen.";
    not_allowed = "This page is not for this account", "Diese Seite ist nicht für dieses Konto";
    offline = "The server cannot be reached. Check your connection and try again.", "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.";
    try_again = "Try again", "Noch einmal versuchen";
    reload = "Load the page again", "Seite neu laden";
}

tell! {
    error_title(title: &str) = "Error: {title}", "Fehler: {title}";
    title(title: &str, place: &str) = "{title} – {place}", "{title} – {place}";
    too_many(duration: &str) = "Too much came from your network at once. Nothing is lost: send it again in {duration}.", "Aus Ihrem Netz kam zu viel auf einmal. Es ist nichts verloren: Senden Sie es in {duration} noch einmal ab.";
    account(login: &str) = "Account: {login}", "Konto: {login}";
    step_of(now: usize, of: usize) = "Step {now} of {of}", "Schritt {now} von {of}";
    reference(code: &str) = "If it keeps happening, tell the service desk this reference: {code}", "Wenn es öfter geschieht, nennen Sie dem Service Desk diese Kennung: {code}";
}

/// The name of a step in the chain.
pub const fn step(lang: Lang, name: StepName) -> &'static str {
    match (name, lang) {
        (StepName::Credentials, Lang::En) => "Sign in",
        (StepName::Credentials, Lang::De) => "Anmelden",
        (StepName::Factor(kind), _) => factor_step(lang, kind),
        (StepName::ChooseMethod, Lang::En) => "Choose a safe method",
        (StepName::ChooseMethod, Lang::De) => "Sichere Methode wählen",
        (StepName::SetUp, Lang::En) => "Set up the method",
        (StepName::SetUp, Lang::De) => "Methode einrichten",
        (StepName::RecoveryCodes, Lang::En) => "Recovery codes",
        (StepName::RecoveryCodes, Lang::De) => "Wiederherstellungscodes",
        (StepName::Identify, Lang::En) => "Find your account",
        (StepName::Identify, Lang::De) => "Konto finden",
        (StepName::NewPassword, Lang::En) => "New password",
        (StepName::NewPassword, Lang::De) => "Neues Passwort",
        (StepName::NewPin, _) => crate::reset_pin::new_pin(lang),
        (StepName::CaseForm, _) => crate::cases::step_form(lang),
        (StepName::CaseDecided, _) => crate::cases::step_desk(lang),
    }
}

const fn factor_step(lang: Lang, kind: FactorKind) -> &'static str {
    match (kind, lang) {
        (FactorKind::Totp, Lang::En) => "Code from the app",
        (FactorKind::Totp, Lang::De) => "Code aus der App",
        (FactorKind::Email, Lang::En) => "Code from the e-mail",
        (FactorKind::Email, Lang::De) => "Code aus der E-Mail",
        (FactorKind::Sms, Lang::En) => "Code from the SMS",
        (FactorKind::Sms, Lang::De) => "Code aus der SMS",
        (FactorKind::Voice, Lang::En) => "Code from the call",
        (FactorKind::Voice, Lang::De) => "Code aus dem Anruf",
        (FactorKind::Recovery, Lang::En) => "Recovery code",
        (FactorKind::Recovery, Lang::De) => "Wiederherstellungscode",
        _ => crate::factor::name(lang, kind),
    }
}
