//! What the mail is about, and what to do.

use super::notice::{can_be_stopped, notice_text};
use domain::{Lang, message::Message};

/// What the mail is about: the sentences before the code or the button.
pub fn lead(lang: Lang, message: &Message, realm: &str) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => format!(
            "An account at {realm} is ready for you. Open the page and choose how you will sign in."
        ),
        (Lang::De, Message::Invitation { .. }) => format!(
            "Für Sie liegt ein Konto bei {realm} bereit. Öffnen Sie die Seite und legen Sie fest, wie Sie sich anmelden."
        ),
        (Lang::En, Message::ResetPassword { .. }) => format!(
            "You can set a new password for your account at {realm}. Opening the page changes nothing; it asks you first."
        ),
        (Lang::De, Message::ResetPassword { .. }) => format!(
            "Sie können für Ihr Konto bei {realm} ein neues Passwort festlegen. Das Öffnen der Seite ändert nichts; sie fragt Sie zuerst."
        ),
        (Lang::En, Message::ResetWithoutAccount) => format!(
            "A new password was asked for, for your account at {realm}. The account is not set up yet, so it has no password. Use the link in your invitation. If you cannot find the invitation or its link has expired, ask the service desk for a new one."
        ),
        (Lang::De, Message::ResetWithoutAccount) => format!(
            "Für Ihr Konto bei {realm} wurde ein neues Passwort angefordert. Das Konto ist noch nicht eingerichtet und hat deshalb kein Passwort. Nutzen Sie den Link in Ihrer Einladung. Wenn Sie die Einladung nicht finden oder ihr Link abgelaufen ist, bitten Sie den Service Desk um eine neue."
        ),
        (Lang::En, Message::SignInCode { .. }) => {
            format!("This is your code to sign in at {realm}:")
        }
        (Lang::De, Message::SignInCode { .. }) => {
            format!("Das ist Ihr Code für die Anmeldung bei {realm}:")
        }
        (Lang::En, Message::ConfirmAddress { .. }) => {
            format!("With this code you show {realm} that you can read mail at this address:")
        }
        (Lang::De, Message::ConfirmAddress { .. }) => format!(
            "Mit diesem Code zeigen Sie bei {realm}, dass Sie E-Mails an diese Adresse lesen können:"
        ),
        (_, Message::Notice { what, .. }) => notice_text(lang, what, realm),
        (Lang::En, Message::EnrollLink { .. }) => format!(
            "With this link you set up how you sign in to your account at {realm}. Keep it to yourself: whoever has it can use it."
        ),
        (Lang::De, Message::EnrollLink { .. }) => format!(
            "Mit diesem Link richten Sie ein, wie Sie sich bei {realm} anmelden. Geben Sie ihn nicht weiter: Wer ihn hat, kann ihn benutzen."
        ),
    }
}

/// Comes between the button and the code, where a mail has both.
pub fn or_code(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "Did you ask on another device? Then type this code on the page that is open there:"
        }
        Lang::De => {
            "Haben Sie es auf einem anderen Gerät angefordert? Dann geben Sie dort auf der offenen Seite diesen Code ein:"
        }
    }
}

/// How to use the code or the link, and how long it works. `until` is from
/// [`super::until`].
pub fn validity(lang: Lang, message: &Message, until: &str) -> Option<String> {
    Some(match (lang, message) {
        (Lang::En, Message::SignInCode { .. } | Message::ConfirmAddress { .. }) => {
            format!(
                "Type it on the page that you have just opened. It is valid {until}, and works once."
            )
        }
        (Lang::De, Message::SignInCode { .. } | Message::ConfirmAddress { .. }) => format!(
            "Geben Sie ihn auf der Seite ein, die Sie gerade geöffnet haben. Er gilt {until}, und nur ein Mal."
        ),
        (Lang::En, Message::ResetPassword { .. }) => {
            format!("The link and the code are valid {until}, and work once.")
        }
        (Lang::De, Message::ResetPassword { .. }) => {
            format!("Link und Code gelten {until}, und nur ein Mal.")
        }
        (Lang::En, Message::Invitation { .. } | Message::EnrollLink { .. }) => {
            format!("The link is valid {until}, and works once.")
        }
        (Lang::De, Message::Invitation { .. } | Message::EnrollLink { .. }) => {
            format!("Der Link gilt {until}, und nur ein Mal.")
        }
        (_, Message::ResetWithoutAccount | Message::Notice { .. }) => return None,
    })
}

/// The words on the button; `None` when the mail leads nowhere.
pub fn button(lang: Lang, message: &Message) -> Option<&'static str> {
    Some(match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => "Set up your account",
        (Lang::De, Message::Invitation { .. }) => "Konto einrichten",
        (Lang::En, Message::ResetPassword { .. }) => "Reset password",
        (Lang::De, Message::ResetPassword { .. }) => "Passwort zurücksetzen",
        (Lang::En, Message::EnrollLink { .. }) => "Set up sign-in",
        (Lang::De, Message::EnrollLink { .. }) => "Anmeldung einrichten",
        (Lang::En, Message::Notice { what, .. }) if can_be_stopped(what) => "This was not me",
        (Lang::De, Message::Notice { what, .. }) if can_be_stopped(what) => "Das war ich nicht",
        _ => return None,
    })
}

/// Comes before the bare address below a button.
pub fn link_hint(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "If the button does not work, copy this address into your browser:",
        Lang::De => {
            "Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:"
        }
    }
}
