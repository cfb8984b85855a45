//! What the audit trail says, for people.

use domain::{FactorKind, Lang, audit::Action};

/// The sentence for an action; `done` is false where it was refused.
pub const fn action(lang: Lang, action: Action) -> &'static str {
    match (action, lang) {
        (Action::Proof, Lang::En) => "Confirmed that it is them",
        (Action::Proof, Lang::De) => "Identität bestätigt",
        (Action::SignIn, Lang::En) => "Sign-in",
        (Action::SignIn, Lang::De) => "Anmeldung",
        (Action::SignOut, Lang::En) => "Signed out",
        (Action::SignOut, Lang::De) => "Abgemeldet",
        (Action::SessionsEnded, Lang::En) => "Sessions ended",
        (Action::SessionsEnded, Lang::De) => "Sitzungen beendet",
        (Action::StepUp, Lang::En) => "Confirmed again before a change",
        (Action::StepUp, Lang::De) => "Vor einer Änderung erneut bestätigt",
        (Action::CodeSent, Lang::En) => "Code sent",
        (Action::CodeSent, Lang::De) => "Code gesendet",
        (Action::FactorAdded, Lang::En) => "Way to sign in added",
        (Action::FactorAdded, Lang::De) => "Anmeldeweg hinzugefügt",
        (Action::FactorRemoved, Lang::En) => "Way to sign in removed",
        (Action::FactorRemoved, Lang::De) => "Anmeldeweg entfernt",
        (Action::FactorRenamed, Lang::En) => "Way to sign in renamed",
        (Action::FactorRenamed, Lang::De) => "Anmeldeweg umbenannt",
        (Action::FactorTested, Lang::En) => "Way to sign in tested",
        (Action::FactorTested, Lang::De) => "Anmeldeweg getestet",
        (Action::PasskeyCloned, Lang::En) => "Switched off because a copy may exist",
        (Action::PasskeyCloned, Lang::De) => "Ausgeschaltet, weil es eine Kopie geben könnte",
        (Action::RecoveryCodesMade, Lang::En) => "Recovery codes made",
        (Action::RecoveryCodesMade, Lang::De) => "Wiederherstellungscodes erstellt",
        (Action::PasswordSet, Lang::En) => "Password set",
        (Action::PasswordSet, Lang::De) => "Passwort gesetzt",
        (Action::ResetAsked, Lang::En) => "Password reset asked for",
        (Action::ResetAsked, Lang::De) => "Zurücksetzen des Passworts angefordert",
        (Action::Invited, Lang::En) => "Invited",
        (Action::Invited, Lang::De) => "Eingeladen",
        (Action::InvitationRevoked, Lang::En) => "Invitation revoked",
        (Action::InvitationRevoked, Lang::De) => "Einladung zurückgezogen",
        (Action::InvitationAccepted, Lang::En) => "Invitation accepted",
        (Action::InvitationAccepted, Lang::De) => "Einladung angenommen",
        (Action::AddressAdded, Lang::En) => "Address for notices added",
        (Action::AddressAdded, Lang::De) => "Adresse für Mitteilungen hinzugefügt",
        (Action::AddressRemoved, Lang::En) => "Address for notices removed",
        (Action::AddressRemoved, Lang::De) => "Adresse für Mitteilungen entfernt",
        (Action::NotMe, Lang::En) => "Reported “This was not me”",
        (Action::NotMe, Lang::De) => "„Das war ich nicht“ gemeldet",
        (Action::FreezeLifted, Lang::En) => "Freeze lifted",
        (Action::FreezeLifted, Lang::De) => "Einfrieren aufgehoben",
        (Action::Locked, Lang::En) => "Locked after wrong tries",
        (Action::Locked, Lang::De) => "Nach falschen Versuchen gesperrt",
        (Action::Unlocked, Lang::En) => "Unlocked",
        (Action::Unlocked, Lang::De) => "Entsperrt",
        (Action::Disabled, Lang::En) => "Disabled",
        (Action::Disabled, Lang::De) => "Deaktiviert",
        (Action::Enabled, Lang::En) => "Enabled",
        (Action::Enabled, Lang::De) => "Aktiviert",
        (Action::AdminCreated, Lang::En) => "Administrator created on the command line",
        (Action::AdminCreated, Lang::De) => "Administration auf der Kommandozeile angelegt",
        (Action::Exported, Lang::En) => "List exported",
        (Action::Exported, Lang::De) => "Liste exportiert",
        (Action::CaseOpened, Lang::En) => "Case opened",
        (Action::CaseOpened, Lang::De) => "Vorgang eröffnet",
        (Action::CaseClaimed, Lang::En) => "Case taken",
        (Action::CaseClaimed, Lang::De) => "Vorgang übernommen",
        (Action::CaseReleased, Lang::En) => "Case given back",
        (Action::CaseReleased, Lang::De) => "Vorgang zurückgegeben",
        (Action::CaseSeconded, Lang::En) => "First of two approvals",
        (Action::CaseSeconded, Lang::De) => "Erste von zwei Genehmigungen",
        (Action::CaseApproved, Lang::En) => "Case approved",
        (Action::CaseApproved, Lang::De) => "Vorgang genehmigt",
        (Action::CaseDeclined, Lang::En) => "Case declined",
        (Action::CaseDeclined, Lang::De) => "Vorgang abgelehnt",
        (Action::CaseVetoed, Lang::En) => "Case stopped: “This was not me”",
        (Action::CaseVetoed, Lang::De) => "Vorgang angehalten: „Das war ich nicht“",
        (Action::CaseWithdrawn, Lang::En) => "Case taken back",
        (Action::CaseWithdrawn, Lang::De) => "Vorgang zurückgezogen",
        (Action::CaseLapsed, Lang::En) => "Case expired unused",
        (Action::CaseLapsed, Lang::De) => "Vorgang ungenutzt abgelaufen",
        (Action::CaseUsed, Lang::En) => "New way to sign in by a case",
        (Action::CaseUsed, Lang::De) => "Neuer Anmeldeweg durch einen Vorgang",
        (Action::CaseUndone, Lang::En) => "What a case brought was taken back",
        (Action::CaseUndone, Lang::De) => "Ergebnis eines Vorgangs rückgängig gemacht",
        (Action::ChangeUndone, Lang::En) => "Change taken back",
        (Action::ChangeUndone, Lang::De) => "Änderung rückgängig gemacht",
        (Action::Viewed, Lang::En) => "Looked at by staff",
        (Action::Viewed, Lang::De) => "Von Mitarbeitenden angesehen",
        (Action::FactorSuspended, Lang::En) => "Way to sign in switched off",
        (Action::FactorSuspended, Lang::De) => "Anmeldeweg ausgeschaltet",
        (Action::FactorResumed, Lang::En) => "Way to sign in switched on",
        (Action::FactorResumed, Lang::De) => "Anmeldeweg eingeschaltet",
        (Action::Resent, Lang::En) => "Message sent again",
        (Action::Resent, Lang::De) => "Nachricht erneut gesendet",
        (Action::Denied, Lang::En) => "Access denied",
        (Action::Denied, Lang::De) => "Zugriff verweigert",
    }
}

/// A line of a person's history: what, with which factor, and whether it was
/// refused. A slug that is not known stands there as it is.
pub fn line(lang: Lang, slug: &str, done: bool, factor: Option<FactorKind>) -> String {
    let what = Action::ALL
        .iter()
        .find(|a| a.slug() == slug)
        .map_or(slug, |a| action(lang, *a));
    let with = factor
        .map(|f| format!(": {}", crate::factor::name(lang, f)))
        .unwrap_or_default();
    match (done, lang) {
        (true, _) => format!("{what}{with}"),
        (false, Lang::En) => format!("{what}{with} (refused)"),
        (false, Lang::De) => format!("{what}{with} (abgelehnt)"),
    }
}
