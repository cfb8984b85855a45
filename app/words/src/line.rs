//! What a telephone says or shows: short, the code first, in letters that every phone
//! has. The courier adds the line that binds a code to the portal.

use domain::{
    FactorKind, Lang,
    delivery::{Delivery, Why},
};

say! {
    call_back_title = "Call from the service desk", "Anruf vom Service Desk";
    call_back_lead = "Somebody with your name is calling the service desk. If that is you, tell the agent the digits.", "Jemand mit Ihrem Namen ruft beim Service Desk an. Wenn Sie das sind, nennen Sie die Ziffern.";
    call_back_not_you = "Tell the digits to nobody, and call the service desk yourself.", "Nennen Sie die Ziffern niemandem, und rufen Sie selbst beim Service Desk an.";
    call_back_why = "You are called because this number is on record for your account.", "Sie werden angerufen, weil diese Nummer zu Ihrem Konto hinterlegt ist.";
    left_title = "Codes go to another number", "Codes gehen an eine andere Nummer";
    left_lead = "Codes for signing in went to this telephone until now. From now on they go to another number.", "Codes für die Anmeldung gingen bisher an dieses Telefon. Ab jetzt gehen sie an eine andere Nummer.";
    left_not_you = "Call the service desk at once: somebody may be in your account.", "Rufen Sie sofort den Service Desk an: Vielleicht ist jemand in Ihrem Konto.";
    left_why = "You are told because codes came to this number until now.", "Sie erfahren es, weil bisher Codes an diese Nummer kamen.";
    abroad = "Numbers of this country are not used here. Enter another one, or ask the service desk.", "Nummern dieses Landes werden hier nicht verwendet. Geben Sie eine andere an, oder fragen Sie den Service Desk.";
    refused = "No codes go to numbers that begin like this one. Enter another one, or ask the service desk.", "An Nummern, die so beginnen, gehen keine Codes. Geben Sie eine andere an, oder fragen Sie den Service Desk.";
    of_service = "This is the number of a service, not of a person. Enter your own.", "Das ist die Nummer eines Dienstes, nicht die einer Person. Geben Sie Ihre eigene an.";
    no_sms_there = "A landline shows no SMS. Enter the number of a mobile phone.", "Ein Festnetzanschluss zeigt keine SMS. Geben Sie die Nummer eines Mobiltelefons an.";
    not_a_number = "This is no complete telephone number. Write it with the code of the country, for example +49 171 5550199.", "Das ist keine vollständige Telefonnummer. Schreiben Sie sie mit der Vorwahl des Landes, zum Beispiel +49 171 5550199.";
    stopped = "For a while no more codes go out by SMS or call, because very many were asked for. Use another way, or call the service desk.", "Eine Zeit lang gehen keine weiteren Codes per SMS oder Anruf hinaus, weil sehr viele angefordert wurden. Nehmen Sie einen anderen Weg, oder rufen Sie den Service Desk an.";
    on_its_way_sms = "The SMS is on its way.", "Die SMS ist unterwegs.";
    on_its_way_call = "The call is on its way.", "Der Anruf wird gerade aufgebaut.";
    handed_over_sms = "The SMS is with the carrier.", "Die SMS ist beim Netzbetreiber.";
    handed_over_call = "Your telephone is being called.", "Ihr Telefon wird angerufen.";
    delivered_sms = "The SMS was delivered.", "Die SMS wurde zugestellt.";
    delivered_call = "The call was answered.", "Der Anruf wurde angenommen.";
    state_delivered = "Delivered", "Zugestellt";
    state_no_such_number = "Not delivered: no such number", "Nicht zugestellt: Nummer gibt es nicht";
    state_unreachable = "Not delivered: unreachable", "Nicht zugestellt: nicht erreichbar";
    state_blocked = "Not delivered: held back", "Nicht zugestellt: zurückgehalten";
    state_no_answer = "Not answered", "Nicht angenommen";
    state_unknown = "Not delivered", "Nicht zugestellt";
    missing = "Enter a telephone number.", "Geben Sie eine Telefonnummer ein.";
    on_record = "Number on record", "Hinterlegte Nummer";
    on_record_none = "None", "Keine";
    on_record_hint = "The service desk calls it to find out who calls, from a day after it was set. Leave the field empty to remove it.", "Der Service Desk ruft sie an, um zu prüfen, wer anruft, ab einem Tag nach dem Eintragen. Ein leeres Feld entfernt sie.";
    on_record_save = "Save number", "Nummer speichern";
}

tell! {
    sign_in(code: &str, realm: &str) = "{code} is your code to sign in at {realm}. Nobody else needs it, not even the service desk.", "{code} ist Ihr Code für die Anmeldung bei {realm}. Niemand sonst braucht ihn, auch nicht der Service Desk.";
    confirm(code: &str, realm: &str) = "{code} confirms this number at {realm}. If you did not ask for it, tell it to nobody.", "{code} bestätigt diese Nummer bei {realm}. Wenn Sie das nicht wollten, nennen Sie den Code niemandem.";
    code_spoken(realm: &str, digits: &str) = "Hello. This is {realm}. Your code is: {digits}. Once more: {digits}. Tell it to nobody. Goodbye.", "Guten Tag. Hier ist {realm}. Ihr Code lautet: {digits}. Noch einmal: {digits}. Nennen Sie ihn niemandem. Auf Wiederhören.";
    left(realm: &str, phone: &str) = "Codes of {realm} go to another number from now on. Not you? Call {phone}.", "Codes von {realm} gehen ab jetzt an eine andere Nummer. Nicht Sie? Rufen Sie an: {phone}.";
    left_spoken(realm: &str) = "Hello. This is {realm}. Codes go to another number from now on. If that was not you, call the service desk. Once more: codes go to another number from now on. If that was not you, call the service desk. Goodbye.", "Guten Tag. Hier ist {realm}. Codes gehen ab jetzt an eine andere Nummer. Wenn Sie das nicht waren, rufen Sie den Service Desk an. Noch einmal: Codes gehen ab jetzt an eine andere Nummer. Wenn Sie das nicht waren, rufen Sie den Service Desk an. Auf Wiederhören.";
    call_back(realm: &str, agent: &str, digits: &str) = "Hello. This is the service desk of {realm}. Somebody who says to be you is on the telephone with {agent}. Is it you? Then tell {agent} these digits: {digits}. Once more: {digits}. If you did not call the service desk, tell them to nobody, and hang up.", "Guten Tag. Hier ist der Service Desk von {realm}. Jemand mit Ihrem Namen telefoniert gerade mit {agent}. Sind Sie das? Dann nennen Sie {agent} diese Ziffern: {digits}. Noch einmal: {digits}. Wenn Sie nicht beim Service Desk angerufen haben, nennen Sie die Ziffern niemandem, und legen Sie auf.";
}

/// How far a code has come on its way, for who waits for it.
pub const fn delivery(lang: Lang, kind: FactorKind, now: Delivery) -> &'static str {
    let is_call = matches!(kind, FactorKind::Voice);
    match (now, is_call) {
        (Delivery::Waiting, false) => on_its_way_sms(lang),
        (Delivery::Waiting, true) => on_its_way_call(lang),
        (Delivery::Sent, false) => handed_over_sms(lang),
        (Delivery::Sent, true) => handed_over_call(lang),
        (Delivery::Delivered, false) => delivered_sms(lang),
        (Delivery::Delivered, true) => delivered_call(lang),
        (Delivery::Failed(why), is_call) => failed(lang, is_call, why),
    }
}

/// What a code that did not arrive tells who waits for it, with what to do.
const fn failed(lang: Lang, is_call: bool, why: Why) -> &'static str {
    match (why, is_call, lang) {
        (Why::NoSuchNumber, false, Lang::En) => {
            "The SMS could not be delivered: this number takes none. Use another way, or call the service desk."
        }
        (Why::NoSuchNumber, false, Lang::De) => {
            "Die SMS konnte nicht zugestellt werden: Diese Nummer nimmt keine an. Nehmen Sie einen anderen Weg, oder rufen Sie den Service Desk an."
        }
        (Why::NoSuchNumber, true, Lang::En) => {
            "The call could not be made: there is no such number. Use another way, or call the service desk."
        }
        (Why::NoSuchNumber, true, Lang::De) => {
            "Der Anruf kam nicht zustande: Diese Nummer gibt es nicht. Nehmen Sie einen anderen Weg, oder rufen Sie den Service Desk an."
        }
        (Why::Unreachable, false, Lang::En) => {
            "The SMS could not be delivered: the phone is off or has no reception. Switch it on, then have the code sent again."
        }
        (Why::Unreachable, false, Lang::De) => {
            "Die SMS konnte nicht zugestellt werden: Das Telefon ist aus oder hat keinen Empfang. Schalten Sie es ein, und lassen Sie den Code dann noch einmal senden."
        }
        (Why::Unreachable, true, Lang::En) => {
            "The call could not be made: the telephone cannot be reached. Have yourself called again when it can."
        }
        (Why::Unreachable, true, Lang::De) => {
            "Der Anruf kam nicht zustande: Das Telefon ist nicht erreichbar. Lassen Sie sich noch einmal anrufen, sobald es das ist."
        }
        (Why::Blocked, false, Lang::En) => {
            "The SMS could not be delivered: a carrier holds it back. Use another way, or call the service desk."
        }
        (Why::Blocked, false, Lang::De) => {
            "Die SMS konnte nicht zugestellt werden: Ein Netzbetreiber hält sie zurück. Nehmen Sie einen anderen Weg, oder rufen Sie den Service Desk an."
        }
        (Why::Blocked, true, Lang::En) => {
            "The call could not be made: a carrier holds it back. Use another way, or call the service desk."
        }
        (Why::Blocked, true, Lang::De) => {
            "Der Anruf kam nicht zustande: Ein Netzbetreiber hält ihn zurück. Nehmen Sie einen anderen Weg, oder rufen Sie den Service Desk an."
        }
        (Why::NoAnswer, _, Lang::En) => {
            "Nobody answered the call. Have yourself called again, and answer it."
        }
        (Why::NoAnswer, _, Lang::De) => {
            "Den Anruf hat niemand angenommen. Lassen Sie sich noch einmal anrufen, und nehmen Sie ab."
        }
        (Why::NotTaken | Why::Unknown, false, Lang::En) => {
            "The SMS could not be delivered. Have the code sent again, or use another way."
        }
        (Why::NotTaken | Why::Unknown, false, Lang::De) => {
            "Die SMS konnte nicht zugestellt werden. Lassen Sie den Code noch einmal senden, oder nehmen Sie einen anderen Weg."
        }
        (Why::NotTaken | Why::Unknown, true, Lang::En) => {
            "The call could not be made. Have yourself called again, or use another way."
        }
        (Why::NotTaken | Why::Unknown, true, Lang::De) => {
            "Der Anruf kam nicht zustande. Lassen Sie sich noch einmal anrufen, oder nehmen Sie einen anderen Weg."
        }
    }
}

/// Where a message stands that did not arrive, for the desk.
pub const fn undelivered(lang: Lang, why: Why) -> &'static str {
    match why {
        Why::NoSuchNumber => state_no_such_number(lang),
        Why::Unreachable => state_unreachable(lang),
        Why::Blocked => state_blocked(lang),
        Why::NoAnswer => state_no_answer(lang),
        Why::NotTaken | Why::Unknown => state_unknown(lang),
    }
}
