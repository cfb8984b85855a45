//! Naming the address that codes go to. Labels as the dealers' guide has them.

say! {
    title = "User profile", "Benutzerprofil";
    lead = "Enter the e-mail address to which we send a one-time password whenever you sign in.", "Geben Sie die E-Mail-Adresse an, an die wir bei jeder Anmeldung ein Einmalpasswort schicken.";
    advice = "Take your own work address, not a mailbox that others read as well.", "Nehmen Sie Ihre eigene dienstliche Adresse und kein Postfach, das auch andere lesen.";
    email = "E-mail address", "E-Mail-Adresse";
    repeat = "Confirm e-mail address", "E-Mail-Adresse bestätigen";
    update = "Update", "Aktualisieren";
    use_anyway = "Use it anyway", "Trotzdem verwenden";
    change_title = "Change the address for codes", "Adresse für Codes ändern";
    change_lead = "The code at your next sign-ins goes to the new address, as soon as it is confirmed. The old one is told.", "Der Code geht bei den nächsten Anmeldungen an die neue Adresse, sobald sie bestätigt ist. Die alte erfährt davon.";
    code = "Invitation code", "Einladungscode";
    code_hint = "Your partner’s contact got it by e-mail. Ask them, or the service desk.", "Der Kontakt Ihres Partners hat ihn per E-Mail bekommen. Fragen Sie dort nach, oder beim Service Desk.";
    for_codes = "Address for codes", "Adresse für Codes";
    change = "Change", "Ändern";
}
