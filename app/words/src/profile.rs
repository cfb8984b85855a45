//! Name, language and addresses for notices.

say! {
    title = "User profile", "Benutzerprofil";
    about_you = "About you", "Über Sie";
    name = "Name", "Name";
    language = "Language", "Sprache";
    language_hint = "For pages and messages", "Für Seiten und Nachrichten";
    save = "Save", "Speichern";
    partner = "Partner number", "Partnernummer";
    email = "E-mail address", "E-Mail-Adresse";
    email_why = "The service desk changes it.", "Der Service Desk ändert sie.";
    addresses = "Addresses for notices", "Adressen für Mitteilungen";
    addresses_lead = "We tell all of them when a way to sign in changes. A second mailbox helps when somebody else reads the first.", "Allen sagen wir Bescheid, wenn sich ein Anmeldeweg ändert. Ein zweites Postfach hilft, wenn jemand anders das erste liest.";
    first_address = "Your e-mail address", "Ihre E-Mail-Adresse";
    add_label = "Further e-mail address", "Weitere E-Mail-Adresse";
    add_hint = "We send a code there first.", "Wir schicken zuerst einen Code dorthin.";
    add = "Add address", "Adresse hinzufügen";
    remove = "Remove", "Entfernen";
    remove_sure = "No more notices go there. We tell that address about it too.", "Dorthin gehen keine Mitteilungen mehr. Auch dieser Adresse sagen wir das.";
    remove_submit = "Remove address", "Adresse entfernen";
    pending = "Waits for its code", "Wartet auf den Code";
    password = "Password", "Passwort";
    password_change = "Change password", "Passwort ändern";
}
