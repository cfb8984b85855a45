//! What the leads of the desk are told at once.

use domain::{Lang, message::Alarm};

pub(super) fn subject(lang: Lang, why: Alarm, who: &str) -> String {
    match (lang, why) {
        (Lang::En, Alarm::NotMe) => format!("{who} says: “This was not me”"),
        (Lang::De, Alarm::NotMe) => format!("{who} sagt: „Das war ich nicht“"),
        (Lang::En, Alarm::Denied) => format!("{who} says: “I did not call”"),
        (Lang::De, Alarm::Denied) => format!("{who} sagt: „Ich habe nicht angerufen“"),
        (Lang::En, Alarm::ManyIssued) => format!("{who} issued many emergency passwords"),
        (Lang::De, Alarm::ManyIssued) => format!("{who} hat viele Notfall-Passwörter ausgestellt"),
        (Lang::En, Alarm::ManyToPrefix) => format!("Many SMS and calls to numbers with {who}"),
        (Lang::De, Alarm::ManyToPrefix) => format!("Viele SMS und Anrufe an Nummern mit {who}"),
        (Lang::En, Alarm::ManyToNumber) => format!("Many SMS and calls to {who}"),
        (Lang::De, Alarm::ManyToNumber) => format!("Viele SMS und Anrufe an {who}"),
        (_, Alarm::ManyToday | Alarm::BudgetSpent) => heading(lang, why).to_owned(),
    }
}

pub(super) const fn heading(lang: Lang, why: Alarm) -> &'static str {
    match (lang, why) {
        (Lang::En, Alarm::NotMe) => "Somebody said “This was not me”",
        (Lang::De, Alarm::NotMe) => "Jemand sagt „Das war ich nicht“",
        (Lang::En, Alarm::Denied) => "Somebody said “I did not call”",
        (Lang::De, Alarm::Denied) => "Jemand sagt „Ich habe nicht angerufen“",
        (Lang::En, Alarm::ManyIssued) => "Many emergency passwords",
        (Lang::De, Alarm::ManyIssued) => "Viele Notfall-Passwörter",
        (Lang::En, Alarm::ManyToPrefix) => "Many SMS and calls to one block of numbers",
        (Lang::De, Alarm::ManyToPrefix) => "Viele SMS und Anrufe in einen Nummernblock",
        (Lang::En, Alarm::ManyToNumber) => "Many SMS and calls to one number",
        (Lang::De, Alarm::ManyToNumber) => "Viele SMS und Anrufe an eine Nummer",
        (Lang::En, Alarm::ManyToday) => "No more SMS and calls today",
        (Lang::De, Alarm::ManyToday) => "Heute keine SMS und Anrufe mehr",
        (Lang::En, Alarm::BudgetSpent) => "The budget for SMS and calls is spent",
        (Lang::De, Alarm::BudgetSpent) => "Das Budget für SMS und Anrufe ist verbraucht",
    }
}

pub(super) fn lead(lang: Lang, why: Alarm, who: &str, realm: &str) -> String {
    match (lang, why) {
        (Lang::En, Alarm::NotMe) => format!(
            "{who} at {realm} reported that somebody acts in their name. Sessions are ended and changes frozen. Speak with them on a number that you know before you lift the freeze."
        ),
        (Lang::De, Alarm::NotMe) => format!(
            "{who} bei {realm} hat gemeldet, dass jemand in diesem Namen handelt. Sitzungen sind beendet, Änderungen eingefroren. Sprechen Sie unter einer Ihnen bekannten Nummer miteinander, bevor Sie das aufheben."
        ),
        (Lang::En, Alarm::Denied) => format!(
            "The service desk of {realm} read a code to somebody who said to be {who}, and whoever typed it says that they did not call. Nothing is frozen, as they proved nothing. Speak with {who} on a number that you know."
        ),
        (Lang::De, Alarm::Denied) => format!(
            "Der Service Desk von {realm} hat jemandem, der sich als {who} ausgab, einen Code vorgelesen, und wer ihn eingab, sagt: „Ich habe nicht angerufen“. Eingefroren ist nichts, denn nachgewiesen ist auch nichts. Sprechen Sie unter einer Ihnen bekannten Nummer mit {who}."
        ),
        (Lang::En, Alarm::ManyIssued) => format!(
            "So many emergency passwords were issued at {realm} within an hour that no more are for a while. {who} issued the last one. Look into the audit trail: a busy day, or somebody who is being tricked?"
        ),
        (Lang::De, Alarm::ManyIssued) => format!(
            "Bei {realm} wurden innerhalb einer Stunde so viele Notfall-Passwörter ausgestellt, dass es eine Weile keine weiteren gibt. Das letzte kam von {who}. Sehen Sie in die Prüfspur: ein voller Tag, oder wird hier jemand hereingelegt?"
        ),
        (Lang::En, Alarm::ManyToPrefix) => format!(
            "So many SMS and calls of {realm} went to numbers that begin with {who} within an hour that no more do until the hour is over. Somebody may be earning by each of them. Look into who asked for them."
        ),
        (Lang::De, Alarm::ManyToPrefix) => format!(
            "Von {realm} gingen innerhalb einer Stunde so viele SMS und Anrufe an Nummern, die mit {who} beginnen, dass bis zum Ende der Stunde keine weiteren dorthin gehen. Vielleicht verdient jemand an jeder einzelnen. Sehen Sie nach, wer sie angefordert hat."
        ),
        (Lang::En, Alarm::ManyToNumber) => format!(
            "So many SMS and calls of {realm} went to the number {who} within a day that no more do for now. Somebody may be annoying its owner, or waiting for a slip. Look into who asked for them."
        ),
        (Lang::De, Alarm::ManyToNumber) => format!(
            "Von {realm} gingen innerhalb eines Tages so viele SMS und Anrufe an die Nummer {who}, dass vorerst keine weiteren dorthin gehen. Vielleicht belästigt jemand die Person am Telefon oder wartet auf ein Versehen. Sehen Sie nach, wer sie angefordert hat."
        ),
        (Lang::En, Alarm::ManyToday) => format!(
            "As many SMS and calls as the policy of {realm} allows within a day have gone out. Whoever needs one has to wait or use another way. Look into who asked for them."
        ),
        (Lang::De, Alarm::ManyToday) => format!(
            "Von {realm} sind so viele SMS und Anrufe hinausgegangen, wie die Richtlinie an einem Tag zulässt. Wer einen Code braucht, muss warten oder einen anderen Weg nehmen. Sehen Sie nach, wer sie angefordert hat."
        ),
        (Lang::En, Alarm::BudgetSpent) => format!(
            "The SMS and calls of {realm} have cost as much as its policy allows within a day. Whoever needs one has to wait or use another way. Look into who asked for them."
        ),
        (Lang::De, Alarm::BudgetSpent) => format!(
            "Die SMS und Anrufe von {realm} haben so viel gekostet, wie die Richtlinie an einem Tag zulässt. Wer einen Code braucht, muss warten oder einen anderen Weg nehmen. Sehen Sie nach, wer sie angefordert hat."
        ),
    }
}

pub(super) const fn if_not(lang: Lang, why: Alarm) -> &'static str {
    match (lang, why) {
        (Lang::En, Alarm::NotMe) => {
            "Then tell another lead of the service desk: the account stays frozen until one of you lifts it."
        }
        (Lang::De, Alarm::NotMe) => {
            "Dann sagen Sie es einer anderen Leitung des Service Desk: Das Konto bleibt eingefroren, bis jemand von Ihnen es aufhebt."
        }
        (Lang::En, Alarm::Denied) => "Then tell another lead of the service desk.",
        (Lang::De, Alarm::Denied) => "Dann sagen Sie es einer anderen Leitung des Service Desk.",
        (Lang::En, Alarm::ManyIssued) => {
            "Then tell another lead of the service desk. Nothing is issued until the hour is over."
        }
        (Lang::De, Alarm::ManyIssued) => {
            "Dann sagen Sie es einer anderen Leitung des Service Desk. Bis die Stunde um ist, wird nichts ausgestellt."
        }
        (
            Lang::En,
            Alarm::ManyToPrefix | Alarm::ManyToNumber | Alarm::ManyToday | Alarm::BudgetSpent,
        ) => {
            "Then tell a lead of the service desk or another administrator. The limit opens again by itself."
        }
        (
            Lang::De,
            Alarm::ManyToPrefix | Alarm::ManyToNumber | Alarm::ManyToday | Alarm::BudgetSpent,
        ) => {
            "Dann sagen Sie es einer Leitung des Service Desk oder jemand anderem aus der Administration. Die Grenze öffnet sich von selbst wieder."
        }
    }
}
