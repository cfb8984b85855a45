//! Where one is signed in.

say! {
    title = "Sessions", "Sitzungen";
    lead = "These browsers are signed in to your account.", "Diese Browser sind an Ihrem Konto angemeldet.";
    here = "This browser", "Dieser Browser";
    unknown_browser = "Unknown browser", "Unbekannter Browser";
    opened = "Signed in", "Angemeldet";
    seen = "Last seen", "Zuletzt gesehen";
    address = "Address", "Adresse";
    end = "End", "Beenden";
    end_sure = "That browser is signed out at once.", "Dieser Browser wird sofort abgemeldet.";
    end_submit = "End session", "Sitzung beenden";
    end_others = "End all others", "Alle anderen beenden";
    end_others_sure = "Every other browser is signed out at once. You stay signed in here.", "Alle anderen Browser werden sofort abgemeldet. Hier bleiben Sie angemeldet.";
    end_others_submit = "End all other sessions", "Alle anderen Sitzungen beenden";
    only_here = "You are signed in here only.", "Sie sind nur hier angemeldet.";
}
