//! "Sign-in instructions": how an authenticator app is set up and used, and the
//! advice before it. Several apps are named, and none is preferred.

say! {
    advice_title = "You need an authenticator app", "Sie brauchen eine Authenticator-App";
    advice_lead = "From now on a code from an app on your phone confirms that it is you. Install the app first, then go on.", "Künftig bestätigt ein Code aus einer App auf Ihrem Smartphone, dass Sie es sind. Installieren Sie zuerst die App, dann geht es weiter.";
    second_device = "It is easiest with two devices: this page on a computer, the app on the phone.", "Am einfachsten geht es mit zwei Geräten: diese Seite am Computer, die App auf dem Smartphone.";
    same_phone = "On the phone already? That works as well: the next page has a button that opens the app.", "Sind Sie schon am Smartphone? Das geht auch: Die nächste Seite hat eine Schaltfläche, die die App öffnet.";
    apps = "Any of these apps will do, and so does every other one that makes six-digit codes:", "Jede dieser Apps ist geeignet, und auch jede andere, die sechsstellige Codes erzeugt:";
    find = "Look for its name in the App Store or on Google Play.", "Suchen Sie den Namen im App Store oder bei Google Play.";

    link = "Sign-in instructions", "Anweisungen zur Anmeldung";
    title = "Sign-in instructions", "Anweisungen zur Anmeldung";
    lead = "What you do once, and what you do at each sign-in.", "Was Sie einmal tun und was bei jeder Anmeldung.";
    install = "Install an authenticator app", "Eine Authenticator-App installieren";
    sign_in = "Sign in with your e-mail address and password", "Mit E-Mail-Adresse und Passwort anmelden";
    sign_in_text = "The first time after registering, that is enough. The next time you are asked to set up the app.", "Beim ersten Mal nach der Registrierung genügt das. Beim nächsten Mal werden Sie gebeten, die App einzurichten.";
    scan = "Scan the QR code", "Den QR-Code scannen";
    scan_text = "In the app, press the plus sign and choose “Scan QR code”. When it asks for the camera, press OK. The app shows a new entry by itself.", "Tippen Sie in der App auf das Pluszeichen und wählen Sie „QR-Code scannen“. Fragt sie nach der Kamera, tippen Sie auf OK. Die App zeigt dann von selbst einen neuen Eintrag.";
    type_code = "Type the six digits that the app shows", "Die sechs Ziffern eingeben, die die App zeigt";
    type_code_text = "They change every 30 seconds. If they are refused, wait for the next ones and check that the clock of your phone is right.", "Sie wechseln alle 30 Sekunden. Werden sie abgelehnt, warten Sie auf die nächsten und prüfen Sie, ob die Uhr Ihres Smartphones richtig geht.";
    later = "From then on", "Von da an";
    later_text = "Address, password, and the digits that the app shows at that moment.", "Adresse, Passwort und die Ziffern, die die App in diesem Moment zeigt.";
    lost = "If the phone is lost, take a recovery code, or call the service desk.", "Ist das Smartphone weg, nehmen Sie einen Wiederherstellungscode, oder rufen Sie den Service Desk an.";
    edition = "Edition of November 2026. Apps differ a little and change.", "Stand: November 2026. Apps unterscheiden sich ein wenig und ändern sich.";
}

/// Apps that make codes by RFC 6238, with where they run.
pub const APPS: [&str; 5] = [
    "2FAS (Android, iOS)",
    "Aegis (Android)",
    "Apple Passwords (iOS, macOS)",
    "Google Authenticator (Android, iOS)",
    "Microsoft Authenticator (Android, iOS)",
];
