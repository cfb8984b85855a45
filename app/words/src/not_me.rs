//! "This was not me."

say! {
    title = "This was not me", "Das war ich nicht";
    lead = "You got a message about your account and did not do what it says. The button below does three things at once:", "Sie haben eine Nachricht zu Ihrem Konto bekommen und nicht getan, was darin steht. Die Schaltfläche unten tut dreierlei auf einmal:";
    ends = "It ends every session, yours too.", "Sie beendet jede Sitzung, auch Ihre.";
    freezes = "It freezes changes: nobody can add or remove a way to sign in.", "Sie friert Änderungen ein: Niemand kann einen Anmeldeweg hinzufügen oder entfernen.";
    tells = "It tells the service desk, who will speak with you.", "Sie sagt dem Service Desk Bescheid, der mit Ihnen spricht.";
    submit = "This was not me", "Das war ich nicht";
    was_me = "If it was you after all, close this page. Nothing has changed.", "Wenn Sie es doch waren, schließen Sie diese Seite. Es hat sich nichts geändert.";
    done_title = "Your account is protected", "Ihr Konto ist geschützt";
    done_lead = "All sessions have ended and changes are frozen. Nobody can add or remove a way to sign in until the service desk has spoken with you.", "Alle Sitzungen sind beendet und Änderungen eingefroren. Niemand kann einen Anmeldeweg hinzufügen oder entfernen, bis der Service Desk mit Ihnen gesprochen hat.";
    done_next = "Call the service desk now. When it has spoken with you, you can set a new password.", "Rufen Sie jetzt den Service Desk an. Wenn er mit Ihnen gesprochen hat, können Sie ein neues Passwort setzen.";
    set_password = "Set a new password", "Neues Passwort setzen";
}
