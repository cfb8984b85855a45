//! On the way from an application to the sign-in and back.

use domain::{
    Lang,
    oidc::{PageFault, Scope},
};

say! {
    moving_title = "You are signed in", "Sie sind angemeldet";
    moving_lead = "You are taken on by itself. If nothing happens, go on here.", "Es geht von selbst weiter. Falls nichts geschieht, geht es hier weiter.";
    go_on = "Continue", "Weiter";
    left_title = "You are signed out", "Sie sind abgemeldet";
    fault_title = "This link does not work", "Dieser Link funktioniert nicht";
    unknown_client = "The application that sent you here is not known to us. Go back to it and tell its operator.", "Die Anwendung, die Sie hierher geschickt hat, ist uns nicht bekannt. Gehen Sie zu ihr zurück und melden Sie es ihrem Betreiber.";
    unknown_redirect = "The application wants you sent to an address that it has not registered. For your safety nothing was sent there. Go back to the application and tell its operator.", "Die Anwendung möchte Sie an eine Adresse schicken lassen, die sie nicht angemeldet hat. Zu Ihrer Sicherheit wurde dorthin nichts geschickt. Gehen Sie zur Anwendung zurück und melden Sie es ihrem Betreiber.";
    stopped = "The application did not know this browser again. Open it once more; if that does not help, allow it to keep cookies.", "Die Anwendung hat diesen Browser nicht wiedererkannt. Öffnen Sie sie noch einmal; hilft das nicht, erlauben Sie ihr, Cookies zu speichern.";
    stopped_title = "Open the application once more", "Öffnen Sie die Anwendung noch einmal";
    frozen = "Your account is frozen, and applications stay closed until the service desk has checked with you.", "Ihr Konto ist eingefroren. Anwendungen bleiben geschlossen, bis der Service Desk das mit Ihnen geklärt hat.";
    declined = "You said no, so the application was told nothing.", "Sie haben abgelehnt. Die Anwendung hat nichts erfahren.";
    unmet = "This application asks for a way to sign in that you have not set up. Your overview shows what you can add.", "Diese Anwendung verlangt einen Anmeldeweg, den Sie nicht eingerichtet haben. Ihre Übersicht zeigt, was Sie hinzufügen können.";
    closed_title = "This application stays closed", "Diese Anwendung bleibt geschlossen";
    open_again = "Open the application", "Anwendung öffnen";
    to_overview = "To your overview", "Zu Ihrer Übersicht";
    to_start = "To the start page", "Zur Startseite";
    choose_title = "Who are you?", "Wer sind Sie?";
    use_another = "Use another account", "Anderes Konto verwenden";
    allow = "Allow", "Erlauben";
    decline = "Decline", "Ablehnen";
    would_know = "The application would know:", "Die Anwendung würde erfahren:";
    scope_openid = "that it is you, by a number that stands for you", "dass Sie es sind, durch eine Nummer, die für Sie steht";
    scope_profile = "your name, your login and your language", "Ihren Namen, Ihren Anmeldenamen und Ihre Sprache";
    scope_email = "your e-mail address", "Ihre E-Mail-Adresse";
    scope_offline = "all of this while you are away, for up to 90 days", "all das auch in Ihrer Abwesenheit, bis zu 90 Tage lang";
    end_title = "Sign out here as well?", "Auch hier abmelden?";
    end_lead = "Other applications that you opened from here are told that you are leaving.", "Andere Anwendungen, die Sie von hier aus geöffnet haben, erfahren, dass Sie gehen.";
    end_submit = "Sign out", "Abmelden";
    stay = "Stay signed in", "Angemeldet bleiben";
}

tell! {
    choose_lead(application: &str) = "{application} asks who goes on there.", "{application} fragt, wer dort weitergeht.";
    go_on_as(person: &str) = "Continue as {person}", "Weiter als {person}";
    consent_title(application: &str) = "May {application} know who you are?", "Darf {application} wissen, wer Sie sind?";
    end_asked(application: &str) = "{application} asks to sign you out.", "{application} möchte Sie abmelden.";
}

/// Why nobody is sent on.
pub const fn fault(lang: Lang, fault: PageFault) -> &'static str {
    match fault {
        PageFault::UnknownClient => unknown_client(lang),
        PageFault::UnknownRedirect => unknown_redirect(lang),
        PageFault::Stopped => stopped(lang),
        PageFault::Frozen => frozen(lang),
        PageFault::Declined => declined(lang),
        PageFault::Unmet => unmet(lang),
    }
}

/// The same in short.
pub const fn title_of(lang: Lang, fault: PageFault) -> &'static str {
    match fault {
        PageFault::UnknownClient | PageFault::UnknownRedirect => fault_title(lang),
        PageFault::Stopped => stopped_title(lang),
        PageFault::Frozen | PageFault::Declined | PageFault::Unmet => closed_title(lang),
    }
}

/// What a scope lets an application know.
pub const fn scope(lang: Lang, scope: Scope) -> &'static str {
    match scope {
        Scope::OpenId => scope_openid(lang),
        Scope::Profile => scope_profile(lang),
        Scope::Email => scope_email(lang),
        Scope::OfflineAccess => scope_offline(lang),
    }
}
