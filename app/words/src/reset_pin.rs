//! "Forgot your PIN?" and the emergency password, for its person and for the desk.

use domain::{FactorKind, Lang};

say! {
    forgot = "Forgot your PIN?", "PIN vergessen?";
    title = "Reset your PIN", "PIN zurücksetzen";
    lead = "Have your smartphone or passkey at hand, and call the service desk first: it makes sure that it is you, and helps you through the steps.", "Halten Sie Ihr Smartphone oder Ihren Passkey bereit, und rufen Sie zuerst den Service Desk an: Er stellt sicher, dass Sie es sind, und hilft Ihnen durch die Schritte.";
    submit = "Reset", "Zurücksetzen";
    chain = "How do you want to confirm that it is you?", "Wie möchten Sie bestätigen, dass Sie es sind?";
    one_by_one = "This takes several steps. Each method is asked for separately, one after the other.", "Das braucht mehrere Schritte. Jede Methode wird einzeln abgefragt, eine nach der anderen.";
    same_for_all = "The same ways are shown for every name.", "Für jeden Namen stehen hier dieselben Wege.";
    sign_in = "Sign in", "Anmelden";
    emergency = "Emergency password", "Notfall-Passwort";
    ask = "Please enter your emergency password", "Bitte geben Sie Ihr Notfall-Passwort ein";
    ask_hint = "12 characters. Capitals, spaces and dashes do not matter.", "12 Zeichen. Großbuchstaben, Leerzeichen und Striche spielen keine Rolle.";
    ask_lead_passkey = "Your passkey has confirmed that it is you. The emergency password from the service desk comes second.", "Ihr Passkey hat bestätigt, dass Sie es sind. Als Zweites kommt das Notfall-Passwort vom Service Desk.";
    ask_lead = "Your smartphone has confirmed that it is you. The emergency password from the service desk comes second.", "Ihr Smartphone hat bestätigt, dass Sie es sind. Als Zweites kommt das Notfall-Passwort vom Service Desk.";
    no_password = "No emergency password?", "Kein Notfall-Passwort?";
    no_password_lead = "The service desk issues it after a call. It works once, for a few minutes, and five wrong tries make it void.", "Der Service Desk stellt es nach einem Anruf aus. Es gilt einmal und nur wenige Minuten, und nach fünf falschen Eingaben verfällt es.";
    missing = "Enter the emergency password.", "Geben Sie das Notfall-Passwort ein.";
    wrong = "This is not the emergency password. Check it character by character; after five wrong ones it is void.", "Das ist nicht das Notfall-Passwort. Prüfen Sie es Zeichen für Zeichen; nach fünf falschen Eingaben verfällt es.";
    gone = "The service desk has issued nothing for you that works now. Call it: it checks once more that it is you.", "Der Service Desk hat für Sie nichts ausgestellt, das gerade gilt. Rufen Sie ihn an: Er prüft noch einmal, dass Sie es sind.";
    wait_title = "Let the service desk approve", "Vom Service Desk freigeben lassen";
    wait_lead = "Read this code to the service desk. It opens nothing by itself: the agent approves this browser, and this page goes on.", "Lesen Sie dem Service Desk diesen Code vor. Er öffnet für sich allein nichts: Der Service Desk gibt diesen Browser frei, und diese Seite geht weiter.";
    wait_code = "Code to read out", "Code zum Vorlesen";
    waiting = "Waiting for the service desk", "Warten auf den Service Desk";
    approved = "The service desk has approved.", "Der Service Desk hat freigegeben.";
    wait_over = "This request is over. Begin once more.", "Diese Anfrage ist vorbei. Beginnen Sie noch einmal.";
    go_on = "The service desk has approved", "Der Service Desk hat freigegeben";
    only_pin = "You are signed in to set a new PIN, and for nothing else.", "Sie sind angemeldet, um eine neue PIN festzulegen, und für nichts anderes.";
    only_pin_lead = "Choose “PIN”, then “Modify”. After that you sign in as usual.", "Wählen Sie „PIN“, dann „Ändern“. Danach melden Sie sich wie gewohnt an.";
    now_sign_in = "Sign in with the new PIN", "Mit der neuen PIN anmelden";
    after = "Everything else is there again after a sign-in with your smartphone or passkey and the new PIN.", "Alles andere ist wieder da, wenn Sie sich mit Smartphone oder Passkey und der neuen PIN anmelden.";
    new_pin = "New PIN", "Neue PIN";
    others = "Other", "Weitere";

    desk_title = "Emergency password", "Notfall-Passwort";
    desk_lead = "With it and their smartphone or passkey the person sets a new PIN. It opens nothing else.", "Damit und mit Smartphone oder Passkey legt die Person eine neue PIN fest. Mehr öffnet es nicht.";
    desk_issue = "Issue emergency password", "Notfall-Passwort ausstellen";
    desk_issue_sure = "The caller was verified. The person is told of the emergency password on all addresses.", "Es ist geprüft, wer anruft. Die Person erfährt auf allen Adressen von dem Notfall-Passwort.";
    desk_again = "A new one makes the one before void.", "Ein neues macht das vorige ungültig.";
    desk_second = "A second one of the desk has to agree first. Then issue it here.", "Zuerst muss eine zweite Person vom Service Desk zustimmen. Danach stellen Sie es hier aus.";
    desk_shown = "Read this to the caller", "Lesen Sie das vor";
    desk_once = "It is shown this once. Who loses it gets a new one.", "Es wird nur dieses eine Mal gezeigt. Wer es verliert, bekommt ein neues.";
    desk_spelling = "Letter by letter", "Zum Buchstabieren";
    desk_live = "An emergency password works now.", "Ein Notfall-Passwort gilt gerade.";
    desk_void_sure = "It works no more from then on. The person is told.", "Es gilt danach nicht mehr. Die Person erfährt davon.";
    desk_void = "Make it void", "Für ungültig erklären";
    desk_request = "Code that the caller reads to you", "Code, den man Ihnen vorliest";
    desk_request_hint = "6 characters, from the page in the browser of the caller.", "6 Zeichen, von der Seite im Browser der anrufenden Person.";
    desk_approve = "Approve this browser", "Diesen Browser freigeben";
    validity = "Time that it works", "Zeit, in der es gilt";
    done_void = "The emergency password is void.", "Das Notfall-Passwort gilt nicht mehr.";
    done_approved = "The browser of the caller is approved.", "Der Browser der anrufenden Person ist freigegeben.";
    done_agreed = "You agreed. The other one may issue it now.", "Sie haben zugestimmt. Die andere Person kann es jetzt ausstellen.";
    not_verified = "Verify the caller first: send a test message that they accept, or use another proof. It counts for ten minutes, for you alone.", "Prüfen Sie zuerst, wer anruft: Senden Sie eine Testnachricht, die angenommen wird, oder nehmen Sie einen anderen Nachweis. Er zählt zehn Minuten lang, nur für Sie.";
    cannot_use = "The person could not use it: it needs a smartphone or passkey that works, and a PIN.", "Die Person könnte es nicht benutzen: Es braucht ein Smartphone oder einen Passkey, der funktioniert, und eine PIN.";
    too_many = "Too many emergency passwords were issued within an hour. The leads of the desk know.", "Innerhalb einer Stunde wurden zu viele Notfall-Passwörter ausgestellt. Die Leitung des Service Desk weiß davon.";
}

tell! {
    desk_until(time: &str) = "Valid until {time}", "Gültig bis {time} Uhr";
    desk_by(who: &str) = "Issued by {who}", "Ausgestellt von {who}";
}

/// "Smartphone + Emergency password".
pub fn chain_name(lang: Lang, chain: &[FactorKind]) -> String {
    let names = chain.iter().map(|kind| crate::factor::name(lang, *kind));
    names.collect::<Vec<_>>().join(" + ")
}

/// A character as one says it on the telephone: in English by the alphabet of ICAO, in
/// German by the cities of DIN 5009 (2022).
pub fn spell(lang: Lang, c: char) -> String {
    let word = match lang {
        Lang::En => match c {
            'A' => "Alfa",
            'B' => "Bravo",
            'C' => "Charlie",
            'D' => "Delta",
            'E' => "Echo",
            'F' => "Foxtrot",
            'G' => "Golf",
            'H' => "Hotel",
            'J' => "Juliett",
            'K' => "Kilo",
            'M' => "Mike",
            'N' => "November",
            'P' => "Papa",
            'Q' => "Quebec",
            'R' => "Romeo",
            'S' => "Sierra",
            'T' => "Tango",
            'V' => "Victor",
            'W' => "Whiskey",
            'X' => "X-ray",
            'Y' => "Yankee",
            'Z' => "Zulu",
            _ => return c.to_string(),
        },
        Lang::De => match c {
            'A' => "Aachen",
            'B' => "Berlin",
            'C' => "Chemnitz",
            'D' => "Düsseldorf",
            'E' => "Essen",
            'F' => "Frankfurt",
            'G' => "Goslar",
            'H' => "Hamburg",
            'J' => "Jena",
            'K' => "Köln",
            'M' => "München",
            'N' => "Nürnberg",
            'P' => "Potsdam",
            'Q' => "Quickborn",
            'R' => "Rostock",
            'S' => "Salzwedel",
            'T' => "Tübingen",
            'V' => "Völklingen",
            'W' => "Wuppertal",
            'X' => "Xanten",
            'Y' => "Ypsilon",
            'Z' => "Zwickau",
            _ => return c.to_string(),
        },
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_alphabet_is_spelled() {
        for lang in Lang::ALL {
            for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
                let word = spell(lang, c);
                assert!(word.starts_with(c), "{word}");
                assert_eq!(word.len() == 1, c.is_ascii_digit(), "{word}");
            }
        }
    }

    #[test]
    fn a_chain_is_named_by_its_factors() {
        let chain = [FactorKind::Smartphone, FactorKind::Emergency];
        let name = chain_name(Lang::De, &chain);
        assert_eq!(name, "Smartphone + Notfall-Passwort");
    }
}
