//! The kinds of factors: their names, and one plain sentence about each.

use domain::{FactorKind as Kind, Lang};

/// The short name: cards, steps, notices.
pub const fn name(lang: Lang, kind: Kind) -> &'static str {
    match (kind, lang) {
        (Kind::Password, Lang::En) => "Password",
        (Kind::Password, Lang::De) => "Passwort",
        (Kind::Pin, _) => "PIN",
        (Kind::Totp, Lang::En) => "TOTP device",
        (Kind::Totp, Lang::De) => "TOTP-Gerät",
        (Kind::Email, Lang::En) => "E-mail code",
        (Kind::Email, Lang::De) => "E-Mail-Code",
        (Kind::Sms, Lang::En) => "SMS code",
        (Kind::Sms, Lang::De) => "SMS-Code",
        (Kind::Voice, Lang::En) => "Voice code",
        (Kind::Voice, Lang::De) => "Sprachanruf",
        (Kind::Passkey, _) => "Passkey",
        (Kind::Smartphone, _) => "Smartphone",
        (Kind::Recovery, Lang::En) => "Recovery codes",
        (Kind::Recovery, Lang::De) => "Wiederherstellungscodes",
        (Kind::Emergency, _) => crate::reset_pin::emergency(lang),
    }
}

/// The name where one chooses a method to set up.
pub const fn choice(lang: Lang, kind: Kind) -> &'static str {
    match (kind, lang) {
        (Kind::Email, Lang::En) => "E-mail",
        (Kind::Email, Lang::De) => "E-Mail",
        (Kind::Sms, _) => "SMS",
        (Kind::Voice, Lang::En) => "Voice call",
        (Kind::Passkey, Lang::En) => "WebAuthn device (passkey)",
        (Kind::Passkey, Lang::De) => "WebAuthn-Gerät (Passkey)",
        _ => name(lang, kind),
    }
}

/// One plain sentence about a method; `address` is where codes would go,
/// masked, and may be empty.
pub fn about(lang: Lang, kind: Kind, address: &str) -> String {
    let text = match (kind, lang) {
        (Kind::Passkey, Lang::En) => {
            "You unlock your device as you always do. No code, and no password the next time."
        }
        (Kind::Passkey, Lang::De) => {
            "Sie entsperren wie gewohnt Ihr Gerät. Kein Code, kein Passwort beim nächsten Mal."
        }
        (Kind::Totp, Lang::En) => {
            "An app on your phone shows a new code every 30 seconds. It works without a network too."
        }
        (Kind::Totp, Lang::De) => {
            "Eine App auf Ihrem Smartphone zeigt alle 30 Sekunden einen neuen Code. Sie funktioniert auch ohne Netz."
        }
        (Kind::Email, Lang::En) if address.is_empty() => {
            "At every sign-in we send you a code by e-mail. Simple, but less safe than the others."
        }
        (Kind::Email, Lang::De) if address.is_empty() => {
            "Bei jeder Anmeldung schicken wir Ihnen einen Code per E-Mail. Einfach, aber weniger sicher als die anderen."
        }
        (Kind::Email, Lang::En) => {
            return format!(
                "At every sign-in we send a code to {address}. Simple, but less safe than the others."
            );
        }
        (Kind::Email, Lang::De) => {
            return format!(
                "Bei jeder Anmeldung schicken wir einen Code an {address}. Einfach, aber weniger sicher als die anderen."
            );
        }
        (Kind::Sms, Lang::En) => "At every sign-in we send a code to your mobile number.",
        (Kind::Sms, Lang::De) => "Bei jeder Anmeldung schicken wir einen Code an Ihre Mobilnummer.",
        (Kind::Voice, Lang::En) => "A voice reads the code out to you. A landline is fine too.",
        (Kind::Voice, Lang::De) => {
            "Eine Stimme liest Ihnen den Code vor. Geht auch mit einer Festnetznummer."
        }
        (Kind::Smartphone, Lang::En) => "You answer a message on your phone.",
        (Kind::Smartphone, Lang::De) => "Sie beantworten eine Nachricht auf Ihrem Smartphone.",
        (Kind::Password, Lang::En) => "Something that only you know.",
        (Kind::Password, Lang::De) => "Etwas, das nur Sie wissen.",
        (Kind::Pin, Lang::En) => "A short number, asked for after your device.",
        (Kind::Pin, Lang::De) => "Eine kurze Zahl, nach der wir nach Ihrem Gerät fragen.",
        (Kind::Recovery, Lang::En) => "Ten codes on paper let you in when every device is gone.",
        (Kind::Recovery, Lang::De) => {
            "Zehn Codes auf Papier lassen Sie hinein, wenn alle Geräte fort sind."
        }
        (Kind::Emergency, Lang::En) => "The service desk gives it to you on the telephone.",
        (Kind::Emergency, Lang::De) => "Der Service Desk gibt es Ihnen am Telefon.",
    };
    text.to_owned()
}

/// What one does with it, where one picks another way.
pub const fn way(lang: Lang, kind: Kind) -> &'static str {
    match (kind, lang) {
        (Kind::Passkey, Lang::En) => "Use a passkey",
        (Kind::Passkey, Lang::De) => "Passkey verwenden",
        (Kind::Totp, Lang::En) => "Code from the authenticator app",
        (Kind::Totp, Lang::De) => "Code aus der Authenticator-App",
        (Kind::Email, Lang::En) => "Code by e-mail",
        (Kind::Email, Lang::De) => "Code per E-Mail",
        (Kind::Sms, Lang::En) => "Code by SMS",
        (Kind::Sms, Lang::De) => "Code per SMS",
        (Kind::Voice, Lang::En) => "Code by voice call",
        (Kind::Voice, Lang::De) => "Code per Sprachanruf",
        (Kind::Smartphone, Lang::En) => "Message on the smartphone",
        (Kind::Smartphone, Lang::De) => "Nachricht auf dem Smartphone",
        (Kind::Recovery, Lang::En) => "Recovery code",
        (Kind::Recovery, Lang::De) => "Wiederherstellungscode",
        (Kind::Password | Kind::Pin | Kind::Emergency, _) => name(lang, kind),
    }
}
