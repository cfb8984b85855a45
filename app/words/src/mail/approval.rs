//! What mails say of requests to a manager.

use domain::{FactorKind, Lang, approval::Told};

fn codes(lang: Lang, kind: FactorKind) -> &'static str {
    match (lang, kind) {
        (Lang::En, FactorKind::Sms) => "codes by SMS",
        (Lang::En, _) => "codes by call",
        (Lang::De, FactorKind::Sms) => "Codes per SMS",
        (Lang::De, _) => "Codes per Anruf",
    }
}

/// What the manager is asked.
pub(super) fn ask_title(
    lang: Lang,
    name: &str,
    who: &str,
    kind: FactorKind,
    again: bool,
) -> String {
    let codes = codes(lang, kind);
    match (lang, again) {
        (Lang::En, false) => format!("{name}: {who} asks for {codes}"),
        (Lang::En, true) => format!("Reminder, {name}: {who} asks for {codes}"),
        (Lang::De, false) => format!("{name}: {who} beantragt {codes}"),
        (Lang::De, true) => format!("Erinnerung, {name}: {who} beantragt {codes}"),
    }
}

/// What it is about.
pub(super) fn ask_text(lang: Lang, who: &str, kind: FactorKind, realm: &str) -> String {
    let codes = codes(lang, kind);
    match lang {
        Lang::En => format!(
            "{who} asks for {codes} to sign in at {realm}. You decide: the page shows the number, the reason and what the risk is. Opening the page decides nothing."
        ),
        Lang::De => format!(
            "{who} beantragt {codes} für die Anmeldung bei {realm}. Sie entscheiden: Die Seite zeigt die Nummer, die Begründung und das Risiko. Das Öffnen der Seite entscheidet nichts."
        ),
    }
}

/// What became of it.
pub(super) fn told_title(lang: Lang, name: &str, told: &Told) -> String {
    let what = match (lang, told) {
        (Lang::En, Told::Asked { .. }) => "your manager is asked",
        (Lang::De, Told::Asked { .. }) => "Ihre Führungskraft ist gefragt",
        (Lang::En, Told::Approved { .. }) => "approved",
        (Lang::De, Told::Approved { .. }) => "genehmigt",
        (Lang::En, Told::Declined { .. }) => "declined",
        (Lang::De, Told::Declined { .. }) => "abgelehnt",
        (Lang::En, Told::Lapsed) => "out of time",
        (Lang::De, Told::Lapsed) => "Frist abgelaufen",
    };
    match lang {
        Lang::En => format!("Your request {name}: {what}"),
        Lang::De => format!("Ihr Antrag {name}: {what}"),
    }
}

/// The same, with what follows.
pub(super) fn told_text(
    lang: Lang,
    kind: FactorKind,
    number: &str,
    told: &Told,
    realm: &str,
) -> String {
    let codes = codes(lang, kind);
    match (lang, told) {
        (Lang::En, Told::Asked { .. }) => format!(
            "At {realm} your manager is asked whether {codes} may go to {number}. Nothing changes until there is an answer."
        ),
        (Lang::De, Told::Asked { .. }) => format!(
            "Bei {realm} ist Ihre Führungskraft gefragt, ob {codes} an {number} gehen dürfen. Bis zur Antwort ändert sich nichts."
        ),
        (Lang::En, Told::Approved { .. }) => format!(
            "At {realm} your manager approved {codes} to {number}. Sign in and set them up; the page says until when. If your codes come another way now, the service desk switches you."
        ),
        (Lang::De, Told::Approved { .. }) => format!(
            "Bei {realm} hat Ihre Führungskraft {codes} an {number} genehmigt. Melden Sie sich an und richten Sie sie ein; die Seite sagt, bis wann. Kommen Ihre Codes bisher anders, stellt der Service Desk Sie um."
        ),
        (Lang::En, Told::Declined { reason }) => {
            format!("At {realm} your manager declined {codes} to {number}. The reason: {reason}")
        }
        (Lang::De, Told::Declined { reason }) => format!(
            "Bei {realm} hat Ihre Führungskraft {codes} an {number} abgelehnt. Die Begründung: {reason}"
        ),
        (Lang::En, Told::Lapsed) => format!(
            "At {realm} nobody answered your request for {codes} to {number}, or nobody set them up, in time. You can ask again."
        ),
        (Lang::De, Told::Lapsed) => format!(
            "Bei {realm} hat niemand Ihren Antrag auf {codes} an {number} rechtzeitig beantwortet oder genutzt. Sie können neu fragen."
        ),
    }
}

/// Codes go to another number.
pub(super) fn moved_text(lang: Lang, kind: FactorKind, number: &str, realm: &str) -> String {
    let codes = codes(lang, kind);
    match lang {
        Lang::En => format!(
            "At {realm} {codes} go to {number} from now on. The number before it does not count any more and is told."
        ),
        Lang::De => format!(
            "Bei {realm} gehen {codes} ab jetzt an {number}. Die Nummer davor gilt nicht mehr und erfährt davon."
        ),
    }
}

/// Somebody decides in the reader's place.
pub(super) fn deputy_title(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("{name} decides in your place"),
        Lang::De => format!("{name} entscheidet an Ihrer Stelle"),
    }
}

/// For how long, and what that means.
pub(super) fn deputy_text(lang: Lang, name: &str, days: i64, realm: &str) -> String {
    let span = crate::count::days(lang, days);
    match lang {
        Lang::En => format!(
            "You named {name} to approve what your people at {realm} ask for codes by SMS or call, for {span}. You decide as well all the while, and can end it under “Approvals”."
        ),
        Lang::De => format!(
            "Sie haben {name} als Vertretung eingetragen: für {span}, um bei {realm} Anträge Ihrer Leute auf Codes per SMS oder Anruf zu genehmigen. Sie entscheiden in dieser Zeit weiter mit und können es unter „Genehmigungen“ beenden."
        ),
    }
}

/// The reader decides in somebody's place.
pub(super) fn stands_in_title(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("You decide in the place of {name}"),
        Lang::De => format!("Sie entscheiden an Stelle von {name}"),
    }
}

/// For how long, and what that means.
pub(super) fn stands_in_text(lang: Lang, name: &str, days: i64, realm: &str) -> String {
    let span = crate::count::days(lang, days);
    match lang {
        Lang::En => format!(
            "{name} named you to approve what their people at {realm} ask for codes by SMS or call, for {span}. You get a mail for each request; what waits already is under “Approvals”."
        ),
        Lang::De => format!(
            "{name} hat Sie als Vertretung eingetragen: für {span}, um bei {realm} Anträge auf Codes per SMS oder Anruf zu genehmigen. Zu jedem Antrag bekommen Sie eine E-Mail; was schon wartet, steht unter „Genehmigungen“."
        ),
    }
}

/// The service desk switched.
pub(super) fn switched_text(lang: Lang, kind: FactorKind, number: &str, realm: &str) -> String {
    let codes = codes(lang, kind);
    match lang {
        Lang::En => format!(
            "The service desk of {realm} checked who called and switched you: from now on you get {codes}, at {number}."
        ),
        Lang::De => format!(
            "Der Service Desk von {realm} hat geprüft, wer anrief, und Sie umgestellt: Ab jetzt bekommen Sie {codes}, an {number}."
        ),
    }
}
