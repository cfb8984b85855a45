//! What changed in an account, and what that means for its owner.

use super::approval;
use domain::{FactorKind, Lang, link::Anew, message::Notice};

/// Whether "This was not me" still does something after this change.
pub const fn can_be_stopped(what: &Notice) -> bool {
    !matches!(what, Notice::Frozen | Notice::Disabled)
}

/// When something happens, in a sentence.
fn when(lang: Lang, minutes: i64) -> String {
    match (lang, minutes) {
        (Lang::En, 0) => "now".to_owned(),
        (Lang::De, 0) => "jetzt".to_owned(),
        (Lang::En, _) => format!("in {minutes} minutes"),
        (Lang::De, _) => format!("in {minutes} Minuten"),
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
        (Lang::En, FactorKind::Emergency) => {
            ("an emergency password", "your emergency password", false)
        }
        (Lang::De, FactorKind::Emergency) => {
            ("ein Notfall-Passwort", "Ihr Notfall-Passwort", false)
        }
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
        (Lang::En, Notice::PasskeyCloned { .. }) => "Your passkey was switched off".into(),
        (Lang::De, Notice::PasskeyCloned { .. }) => "Ihr Passkey wurde ausgeschaltet".into(),
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
        (Lang::En, Notice::PhoneLeftInPeace) => "Your smartphone was asked several times".into(),
        (Lang::De, Notice::PhoneLeftInPeace) => "Ihr Smartphone wurde mehrmals gefragt".into(),
        (Lang::En, Notice::Frozen) => "Changes to your account are stopped".into(),
        (Lang::De, Notice::Frozen) => "Änderungen an Ihrem Konto sind angehalten".into(),
        (Lang::En, Notice::FreezeLifted) => "Changes to your account are possible again".into(),
        (Lang::De, Notice::FreezeLifted) => "Änderungen an Ihrem Konto sind wieder möglich".into(),
        (Lang::En, Notice::Disabled) => "Your account was disabled".into(),
        (Lang::De, Notice::Disabled) => "Ihr Konto wurde deaktiviert".into(),
        (Lang::En, Notice::Enabled) => "Your account was enabled again".into(),
        (Lang::De, Notice::Enabled) => "Ihr Konto wurde wieder aktiviert".into(),
        (Lang::En, Notice::SessionsEnded) => "Your sessions were ended".into(),
        (Lang::De, Notice::SessionsEnded) => "Ihre Sitzungen wurden beendet".into(),
        (Lang::En, Notice::PinChanged) => "Your PIN was changed".into(),
        (Lang::De, Notice::PinChanged) => "Ihre PIN wurde geändert".into(),
        (Lang::En, Notice::EmergencyIssued { .. }) => {
            "The service desk issued an emergency password for you".into()
        }
        (Lang::De, Notice::EmergencyIssued { .. }) => {
            "Der Service Desk hat für Sie ein Notfall-Passwort ausgestellt".into()
        }
        (Lang::En, Notice::EmergencyUsed) => "Your emergency password was used".into(),
        (Lang::De, Notice::EmergencyUsed) => "Ihr Notfall-Passwort wurde verwendet".into(),
        (Lang::En, Notice::EmergencyVoided) => "Your emergency password is void".into(),
        (Lang::De, Notice::EmergencyVoided) => "Ihr Notfall-Passwort gilt nicht mehr".into(),
        (Lang::En, Notice::ManagerVouched { .. }) => {
            "Your manager told the service desk that it is you".into()
        }
        (Lang::De, Notice::ManagerVouched { .. }) => {
            "Ihre Führungskraft hat dem Service Desk bestätigt, dass Sie es sind".into()
        }
        (Lang::En, Notice::CalledBack { .. }) => "The service desk called you back".into(),
        (Lang::De, Notice::CalledBack { .. }) => "Der Service Desk hat Sie zurückgerufen".into(),
        (Lang::En, Notice::NumberChanged { .. }) => {
            "Your telephone number on record was changed".into()
        }
        (Lang::De, Notice::NumberChanged { .. }) => {
            "Ihre hinterlegte Telefonnummer wurde geändert".into()
        }
        (Lang::En, Notice::ManagerChanged { .. }) => "Your manager on record was changed".into(),
        (Lang::De, Notice::ManagerChanged { .. }) => {
            "Ihre hinterlegte Führungskraft wurde geändert".into()
        }
        (_, Notice::Approval { name, told, .. }) => approval::told_title(lang, name, told),
        (Lang::En, Notice::NumberMoved { .. }) => "Your codes go to another number".into(),
        (Lang::De, Notice::NumberMoved { .. }) => "Ihre Codes gehen an eine andere Nummer".into(),
        (Lang::En, Notice::LineSwitched { .. }) => "The service desk switched your codes".into(),
        (Lang::De, Notice::LineSwitched { .. }) => {
            "Der Service Desk hat Ihre Codes umgestellt".into()
        }
        (_, Notice::Deputy { name, .. }) => approval::deputy_title(lang, name),
        (_, Notice::StandsIn { name, .. }) => approval::stands_in_title(lang, name),
        (
            Lang::En,
            Notice::EnrollAnew {
                anew: Anew::Line, ..
            },
        ) => "You get a link to set up another number".into(),
        (
            Lang::De,
            Notice::EnrollAnew {
                anew: Anew::Line, ..
            },
        ) => "Sie bekommen einen Link für eine andere Nummer".into(),
        (Lang::En, Notice::EnrollAnew { .. }) => "You get a link to set up a new passkey".into(),
        (Lang::De, Notice::EnrollAnew { .. }) => {
            "Sie bekommen einen Link für einen neuen Passkey".into()
        }
        (Lang::En, Notice::RoleGiven { .. }) => "You have a new role".into(),
        (Lang::De, Notice::RoleGiven { .. }) => "Sie haben eine neue Rolle".into(),
        (Lang::En, Notice::RoleTaken { .. }) => "A role of yours was taken away".into(),
        (Lang::De, Notice::RoleTaken { .. }) => "Ihnen wurde eine Rolle entzogen".into(),
        (Lang::En, Notice::Unlocked) => "Your account was unlocked".into(),
        (Lang::De, Notice::Unlocked) => "Ihr Konto wurde entsperrt".into(),
        (Lang::En, Notice::CodesMoved { .. }) => "Your codes go to another address".into(),
        (Lang::De, Notice::CodesMoved { .. }) => "Ihre Codes gehen an eine andere Adresse".into(),
        (Lang::En, Notice::FactorSuspended { kind: k, .. }) => {
            format!("The service desk switched {} off", kind(lang, *k).yours)
        }
        (Lang::De, Notice::FactorSuspended { kind: k, .. }) => format!(
            "Der Service Desk hat ausgeschaltet: {}",
            kind(lang, *k).yours
        ),
        (Lang::En, Notice::FactorResumed { kind: k, .. }) => {
            format!(
                "The service desk switched {} on again",
                kind(lang, *k).yours
            )
        }
        (Lang::De, Notice::FactorResumed { kind: k, .. }) => format!(
            "Der Service Desk hat wieder eingeschaltet: {}",
            kind(lang, *k).yours
        ),
        (Lang::En, Notice::ChangeUndone { .. }) => "A change was taken back".into(),
        (Lang::De, Notice::ChangeUndone { .. }) => "Eine Änderung wurde rückgängig gemacht".into(),
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
        (Lang::En, Notice::PasskeyCloned { .. }) => format!(
            "It was used at {realm} in a way that points to a copy of it, so nobody can sign in with it any more. Remove it and set up a new one, or ask the service desk."
        ),
        (Lang::De, Notice::PasskeyCloned { .. }) => format!(
            "Er wurde bei {realm} so benutzt, als gäbe es eine Kopie davon. Deshalb kann sich damit niemand mehr anmelden. Entfernen Sie ihn und richten Sie einen neuen ein, oder fragen Sie den Service Desk."
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
        (Lang::En, Notice::PhoneLeftInPeace) => format!(
            "Somebody asked your smartphone to approve something at {realm} again and again, and nobody accepted. It is left in peace for a while; your other ways to sign in work."
        ),
        (Lang::De, Notice::PhoneLeftInPeace) => format!(
            "Jemand hat Ihr Smartphone immer wieder um eine Bestätigung bei {realm} gebeten, und niemand hat angenommen. Es wird eine Weile in Ruhe gelassen; Ihre anderen Anmeldewege gehen."
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
        (Lang::En, Notice::SessionsEnded) => format!(
            "The service desk has signed you out of {realm} everywhere. You can sign in again."
        ),
        (Lang::De, Notice::SessionsEnded) => format!(
            "Der Service Desk hat Sie bei {realm} überall abgemeldet. Sie können sich wieder anmelden."
        ),
        (Lang::En, Notice::Unlocked) => format!(
            "The service desk has unlocked your account at {realm} after wrong tries. You can try again."
        ),
        (Lang::De, Notice::Unlocked) => format!(
            "Der Service Desk hat Ihr Konto bei {realm} nach falschen Eingaben entsperrt. Sie können es wieder versuchen."
        ),
        (Lang::En, Notice::CodesMoved { address }) => format!(
            "The codes for your sign-in at {realm} go to {address} from now on. The address before does not count any more."
        ),
        (Lang::De, Notice::CodesMoved { address }) => format!(
            "Die Codes für Ihre Anmeldung bei {realm} gehen ab jetzt an {address}. Die Adresse davor gilt nicht mehr."
        ),
        (Lang::En, Notice::PinChanged) => format!(
            "The PIN of your account at {realm} was changed. The old one does not work any more, and other sessions were ended."
        ),
        (Lang::De, Notice::PinChanged) => format!(
            "Die PIN Ihres Kontos bei {realm} wurde geändert. Die alte gilt nicht mehr, und andere Sitzungen wurden beendet."
        ),
        (Lang::En, Notice::EmergencyIssued { .. }) => format!(
            "With it and your smartphone or passkey a new PIN can be set for your account at {realm}, within a few minutes and once. It was issued on a call in which the service desk verified that it is you. If you are not on the telephone with the service desk, say below that it was not you."
        ),
        (Lang::De, Notice::EmergencyIssued { .. }) => format!(
            "Damit und mit Ihrem Smartphone oder Passkey lässt sich innerhalb weniger Minuten und einmal eine neue PIN für Ihr Konto bei {realm} festlegen. Ausgestellt wurde es in einem Gespräch, in dem der Service Desk geprüft hat, dass Sie es sind. Wenn Sie gerade nicht mit dem Service Desk telefonieren, sagen Sie unten, dass Sie es nicht waren."
        ),
        (Lang::En, Notice::EmergencyUsed) => format!(
            "Somebody used a factor of yours and the emergency password at {realm} and can now set a new PIN. If it was you, there is nothing to do."
        ),
        (Lang::De, Notice::EmergencyUsed) => format!(
            "Jemand hat bei {realm} einen Ihrer Faktoren und das Notfall-Passwort verwendet und kann jetzt eine neue PIN festlegen. Wenn Sie es selbst waren, müssen Sie nichts tun."
        ),
        (Lang::En, Notice::EmergencyVoided) => format!(
            "The emergency password for your account at {realm} was withdrawn or typed wrong too often. If you still need one, call the service desk."
        ),
        (Lang::De, Notice::EmergencyVoided) => format!(
            "Das Notfall-Passwort für Ihr Konto bei {realm} wurde zurückgenommen oder zu oft falsch eingegeben. Wenn Sie noch eines brauchen, rufen Sie den Service Desk an."
        ),
        (Lang::En, Notice::ManagerVouched { manager }) => format!(
            "Somebody is on the telephone with the service desk of {realm} in your name, and {manager} confirmed that it is you. If you are making this call, you need not do anything."
        ),
        (Lang::De, Notice::ManagerVouched { manager }) => format!(
            "Jemand telefoniert in Ihrem Namen mit dem Service Desk von {realm}, und {manager} hat bestätigt, dass Sie es sind. Wenn Sie selbst dort anrufen, müssen Sie nichts tun."
        ),
        (Lang::En, Notice::CalledBack { number }) => format!(
            "Somebody is on the telephone with the service desk of {realm} in your name, and told it the digits that were spoken at your number {number}. If you are making this call, you need not do anything."
        ),
        (Lang::De, Notice::CalledBack { number }) => format!(
            "Jemand telefoniert in Ihrem Namen mit dem Service Desk von {realm} und hat die Ziffern genannt, die unter Ihrer Nummer {number} angesagt wurden. Wenn Sie selbst dort anrufen, müssen Sie nichts tun."
        ),
        (Lang::En, Notice::NumberChanged { number }) if number.is_empty() => format!(
            "An administrator took your telephone number off the record at {realm}. The service desk cannot call you back any more."
        ),
        (Lang::De, Notice::NumberChanged { number }) if number.is_empty() => format!(
            "Die Administration hat Ihre Telefonnummer bei {realm} entfernt. Der Service Desk kann Sie nicht mehr zurückrufen."
        ),
        (Lang::En, Notice::NumberChanged { number }) => format!(
            "An administrator put another telephone number on record for you at {realm}: {number}. From tomorrow on the service desk calls it to find out who calls."
        ),
        (Lang::De, Notice::NumberChanged { number }) => format!(
            "Die Administration hat für Sie bei {realm} eine andere Telefonnummer hinterlegt: {number}. Ab morgen ruft der Service Desk sie an, um zu prüfen, wer anruft."
        ),
        (Lang::En, Notice::ManagerChanged { manager }) if manager.is_empty() => format!(
            "An administrator removed your manager on record at {realm}. A request of yours that waits stays open until its time is over; it goes to your next manager as soon as one is entered."
        ),
        (Lang::De, Notice::ManagerChanged { manager }) if manager.is_empty() => format!(
            "Die Administration hat Ihre hinterlegte Führungskraft bei {realm} entfernt. Ein offener Antrag von Ihnen bleibt bis zum Ablauf seiner Frist bestehen; er geht an Ihre nächste Führungskraft, sobald eine eingetragen ist."
        ),
        (Lang::En, Notice::ManagerChanged { manager }) => format!(
            "An administrator entered {manager} as your manager at {realm}. Your manager decides on your requests and can tell the service desk that it is you who calls."
        ),
        (Lang::De, Notice::ManagerChanged { manager }) => format!(
            "Die Administration hat bei {realm} {manager} als Ihre Führungskraft eingetragen. Ihre Führungskraft entscheidet über Ihre Anträge und kann dem Service Desk bestätigen, dass Sie es sind, wenn Sie anrufen."
        ),
        (
            _,
            Notice::Approval {
                kind, number, told, ..
            },
        ) => approval::told_text(lang, *kind, number, told, realm),
        (_, Notice::NumberMoved { kind, number }) => {
            approval::moved_text(lang, *kind, number, realm)
        }
        (_, Notice::LineSwitched { kind, number }) => {
            approval::switched_text(lang, *kind, number, realm)
        }
        (_, Notice::Deputy { name, days }) => approval::deputy_text(lang, name, *days, realm),
        (_, Notice::StandsIn { name, days }) => approval::stands_in_text(lang, name, *days, realm),
        (
            Lang::En,
            Notice::EnrollAnew {
                minutes,
                anew: Anew::Line,
            },
        ) => format!(
            "Somebody told the service desk of {realm} that you have lost the telephone that your codes go to, and was verified. A link to set up another number goes to your address on record {}. If you did not ask for it, stop it now.",
            when(lang, *minutes)
        ),
        (
            Lang::De,
            Notice::EnrollAnew {
                minutes,
                anew: Anew::Line,
            },
        ) => format!(
            "Jemand hat dem Service Desk von {realm} gesagt, dass Sie das Telefon verloren haben, an das Ihre Codes gehen, und wurde überprüft. Ein Link zum Einrichten einer anderen Nummer geht {} an Ihre hinterlegte Adresse. Wenn Sie das nicht waren, halten Sie es jetzt an.",
            when(lang, *minutes)
        ),
        (Lang::En, Notice::EnrollAnew { minutes, .. }) => format!(
            "Somebody told the service desk of {realm} that you have lost what you sign in with, and was verified. A link to set up a passkey goes to your address on record {}. If you did not ask for it, stop it now.",
            when(lang, *minutes)
        ),
        (Lang::De, Notice::EnrollAnew { minutes, .. }) => format!(
            "Jemand hat dem Service Desk von {realm} gesagt, dass Sie verloren haben, womit Sie sich anmelden, und wurde überprüft. Ein Link zum Einrichten eines Passkeys geht {} an Ihre hinterlegte Adresse. Wenn Sie das nicht waren, halten Sie es jetzt an.",
            when(lang, *minutes)
        ),
        (Lang::En, Notice::RoleGiven { role, at }) => format!(
            "An administrator has given you this role: {} ({at}). Sign in again to use it.",
            crate::roles::name(lang, *role)
        ),
        (Lang::De, Notice::RoleGiven { role, at }) => format!(
            "Die Administration hat Ihnen diese Rolle gegeben: {} ({at}). Melden Sie sich neu an, um sie zu benutzen.",
            crate::roles::name(lang, *role)
        ),
        (Lang::En, Notice::RoleTaken { role, at }) => format!(
            "An administrator has taken this role from you: {} ({at}).",
            crate::roles::name(lang, *role)
        ),
        (Lang::De, Notice::RoleTaken { role, at }) => format!(
            "Die Administration hat Ihnen diese Rolle entzogen: {} ({at}).",
            crate::roles::name(lang, *role)
        ),
        (Lang::En, Notice::FactorSuspended { .. }) => format!(
            "The service desk has switched off this way to sign in at {realm}. It is not removed: the service desk can switch it on again."
        ),
        (Lang::De, Notice::FactorSuspended { .. }) => format!(
            "Der Service Desk hat diesen Anmeldeweg bei {realm} ausgeschaltet. Er ist nicht entfernt: Der Service Desk kann ihn wieder einschalten."
        ),
        (Lang::En, Notice::FactorResumed { .. }) => {
            format!("You can use this way to sign in at {realm} again.")
        }
        (Lang::De, Notice::FactorResumed { .. }) => {
            format!("Sie können diesen Anmeldeweg bei {realm} wieder benutzen.")
        }
        (Lang::En, Notice::ChangeUndone { kind: k }) => format!(
            "At {realm}, {} as before: the change was taken back, what it had brought is gone, and all sessions are ended. Set a new password as well, because whoever made the change may know it.",
            if kind(lang, *k).many {
                format!("{} work", kind(lang, *k).yours)
            } else {
                format!("{} works", kind(lang, *k).yours)
            }
        ),
        (Lang::De, Notice::ChangeUndone { kind: k }) => format!(
            "Bei {realm} gilt wieder der Stand von vorher ({}): Die Änderung wurde rückgängig gemacht, was sie gebracht hat, ist weg, und alle Sitzungen sind beendet. Legen Sie auch ein neues Passwort fest, denn wer die Änderung gemacht hat, kennt es vielleicht.",
            kind(lang, *k).yours
        ),
    }
}
