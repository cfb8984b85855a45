//! Typing a code, using a passkey, taking another way.

use domain::{FactorKind as Kind, Lang, caller::CallerProof, screen::CodePurpose};

say! {
    security_code = "Security code", "Sicherheitscode";
    one_time_password = "One-time password", "Einmalpasswort";
    recovery_code = "Recovery code", "Wiederherstellungscode";
    recovery_hint = "16 characters from your list. Capitals, spaces and dashes do not matter.", "16 Zeichen von Ihrer Liste. Großbuchstaben, Leerzeichen und Striche spielen keine Rolle.";
    totp_lead = "Open your authenticator app and type the code that it shows now.", "Öffnen Sie Ihre Authenticator-App und geben Sie den Code ein, den sie gerade zeigt.";
    recovery_lead = "Each code works once. Take one that you have not used yet.", "Jeder Code gilt einmal. Nehmen Sie einen, den Sie noch nicht verwendet haben.";
    pin_lead = "The PIN comes after your device. It is asked for separately.", "Die PIN kommt nach Ihrem Gerät. Sie wird getrennt abgefragt.";
    password_lead = "Type the password that you sign in with.", "Geben Sie das Passwort ein, mit dem Sie sich anmelden.";
    confirm_lead = "Before this goes on, confirm once more that it is you.", "Bevor es weitergeht: Bestätigen Sie noch einmal, dass Sie es sind.";
    test_lead = "This is a test. Nothing changes.", "Das ist ein Test. Es ändert sich nichts.";
    validity = "Validity of the code", "Gültigkeit des Codes";
    no_mail = "No e-mail?", "Keine E-Mail bekommen?";
    not_arrived = "Not arrived?", "Nicht angekommen?";
    look_in_spam = "Look in the spam folder too. A new code makes the old one void.", "Sehen Sie auch im Spam-Ordner nach. Ein neuer Code macht den alten ungültig.";
    same_sms = "The same code comes once more; it may take a minute.", "Derselbe Code kommt noch einmal; das kann eine Minute dauern.";
    same_call = "The same code is spoken once more.", "Derselbe Code wird noch einmal angesagt.";
    no_other_way = "There is no other way for you yet. The service desk helps:", "Einen anderen Weg gibt es für Sie noch nicht. Der Service Desk hilft:";
    lost_number = "Is the telephone lost, or is the number no longer yours? When the service desk knows that it is you, it e-mails you a link to set up your sign-in anew.", "Telefon verloren, oder ist es nicht mehr Ihre Nummer? Sobald der Service Desk weiß, dass Sie es sind, schickt er Ihnen per E-Mail einen Link, mit dem Sie Ihre Anmeldung neu einrichten.";
    at_hand = "Have this at hand for the call:", "Das brauchen Sie für den Anruf:";
    at_hand_name = "What you sign in with", "Das, womit Sie sich anmelden";
    at_hand_phone = "The phone that approves", "Das Smartphone, mit dem Sie bestätigen";
    at_hand_passkey = "A device with your passkey", "Ein Gerät mit Ihrem Passkey";
    at_hand_call_back = "The telephone of your number on record: the service desk has it called", "Das Telefon Ihrer hinterlegten Nummer: Der Service Desk lässt dort anrufen";
    at_hand_manager = "Your manager, who tells the service desk that it is you", "Ihre Führungskraft, die dem Service Desk sagt, dass Sie es sind";
    send_again = "Send the code again", "Code noch einmal senden";
    call_again = "Call again", "Noch einmal anrufen";
    resend = "Regenerate OTP", "Neuen Code anfordern";
    resending = "Sending …", "Wird gesendet …";
    again_in = "possible again in", "wieder möglich in";
    another_way = "Try another way", "Anderen Weg wählen";
    another_title = "How do you want to confirm it is you?", "Wie möchten Sie bestätigen, dass Sie es sind?";
    another_lead = "Pick one of the ways that you have set up.", "Wählen Sie einen der Wege, die Sie eingerichtet haben.";
    passkey_gone = "For changes the portal asks for the strongest of your ways to sign in. If you do not have this passkey any more, the service desk can help.", "Für Änderungen fragt das Portal nach dem stärksten Ihrer Anmeldewege. Wenn Sie diesen Passkey nicht mehr haben, hilft Ihnen der Service Desk.";
    none_of_these = "None of these? The service desk can help.", "Nichts davon? Der Service Desk hilft Ihnen.";
    passkey_title = "Use your passkey", "Verwenden Sie Ihren Passkey";
    passkey_lead = "Your browser asks you to unlock your device.", "Ihr Browser bittet Sie, Ihr Gerät zu entsperren.";
    passkey_use = "Use passkey", "Passkey verwenden";
    remember_hint = "Only on a device that nobody else uses. You can forget it under Sessions.", "Nur auf einem Gerät, das sonst niemand benutzt. Unter Sitzungen können Sie es wieder vergessen lassen.";
    expired = "The code has expired.", "Der Code ist abgelaufen.";
}

tell! {
    remember(days: &str) = "Do not ask for a code in this browser for {days}", "In diesem Browser {days} lang nicht nach einem Code fragen";
    sent_mail(at: &str) = "We sent an e-mail at {at} to", "Wir haben um {at} Uhr eine E-Mail geschickt an";
    sent_sms(at: &str) = "We sent an SMS at {at} to", "Wir haben um {at} Uhr eine SMS geschickt an";
    sent_call(at: &str) = "At {at} we called", "Wir haben um {at} Uhr angerufen:";
    valid_until(time: &str) = "Valid until {time}", "Gültig bis {time} Uhr";
    left(duration: &str) = "about {duration} left", "noch etwa {duration}";
    hint_mail(digits: &str) = "{digits} from the newest e-mail", "{digits} aus der letzten E-Mail";
    hint_sms(digits: &str) = "{digits} from the newest SMS", "{digits} aus der letzten SMS";
    hint_call(digits: &str) = "{digits} from the newest call", "{digits} aus dem letzten Anruf";
    hint_plain(digits: &str) = "{digits}. Spaces do no harm.", "{digits}. Leerzeichen schaden nicht.";
}

/// The heading.
pub const fn title(lang: Lang, kind: Kind, purpose: CodePurpose) -> &'static str {
    match (kind, purpose, lang) {
        (Kind::Pin, _, Lang::En) => "Enter your PIN",
        (Kind::Pin, _, Lang::De) => "Geben Sie Ihre PIN ein",
        (Kind::Password, _, Lang::En) => "Enter your password",
        (Kind::Password, _, Lang::De) => "Geben Sie Ihr Passwort ein",
        (Kind::Recovery, _, Lang::En) => "Enter a recovery code",
        (Kind::Recovery, _, Lang::De) => "Wiederherstellungscode eingeben",
        (_, CodePurpose::Enroll | CodePurpose::Address, Lang::En) => "Confirm your e-mail address",
        (_, CodePurpose::Enroll | CodePurpose::Address, Lang::De) => {
            "Bestätigen Sie Ihre E-Mail-Adresse"
        }
        (Kind::Email, _, Lang::En) => "OTP capture",
        (_, _, Lang::En) => "Enter the code",
        (_, _, Lang::De) => "Code eingeben",
    }
}

/// The label of the field.
pub const fn label(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Pin | Kind::Password => crate::factor::name(lang, kind),
        Kind::Recovery => recovery_code(lang),
        Kind::Sms | Kind::Voice => one_time_password(lang),
        _ => security_code(lang),
    }
}

/// The main button.
pub const fn submit(lang: Lang, kind: Kind, purpose: CodePurpose) -> &'static str {
    match (kind, purpose) {
        (Kind::Sms | Kind::Voice | Kind::Pin | Kind::Password, CodePurpose::SignIn) => {
            crate::sign_in::submit(lang)
        }
        _ => crate::frame::confirm(lang),
    }
}

/// The hint at the field.
pub fn hint(lang: Lang, kind: Kind, digits: u32) -> String {
    let digits = crate::count::digits(lang, digits);
    match kind {
        Kind::Email => hint_mail(lang, &digits),
        Kind::Sms => hint_sms(lang, &digits),
        Kind::Voice => hint_call(lang, &digits),
        Kind::Recovery => recovery_hint(lang).to_owned(),
        Kind::Pin | Kind::Password => String::new(),
        _ => hint_plain(lang, &digits),
    }
}

/// What the service desk asks for that finds out who calls.
pub const fn at_hand_for(lang: Lang, proof: CallerProof) -> &'static str {
    match proof {
        CallerProof::Smartphone => at_hand_phone(lang),
        CallerProof::Passkey => at_hand_passkey(lang),
        CallerProof::CallBack => at_hand_call_back(lang),
        CallerProof::Manager => at_hand_manager(lang),
    }
}
