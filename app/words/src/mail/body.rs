//! What the mail is about, and what to do.

use super::{
    alert, approval,
    case::case_text,
    notice::{can_be_stopped, notice_text},
};
use domain::{Lang, link::Anew, message::Message};

/// What the mail is about: the sentences before the code or the button.
pub fn lead(lang: Lang, message: &Message, realm: &str) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => format!(
            "An account at {realm} is ready for you. Open the page and choose how you will sign in."
        ),
        (Lang::De, Message::Invitation { .. }) => format!(
            "Für Sie liegt ein Konto bei {realm} bereit. Öffnen Sie die Seite und legen Sie fest, wie Sie sich anmelden."
        ),
        (Lang::En, Message::Register { .. }) => format!(
            "You want an account at {realm}. With this link you show that the address is yours, and set your password."
        ),
        (Lang::De, Message::Register { .. }) => format!(
            "Sie möchten ein Konto bei {realm}. Mit diesem Link zeigen Sie, dass die Adresse Ihnen gehört, und setzen Ihr Passwort."
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
        (Lang::En, Message::ConfirmCase { who, .. }) => format!(
            "{who} asks the service desk of {realm} for a new way to sign in. If you speak with them in person or on a number that you know, you can confirm it: they read you a code. Opening the page confirms nothing."
        ),
        (Lang::De, Message::ConfirmCase { who, .. }) => format!(
            "{who} bittet den Service Desk von {realm} um einen neuen Anmeldeweg. Wenn Sie persönlich oder unter einer Ihnen bekannten Nummer miteinander sprechen, können Sie das bestätigen: Dafür wird Ihnen ein Code vorgelesen. Das Öffnen der Seite bestätigt nichts."
        ),
        (Lang::En, Message::Vouch { who, agent, .. }) => format!(
            "Somebody who says to be {who} is on the telephone with {agent} of the service desk of {realm}. If you see them, or speak with them on a number that you know, you can confirm it: they read you a code. Opening the page confirms nothing."
        ),
        (Lang::De, Message::Vouch { who, agent, .. }) => format!(
            "Jemand gibt sich am Telefon bei {agent} vom Service Desk von {realm} als {who} aus. Wenn Sie die Person sehen oder unter einer Ihnen bekannten Nummer sprechen, können Sie das bestätigen: Dafür wird Ihnen ein Code vorgelesen. Das Öffnen der Seite bestätigt nichts."
        ),
        (_, Message::Approve { who, kind, .. }) => approval::ask_text(lang, who, *kind, realm),
        (_, Message::LineLeft { .. }) => crate::line::left_lead(lang).into(),
        (_, Message::Alert { why, who, .. }) => alert::lead(lang, *why, who, realm),
        (_, Message::PhoneAsked { .. }) => crate::phone::wake_body(lang).into(),
        (_, Message::CallBack { .. }) => crate::line::call_back_lead(lang).into(),
        (Lang::En, Message::AddressCode { who, .. }) => format!(
            "{who} signs in at {realm} for the first time and needs this code to name the address for one-time passwords. Give it to nobody else:"
        ),
        (Lang::De, Message::AddressCode { who, .. }) => format!(
            "{who} meldet sich zum ersten Mal bei {realm} an und braucht diesen Code, um die Adresse für Einmalpasswörter anzugeben. Geben Sie ihn niemand anderem:"
        ),
        (
            Lang::En,
            Message::EnrollLink {
                anew: Anew::Line, ..
            },
        ) => format!(
            "With this link and your password you set up another number for your codes at {realm}. The number until now is told, and gets no more codes then. Keep the link to yourself."
        ),
        (
            Lang::De,
            Message::EnrollLink {
                anew: Anew::Line, ..
            },
        ) => format!(
            "Mit diesem Link und Ihrem Passwort richten Sie eine andere Nummer für Ihre Codes bei {realm} ein. Die bisherige Nummer erfährt es und bekommt dann keine Codes mehr. Geben Sie den Link nicht weiter."
        ),
        (Lang::En, Message::EnrollLink { .. }) => format!(
            "With this link you set up how you sign in to your account at {realm}. Keep it to yourself: whoever has it can use it."
        ),
        (Lang::De, Message::EnrollLink { .. }) => format!(
            "Mit diesem Link richten Sie ein, wie Sie sich bei {realm} anmelden. Geben Sie ihn nicht weiter: Wer ihn hat, kann ihn benutzen."
        ),
        (_, Message::Case { kind, told, .. }) => case_text(lang, *kind, told, realm),
        (Lang::En, Message::Replace { .. }) => format!(
            "The wait after the approval is over. With this link you set up a new device for {realm}; the old one stops working then. Keep the link to yourself."
        ),
        (Lang::De, Message::Replace { .. }) => format!(
            "Die Wartezeit nach der Genehmigung ist vorbei. Mit diesem Link richten Sie für {realm} ein neues Gerät ein; das alte gilt dann nicht mehr. Geben Sie den Link nicht weiter."
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
        (
            Lang::En,
            Message::PhoneAsked { .. }
            | Message::CallBack { .. }
            | Message::Approve { .. }
            | Message::Vouch { .. },
        ) => {
            format!("It waits for an answer {until}.")
        }
        (
            Lang::De,
            Message::PhoneAsked { .. }
            | Message::CallBack { .. }
            | Message::Approve { .. }
            | Message::Vouch { .. },
        ) => {
            format!("Es wartet auf eine Antwort {until}.")
        }
        (Lang::En, Message::AddressCode { .. }) => format!("It is valid {until}, and works once."),
        (Lang::De, Message::AddressCode { .. }) => format!("Er gilt {until}, und nur ein Mal."),
        (Lang::En, Message::ResetPassword { .. } | Message::Register { .. }) => {
            format!("The link and the code are valid {until}, and work once.")
        }
        (Lang::De, Message::ResetPassword { .. } | Message::Register { .. }) => {
            format!("Link und Code gelten {until}, und nur ein Mal.")
        }
        (
            Lang::En,
            Message::Invitation { .. } | Message::EnrollLink { .. } | Message::Replace { .. },
        ) => {
            format!("The link is valid {until}, and works once.")
        }
        (
            Lang::De,
            Message::Invitation { .. } | Message::EnrollLink { .. } | Message::Replace { .. },
        ) => {
            format!("Der Link gilt {until}, und nur ein Mal.")
        }
        (Lang::En, Message::Notice { undo: Some(_), .. }) => {
            format!("The change can be taken back {until}.")
        }
        (Lang::De, Message::Notice { undo: Some(_), .. }) => {
            format!("Rückgängig machen lässt sich die Änderung {until}.")
        }
        (
            _,
            Message::ResetWithoutAccount
            | Message::Notice { .. }
            | Message::ConfirmCase { .. }
            | Message::Alert { .. }
            | Message::LineLeft { .. }
            | Message::Case { .. },
        ) => {
            return None;
        }
    })
}

/// The words on the button; `None` when the mail leads nowhere.
pub fn button(lang: Lang, message: &Message) -> Option<&'static str> {
    Some(match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => "Set up your account",
        (Lang::De, Message::Invitation { .. }) => "Konto einrichten",
        (Lang::En, Message::Register { .. }) => "Confirm the address",
        (Lang::De, Message::Register { .. }) => "Adresse bestätigen",
        (Lang::En, Message::ResetPassword { .. }) => "Reset password",
        (Lang::De, Message::ResetPassword { .. }) => "Passwort zurücksetzen",
        (Lang::En, Message::EnrollLink { .. }) => "Set up sign-in",
        (Lang::De, Message::EnrollLink { .. }) => "Anmeldung einrichten",
        (Lang::En, Message::ConfirmCase { .. }) => "Go to the case",
        (Lang::De, Message::ConfirmCase { .. }) => "Zum Vorgang",
        (Lang::En, Message::Approve { .. }) => "See the request",
        (Lang::De, Message::Approve { .. }) => "Antrag ansehen",
        (Lang::En, Message::Vouch { .. }) => "Go to the call",
        (Lang::De, Message::Vouch { .. }) => "Zum Anruf",
        (Lang::En, Message::Alert { why, .. }) if why.is_of_realm() => "Look into it",
        (Lang::De, Message::Alert { why, .. }) if why.is_of_realm() => "Nachsehen",
        (Lang::En, Message::Alert { .. }) => "See the account",
        (Lang::De, Message::Alert { .. }) => "Konto ansehen",
        (Lang::En, Message::Case { .. }) => "See the case",
        (Lang::De, Message::Case { .. }) => "Vorgang ansehen",
        (Lang::En, Message::Replace { .. }) => "Set up the new device",
        (Lang::De, Message::Replace { .. }) => "Neues Gerät einrichten",
        (Lang::En, Message::Notice { what, .. }) if can_be_stopped(what) => "This was not me",
        (Lang::De, Message::Notice { what, .. }) if can_be_stopped(what) => "Das war ich nicht",
        _ => return None,
    })
}

/// The words on the button that takes a change back.
pub const fn undo_button(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Undo this change",
        Lang::De => "Änderung rückgängig machen",
    }
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
