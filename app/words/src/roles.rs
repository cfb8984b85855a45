//! Who holds which role at a realm.

use domain::{Lang, role::Role};

say! {
    title = "Roles", "Rollen";
    give = "Give a role", "Rolle vergeben";
    give_lead = "To people of the workforce. They hear of it by e-mail and sign in anew.", "An Menschen der Belegschaft. Sie erfahren es per E-Mail und melden sich neu an.";
    role = "Role", "Rolle";
    holders = "Who holds a role here", "Wer hier eine Rolle hat";
    caption = "Roles at this realm, by Q-number", "Rollen in diesem Bereich, nach Q-Nummer";
    person = "Person", "Person";
    next = "Action", "Aktion";
    own = "Your own role: somebody else takes care of it.", "Ihre eigene Rolle: Darum kümmert sich jemand anderes.";
    take = "Take away", "Entziehen";
    take_sure = "The rights end at once, and so do the sessions of this person.", "Die Rechte enden sofort, und mit ihnen die Sitzungen dieser Person.";
    take_submit = "Take role away", "Rolle entziehen";
    given = "The role is given.", "Die Rolle ist vergeben.";
    taken = "The role is taken away.", "Die Rolle ist entzogen.";
    none = "Nobody holds a role here.", "Hier hat niemand eine Rolle.";
}

/// What a role is called.
pub const fn name(lang: Lang, role: Role) -> &'static str {
    match (role, lang) {
        (Role::Agent, Lang::En) => "Service desk agent",
        (Role::Agent, Lang::De) => "Service Desk",
        (Role::Reviewer, Lang::En) => "Reviewer",
        (Role::Reviewer, Lang::De) => "Prüfung",
        (Role::Lead, Lang::En) => "Desk lead",
        (Role::Lead, Lang::De) => "Leitung des Service Desk",
        (Role::Auditor, Lang::En) => "Auditor",
        (Role::Auditor, Lang::De) => "Revision",
        (Role::Administrator, Lang::En) => "Administrator",
        (Role::Administrator, Lang::De) => "Administration",
        (Role::PolicyAdministrator, Lang::En) => "Policy administrator",
        (Role::PolicyAdministrator, Lang::De) => "Richtlinien",
    }
}

/// What a role may do, in one line.
pub const fn about(lang: Lang, role: Role) -> &'static str {
    match (role, lang) {
        (Role::Agent, Lang::En) => "looks people up and checks callers",
        (Role::Agent, Lang::De) => "sucht Menschen heraus und prüft Anrufende",
        (Role::Reviewer, Lang::En) => "decides cases",
        (Role::Reviewer, Lang::De) => "entscheidet Vorgänge",
        (Role::Lead, Lang::En) => "protected people, freezes, alerts",
        (Role::Lead, Lang::De) => "geschützte Konten, Sperren, Alarme",
        (Role::Auditor, Lang::En) => "reads and verifies the audit trail",
        (Role::Auditor, Lang::De) => "liest und prüft das Protokoll",
        (Role::Administrator, Lang::En) => "people, roles, invitations, announcements",
        (Role::Administrator, Lang::De) => "Menschen, Rollen, Einladungen, Ankündigungen",
        (Role::PolicyAdministrator, Lang::En) => "reads the policy, and no person",
        (Role::PolicyAdministrator, Lang::De) => "liest die Richtlinie, und keine Konten",
    }
}
