//! Mails about cases: a lost phone, a wrong address.

use domain::{
    Lang,
    cases::{CaseKind, Told},
};

/// Subject and heading.
pub fn case_title(lang: Lang, name: &str, told: &Told) -> String {
    match (lang, told) {
        (Lang::En, Told::Opened { .. }) => format!("Case {name}: we have your request"),
        (Lang::De, Told::Opened { .. }) => format!("Vorgang {name}: Ihr Antrag ist da"),
        (Lang::En, Told::Approved { .. }) => format!("Case {name}: approved"),
        (Lang::De, Told::Approved { .. }) => format!("Vorgang {name}: genehmigt"),
        (Lang::En, Told::Declined { .. }) => format!("Case {name}: declined"),
        (Lang::De, Told::Declined { .. }) => format!("Vorgang {name}: abgelehnt"),
        (Lang::En, Told::Vetoed) => format!("Case {name}: stopped"),
        (Lang::De, Told::Vetoed) => format!("Vorgang {name}: angehalten"),
        (Lang::En, Told::Withdrawn) => format!("Case {name}: taken back"),
        (Lang::De, Told::Withdrawn) => format!("Vorgang {name}: zurückgezogen"),
    }
}

/// What happened and what comes next.
pub fn case_text(lang: Lang, kind: CaseKind, told: &Told, realm: &str) -> String {
    match (lang, told, kind) {
        (Lang::En, Told::Opened { .. }, CaseKind::LostPhone) => format!(
            "Somebody signed in to {realm} with your password, said that the phone is lost, and asked to set up a new one. The service desk checks this. Until it has decided, nothing changes."
        ),
        (Lang::De, Told::Opened { .. }, CaseKind::LostPhone) => format!(
            "Jemand hat sich bei {realm} mit Ihrem Passwort angemeldet, das Smartphone als verloren gemeldet und beantragt, ein neues einzurichten. Der Service Desk prüft das. Bis er entschieden hat, ändert sich nichts."
        ),
        (Lang::En, Told::Opened { .. }, CaseKind::WrongAddress) => format!(
            "Somebody signed in to {realm} with your password, said that codes go to a wrong address, and asked to name another one. The service desk checks this. Until it has decided, nothing changes."
        ),
        (Lang::De, Told::Opened { .. }, CaseKind::WrongAddress) => format!(
            "Jemand hat sich bei {realm} mit Ihrem Passwort angemeldet, die Adresse für die Codes als falsch gemeldet und beantragt, eine andere anzugeben. Der Service Desk prüft das. Bis er entschieden hat, ändert sich nichts."
        ),
        (Lang::En, Told::Approved { .. }, CaseKind::LostPhone) => format!(
            "The service desk of {realm} has approved the request. At the time below you get a link by e-mail with which you set up your new device. Until then everything stays as it is, and you can still stop it."
        ),
        (Lang::De, Told::Approved { .. }, CaseKind::LostPhone) => format!(
            "Der Service Desk von {realm} hat den Antrag genehmigt. Zu der Zeit unten bekommen Sie per E-Mail einen Link, mit dem Sie Ihr neues Gerät einrichten. Bis dahin bleibt alles, wie es ist, und Sie können es noch anhalten."
        ),
        (Lang::En, Told::Approved { .. }, CaseKind::WrongAddress) => format!(
            "The service desk of {realm} has approved the request. From the time below on, the sign-in asks for the address again. Until then everything stays as it is, and you can still stop it."
        ),
        (Lang::De, Told::Approved { .. }, CaseKind::WrongAddress) => format!(
            "Der Service Desk von {realm} hat den Antrag genehmigt. Ab der Zeit unten fragt die Anmeldung wieder nach der Adresse. Bis dahin bleibt alles, wie es ist, und Sie können es noch anhalten."
        ),
        (Lang::En, Told::Declined { .. }, _) => format!(
            "The service desk of {realm} could not approve the request, for the reason below. Your ways to sign in stay as they are. If you still need help, call the service desk."
        ),
        (Lang::De, Told::Declined { .. }, _) => format!(
            "Der Service Desk von {realm} konnte den Antrag nicht genehmigen; der Grund steht unten. Ihre Anmeldewege bleiben, wie sie sind. Wenn Sie noch Hilfe brauchen, rufen Sie den Service Desk an."
        ),
        (Lang::En, Told::Vetoed, _) => format!(
            "Somebody reported that the request was not theirs. It is stopped, all sessions at {realm} are ended, and changes to the account are frozen until the service desk has spoken with you."
        ),
        (Lang::De, Told::Vetoed, _) => format!(
            "Jemand hat gemeldet, dass der Antrag nicht von ihm stammt. Er ist angehalten, alle Sitzungen bei {realm} sind beendet, und am Konto lässt sich nichts ändern, bis der Service Desk mit Ihnen gesprochen hat."
        ),
        (Lang::En, Told::Withdrawn, _) => {
            format!("The request at {realm} was taken back. Your ways to sign in stay as they are.")
        }
        (Lang::De, Told::Withdrawn, _) => format!(
            "Der Antrag bei {realm} wurde zurückgezogen. Ihre Anmeldewege bleiben, wie sie sind."
        ),
    }
}
