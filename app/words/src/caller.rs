//! Whether a caller is who they say: for the agent, for the caller with a passkey, and
//! for their manager.

use domain::{
    Lang,
    caller::{CallerProof, Ruling},
    link::Anew,
};

say! {
    passkey_send = "Ask for their passkey", "Nach dem Passkey fragen";
    manager_send = "Ask their manager", "Die Führungskraft fragen";
    call_back_send = "Call the number on record", "Hinterlegte Nummer anrufen";
    call_back_waiting = "Waiting for the digits", "Warten auf die Ziffern";
    call_back_code = "Digits that were spoken there", "Ziffern, die dort angesagt wurden";
    call_back_hint = "The caller hears them on that telephone and reads them to you. You do not see them.", "Die anrufende Person hört sie an diesem Telefon und liest sie Ihnen vor. Sie selbst sehen sie nicht.";
    call_back_submit = "Check digits", "Ziffern prüfen";
    passkey_waiting = "Waiting for the passkey", "Warten auf den Passkey";
    manager_waiting = "Waiting for the manager", "Warten auf die Führungskraft";
    manager_code = "Read this code to the caller, who reads it to their manager", "Diesen Code der anrufenden Person vorlesen, die ihn ihrer Führungskraft vorliest";
    manager_asked = "The manager has a mail with the page to type it on. They know the caller, or call a number that they know.", "Die Führungskraft hat eine E-Mail mit der Seite, auf der sie ihn eingibt. Sie kennt die Person oder ruft eine ihr bekannte Nummer an.";
    accepted = "Confirmed: it is them.", "Bestätigt: Es ist die Person selbst.";
    not_them = "Stopped: it is not them.", "Angehalten: Es ist jemand anderes.";
    denied = "They say that they did not call.", "Die Person sagt, dass sie nicht angerufen hat.";
    denied_manager = "Their manager says that it is somebody else. The account is frozen.", "Die Führungskraft sagt, dass es jemand anderes ist. Das Konto ist eingefroren.";
    no_proof = "This proof cannot be had of the caller now: there is no passkey and no number on record of more than a day, or no manager on record who can be reached.", "Dieser Nachweis geht hier gerade nicht: Es gibt keinen Passkey und keine hinterlegte Nummer, die älter als ein Tag sind, oder keine Führungskraft, die zu erreichen ist.";
    anew = "Let them enroll anew", "Neu einrichten lassen";
    anew_lead = "They have lost everything that they sign in with? A link to set up a passkey goes to the address on record.", "Alles verloren, womit die Person sich anmeldet? Ein Link zum Einrichten eines Passkeys geht an die hinterlegte Adresse.";
    anew_line_lead = "They have lost the telephone that their codes go to? A link to set up another number goes to the address on record. It takes their password.", "Ist das Telefon verloren, an das die Codes gehen? Ein Link zum Einrichten einer anderen Nummer geht an die hinterlegte Adresse. Er verlangt das Passwort.";
    anew_sure = "Every address hears of it at once, and can stop it. Where no factor of theirs was proved in this call, the link is mailed in an hour. Switch off what was stolen.", "Jede hinterlegte Adresse erfährt es sofort und kann es anhalten. Wurde in diesem Anruf kein eigener Faktor nachgewiesen, geht der Link in einer Stunde hinaus. Schalten Sie ab, was gestohlen wurde.";
    anew_done = "The link is on its way. The person was told on every address.", "Der Link ist unterwegs. Die Person wurde auf jeder Adresse verständigt.";

    link = "The service desk read you a code?", "Der Service Desk hat Ihnen einen Code vorgelesen?";
    title = "Show the service desk that it is you", "Dem Service Desk zeigen, dass Sie es sind";
    lead = "You called the service desk, and it asks for your passkey? Type the code that was read to you.", "Sie haben den Service Desk angerufen, und er fragt nach Ihrem Passkey? Geben Sie den Code ein, der Ihnen vorgelesen wurde.";
    code = "Code that was read to you", "Code, der Ihnen vorgelesen wurde";
    find = "Continue", "Weiter";
    agent = "Who asks", "Wer fragt";
    since = "Since", "Seit";
    warn = "Go on only if you called, and are speaking with this person. Nobody else needs your passkey for a call.", "Machen Sie nur weiter, wenn Sie angerufen haben und mit dieser Person sprechen. Niemand sonst braucht für einen Anruf Ihren Passkey.";
    confirm = "Confirm with your passkey", "Mit Passkey bestätigen";
    not_me = "I did not call", "Ich habe nicht angerufen";
    not_me_lead = "Somebody wants to be taken for you. The service desk is told at once.", "Jemand gibt sich für Sie aus. Der Service Desk erfährt es sofort.";
    confirmed = "The service desk knows now that it is you.", "Der Service Desk weiß jetzt, dass Sie es sind.";
    confirmed_lead = "Go on with the call. You can close this page.", "Telefonieren Sie weiter. Diese Seite können Sie schließen.";
    stopped = "The service desk knows that it was not you.", "Der Service Desk weiß, dass Sie es nicht waren.";
    stopped_lead = "If somebody is on the telephone with you now, hang up and call the number below.", "Wenn gerade jemand mit Ihnen telefoniert, legen Sie auf und rufen Sie die Nummer unten an.";

    vouch_how = "Say yes only if you know it: you see them, or speak with them on a number that you know. They read you a code that the service desk gave them.", "Sagen Sie nur Ja, wenn Sie es wissen: Sie sehen die Person oder sprechen unter einer Ihnen bekannten Nummer. Sie liest Ihnen einen Code vor, den sie vom Service Desk hat.";
    vouch_no_sure = "The account is frozen, all its sessions are ended, and the person is told on every address.", "Das Konto wird eingefroren, alle Sitzungen enden, und die Person erfährt es unter jeder Adresse.";
    vouch_over = "There is nothing more to do here: the service desk has an answer, or waits no more.", "Hier ist nichts mehr zu tun: Der Service Desk hat eine Antwort, oder er wartet nicht mehr.";
    vouch_refused = "The account is frozen, and the service desk knows.", "Das Konto ist eingefroren, und der Service Desk weiß es.";
}

tell! {
    call_back_number(number: &str) = "The portal is calling {number}.", "Das Portal ruft {number} an.";
    page(url: &str) = "The caller opens {url} and types it there.", "Die anrufende Person öffnet {url} und gibt ihn dort ein.";
    vouch_lead(who: &str, at: &str) = "{who} is on the telephone with the service desk of {at}, or somebody who says so.", "{who} telefoniert mit dem Service Desk von {at}, oder jemand, der das behauptet.";
    manager(name: &str) = "Word of the manager, {name}", "Wort der Führungskraft, {name}";
}

/// What a change of factors takes now.
pub const fn takes(lang: Lang, ruling: Ruling) -> &'static str {
    match (lang, ruling) {
        (Lang::En, Ruling::Do) => "Two proofs count: changes of factors are done at once.",
        (Lang::De, Ruling::Do) => "Zwei Nachweise gelten: Änderungen an Faktoren gelten sofort.",
        (Lang::En, Ruling::Second) => {
            "Changes of factors take two different proofs, or a second person of the desk who agrees."
        }
        (Lang::De, Ruling::Second) => {
            "Für Änderungen an Faktoren braucht es zwei verschiedene Nachweise, oder eine zweite Person vom Service Desk stimmt zu."
        }
        (Lang::En, Ruling::Refuse) => {
            "Emergency passwords and changes of factors take a caller who was verified."
        }
        (Lang::De, Ruling::Refuse) => {
            "Für Notfall-Passwörter und Änderungen an Faktoren muss geprüft sein, wer anruft."
        }
    }
}

/// What a proof is called.
pub const fn name(lang: Lang, proof: CallerProof) -> &'static str {
    match (lang, proof) {
        (_, CallerProof::Smartphone) => "Smartphone",
        (_, CallerProof::Passkey) => "Passkey",
        (Lang::En, CallerProof::Manager) => "Word of the manager",
        (Lang::De, CallerProof::Manager) => "Wort der Führungskraft",
        (Lang::En, CallerProof::CallBack) => "Call back",
        (Lang::De, CallerProof::CallBack) => "Rückruf",
    }
}

/// What a mailed link is good for, before the agent has it mailed.
pub const fn anew_lead_for(lang: Lang, anew: Anew) -> &'static str {
    match anew {
        Anew::Passkey => anew_lead(lang),
        Anew::Line => anew_line_lead(lang),
    }
}
