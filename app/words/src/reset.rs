//! Forgotten passwords, invitations, links and new passwords.

use domain::{
    Lang,
    link::{Anew, Purpose},
    screen::Dead,
};

say! {
    forgot_title = "Forgot username or password?", "Benutzername oder Passwort vergessen?";
    forgot_lead = "We send you an e-mail. It also helps if you were invited and have no password yet.", "Wir schicken Ihnen eine E-Mail. Das hilft auch, wenn Sie eingeladen wurden und noch kein Passwort haben.";
    back_to_sign_in = "Back to sign-in", "Zurück zur Anmeldung";

    sent_title = "Look into your mailbox", "Sehen Sie in Ihr Postfach";
    sent_not_there = "Nothing there?", "Nichts gekommen?";
    sent_reasons = "Look in the spam folder and check the spelling. An e-mail is also on its way if the account is not set up yet.", "Sehen Sie im Spam-Ordner nach und prüfen Sie die Schreibweise. Eine E-Mail ist auch dann unterwegs, wenn das Konto noch nicht eingerichtet ist.";
    sent_again = "Send again", "Noch einmal senden";
    sent_other = "Use another address", "Andere Adresse verwenden";
    sent_code_title = "Is the e-mail on another device?", "Ist die E-Mail auf einem anderen Gerät?";
    sent_code_lead = "Type the short code from it here. It does the same as the link.", "Geben Sie hier den kurzen Code daraus ein. Er tut dasselbe wie der Link.";
    sent_code = "Code from the e-mail", "Code aus der E-Mail";

    new_title = "Set a new password", "Neues Passwort setzen";
    first_title = "Set your password", "Passwort setzen";
    new_lead = "After that you sign in with it. Your other ways to sign in stay as they are, and all open sessions end.", "Danach melden Sie sich damit an. Ihre anderen Anmeldewege bleiben, wie sie sind, und alle offenen Sitzungen enden.";
    first_lead = "After this you sign in with it, and choose a safe method when you are asked to.", "Danach melden Sie sich damit an und wählen eine sichere Methode, sobald Sie danach gefragt werden.";
    new_password = "New password", "Neues Passwort";
    repeat = "Repeat new password", "Neues Passwort wiederholen";
    set_submit = "Save password", "Passwort speichern";
    account = "Account", "Konto";

    dead_sign_in = "Go to sign-in", "Zur Anmeldung";
    fresh = "Send a new link", "Neuen Link schicken";
    password_first = "Sign in with your password first.", "Melden Sie sich zuerst mit Ihrem Passwort an.";
    password_first_then = "After that you set up the number that your codes go to.", "Danach richten Sie die Nummer ein, an die Ihre Codes gehen.";
    fresh_why = "We send it to the address that the old one went to.", "Wir schicken ihn an die Adresse, an die der alte ging.";
}

tell! {
    sent_lead(login: &str) = "If there is an account for {login}, an e-mail is on its way. It usually takes less than a minute.", "Wenn es zu {login} ein Konto gibt, ist eine E-Mail unterwegs. Das dauert meist keine Minute.";
    sent_works(time: &str) = "The link in it works for {time} and only once.", "Der Link darin gilt {time} und nur einmal.";
    sent_registered(email: &str) = "An e-mail is on its way to {email}. It usually takes less than a minute.", "Eine E-Mail an {email} ist unterwegs. Das dauert meist keine Minute.";
    rule_length(least: u32) = "At least {least} characters. Spaces and all signs are welcome; a few words in a row are easy to remember.", "Mindestens {least} Zeichen. Leerzeichen und alle Zeichen sind erlaubt; ein paar Wörter hintereinander merken sich leicht.";
    counted(count: usize, least: u32) = "{count} of at least {least} characters", "{count} von mindestens {least} Zeichen";
    long_enough(count: usize) = "Long enough: {count} characters", "Lang genug: {count} Zeichen";
}

/// The heading of the page behind a link.
pub const fn link_title(lang: Lang, purpose: Purpose, anew: Anew) -> &'static str {
    match (purpose, lang) {
        (Purpose::Enroll, Lang::En) if matches!(anew, Anew::Line) => "Set up another number",
        (Purpose::Enroll, Lang::De) if matches!(anew, Anew::Line) => "Andere Nummer einrichten",
        (Purpose::Invitation, Lang::En) => "Welcome",
        (Purpose::Invitation, Lang::De) => "Willkommen",
        (Purpose::ResetPassword, Lang::En) => "Reset password",
        (Purpose::ResetPassword, Lang::De) => "Passwort zurücksetzen",
        (Purpose::Enroll, Lang::En) => "Set up your passkey",
        (Purpose::Enroll, Lang::De) => "Passkey einrichten",
        (Purpose::NotMe, Lang::En) => "This was not me",
        (Purpose::NotMe, Lang::De) => "Das war ich nicht",
        (Purpose::Case, _) => crate::cases::state_title(lang),
        (Purpose::Replace, Lang::En) => "Set up your new device",
        (Purpose::Replace, Lang::De) => "Neues Gerät einrichten",
        (Purpose::Undo, _) => crate::cases::undo_title(lang),
        (Purpose::AddressCode, _) => crate::capture::title(lang),
        (Purpose::Phone, _) => crate::phone::add_title(lang),
    }
}

/// What the button of that page will do.
pub const fn link_lead(lang: Lang, purpose: Purpose, anew: Anew) -> &'static str {
    match (purpose, lang) {
        (Purpose::Enroll, Lang::En) if matches!(anew, Anew::Line) => {
            "Your telephone is lost? With this link and your password you set up another number for your codes. The old one counts until the new one does."
        }
        (Purpose::Enroll, Lang::De) if matches!(anew, Anew::Line) => {
            "Ist Ihr Telefon verloren? Mit diesem Link und Ihrem Passwort richten Sie eine andere Nummer für Ihre Codes ein. Die alte gilt, bis die neue gilt."
        }
        (Purpose::Invitation, Lang::En) => {
            "You are invited. You set a password and choose a safe method; that takes about three minutes. Nothing has changed yet."
        }
        (Purpose::Invitation, Lang::De) => {
            "Sie sind eingeladen. Sie setzen ein Passwort und wählen eine sichere Methode; das dauert etwa drei Minuten. Noch hat sich nichts geändert."
        }
        (Purpose::ResetPassword, Lang::En) => {
            "You asked to reset your password. Nothing has changed yet: the old one stays until you have saved a new one."
        }
        (Purpose::ResetPassword, Lang::De) => {
            "Sie möchten Ihr Passwort zurücksetzen. Noch hat sich nichts geändert: Das alte gilt, bis Sie ein neues gespeichert haben."
        }
        (Purpose::Enroll, Lang::En) => {
            "With this link you create the passkey that you sign in with. Nothing has changed yet."
        }
        (Purpose::Enroll, Lang::De) => {
            "Mit diesem Link erstellen Sie den Passkey, mit dem Sie sich anmelden. Noch hat sich nichts geändert."
        }
        (Purpose::NotMe, Lang::En) => {
            "The button ends all sessions and freezes changes to your account."
        }
        (Purpose::NotMe, Lang::De) => {
            "Die Schaltfläche beendet alle Sitzungen und friert Änderungen an Ihrem Konto ein."
        }
        (Purpose::Replace, Lang::En) => {
            "Your request was approved. With this link you set up a new device; the old one works until the new one does."
        }
        (Purpose::Replace, Lang::De) => {
            "Ihr Antrag wurde genehmigt. Mit diesem Link richten Sie ein neues Gerät ein; das alte gilt, bis das neue gilt."
        }
        // These two have pages of their own.
        (Purpose::Case, _) => crate::cases::next_mail(lang),
        (Purpose::Undo, _) => crate::cases::undo_ends(lang),
        (Purpose::AddressCode, _) => crate::capture::lead(lang),
        (Purpose::Phone, _) => crate::phone::add_lead(lang),
    }
}

/// The button of that page.
pub const fn link_submit(lang: Lang, purpose: Purpose) -> &'static str {
    match (purpose, lang) {
        (Purpose::Invitation, Lang::En) => "Set up your account",
        (Purpose::Invitation, Lang::De) => "Konto einrichten",
        (Purpose::NotMe, _) => link_title(lang, purpose, Anew::Passkey),
        (_, _) => crate::frame::proceed(lang),
    }
}

/// The heading of a link that does not work any more.
pub const fn dead_title(lang: Lang, why: Dead) -> &'static str {
    match (why, lang) {
        (Dead::Used, Lang::En) => "This link was used already",
        (Dead::Used, Lang::De) => "Dieser Link wurde schon verwendet",
        (Dead::Expired, Lang::En) => "This link has expired",
        (Dead::Expired, Lang::De) => "Dieser Link ist abgelaufen",
        (Dead::Unknown, Lang::En) => "This link does not work any more",
        (Dead::Unknown, Lang::De) => "Dieser Link gilt nicht mehr",
    }
}

/// What to do about it.
pub const fn dead_lead(lang: Lang, purpose: Purpose, why: Dead) -> &'static str {
    match (why, purpose, lang) {
        (Dead::Used, Purpose::Invitation, Lang::En) => {
            "Your account is set up. Sign in with your password."
        }
        (Dead::Used, Purpose::Invitation, Lang::De) => {
            "Ihr Konto ist eingerichtet. Melden Sie sich mit Ihrem Passwort an."
        }
        (Dead::Used, Purpose::ResetPassword, Lang::En) => {
            "The password was set with it. Sign in with the new one; if you did not set it, ask the service desk."
        }
        (Dead::Used, Purpose::ResetPassword, Lang::De) => {
            "Damit wurde das Passwort gesetzt. Melden Sie sich mit dem neuen an; wenn Sie es nicht waren, fragen Sie den Service Desk."
        }
        (Dead::Used, _, Lang::En) => {
            "It has done its work. If that was not you, ask the service desk."
        }
        (Dead::Used, _, Lang::De) => {
            "Er hat seinen Zweck erfüllt. Wenn Sie das nicht waren, fragen Sie den Service Desk."
        }
        (Dead::Expired, Purpose::Replace, Lang::En) => {
            "The time in which it works is over, or has not begun. Sign in with your password to see where your request stands."
        }
        (Dead::Expired, Purpose::Replace, Lang::De) => {
            "Die Zeit, in der er gilt, ist vorbei oder hat noch nicht begonnen. Melden Sie sich mit Ihrem Passwort an, um zu sehen, wo Ihr Antrag steht."
        }
        (Dead::Expired, Purpose::Undo, Lang::En) => {
            "The change can no longer be undone here. If it was not yours, call the service desk at once."
        }
        (Dead::Expired, Purpose::Undo, Lang::De) => {
            "Die Änderung lässt sich hier nicht mehr rückgängig machen. Wenn sie nicht von Ihnen stammt, rufen Sie sofort den Service Desk an."
        }
        (Dead::Expired, Purpose::Invitation | Purpose::ResetPassword, Lang::En) => {
            "Links work for a limited time only, so that an old e-mail opens no door. You can have a new one."
        }
        (Dead::Expired, Purpose::Invitation | Purpose::ResetPassword, Lang::De) => {
            "Links gelten nur begrenzte Zeit, damit keine alte E-Mail eine Tür öffnet. Sie können einen neuen bekommen."
        }
        (Dead::Expired, _, Lang::En) => {
            "Links work for a limited time only. Whoever sent you this one can make a new one."
        }
        (Dead::Expired, _, Lang::De) => {
            "Links gelten nur begrenzte Zeit. Wer Ihnen diesen geschickt hat, kann einen neuen ausstellen."
        }
        (Dead::Unknown, _, Lang::En) => {
            "Perhaps a newer one was sent, or it was taken back. Use the newest e-mail, or ask the service desk."
        }
        (Dead::Unknown, _, Lang::De) => {
            "Vielleicht gibt es einen neueren, oder er wurde zurückgenommen. Nehmen Sie die neueste E-Mail, oder fragen Sie den Service Desk."
        }
    }
}
