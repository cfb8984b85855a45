//! What went well, above the task.

use domain::{
    Lang,
    screen::{CaseMove, News, PersonChange},
};

/// The sentence, and what follows from it (may be empty).
pub fn text(lang: Lang, news: &News) -> (String, &'static str) {
    let (what, then) = match (news, lang) {
        (News::CaseWithdrawn, _) => (crate::cases::over(lang, crate::cases::Over::Withdrawn), ""),
        (News::CaseMoved(CaseMove::Claimed), _) => (crate::desk::done_claimed(lang), ""),
        (News::CaseMoved(CaseMove::Released), _) => (crate::desk::done_released(lang), ""),
        (News::CaseMoved(CaseMove::Seconded), _) => (crate::desk::done_seconded(lang), ""),
        (News::CaseMoved(CaseMove::Approved), _) => (crate::desk::done_approved(lang), ""),
        (News::CaseMoved(CaseMove::Declined), _) => (crate::desk::done_declined(lang), ""),
        (News::Announced, _) => (crate::announcements::done(lang), ""),
        (News::AnnouncementWithdrawn, _) => (crate::announcements::done_withdrawn(lang), ""),
        (News::ApplicationAdded, _) => (crate::applications::done_added(lang), ""),
        (News::ApplicationChanged, _) => (crate::applications::done_changed(lang), ""),
        (News::SecretsForgotten, _) => (crate::applications::done_forgotten(lang), ""),
        (News::ApplicationOff, _) => (crate::applications::done_off(lang), ""),
        (News::ApplicationOn, _) => (crate::applications::done_on(lang), ""),
        (News::TransferCancelled, _) => (crate::transfers::done_cancelled(lang), ""),
        (News::PhoneReachable, _) => (
            crate::phone::wake_on(lang),
            crate::phone::wake_lead_done(lang),
        ),
        (News::PhoneAnswered(what), _) => (
            crate::phone::done(lang, *what),
            crate::phone::done_lead(lang, *what),
        ),
        (News::DeskCodeTyped, _) => (crate::call::code_done(lang), ""),
        (News::EmergencyVoided, _) => (crate::reset_pin::done_void(lang), ""),
        (News::EmergencyApproved, _) => (crate::reset_pin::done_approved(lang), ""),
        (News::EmergencyAgreed, _) => (crate::reset_pin::done_agreed(lang), ""),
        (News::ApprovalAsked, _) => (
            crate::approval::news_asked(lang),
            crate::approval::news_asked_then(lang),
        ),
        (News::ApprovalWithdrawn, _) => (crate::approval::news_withdrawn(lang), ""),
        (News::ChangeCancelled, _) => (crate::approval::news_cancelled(lang), ""),
        (News::SwitchDropped, _) => (crate::approval::news_switch_dropped(lang), ""),
        (News::NumberMoved, _) => (
            crate::approval::news_number_moved(lang),
            crate::approval::news_number_moved_then(lang),
        ),
        (News::ApprovalGiven, _) => (crate::approval::news_given(lang), ""),
        (News::ApprovalDeclined, _) => (crate::approval::news_declined(lang), ""),
        (News::DeputyNamed, _) => (crate::approval::news_deputy(lang), ""),
        (News::DeputyEnded, _) => (crate::approval::news_deputy_ended(lang), ""),
        (News::LineSwitched(_), _) => (crate::approval::news_switched(lang), ""),
        (News::LineReleased, _) => (crate::approval::news_released(lang), ""),
        (News::Resent, _) => (crate::desk::done_resent(lang), ""),
        (News::Vouched, _) => (crate::cases::confirm_done(lang), ""),
        (News::VouchRefused, _) => (crate::caller::vouch_refused(lang), ""),
        (News::EnrollAnew, _) => (crate::caller::anew_done(lang), ""),
        (News::FactorGone, _) => (crate::desk::done_removed(lang), ""),
        (News::FactorSuspended, _) => (crate::desk::done_suspended(lang), ""),
        (News::FactorResumed, _) => (crate::desk::done_resumed(lang), ""),
        (News::PasswordFirst, _) => (
            crate::reset::password_first(lang),
            crate::reset::password_first_then(lang),
        ),
        (News::PasswordSet { login }, Lang::En) => {
            return (
                format!("The password of {login} is set."),
                "Sign in with it now.",
            );
        }
        (News::PasswordSet { login }, Lang::De) => {
            return (
                format!("Das Passwort von {login} ist gesetzt."),
                "Melden Sie sich jetzt damit an.",
            );
        }
        (News::SignedOutHere { login }, Lang::En) => {
            return (
                format!("{login} was signed in here and is signed out now."),
                "This page is about the account that you opened.",
            );
        }
        (News::SignedOutHere { login }, Lang::De) => {
            return (
                format!("{login} war hier angemeldet und ist jetzt abgemeldet."),
                "Diese Seite gehört zu dem Konto, das Sie geöffnet haben.",
            );
        }
        (News::OtherAccount, Lang::En) => (
            "Nothing was changed: that page belonged to another account.",
            "Somebody else has used this browser since you opened it. Sign in with the account that you mean.",
        ),
        (News::OtherAccount, Lang::De) => (
            "Nichts wurde geändert: Die Seite gehörte zu einem anderen Konto.",
            "In diesem Browser war inzwischen jemand anderes. Melden Sie sich mit dem Konto an, das Sie meinen.",
        ),
        (News::SignedOut, Lang::En) => ("You are signed out.", ""),
        (News::SignedOut, Lang::De) => ("Sie sind abgemeldet.", ""),
        (News::FactorAdded(kind), Lang::En) => {
            return (
                format!("{} added.", crate::factor::name(lang, *kind)),
                "It works from now on. You also get a message about it.",
            );
        }
        (News::FactorAdded(kind), Lang::De) => {
            return (
                format!("{} hinzugefügt.", crate::factor::name(lang, *kind)),
                "Ab jetzt nutzbar. Sie bekommen auch eine Nachricht darüber.",
            );
        }
        (News::Confirmed, Lang::En) => (
            "Thank you, it is you.",
            "Now choose again what you wanted to do.",
        ),
        (News::Confirmed, Lang::De) => (
            "Danke, Sie sind es.",
            "Wählen Sie jetzt noch einmal, was Sie tun wollten.",
        ),
        (News::CodesMoved, Lang::En) => (
            "Codes go to the new address from now on.",
            "The old one does not count any more and is told.",
        ),
        (News::CodesMoved, Lang::De) => (
            "Codes gehen ab jetzt an die neue Adresse.",
            "Die alte gilt nicht mehr und erfährt davon.",
        ),
        (News::FactorRemoved(kind), Lang::En) => {
            return (
                format!("{} removed.", crate::factor::name(lang, *kind)),
                "You also get a message about it.",
            );
        }
        (News::FactorRemoved(kind), Lang::De) => {
            return (
                format!("{} entfernt.", crate::factor::name(lang, *kind)),
                "Sie bekommen auch eine Nachricht darüber.",
            );
        }
        (News::FactorRenamed, Lang::En) => ("The new name is saved.", ""),
        (News::FactorRenamed, Lang::De) => ("Der neue Name ist gespeichert.", ""),
        (News::FactorWorks(kind), Lang::En) => {
            return (
                format!("{} works.", crate::factor::name(lang, *kind)),
                "The test changed nothing.",
            );
        }
        (News::FactorWorks(kind), Lang::De) => {
            return (
                format!("{} funktioniert.", crate::factor::name(lang, *kind)),
                "Der Test hat nichts geändert.",
            );
        }
        (News::SessionEnded, Lang::En) => ("The session has ended.", ""),
        (News::SessionEnded, Lang::De) => ("Die Sitzung ist beendet.", ""),
        (News::CaseConfirmed, _) => (crate::cases::confirm_done(lang), ""),
        (News::CaseStopped, _) => (crate::cases::confirm_stopped(lang), ""),
        (News::PinChanged, _) => (crate::pin::done(lang), crate::pin::done_lead(lang)),
        (News::ActAsked, _) => (
            crate::desk::act_asked(lang),
            crate::desk::act_asked_lead(lang),
        ),
        (News::ActRefused, _) => (crate::desk::act_refused(lang), ""),
        (News::RoleGiven, _) => (crate::roles::given(lang), ""),
        (News::RoleTaken, _) => (crate::roles::taken(lang), ""),
        (News::ConsentWithdrawn, Lang::En) => (
            "The application may not know any more who you are.",
            "When you open it again, you are asked anew.",
        ),
        (News::ConsentWithdrawn, Lang::De) => (
            "Die Anwendung darf nicht mehr wissen, wer Sie sind.",
            "Öffnen Sie sie wieder, werden Sie neu gefragt.",
        ),
        (News::DeviceForgotten, Lang::En) => ("The browser is forgotten.", ""),
        (News::DeviceForgotten, Lang::De) => ("Der Browser ist vergessen.", ""),
        (News::OtherSessionsEnded, Lang::En) => ("All other sessions have ended.", ""),
        (News::OtherSessionsEnded, Lang::De) => ("Alle anderen Sitzungen sind beendet.", ""),
        (News::AddressAdded, Lang::En) => {
            ("The address is added.", "Notices go there too from now on.")
        }
        (News::AddressAdded, Lang::De) => (
            "Die Adresse ist hinzugefügt.",
            "Mitteilungen gehen ab jetzt auch dorthin.",
        ),
        (News::AddressRemoved, Lang::En) => ("The address is removed.", ""),
        (News::AddressRemoved, Lang::De) => ("Die Adresse ist entfernt.", ""),
        (News::CodeSent, Lang::En) => ("A new code is on its way.", "The old one is void."),
        (News::CodeSent, Lang::De) => {
            ("Ein neuer Code ist unterwegs.", "Der alte gilt nicht mehr.")
        }
        (News::CodeAgain, Lang::En) => (
            "The code is on its way once more.",
            "It is the same one: type it, whichever message comes first.",
        ),
        (News::CodeAgain, Lang::De) => (
            "Der Code ist noch einmal unterwegs.",
            "Es ist derselbe: Er gilt, egal welche Nachricht zuerst ankommt.",
        ),
        (News::CodesSaved, Lang::En) => (
            "Your recovery codes are ready.",
            "Keep them apart from your devices.",
        ),
        (News::CodesSaved, Lang::De) => (
            "Ihre Wiederherstellungscodes sind bereit.",
            "Bewahren Sie sie getrennt von Ihren Geräten auf.",
        ),
        (News::Frozen, Lang::En) => ("All sessions have ended and changes are frozen.", ""),
        (News::Frozen, Lang::De) => (
            "Alle Sitzungen sind beendet und Änderungen eingefroren.",
            "",
        ),
        (News::Invited, Lang::En) => ("The invitation is on its way.", ""),
        (News::Invited, Lang::De) => ("Die Einladung ist unterwegs.", ""),
        (News::InvitationRevoked, Lang::En) => (
            "The invitation is revoked.",
            "Its link does not work any more.",
        ),
        (News::InvitationRevoked, Lang::De) => (
            "Die Einladung ist zurückgezogen.",
            "Ihr Link gilt nicht mehr.",
        ),
        (News::PersonChanged(change @ PersonChange::AddressCodeSent), Lang::En) => {
            return (
                changed(lang, *change).to_owned(),
                "It goes to the contact of the partner.",
            );
        }
        (News::PersonChanged(change @ PersonChange::AddressCodeSent), Lang::De) => {
            return (
                changed(lang, *change).to_owned(),
                "Er geht an den Kontakt des Partners.",
            );
        }
        (News::PersonChanged(change), _) => return (changed(lang, *change).to_owned(), told(lang)),
        (News::NumberSaved, Lang::En) => (
            "The number on record is saved.",
            "The person was told on every address.",
        ),
        (News::NumberSaved, Lang::De) => (
            "Die hinterlegte Nummer ist gespeichert.",
            "Die Person wurde auf jeder Adresse verständigt.",
        ),
        (News::ManagerSaved, Lang::En) => (
            "The manager on record is saved.",
            "The person was told on every address.",
        ),
        (News::ManagerSaved, Lang::De) => (
            "Die hinterlegte Führungskraft ist gespeichert.",
            "Die Person wurde auf jeder Adresse verständigt.",
        ),
        (News::ProfileSaved, Lang::En) => ("Your profile is saved.", ""),
        (News::ProfileSaved, Lang::De) => ("Ihr Profil ist gespeichert.", ""),
        (News::LinkSent, Lang::En) => (
            "A new link is on its way, if the account exists.",
            "Use the newest e-mail.",
        ),
        (News::LinkSent, Lang::De) => (
            "Ein neuer Link ist unterwegs, wenn es das Konto gibt.",
            "Nehmen Sie die neueste E-Mail.",
        ),
    };
    (what.to_owned(), then)
}

const fn changed(lang: Lang, change: PersonChange) -> &'static str {
    match (change, lang) {
        (PersonChange::Unlocked, Lang::En) => "The account is unlocked.",
        (PersonChange::Unlocked, Lang::De) => "Das Konto ist entsperrt.",
        (PersonChange::FreezeLifted, Lang::En) => "The freeze is lifted.",
        (PersonChange::FreezeLifted, Lang::De) => "Das Einfrieren ist aufgehoben.",
        (PersonChange::SessionsEnded, Lang::En) => "All sessions are ended.",
        (PersonChange::SessionsEnded, Lang::De) => "Alle Sitzungen sind beendet.",
        (PersonChange::Disabled, Lang::En) => "The account is disabled.",
        (PersonChange::Disabled, Lang::De) => "Das Konto ist deaktiviert.",
        (PersonChange::Enabled, Lang::En) => "The account is enabled.",
        (PersonChange::Enabled, Lang::De) => "Das Konto ist aktiviert.",
        (PersonChange::InvitedAnew, Lang::En) => "A new invitation is on its way.",
        (PersonChange::InvitedAnew, Lang::De) => "Eine neue Einladung ist unterwegs.",
        (PersonChange::AddressCodeSent, Lang::En) => "The code is on its way.",
        (PersonChange::AddressCodeSent, Lang::De) => "Der Code ist unterwegs.",
    }
}

const fn told(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "The person is told by e-mail.",
        Lang::De => "Die Person erfährt es per E-Mail.",
    }
}
