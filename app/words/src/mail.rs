//! The sentences of every mail. What they are put into (layout, button, plain
//! text) is the courier's business; nothing here is marked up or escaped.
//!
//! `realm`, names and addresses come in as plain text that was already cleaned.

use domain::message::{Message, Notice};
use domain::{FactorKind, Lang};

/// A moment as the reader's clock shows it; who calls knows the time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// The name of the time zone: "Europe/Berlin".
    pub zone: String,
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn month(lang: Lang, number: i8) -> &'static str {
    let names = match lang {
        Lang::En => &MONTHS_EN,
        Lang::De => &MONTHS_DE,
    };
    usize::try_from(number - 1)
        .ok()
        .and_then(|i| names.get(i))
        .copied()
        .unwrap_or_default()
}

/// A clock time: "10:57 (Europe/Berlin)".
pub fn clock(lang: Lang, at: &Clock) -> String {
    let Clock {
        hour, minute, zone, ..
    } = at;
    match lang {
        Lang::En => format!("{hour:02}:{minute:02} ({zone})"),
        Lang::De => format!("{hour:02}:{minute:02} Uhr ({zone})"),
    }
}

/// A date and a clock time: "21 November 2025, 10:57 (Europe/Berlin)".
pub fn moment(lang: Lang, at: &Clock) -> String {
    let (day, month, year) = (at.day, month(lang, at.month), at.year);
    let clock = clock(lang, at);
    match lang {
        Lang::En => format!("{day} {month} {year}, {clock}"),
        Lang::De => format!("{day}. {month} {year}, {clock}"),
    }
}

/// A span that people can grasp, to the nearest minute, hour or day.
pub fn span(lang: Lang, seconds: i64) -> String {
    let nearest = |unit: i64| (seconds + unit / 2) / unit;
    let (minutes, hours, days) = (nearest(60).max(1), nearest(3600), nearest(86400));
    let (number, one, many) = match (lang, minutes) {
        (Lang::En, m) if m != 60 && m < 120 => (m, "minute", "minutes"),
        (Lang::De, m) if m != 60 && m < 120 => (m, "Minute", "Minuten"),
        (Lang::En, m) if m < 48 * 60 => (hours, "hour", "hours"),
        (Lang::De, m) if m < 48 * 60 => (hours, "Stunde", "Stunden"),
        (Lang::En, _) => (days, "day", "days"),
        (Lang::De, _) => (days, "Tag", "Tage"),
    };
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How long something works, to follow "valid" or „gilt“: as a span and as a
/// clock time, with the date when that is another day.
pub fn until(lang: Lang, seconds_left: i64, end: &Clock, today: bool) -> String {
    let end = match (lang, today) {
        (Lang::En, true) => format!("until {}", clock(lang, end)),
        (Lang::En, false) => format!("until {}", moment(lang, end)),
        (Lang::De, true) => format!("bis {}", clock(lang, end)),
        (Lang::De, false) => format!("bis zum {}", moment(lang, end)),
    };
    if seconds_left <= 0 {
        return end;
    }
    let span = span(lang, seconds_left);
    match lang {
        Lang::En => format!("for {span}, {end}"),
        Lang::De => format!("{span}, {end}"),
    }
}

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
        (Lang::En, Message::EnrollLink { .. }) => "Your link to set up how you sign in".into(),
        (Lang::De, Message::EnrollLink { .. }) => "Ihr Link zum Einrichten der Anmeldung".into(),
    }
}

/// The heading in the mail.
pub fn heading(lang: Lang, message: &Message) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => "You are invited".into(),
        (Lang::De, Message::Invitation { .. }) => "Sie sind eingeladen".into(),
        (Lang::En, Message::ResetPassword { .. }) => "Set a new password".into(),
        (Lang::De, Message::ResetPassword { .. }) => "Neues Passwort festlegen".into(),
        (Lang::En, Message::ResetWithoutAccount) => "Your account is not set up yet".into(),
        (Lang::De, Message::ResetWithoutAccount) => "Ihr Konto ist noch nicht eingerichtet".into(),
        (Lang::En, Message::SignInCode { .. }) => "Your code to sign in".into(),
        (Lang::De, Message::SignInCode { .. }) => "Ihr Code für die Anmeldung".into(),
        (Lang::En, Message::ConfirmAddress { .. }) => "Confirm your e-mail address".into(),
        (Lang::De, Message::ConfirmAddress { .. }) => "E-Mail-Adresse bestätigen".into(),
        (_, Message::Notice { what, .. }) => notice_title(lang, what),
        (Lang::En, Message::EnrollLink { .. }) => "Set up how you sign in".into(),
        (Lang::De, Message::EnrollLink { .. }) => "Anmeldung einrichten".into(),
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
/// [`until`].
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

/// What mail programs show beside the subject.
pub fn preheader(lang: Lang, message: &Message, realm: &str, until: Option<&str>) -> String {
    match (lang, until) {
        (Lang::En, Some(until)) => format!("{realm}. Valid {until}."),
        (Lang::De, Some(until)) => format!("{realm}. Gültig: {until}."),
        (_, None) => lead(lang, message, realm),
    }
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

/// Whether "This was not me" still does something after this change.
pub const fn can_be_stopped(what: &Notice) -> bool {
    !matches!(what, Notice::Frozen | Notice::Disabled)
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

/// The question above [`not_you`].
pub fn not_you_title(lang: Lang, message: &Message) -> &'static str {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => "You do not expect this?",
        (Lang::De, Message::Invitation { .. }) => "Sie erwarten das nicht?",
        (
            Lang::En,
            Message::Notice {
                what:
                    Notice::Frozen
                    | Notice::FreezeLifted
                    | Notice::Disabled
                    | Notice::Enabled
                    | Notice::Unlocked,
                ..
            },
        ) => "You know nothing of this?",
        (
            Lang::De,
            Message::Notice {
                what:
                    Notice::Frozen
                    | Notice::FreezeLifted
                    | Notice::Disabled
                    | Notice::Enabled
                    | Notice::Unlocked,
                ..
            },
        ) => "Sie wissen nichts davon?",
        (Lang::En, _) => "This was not you?",
        (Lang::De, _) => "Das waren nicht Sie?",
    }
}

/// What to do if it was not oneself.
pub fn not_you(lang: Lang, message: &Message) -> &'static str {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => {
            "Then leave the link alone. It expires by itself, and no account is set up."
        }
        (Lang::De, Message::Invitation { .. }) => {
            "Dann lassen Sie den Link ungenutzt. Er läuft von selbst ab, und es wird kein Konto eingerichtet."
        }
        (Lang::En, Message::ResetPassword { .. }) => {
            "Then use neither the link nor the code: your password stays as it is. If more of these e-mails come, tell the service desk. None of us ever asks you for this code."
        }
        (Lang::De, Message::ResetPassword { .. }) => {
            "Dann nutzen Sie weder Link noch Code: Ihr Passwort bleibt, wie es ist. Wenn weitere solche E-Mails kommen, sagen Sie es dem Service Desk. Niemand von uns fragt Sie je nach diesem Code."
        }
        (Lang::En, Message::ResetWithoutAccount) => {
            "Then there is nothing to do. Nothing has changed in your account."
        }
        (Lang::De, Message::ResetWithoutAccount) => {
            "Dann müssen Sie nichts tun. An Ihrem Konto hat sich nichts geändert."
        }
        (Lang::En, Message::SignInCode { .. }) => {
            "Then somebody may know your password. Give the code to nobody, set a new password and tell the service desk. None of us ever asks you for this code."
        }
        (Lang::De, Message::SignInCode { .. }) => {
            "Dann kennt vielleicht jemand Ihr Passwort. Geben Sie den Code nicht weiter, legen Sie ein neues Passwort fest und sagen Sie es dem Service Desk. Niemand von uns fragt Sie je nach diesem Code."
        }
        (Lang::En, Message::ConfirmAddress { .. }) => {
            "Then somebody has entered your address, perhaps by mistake. Give the code to nobody: without it, nothing happens. None of us ever asks you for this code."
        }
        (Lang::De, Message::ConfirmAddress { .. }) => {
            "Dann hat jemand Ihre Adresse angegeben, vielleicht aus Versehen. Geben Sie den Code nicht weiter: Ohne ihn geschieht nichts. Niemand von uns fragt Sie je nach diesem Code."
        }
        (
            Lang::En,
            Message::Notice {
                what: Notice::Frozen | Notice::Disabled,
                ..
            },
        ) => "Then call the service desk and ask.",
        (
            Lang::De,
            Message::Notice {
                what: Notice::Frozen | Notice::Disabled,
                ..
            },
        ) => "Dann rufen Sie den Service Desk an und fragen Sie nach.",
        (Lang::En, Message::Notice { .. }) => {
            "Then open this page and confirm there that it was not you. We end all sessions and stop all changes to your account until the service desk has spoken with you."
        }
        (Lang::De, Message::Notice { .. }) => {
            "Dann öffnen Sie diese Seite und bestätigen Sie dort, dass Sie es nicht waren. Wir beenden alle Sitzungen und halten alle Änderungen an Ihrem Konto an, bis der Service Desk mit Ihnen gesprochen hat."
        }
        (Lang::En, Message::EnrollLink { .. }) => {
            "Then somebody has asked for a link to your account. Do not open it, and tell the service desk."
        }
        (Lang::De, Message::EnrollLink { .. }) => {
            "Dann hat jemand einen Link zu Ihrem Konto angefordert. Öffnen Sie ihn nicht und sagen Sie es dem Service Desk."
        }
    }
}

/// Why one got this mail.
pub fn why(lang: Lang, message: &Message, realm: &str) -> String {
    match (lang, message) {
        (Lang::En, Message::Invitation { .. }) => format!(
            "You receive this e-mail because those who look after {realm} have invited this address."
        ),
        (Lang::De, Message::Invitation { .. }) => format!(
            "Sie erhalten diese E-Mail, weil die Verwaltung von {realm} diese Adresse eingeladen hat."
        ),
        (Lang::En, Message::ResetPassword { .. } | Message::ResetWithoutAccount) => format!(
            "You receive this e-mail because somebody asked {realm} for a new password and gave this address."
        ),
        (Lang::De, Message::ResetPassword { .. } | Message::ResetWithoutAccount) => format!(
            "Sie erhalten diese E-Mail, weil jemand bei {realm} ein neues Passwort angefordert und diese Adresse angegeben hat."
        ),
        (Lang::En, Message::SignInCode { .. }) => format!(
            "You receive this e-mail because somebody is signing in to your account at {realm}."
        ),
        (Lang::De, Message::SignInCode { .. }) => format!(
            "Sie erhalten diese E-Mail, weil sich gerade jemand mit Ihrem Konto bei {realm} anmeldet."
        ),
        (Lang::En, Message::ConfirmAddress { .. }) => {
            format!("You receive this e-mail because somebody has entered this address at {realm}.")
        }
        (Lang::De, Message::ConfirmAddress { .. }) => {
            format!(
                "Sie erhalten diese E-Mail, weil jemand bei {realm} diese Adresse angegeben hat."
            )
        }
        (Lang::En, Message::Notice { .. }) => format!(
            "You receive this e-mail because every important event in your account at {realm} is told to all its addresses."
        ),
        (Lang::De, Message::Notice { .. }) => format!(
            "Sie erhalten diese E-Mail, weil wir jedes wichtige Ereignis in Ihrem Konto bei {realm} an alle hinterlegten Adressen melden."
        ),
        (Lang::En, Message::EnrollLink { .. }) => format!(
            "You receive this e-mail because a one-time link was issued for your account at {realm}."
        ),
        (Lang::De, Message::EnrollLink { .. }) => format!(
            "Sie erhalten diese E-Mail, weil für Ihr Konto bei {realm} ein Link für ein einziges Mal ausgestellt wurde."
        ),
    }
}

/// Says that nobody reads answers.
pub fn automatic(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "This e-mail was sent automatically. Nobody reads replies to it.",
        Lang::De => "Diese E-Mail wurde automatisch verschickt. Antworten darauf liest niemand.",
    }
}

/// How to reach the service desk; `None` when there is no way.
pub fn contact(
    lang: Lang,
    phone: Option<&str>,
    hours: Option<&str>,
    email: Option<&str>,
) -> Option<String> {
    if phone.is_none() && email.is_none() {
        return None;
    }
    let ways: Vec<&str> = [phone, hours, email].into_iter().flatten().collect();
    let desk = match lang {
        Lang::En => "Service desk",
        Lang::De => "Service Desk",
    };
    Some(format!("{desk}: {}", ways.join(", ")))
}

/// Names of the facts below a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The browser that asked for it.
    AskedBy,
    /// The browser that did it.
    DoneBy,
    /// The peer's address.
    Address,
    /// When.
    Time,
    /// The name of the factor.
    Name,
}

/// The label of a fact, without the colon.
pub fn fact(lang: Lang, fact: Fact) -> &'static str {
    match (lang, fact) {
        (Lang::En, Fact::AskedBy) => "Asked by",
        (Lang::De, Fact::AskedBy) => "Angefragt von",
        (Lang::En, Fact::DoneBy) => "Browser",
        (Lang::De, Fact::DoneBy) => "Browser",
        (Lang::En, Fact::Address) => "Network address",
        (Lang::De, Fact::Address) => "Netzwerkadresse",
        (Lang::En, Fact::Time) => "Time",
        (Lang::De, Fact::Time) => "Zeit",
        (Lang::En, Fact::Name) => "Name",
        (Lang::De, Fact::Name) => "Name",
    }
}

/// A kind of factor in a sentence.
struct Kind {
    /// "a passkey", „ein Passkey“.
    some: &'static str,
    /// "your passkey", „Ihr Passkey“.
    yours: &'static str,
    /// "are" rather than "is".
    many: bool,
}

fn kind(lang: Lang, kind: FactorKind) -> Kind {
    let (some, yours, many) = match (lang, kind) {
        (Lang::En, FactorKind::Password) => ("a password", "your password", false),
        (Lang::De, FactorKind::Password) => ("ein Passwort", "Ihr Passwort", false),
        (Lang::En, FactorKind::Pin) => ("a PIN", "your PIN", false),
        (Lang::De, FactorKind::Pin) => ("eine PIN", "Ihre PIN", false),
        (Lang::En, FactorKind::Totp) => ("an authenticator app", "your authenticator app", false),
        (Lang::De, FactorKind::Totp) => ("eine Authenticator-App", "Ihre Authenticator-App", false),
        (Lang::En, FactorKind::Email) => ("codes by e-mail", "your codes by e-mail", true),
        (Lang::De, FactorKind::Email) => ("Codes per E-Mail", "Ihre Codes per E-Mail", true),
        (Lang::En, FactorKind::Sms) => ("codes by SMS", "your codes by SMS", true),
        (Lang::De, FactorKind::Sms) => ("Codes per SMS", "Ihre Codes per SMS", true),
        (Lang::En, FactorKind::Voice) => ("codes by phone call", "your codes by phone call", true),
        (Lang::De, FactorKind::Voice) => ("Codes per Anruf", "Ihre Codes per Anruf", true),
        (Lang::En, FactorKind::Passkey) => ("a passkey", "your passkey", false),
        (Lang::De, FactorKind::Passkey) => ("ein Passkey", "Ihr Passkey", false),
        (Lang::En, FactorKind::Smartphone) => ("a smartphone", "your smartphone", false),
        (Lang::De, FactorKind::Smartphone) => ("ein Smartphone", "Ihr Smartphone", false),
        (Lang::En, FactorKind::Recovery) => ("recovery codes", "your recovery codes", true),
        (Lang::De, FactorKind::Recovery) => (
            "Wiederherstellungscodes",
            "Ihre Wiederherstellungscodes",
            true,
        ),
    };
    Kind { some, yours, many }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Subject and heading of a notice.
pub fn notice_title(lang: Lang, what: &Notice) -> String {
    match (lang, what) {
        (Lang::En, Notice::FactorAdded { kind: k, .. }) => {
            let k = kind(lang, *k);
            let were = if k.many { "were" } else { "was" };
            format!("{} {were} added to your account", capital(k.some))
        }
        (Lang::De, Notice::FactorAdded { kind: k, .. }) => {
            let k = kind(lang, *k);
            let were = if k.many { "wurden" } else { "wurde" };
            format!("{} {were} zu Ihrem Konto hinzugefügt", capital(k.some))
        }
        (Lang::En, Notice::FactorRemoved { kind: k, .. }) => {
            let k = kind(lang, *k);
            let were = if k.many { "were" } else { "was" };
            format!("{} {were} removed from your account", capital(k.some))
        }
        (Lang::De, Notice::FactorRemoved { kind: k, .. }) => {
            let k = kind(lang, *k);
            let were = if k.many { "wurden" } else { "wurde" };
            format!("{} {were} aus Ihrem Konto entfernt", capital(k.some))
        }
        (Lang::En, Notice::PasswordSet) => "Your password was changed".into(),
        (Lang::De, Notice::PasswordSet) => "Ihr Passwort wurde geändert".into(),
        (Lang::En, Notice::PinSet) => "Your PIN was changed".into(),
        (Lang::De, Notice::PinSet) => "Ihre PIN wurde geändert".into(),
        (Lang::En, Notice::RecoveryCodesMade) => "You have new recovery codes".into(),
        (Lang::De, Notice::RecoveryCodesMade) => "Sie haben neue Wiederherstellungscodes".into(),
        (Lang::En, Notice::RecoveryCodeUsed { .. }) => "A recovery code was used".into(),
        (Lang::De, Notice::RecoveryCodeUsed { .. }) => {
            "Ein Wiederherstellungscode wurde benutzt".into()
        }
        (Lang::En, Notice::Locked { kind: k }) => {
            let k = kind(lang, *k);
            format!(
                "{} {} locked",
                capital(k.yours),
                if k.many { "are" } else { "is" }
            )
        }
        (Lang::De, Notice::Locked { kind: k }) => {
            let k = kind(lang, *k);
            format!(
                "{} {} gesperrt",
                k.yours,
                if k.many { "sind" } else { "ist" }
            )
        }
        (Lang::En, Notice::AddressAdded { .. }) => "An address for notices was added".into(),
        (Lang::De, Notice::AddressAdded { .. }) => {
            "Eine Adresse für Hinweise wurde hinzugefügt".into()
        }
        (Lang::En, Notice::AddressRemoved { .. }) => "An address for notices was removed".into(),
        (Lang::De, Notice::AddressRemoved { .. }) => {
            "Eine Adresse für Hinweise wurde entfernt".into()
        }
        (Lang::En, Notice::NewBrowser) => "Your account was used in a new browser".into(),
        (Lang::De, Notice::NewBrowser) => "Ihr Konto wurde in einem neuen Browser benutzt".into(),
        (Lang::En, Notice::Frozen) => "Changes to your account are stopped".into(),
        (Lang::De, Notice::Frozen) => "Änderungen an Ihrem Konto sind angehalten".into(),
        (Lang::En, Notice::FreezeLifted) => "Changes to your account are possible again".into(),
        (Lang::De, Notice::FreezeLifted) => "Änderungen an Ihrem Konto sind wieder möglich".into(),
        (Lang::En, Notice::Disabled) => "Your account was disabled".into(),
        (Lang::De, Notice::Disabled) => "Ihr Konto wurde deaktiviert".into(),
        (Lang::En, Notice::Enabled) => "Your account was enabled again".into(),
        (Lang::De, Notice::Enabled) => "Ihr Konto wurde wieder aktiviert".into(),
        (Lang::En, Notice::Unlocked) => "Your account was unlocked".into(),
        (Lang::De, Notice::Unlocked) => "Ihr Konto wurde entsperrt".into(),
    }
}

/// What a notice means for the reader.
pub fn notice_text(lang: Lang, what: &Notice, realm: &str) -> String {
    match (lang, what) {
        (Lang::En, Notice::FactorAdded { kind: k, .. }) => {
            let it = if kind(lang, *k).many { "them" } else { "it" };
            format!("From now on you can use {it} to sign in at {realm}.")
        }
        (Lang::De, Notice::FactorAdded { .. }) => {
            format!("Ab jetzt können Sie sich damit bei {realm} anmelden.")
        }
        (Lang::En, Notice::FactorRemoved { kind: k, .. }) => {
            let it = if kind(lang, *k).many { "They" } else { "It" };
            format!("{it} can no longer be used to sign in at {realm}.")
        }
        (Lang::De, Notice::FactorRemoved { .. }) => {
            format!("Damit kann sich niemand mehr bei {realm} anmelden.")
        }
        (Lang::En, Notice::PasswordSet) => {
            format!(
                "A new password is set for your account at {realm}. The old one no longer works."
            )
        }
        (Lang::De, Notice::PasswordSet) => format!(
            "Für Ihr Konto bei {realm} gilt jetzt ein neues Passwort. Das alte gilt nicht mehr."
        ),
        (Lang::En, Notice::PinSet) => {
            format!("A new PIN is set for your account at {realm}. The old one no longer works.")
        }
        (Lang::De, Notice::PinSet) => {
            format!("Für Ihr Konto bei {realm} gilt jetzt eine neue PIN. Die alte gilt nicht mehr.")
        }
        (Lang::En, Notice::RecoveryCodesMade) => format!(
            "New recovery codes were made for your account at {realm}. The old ones no longer work."
        ),
        (Lang::De, Notice::RecoveryCodesMade) => format!(
            "Für Ihr Konto bei {realm} wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr."
        ),
        (Lang::En, Notice::RecoveryCodeUsed { left }) => {
            let left = match left {
                0 => "No code is left. Make new ones in your overview.".to_owned(),
                1 => "One code is left. Make new ones in your overview.".to_owned(),
                2..=3 => format!("{left} codes are left. Make new ones in your overview."),
                _ => format!("{left} codes are left."),
            };
            format!("Somebody signed in to your account at {realm} with a recovery code. {left}")
        }
        (Lang::De, Notice::RecoveryCodeUsed { left }) => {
            let left = match left {
                0 => {
                    "Es ist kein Code mehr übrig. Erstellen Sie in Ihrer Übersicht neue.".to_owned()
                }
                1 => "Ein Code ist noch übrig. Erstellen Sie in Ihrer Übersicht neue.".to_owned(),
                2..=3 => {
                    format!("{left} Codes sind noch übrig. Erstellen Sie in Ihrer Übersicht neue.")
                }
                _ => format!("{left} Codes sind noch übrig."),
            };
            format!(
                "Jemand hat sich mit einem Ihrer Wiederherstellungscodes bei {realm} angemeldet. {left}"
            )
        }
        (Lang::En, Notice::Locked { .. }) => format!(
            "There were too many wrong tries at {realm}. If it was you, the service desk will help you."
        ),
        (Lang::De, Notice::Locked { .. }) => format!(
            "Bei {realm} gab es zu viele falsche Eingaben. Wenn Sie es selbst waren, hilft Ihnen der Service Desk."
        ),
        (Lang::En, Notice::AddressAdded { address }) => {
            format!("Notices about your account at {realm} now go to {address} as well.")
        }
        (Lang::De, Notice::AddressAdded { address }) => {
            format!("Hinweise zu Ihrem Konto bei {realm} gehen jetzt auch an {address}.")
        }
        (Lang::En, Notice::AddressRemoved { address }) => {
            format!("Notices about your account at {realm} no longer go to {address}.")
        }
        (Lang::De, Notice::AddressRemoved { address }) => {
            format!("Hinweise zu Ihrem Konto bei {realm} gehen nicht mehr an {address}.")
        }
        (Lang::En, Notice::NewBrowser) => format!(
            "Somebody signed in to your account at {realm} with a browser that we have not seen before. If it was you, there is nothing to do."
        ),
        (Lang::De, Notice::NewBrowser) => format!(
            "Mit Ihrem Konto hat sich jemand bei {realm} angemeldet, in einem Browser, den wir noch nicht kennen. Wenn Sie es selbst waren, müssen Sie nichts tun."
        ),
        (Lang::En, Notice::Frozen) => format!(
            "We were told that somebody else is using your account at {realm}. All sessions were ended, and nothing can be changed in the account until the service desk has spoken with you."
        ),
        (Lang::De, Notice::Frozen) => format!(
            "Uns wurde gemeldet, dass jemand anderes Ihr Konto bei {realm} benutzt. Alle Sitzungen wurden beendet, und am Konto lässt sich nichts ändern, bis der Service Desk mit Ihnen gesprochen hat."
        ),
        (Lang::En, Notice::FreezeLifted) => format!(
            "The service desk has checked your account at {realm}. You can change it again."
        ),
        (Lang::De, Notice::FreezeLifted) => format!(
            "Der Service Desk hat Ihr Konto bei {realm} geprüft. Sie können es wieder ändern."
        ),
        (Lang::En, Notice::Disabled) => format!(
            "The service desk has disabled your account at {realm}. You cannot sign in until it is enabled again."
        ),
        (Lang::De, Notice::Disabled) => format!(
            "Der Service Desk hat Ihr Konto bei {realm} deaktiviert. Sie können sich nicht anmelden, bis es wieder aktiviert ist."
        ),
        (Lang::En, Notice::Enabled) => {
            format!("The service desk has enabled your account at {realm}. You can sign in again.")
        }
        (Lang::De, Notice::Enabled) => format!(
            "Der Service Desk hat Ihr Konto bei {realm} aktiviert. Sie können sich wieder anmelden."
        ),
        (Lang::En, Notice::Unlocked) => format!(
            "The service desk has unlocked your account at {realm} after wrong tries. You can try again."
        ),
        (Lang::De, Notice::Unlocked) => format!(
            "Der Service Desk hat Ihr Konto bei {realm} nach falschen Eingaben entsperrt. Sie können es wieder versuchen."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i8) -> Clock {
        Clock {
            year: 2025,
            month: 11,
            day,
            hour: 9,
            minute: 5,
            zone: "Europe/Berlin".into(),
        }
    }

    #[test]
    fn times_are_as_the_reader_says_them() {
        assert_eq!(
            until(Lang::En, 900, &at(21), true),
            "for 15 minutes, until 09:05 (Europe/Berlin)"
        );
        assert_eq!(
            until(Lang::De, 881, &at(21), true),
            "15 Minuten, bis 09:05 Uhr (Europe/Berlin)"
        );
        assert_eq!(
            until(Lang::De, 7 * 86400 - 20, &at(28), false),
            "7 Tage, bis zum 28. November 2025, 09:05 Uhr (Europe/Berlin)"
        );
        assert_eq!(
            until(Lang::En, 0, &at(1), false),
            "until 1 November 2025, 09:05 (Europe/Berlin)"
        );
    }

    #[test]
    fn spans_take_the_unit_that_fits() {
        for (seconds, en, de) in [
            (1, "1 minute", "1 Minute"),
            (90, "2 minutes", "2 Minuten"),
            (3600, "1 hour", "1 Stunde"),
            (3590, "1 hour", "1 Stunde"),
            (5400, "90 minutes", "90 Minuten"),
            (7200, "2 hours", "2 Stunden"),
            (86400, "24 hours", "24 Stunden"),
            (2 * 86400, "2 days", "2 Tage"),
        ] {
            assert_eq!(span(Lang::En, seconds), en);
            assert_eq!(span(Lang::De, seconds), de);
        }
    }

    #[test]
    fn codes_are_grouped_only_when_they_are_digits() {
        assert_eq!(grouped("481930"), "481 930");
        assert_eq!(grouped("48193012"), "4819 3012");
        assert_eq!(grouped("4819"), "4819");
        assert_eq!(grouped("AB1930"), "AB1930");
    }

    #[test]
    fn kinds_agree_with_their_verbs() {
        let added = |k| Notice::FactorAdded {
            kind: k,
            name: String::new(),
        };
        assert_eq!(
            notice_title(Lang::En, &added(FactorKind::Totp)),
            "An authenticator app was added to your account"
        );
        assert_eq!(
            notice_title(Lang::De, &added(FactorKind::Sms)),
            "Codes per SMS wurden zu Ihrem Konto hinzugefügt"
        );
        let locked = Notice::Locked {
            kind: FactorKind::Recovery,
        };
        assert_eq!(
            notice_title(Lang::En, &locked),
            "Your recovery codes are locked"
        );
    }
}
