//! What mail programs show of a mail before it is opened, and how it begins.

use super::{alert, approval, body::lead, case::case_title, notice::notice_title};
use domain::{Lang, message::Message};

/// Digits in groups that are easy to read and to type: "481 930".
pub fn grouped(code: &str) -> String {
    let size = match code.len() {
        _ if !code.bytes().all(|b| b.is_ascii_digit()) => return code.to_owned(),
        8 | 12 | 16 => 4,
        6 | 9 => 3,
        _ => return code.to_owned(),
    };
    let mut out = String::with_capacity(code.len() + 4);
    for (i, digit) in code.chars().enumerate() {
        if i > 0 && i % size == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// The subject; it starts with the code where there is one.
pub fn subject(lang: Lang, message: &Message, realm: &str) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => format!("Set up your account at {realm}"),
        (Lang::De, Message::Invitation { .. }) => {
            format!("Richten Sie Ihr Konto bei {realm} ein")
        }
        (Lang::En, Message::Register { code, .. }) => {
            format!("{} is your code to register", grouped(code.reveal()))
        }
        (Lang::De, Message::Register { code, .. }) => {
            format!(
                "{} ist Ihr Code für die Registrierung",
                grouped(code.reveal())
            )
        }
        (Lang::En, Message::ResetPassword { code, .. }) => {
            format!("{} is your code for a new password", grouped(code.reveal()))
        }
        (Lang::De, Message::ResetPassword { code, .. }) => {
            format!(
                "{} ist Ihr Code für ein neues Passwort",
                grouped(code.reveal())
            )
        }
        (Lang::En, Message::ResetWithoutAccount) => "Your account is not set up yet".into(),
        (Lang::De, Message::ResetWithoutAccount) => "Ihr Konto ist noch nicht eingerichtet".into(),
        (Lang::En, Message::SignInCode { code, .. }) => {
            format!("{} is your code to sign in", grouped(code.reveal()))
        }
        (Lang::De, Message::SignInCode { code, .. }) => {
            format!("{} ist Ihr Code für die Anmeldung", grouped(code.reveal()))
        }
        (Lang::En, Message::ConfirmAddress { code, .. }) => {
            format!(
                "{} is the code for your e-mail address",
                grouped(code.reveal())
            )
        }
        (Lang::De, Message::ConfirmAddress { code, .. }) => {
            format!(
                "{} ist der Code für Ihre E-Mail-Adresse",
                grouped(code.reveal())
            )
        }
        (_, Message::Notice { what, .. }) => notice_title(lang, what),
        (Lang::En, Message::ConfirmCase { name, who, .. }) => {
            format!("Case {name}: do you know that this is {who}?")
        }
        (Lang::De, Message::ConfirmCase { name, who, .. }) => {
            format!("Vorgang {name}: Wissen Sie, dass das {who} ist?")
        }
        (Lang::En, Message::Vouch { call, who, .. }) => {
            format!("Call {call}: is it {who} who calls the service desk?")
        }
        (Lang::De, Message::Vouch { call, who, .. }) => {
            format!("Anruf {call}: Ist es {who}, die Person am Telefon?")
        }
        (
            _,
            Message::Approve {
                name,
                who,
                kind,
                again,
                ..
            },
        ) => approval::ask_title(lang, name, who, *kind, *again),
        (_, Message::LineLeft { .. }) => crate::line::left_title(lang).into(),
        (_, Message::Alert { why, who, .. }) => alert::subject(lang, *why, who),
        (_, Message::PhoneAsked { purpose, .. }) => crate::phone::asks(lang, *purpose).into(),
        (_, Message::CallBack { .. }) => crate::line::call_back_title(lang).into(),
        (Lang::En, Message::AddressCode { code, who, .. }) => {
            format!("{} is the invitation code for {who}", code.reveal())
        }
        (Lang::De, Message::AddressCode { code, who, .. }) => {
            format!("{} ist der Einladungscode für {who}", code.reveal())
        }
        (Lang::En, Message::EnrollLink { .. }) => "Your link to set up how you sign in".into(),
        (Lang::De, Message::EnrollLink { .. }) => "Ihr Link zum Einrichten der Anmeldung".into(),
        (_, Message::Case { name, told, .. }) => case_title(lang, name, told),
        (Lang::En, Message::Replace { name, .. }) => {
            format!("Case {name}: set up your new device now")
        }
        (Lang::De, Message::Replace { name, .. }) => {
            format!("Vorgang {name}: Richten Sie jetzt Ihr neues Gerät ein")
        }
    }
}

/// The heading in the mail.
pub fn heading(lang: Lang, message: &Message) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => "You are invited".into(),
        (Lang::De, Message::Invitation { .. }) => "Sie sind eingeladen".into(),
        (Lang::En, Message::Register { .. }) => "Confirm your address".into(),
        (Lang::De, Message::Register { .. }) => "Adresse bestätigen".into(),
        (Lang::En, Message::ResetPassword { .. }) => "Set a new password".into(),
        (Lang::De, Message::ResetPassword { .. }) => "Neues Passwort festlegen".into(),
        (Lang::En, Message::ResetWithoutAccount) => "Your account is not set up yet".into(),
        (Lang::De, Message::ResetWithoutAccount) => "Ihr Konto ist noch nicht eingerichtet".into(),
        (Lang::En, Message::SignInCode { .. }) => "Your code to sign in".into(),
        (Lang::De, Message::SignInCode { .. }) => "Ihr Code für die Anmeldung".into(),
        (Lang::En, Message::ConfirmAddress { .. }) => "Confirm your e-mail address".into(),
        (Lang::De, Message::ConfirmAddress { .. }) => "E-Mail-Adresse bestätigen".into(),
        (_, Message::Notice { what, .. }) => notice_title(lang, what),
        (_, Message::LineLeft { .. }) => crate::line::left_title(lang).into(),
        (Lang::En, Message::Approve { .. }) => {
            "Somebody who reports to you needs your answer".into()
        }
        (Lang::De, Message::Approve { .. }) => "Jemand aus Ihrem Team braucht Ihre Antwort".into(),
        (Lang::En, Message::ConfirmCase { .. } | Message::Vouch { .. }) => {
            "Somebody who reports to you needs your word".into()
        }
        (Lang::De, Message::ConfirmCase { .. } | Message::Vouch { .. }) => {
            "Jemand aus Ihrem Team braucht Ihr Wort".into()
        }
        (_, Message::Alert { why, .. }) => alert::heading(lang, *why).into(),
        (_, Message::PhoneAsked { purpose, .. }) => crate::phone::asks(lang, *purpose).into(),
        (_, Message::CallBack { .. }) => crate::line::call_back_title(lang).into(),
        (Lang::En, Message::AddressCode { .. }) => "An invitation code to pass on".into(),
        (Lang::De, Message::AddressCode { .. }) => "Ein Einladungscode zum Weitergeben".into(),
        (Lang::En, Message::EnrollLink { .. }) => "Set up how you sign in".into(),
        (Lang::De, Message::EnrollLink { .. }) => "Anmeldung einrichten".into(),
        (_, Message::Case { name, told, .. }) => case_title(lang, name, told),
        (Lang::En, Message::Replace { .. }) => "Set up your new device".into(),
        (Lang::De, Message::Replace { .. }) => "Neues Gerät einrichten".into(),
    }
}

/// "Hello Maria Lenz,"
pub fn greeting(lang: Lang, name: Option<&str>) -> String {
    match (lang, name) {
        (Lang::En, Some(name)) => format!("Hello {name},"),
        (Lang::En, None) => "Hello,".into(),
        (Lang::De, Some(name)) => format!("Guten Tag {name},"),
        (Lang::De, None) => "Guten Tag,".into(),
    }
}

/// What mail programs show beside the subject.
pub fn preheader(lang: Lang, message: &Message, realm: &str, until: Option<&str>) -> String {
    match (lang, until) {
        (Lang::En, Some(until)) => format!("{realm}. Valid {until}."),
        (Lang::De, Some(until)) => format!("{realm}. Gültig: {until}."),
        (_, None) => lead(lang, message, realm),
    }
}
