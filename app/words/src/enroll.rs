//! Choosing a method and setting it up.

say! {
    choose_first = "Choose how you want to confirm it is you", "Wählen Sie Ihre sichere Methode";
    choose_first_lead = "From now on you confirm with it that it is you. You can add a second one or change it later. If you lose it one day, recovery codes or the service desk let you in.", "Damit bestätigen Sie künftig, dass Sie es sind. Sie können später eine zweite hinzufügen oder wechseln. Geht sie einmal verloren, helfen Wiederherstellungscodes oder der Service Desk.";
    choose_first_line_lead = "From now on you confirm with it that it is you. If you lose it one day, the service desk lets you in.", "Damit bestätigen Sie künftig, dass Sie es sind. Geht es einmal verloren, hilft der Service Desk.";
    choose_more = "Add a way to sign in", "Anmeldeweg hinzufügen";
    choose_more_lead = "Two ways are better than one: when a device is lost, the other one lets you in.", "Zwei Wege sind besser als einer: Geht ein Gerät verloren, lässt Sie der andere hinein.";
    method = "Method", "Methode";
    recommended = "Recommended", "Empfohlen";
    weak = "Less safe", "Weniger sicher";
    nothing_offered = "There is nothing to add here now.", "Hier lässt sich gerade nichts hinzufügen.";
    another_method = "Choose another method", "Andere Methode wählen";

    totp_title = "Set up your authenticator app", "Authenticator-App einrichten";
    totp_lead = "Use any app that makes six-digit codes. Nothing changes until the first code is confirmed.", "Nehmen Sie eine beliebige App, die sechsstellige Codes erzeugt. Es ändert sich nichts, bis der erste Code bestätigt ist.";
    totp_scan = "Scan this code with the app", "Diesen Code mit der App scannen";
    totp_same_phone = "On this phone already?", "Sind Sie schon auf diesem Smartphone?";
    totp_open = "Open authenticator app", "Authenticator-App öffnen";
    totp_cannot_scan = "Cannot scan it? Type the key", "Scannen geht nicht? Schlüssel eintippen";
    totp_key = "Key", "Schlüssel";
    totp_copied = "Key copied", "Schlüssel kopiert";
    totp_account = "Account", "Konto";
    totp_kind = "Kind", "Art";
    totp_kind_value = "Time-based, 6 digits, every 30 seconds", "Zeitbasiert, 6 Ziffern, alle 30 Sekunden";
    totp_type = "Type the code that the app shows", "Den Code eingeben, den die App zeigt";
    totp_hint = "Six digits. Spaces do no harm.", "Sechs Ziffern. Leerzeichen schaden nicht.";
    name = "Name for this device", "Name für dieses Gerät";
    name_hint = "Optional, so that you can tell your devices apart. For example: My phone", "Freiwillig, damit Sie Ihre Geräte unterscheiden können. Zum Beispiel: Mein Smartphone";

    email_lead = "The code proves that the mailbox is yours. From then on every sign-in sends one.", "Der Code zeigt, dass das Postfach Ihnen gehört. Künftig schicken wir bei jeder Anmeldung einen.";

    passkey_title = "Create a passkey", "Passkey erstellen";
    passkey_lead = "A passkey is kept on your device, on a security key or in your credential manager. You unlock it as you unlock your device, and sign in with it alone.", "Ein Passkey liegt auf Ihrem Gerät, auf einem Sicherheitsschlüssel oder in Ihrem Passwortmanager. Sie entsperren ihn wie Ihr Gerät und melden sich damit allein an.";
    passkey_name = "Name for this passkey", "Name für diesen Passkey";
    passkey_name_hint = "Optional, so that you can tell your passkeys apart. For example: Work laptop", "Freiwillig, damit Sie Ihre Passkeys unterscheiden können. Zum Beispiel: Arbeitslaptop";
    passkey_create = "Create passkey", "Passkey erstellen";
    passkey_creating = "Waiting for your browser …", "Warten auf Ihren Browser …";
    passkey_next = "Your browser opens a dialog next. It may offer a phone or a security key too.", "Als Nächstes öffnet Ihr Browser einen Dialog. Er bietet vielleicht auch ein Smartphone oder einen Sicherheitsschlüssel an.";
    passkey_stopped = "No passkey was created. Try again, or choose another method.", "Es wurde kein Passkey erstellt. Versuchen Sie es noch einmal, oder wählen Sie eine andere Methode.";
    passkey_known = "This device has a passkey for your account already. You can use it to sign in.", "Dieses Gerät hat schon einen Passkey für Ihr Konto. Sie können sich damit anmelden.";

    not_yet = "The second step is not ready here yet", "Der zweite Schritt ist hier noch nicht bereit";
    not_yet_lead = "This portal asks for a second step after the password, and that step is still being built. Until then nobody can sign in here.", "Dieses Portal fragt nach dem Passwort nach einem zweiten Schritt, und dieser entsteht gerade erst. Bis dahin kann sich hier niemand anmelden.";
    not_yet_ask = "The service desk knows when it is ready.", "Der Service Desk weiß, wann es so weit ist.";
    to_sign_in = "Back to sign-in", "Zurück zur Anmeldung";
}

tell! {
    qr_label(account: &str) = "QR code for {account}. The key below says the same.", "QR-Code für {account}. Der Schlüssel darunter sagt dasselbe.";
}
