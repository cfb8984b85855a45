//! The start page.

say! {
    title = "Choose your region", "Wählen Sie Ihre Region";
    lead = "Pick the place that you want to sign in to.", "Wählen Sie, wo Sie sich anmelden möchten.";
    list = "Regions and sign-ins", "Regionen und Anmeldungen";
    nothing = "No sign-in is set up here yet. An administrator adds one as a policy file.", "Hier ist noch keine Anmeldung eingerichtet. Eine Administratorin oder ein Administrator fügt sie als Policy-Datei hinzu.";
}
