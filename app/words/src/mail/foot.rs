//! What stands below: what to do if it was not oneself, why the mail came, and
//! whom to ask.

use super::alert;
use domain::{
    Lang,
    cases::Told,
    message::{Message, Notice},
};

/// The question above [`not_you`].
pub fn not_you_title(lang: Lang, message: &Message) -> &'static str {
    match (lang, message) {
        (Lang::En, Message::Alert { .. }) => "You cannot look into it?",
        (Lang::De, Message::Alert { .. }) => "Sie können sich nicht darum kümmern?",
        (Lang::En, Message::Approve { .. }) => "You do not know of it?",
        (Lang::De, Message::Approve { .. }) => "Sie wissen nichts davon?",
        (Lang::En, Message::ConfirmCase { .. } | Message::Vouch { .. }) => {
            "You have not spoken with them?"
        }
        (Lang::De, Message::ConfirmCase { .. } | Message::Vouch { .. }) => {
            "Sie haben nicht miteinander gesprochen?"
        }
        (Lang::En, Message::Invitation { .. }) => "You do not expect this?",
        (Lang::De, Message::Invitation { .. }) => "Sie erwarten das nicht?",
        (
            Lang::En,
            Message::Notice {
                what:
                    Notice::Frozen
                    | Notice::FreezeLifted
                    | Notice::Disabled
                    | Notice::SessionsEnded
                    | Notice::RoleGiven { .. }
                    | Notice::RoleTaken { .. }
                    | Notice::Enabled
                    | Notice::FactorSuspended { .. }
                    | Notice::FactorResumed { .. }
                    | Notice::ChangeUndone { .. }
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
                    | Notice::SessionsEnded
                    | Notice::RoleGiven { .. }
                    | Notice::RoleTaken { .. }
                    | Notice::Enabled
                    | Notice::FactorSuspended { .. }
                    | Notice::FactorResumed { .. }
                    | Notice::ChangeUndone { .. }
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
        (Lang::En, Message::Register { .. }) => {
            "Then use neither the link nor the code: no account is set up. Somebody has entered your address, perhaps by mistake."
        }
        (Lang::De, Message::Register { .. }) => {
            "Dann nutzen Sie weder Link noch Code: Es wird kein Konto eingerichtet. Jemand hat Ihre Adresse angegeben, vielleicht aus Versehen."
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
        // It is over: there is nothing left to stop on its page.
        (
            Lang::En,
            Message::Case {
                told: Told::Declined { .. } | Told::Vetoed | Told::Withdrawn,
                ..
            },
        ) => {
            "Then somebody knows your password. Set a new one with the link for a forgotten password on the sign-in page, and tell the service desk."
        }
        (
            Lang::De,
            Message::Case {
                told: Told::Declined { .. } | Told::Vetoed | Told::Withdrawn,
                ..
            },
        ) => {
            "Dann kennt jemand Ihr Passwort. Setzen Sie über den Link für vergessene Passwörter auf der Anmeldeseite ein neues, und sagen Sie es dem Service Desk."
        }
        (Lang::En, Message::Case { .. }) => {
            "Then somebody knows your password. Open the page and choose “This was not me” there: the request is stopped, all sessions are ended, and nothing can be changed until the service desk has spoken with you."
        }
        (Lang::De, Message::Case { .. }) => {
            "Dann kennt jemand Ihr Passwort. Öffnen Sie die Seite und wählen Sie dort „Das war ich nicht“: Der Antrag wird angehalten, alle Sitzungen werden beendet, und nichts lässt sich ändern, bis der Service Desk mit Ihnen gesprochen hat."
        }
        (Lang::En, Message::Replace { .. }) => {
            "Then leave the link alone and choose “This was not me” on the page of the case. You find it in the e-mail that said the request was approved."
        }
        (Lang::De, Message::Replace { .. }) => {
            "Dann lassen Sie den Link ungenutzt und wählen Sie auf der Seite des Vorgangs „Das war ich nicht“. Sie finden sie in der E-Mail, die die Genehmigung gemeldet hat."
        }
        (Lang::En, Message::ConfirmCase { .. }) => {
            "Then do nothing, or say on the page that it was somebody else: the request is stopped. Nobody of the service desk asks you for the code."
        }
        (Lang::De, Message::ConfirmCase { .. }) => {
            "Dann tun Sie nichts, oder sagen Sie auf der Seite, dass es jemand anderes war: Der Antrag wird angehalten. Niemand vom Service Desk fragt Sie nach dem Code."
        }
        (Lang::En, Message::Vouch { .. }) => {
            "Then do nothing, or say on the page that it is somebody else: the account is frozen. Nobody of the service desk asks you for the code."
        }
        (Lang::De, Message::Vouch { .. }) => {
            "Dann tun Sie nichts, oder sagen Sie auf der Seite, dass es jemand anderes ist: Das Konto wird eingefroren. Niemand vom Service Desk fragt Sie nach dem Code."
        }
        (_, Message::Alert { why, .. }) => alert::if_not(lang, *why),
        (_, Message::PhoneAsked { .. }) => crate::phone::not_asked(lang),
        (Lang::En, Message::Approve { .. }) => {
            "Ask the person, in person or on a number that you know. Without your answer nothing changes."
        }
        (Lang::De, Message::Approve { .. }) => {
            "Fragen Sie die Person, persönlich oder unter einer Ihnen bekannten Nummer. Ohne Ihre Antwort ändert sich nichts."
        }
        (_, Message::LineLeft { .. }) => crate::line::left_not_you(lang),
        (_, Message::CallBack { .. }) => crate::line::call_back_not_you(lang),
        (Lang::En, Message::AddressCode { .. }) => {
            "Then keep the code to yourself and tell the service desk: somebody may know this person's password."
        }
        (Lang::De, Message::AddressCode { .. }) => {
            "Dann behalten Sie den Code für sich und sagen Sie es dem Service Desk: Vielleicht kennt jemand das Passwort dieser Person."
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
        (Lang::En, Message::Register { .. }) => {
            format!(
                "You receive this e-mail because somebody registered at {realm} with this address."
            )
        }
        (Lang::De, Message::Register { .. }) => format!(
            "Sie erhalten diese E-Mail, weil sich jemand bei {realm} mit dieser Adresse registriert hat."
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
        (Lang::En, Message::Case { .. } | Message::Replace { .. }) => format!(
            "You receive this e-mail because every step of a request about your account at {realm} is told to all its addresses."
        ),
        (Lang::De, Message::Case { .. } | Message::Replace { .. }) => format!(
            "Sie erhalten diese E-Mail, weil wir jeden Schritt eines Antrags zu Ihrem Konto bei {realm} an alle hinterlegten Adressen melden."
        ),
        (
            Lang::En,
            Message::Approve { .. } | Message::ConfirmCase { .. } | Message::Vouch { .. },
        ) => format!(
            "You receive this e-mail because you are on record at {realm} as the manager of this person."
        ),
        (
            Lang::De,
            Message::Approve { .. } | Message::ConfirmCase { .. } | Message::Vouch { .. },
        ) => format!(
            "Sie erhalten diese E-Mail, weil Sie bei {realm} als Führungskraft dieser Person hinterlegt sind."
        ),
        (Lang::En, Message::Alert { .. }) => {
            format!("You receive this e-mail because you lead the service desk of {realm}.")
        }
        (Lang::De, Message::Alert { .. }) => {
            format!("Sie erhalten diese E-Mail, weil Sie den Service Desk von {realm} leiten.")
        }
        (_, Message::LineLeft { .. }) => crate::line::left_why(lang).to_owned(),
        (_, Message::CallBack { .. }) => crate::line::call_back_why(lang).to_owned(),
        (Lang::En, Message::PhoneAsked { .. }) => {
            format!(
                "You receive this message because this smartphone approves sign-ins at {realm}."
            )
        }
        (Lang::De, Message::PhoneAsked { .. }) => format!(
            "Sie erhalten diese Nachricht, weil dieses Smartphone Anmeldungen bei {realm} bestätigt."
        ),
        (Lang::En, Message::AddressCode { .. }) => format!(
            "You receive this e-mail because you are on record at {realm} as the contact of this person's partner."
        ),
        (Lang::De, Message::AddressCode { .. }) => format!(
            "Sie erhalten diese E-Mail, weil Sie bei {realm} als Kontakt des Partners dieser Person hinterlegt sind."
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
    /// Until when an answer is promised.
    AnswerBy,
    /// When the way in opens.
    OpensAt,
    /// Why it was declined.
    Reason,
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
        (Lang::En, Fact::AnswerBy) => "Answer by",
        (Lang::De, Fact::AnswerBy) => "Antwort spätestens",
        (Lang::En, Fact::OpensAt) => "From",
        (Lang::De, Fact::OpensAt) => "Ab",
        (Lang::En, Fact::Reason) => "Reason",
        (Lang::De, Fact::Reason) => "Grund",
    }
}
