//! What people sign in with, as it stands in labels and sentences.

use domain::{Lang, policy::LoginKind};

/// The label of the field.
pub const fn label(lang: Lang, kind: LoginKind) -> &'static str {
    match (kind, lang) {
        (LoginKind::Email, Lang::En) => "E-mail address",
        (LoginKind::Email, Lang::De) => "E-Mail-Adresse",
        (LoginKind::LoginId, Lang::En) => "Login ID",
        (LoginKind::LoginId, Lang::De) => "Login-ID",
        (LoginKind::QNumber, Lang::En) => "Q-number",
        (LoginKind::QNumber, Lang::De) => "Q-Nummer",
        (LoginKind::UserName, Lang::En) => "User name",
        (LoginKind::UserName, Lang::De) => "Benutzername",
    }
}

/// "Enter your e-mail address."
pub const fn enter(lang: Lang, kind: LoginKind) -> &'static str {
    match (kind, lang) {
        (LoginKind::Email, Lang::En) => "Enter your e-mail address.",
        (LoginKind::Email, Lang::De) => "Geben Sie Ihre E-Mail-Adresse ein.",
        (LoginKind::LoginId, Lang::En) => "Enter your login ID.",
        (LoginKind::LoginId, Lang::De) => "Geben Sie Ihre Login-ID ein.",
        (LoginKind::QNumber, Lang::En) => "Enter your Q-number.",
        (LoginKind::QNumber, Lang::De) => "Geben Sie Ihre Q-Nummer ein.",
        (LoginKind::UserName, Lang::En) => "Enter your user name.",
        (LoginKind::UserName, Lang::De) => "Geben Sie Ihren Benutzernamen ein.",
    }
}

/// "E-mail address and password", the first step of a chain.
pub fn and_password(lang: Lang, kind: LoginKind) -> String {
    match lang {
        Lang::En => format!("{} and password", label(lang, kind)),
        Lang::De => format!("{} und Passwort", label(lang, kind)),
    }
}

/// "E-mail address or password is not right. …"
pub fn wrong(lang: Lang, kind: LoginKind) -> String {
    let label = label(lang, kind);
    match lang {
        Lang::En => {
            format!("{label} or password is not right. Check both and type the password again.")
        }
        Lang::De => format!(
            "{label} oder Passwort stimmt nicht. Prüfen Sie beides und geben Sie das Passwort noch einmal ein."
        ),
    }
}
