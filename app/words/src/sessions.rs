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
    end_others_sure = "Every other browser is signed out at once. Remembered browsers are forgotten. You stay signed in here.", "Alle anderen Browser werden sofort abgemeldet. Gemerkte Browser werden vergessen. Hier bleiben Sie angemeldet.";
    end_others_submit = "End all other sessions", "Alle anderen Sitzungen beenden";
    devices = "Remembered browsers", "Gemerkte Browser";
    devices_lead = "A sign-in there asks for the password alone. Forget those that you no longer use.", "Dort fragt die Anmeldung nur nach dem Passwort. Lassen Sie vergessen, was Sie nicht mehr benutzen.";
    used = "Last sign-in", "Letzte Anmeldung";
    until = "Remembered until", "Gemerkt bis";
    forget = "Forget", "Vergessen";
    forget_sure = "The next sign-in in that browser asks for the second factor again.", "Die nächste Anmeldung in diesem Browser fragt wieder nach dem zweiten Faktor.";
    forget_submit = "Forget browser", "Browser vergessen";
    consents = "Applications that may know who you are", "Anwendungen, die wissen dürfen, wer Sie sind";
    consents_lead = "You agreed that they learn what stands there. You can take that back at any time.", "Sie haben zugestimmt, dass diese Anwendungen erfahren, was dort steht. Sie können das jederzeit zurücknehmen.";
    consent_since = "Since", "Seit";
    consent_knows = "It learns", "Sie erfährt";
    withdraw = "Take back", "Zurücknehmen";
    withdraw_sure = "The application learns nothing more about you. What it knows already stays with it, and you are signed out there as far as it asks.", "Die Anwendung erfährt nichts mehr über Sie. Was sie schon weiß, bleibt dort; abgemeldet sind Sie dort, sobald sie nachfragt.";
    withdraw_submit = "Take consent back", "Zustimmung zurücknehmen";
    only_here = "You are signed in here only.", "Sie sind nur hier angemeldet.";
}
