//! The phone that approves: on the phone, and on the page that waits for it.

use domain::{
    Lang,
    phone::{Decision, Purpose},
};

say! {
    companion = "Smartphone", "Smartphone";
    by_phone = "Continue with your smartphone", "Weiter mit Ihrem Smartphone";
    or_phone = "or with your smartphone", "oder mit Ihrem Smartphone";
    await_title = "Confirm on your smartphone", "Bestätigen Sie auf Ihrem Smartphone";
    await_lead = "Open the portal’s page on your smartphone. It shows this request: type the number there and tap “Accept”.", "Öffnen Sie die Seite des Portals auf Ihrem Smartphone. Sie zeigt diese Anfrage: Tippen Sie dort die Zahl ein und dann auf „Annehmen“.";
    number = "Your number", "Ihre Zahl";
    waiting = "Waiting for your smartphone", "Warten auf Ihr Smartphone";
    answered = "Your smartphone answered.", "Ihr Smartphone hat geantwortet.";
    over = "Nobody answered in time.", "Es kam keine Antwort.";
    over_lead = "Ask again, or take another way. After three requests without an answer the smartphone is left in peace for ten minutes.", "Fragen Sie noch einmal, oder nehmen Sie einen anderen Weg. Nach drei Anfragen ohne Antwort wird das Smartphone zehn Minuten lang in Ruhe gelassen.";
    ask_again = "Ask again", "Noch einmal fragen";
    go_on = "I have answered", "Ich habe geantwortet";
    nothing_there = "Nothing on your smartphone?", "Kommt auf dem Smartphone nichts an?";
    nothing_lead = "Open the page there yourself. Whether there is an account with a smartphone is shown only there.", "Öffnen Sie die Seite dort selbst. Ob es ein Konto mit Smartphone gibt, zeigt sich nur dort.";

    enroll_title = "Add your smartphone", "Smartphone hinzufügen";
    enroll_lead = "Scan this code with the camera of your smartphone. The page that opens does the rest; this one goes on by itself.", "Scannen Sie diesen Code mit der Kamera Ihres Smartphones. Die Seite, die sich öffnet, erledigt den Rest; diese geht von selbst weiter.";
    enroll_qr = "QR code with the link for your smartphone", "QR-Code mit dem Link für Ihr Smartphone";
    enroll_link = "Or open this link on it", "Oder öffnen Sie dort diesen Link";
    enroll_secret = "Whoever opens the link first adds their smartphone to your account. Send it to nobody.", "Wer den Link zuerst öffnet, fügt sein Smartphone zu Ihrem Konto hinzu. Schicken Sie ihn niemandem.";
    enroll_validity = "Validity of the link", "Gültigkeit des Links";
    enroll_over = "The link has expired.", "Der Link ist abgelaufen.";
    enroll_done = "I have added it", "Ich habe es hinzugefügt";

    replace = "I am getting a new smartphone", "Ich bekomme ein neues Smartphone";
    replace_lead = "This one works until the new one is there. Then it goes by itself.", "Dieses gilt, bis das neue da ist. Dann verschwindet es von selbst.";
    replace_submit = "Add the new one", "Neues hinzufügen";
    add_title = "Add this smartphone?", "Dieses Smartphone hinzufügen?";
    add_lead = "It will approve sign-ins for this account. Its key is made here and never leaves this device.", "Es bestätigt dann Anmeldungen für dieses Konto. Sein Schlüssel entsteht hier und verlässt das Gerät nie.";
    add_account = "Account", "Konto";
    add_name = "Name of this smartphone", "Name dieses Smartphones";
    add_submit = "Add smartphone", "Smartphone hinzufügen";
    add_not_yours = "Not your account? Close this page; nothing has changed.", "Nicht Ihr Konto? Schließen Sie diese Seite; es hat sich nichts geändert.";
    needs_script = "A smartphone signs its answers, and that needs JavaScript. Switch it on in this browser.", "Ein Smartphone unterschreibt seine Antworten, und dafür braucht es JavaScript. Schalten Sie es in diesem Browser ein.";

    nothing = "Nothing to answer", "Nichts zu beantworten";
    nothing_yet = "When somebody signs in with your name, the request appears here.", "Wenn sich jemand mit Ihrem Namen anmeldet, erscheint die Anfrage hier.";
    accounts = "Accounts on this smartphone", "Konten auf diesem Smartphone";
    no_account = "This browser approves for no account", "Dieser Browser bestätigt für kein Konto";
    no_account_lead = "Sign in on another device, choose “Add a way to sign in” and then “Smartphone”, and scan the code that is shown there with this smartphone.", "Melden Sie sich auf einem anderen Gerät an, wählen Sie „Anmeldeweg hinzufügen“ und dann „Smartphone“, und scannen Sie den Code dort mit diesem Smartphone.";
    from_where = "Asked by", "Angefragt von";
    network = "Network address", "Netzwerkadresse";
    since = "Since", "Seit";
    account = "Account", "Konto";
    type_number = "Number on the other screen", "Zahl auf dem anderen Bildschirm";
    type_hint = "Two digits. If you see no number, it is not you who asks.", "Zwei Ziffern. Wenn Sie keine Zahl sehen, fragen nicht Sie an.";
    accept = "Accept", "Annehmen";
    decline = "Decline", "Ablehnen";
    not_me = "This was not me", "Das war ich nicht";
    not_me_lead = "“This was not me” ends all your sessions and freezes changes until the service desk lifts that.", "„Das war ich nicht“ beendet alle Ihre Sitzungen und friert Änderungen ein, bis der Service Desk das aufhebt.";
    time_left = "Time to answer", "Zeit zum Antworten";

    who_asks = "Who asks", "Wer fragt";
    why_asked = "Why", "Warum";
    check_why = "To make sure that it is you who calls", "Um sicherzugehen, dass wirklich Sie anrufen";
    check_number = "Number that is read to you", "Zahl, die man Ihnen vorliest";
    check_hint = "Two digits. If nobody reads you a number, it is not the service desk.", "Zwei Ziffern. Wenn Ihnen niemand eine Zahl vorliest, ist es nicht der Service Desk.";
    check_not_me = "I did not call", "Ich habe nicht angerufen";
    check_not_me_lead = "Somebody calls in your name. This ends all your sessions and freezes changes until the service desk lifts that.", "Jemand ruft in Ihrem Namen an. Das beendet alle Ihre Sitzungen und friert Änderungen ein, bis der Service Desk das aufhebt.";
    codes_title = "Codes without network", "Codes ohne Netz";
    codes_lead = "Where this smartphone has no network it cannot be asked. It shows a code that you type on the other screen instead.", "Ohne Netz kann dieses Smartphone nicht gefragt werden. Es zeigt dann einen Code, den Sie auf dem anderen Bildschirm eingeben.";
    codes_show = "Show codes", "Codes anzeigen";
    codes_how = "On the screen that waits for this smartphone, choose “Try another way” and then “Code from the smartphone”.", "Wählen Sie auf dem Bildschirm, der auf dieses Smartphone wartet, „Anderen Weg wählen“ und dann „Code aus dem Smartphone“.";
    codes_way = "Code from the smartphone", "Code aus dem Smartphone";
    codes_type = "Open the portal’s page on your smartphone. “Show codes” is there; without network the page shows them by itself.", "Öffnen Sie die Seite des Portals auf Ihrem Smartphone. Dort gibt es „Codes anzeigen“; ohne Netz zeigt die Seite sie von selbst.";
    codes_now = "Your code", "Ihr Code";
    codes_left = "Seconds until the next code", "Sekunden bis zum nächsten Code";
    codes_once = "Each code works once, and opens nothing without your PIN. Read it to nobody.", "Jeder Code gilt einmal und öffnet ohne Ihre PIN nichts. Lesen Sie ihn niemandem vor.";
    codes_clock = "Is a code refused? Check the clock of this smartphone: codes go by the time.", "Wird ein Code nicht angenommen? Prüfen Sie die Uhr dieses Smartphones: Die Codes richten sich nach der Zeit.";
    codes_none = "This browser shows codes for no account.", "Dieser Browser zeigt für kein Konto Codes.";
    codes_none_lead = "They come with a smartphone when it is added to an account that takes them.", "Sie kommen mit einem Smartphone, wenn es zu einem Konto hinzugefügt wird, das sie annimmt.";
    codes_need_script = "The codes are made in this browser, and that needs JavaScript. Switch it on.", "Die Codes entstehen in diesem Browser, und dafür braucht es JavaScript. Schalten Sie es ein.";
    codes_never = "not used yet", "noch nicht verwendet";
    offline = "No network", "Kein Netz";
    offline_lead = "This smartphone cannot reach the portal. What it is asked appears when it can.", "Dieses Smartphone erreicht das Portal nicht. Was es gefragt wird, erscheint, sobald es wieder geht.";
    no_key = "This browser keeps no key, as private windows do. Open the link in an ordinary window.", "Dieser Browser bewahrt keinen Schlüssel auf, so wie private Fenster. Öffnen Sie den Link in einem normalen Fenster.";
    wake_title = "Be told while this page is closed", "Benachrichtigt werden, wenn diese Seite zu ist";
    wake_lead = "A message wakes this smartphone when it is asked. It says what for, and never a number.", "Eine Nachricht weckt dieses Smartphone, wenn es gefragt wird. Sie sagt wofür und nie eine Zahl.";
    wake_submit = "Allow messages", "Nachrichten erlauben";
    wake_on = "Messages reach this smartphone.", "Nachrichten erreichen dieses Smartphone.";
    wake_lead_done = "You may close this page.", "Sie können diese Seite schließen.";
    wake_refused = "This browser takes no messages. Allow them in its settings, or keep this page open when you sign in.", "Dieser Browser nimmt keine Nachrichten an. Erlauben Sie sie in seinen Einstellungen, oder lassen Sie diese Seite offen, wenn Sie sich anmelden.";
    wake_body = "Open this message, then type the number from the other screen.", "Öffnen Sie diese Nachricht und geben Sie die Zahl vom anderen Bildschirm ein.";
    not_asked = "Then open the page and choose “This was not me”.", "Dann öffnen Sie die Seite und wählen Sie „Das war ich nicht“.";
    silent = "This request is over. Ask once more.", "Diese Anfrage ist vorbei. Fragen Sie noch einmal an.";
    declined = "It was declined on your smartphone.", "Auf Ihrem Smartphone wurde abgelehnt.";
    unknown = "This browser does not have the key of your smartphone any more. Remove the smartphone in your overview and add it again.", "Dieser Browser hat den Schlüssel Ihres Smartphones nicht mehr. Entfernen Sie das Smartphone in Ihrer Übersicht und fügen Sie es neu hinzu.";
    wrong_digits = "This is not the number on the other screen. After three wrong ones the request is void.", "Das ist nicht die Zahl auf dem anderen Bildschirm. Nach drei falschen verfällt die Anfrage.";
    missing_digits = "Type the number that the other screen shows.", "Geben Sie die Zahl ein, die der andere Bildschirm zeigt.";
}

tell! {
    goes(name: &str) = "It takes the place of “{name}”, which goes when this is done.", "Es tritt an die Stelle von „{name}“, das danach verschwindet.";
}

/// When a code of the phone was last used, in words; empty for never.
pub fn codes_used(lang: Lang, at: &str) -> String {
    if at.is_empty() {
        return codes_never(lang).to_owned();
    }
    match lang {
        Lang::En => format!("last used {at}"),
        Lang::De => format!("zuletzt {at}"),
    }
}

/// What somebody wants, as the heading of a request.
pub const fn asks(lang: Lang, purpose: Purpose) -> &'static str {
    match (purpose, lang) {
        (Purpose::SignIn, Lang::En) => "Somebody signs in with your name",
        (Purpose::SignIn, Lang::De) => "Jemand meldet sich mit Ihrem Namen an",
        (Purpose::ResetPin, Lang::En) => "Somebody wants to reset your PIN",
        (Purpose::ResetPin, Lang::De) => "Jemand möchte Ihre PIN zurücksetzen",
        (Purpose::CallerCheck, Lang::En) => "Are you on the phone with the service desk?",
        (Purpose::CallerCheck, Lang::De) => "Sprechen Sie gerade mit dem Service Desk?",
        (Purpose::Confirm, Lang::En) => "Somebody wants to change or test how you sign in",
        (Purpose::Confirm, Lang::De) => "Jemand möchte Ihre Anmeldung ändern oder testen",
    }
}

/// What was answered.
pub const fn done(lang: Lang, decision: Decision) -> &'static str {
    match (decision, lang) {
        (Decision::Accept, Lang::En) => "Accepted.",
        (Decision::Accept, Lang::De) => "Angenommen.",
        (Decision::Decline, Lang::En) => "Declined.",
        (Decision::Decline, Lang::De) => "Abgelehnt.",
        (Decision::NotMe, Lang::En) => "Stopped. Your account is frozen.",
        (Decision::NotMe, Lang::De) => "Angehalten. Ihr Konto ist eingefroren.",
    }
}

/// What follows from it.
pub const fn done_lead(lang: Lang, decision: Decision) -> &'static str {
    match (decision, lang) {
        (Decision::Accept, Lang::En) => "The other screen goes on by itself.",
        (Decision::Accept, Lang::De) => "Der andere Bildschirm geht von selbst weiter.",
        (Decision::Decline, Lang::En) => "Nothing was approved.",
        (Decision::Decline, Lang::De) => "Es wurde nichts bestätigt.",
        (Decision::NotMe, Lang::En) => "All sessions are ended. Call the service desk.",
        (Decision::NotMe, Lang::De) => {
            "Alle Sitzungen sind beendet. Rufen Sie den Service Desk an."
        }
    }
}
