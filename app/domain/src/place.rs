//! Every page of the portal as a value: parsed from an address, turned back
//! into one, and with the rule of who may see it.

mod rule;

pub use rule::{CALLS, Rule};

use crate::{
    FactorKind,
    ids::{ApprovalId, CallerCheckId, CaseId, FactorId, PersonId, RealmSlug, TransferId},
    link::Purpose,
    oidc::is_client_id,
    paths,
};
use std::fmt::{self, Write as _};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Regions and realms.
    Start,
    /// Sign-in, every step of it.
    SignIn(RealmSlug),
    /// "Forgot username or password?"
    Forgot(RealmSlug),
    /// How to sign in, step by step.
    Instructions(RealmSlug),
    /// What the realm announces, in full.
    Announcements(RealmSlug),
    /// Making an account of one's own.
    Register(RealmSlug),
    /// The form for a lost phone, behind the password.
    LostPhone(RealmSlug),
    /// The form for a wrong address, behind the password.
    WrongAddress(RealmSlug),
    /// Behind a mailed link.
    Link(RealmSlug, Purpose, String),
    /// The new password, at a clean address.
    SetPassword(RealmSlug),
    /// A passkey by an enrol link, at a clean address.
    Enroll(RealmSlug),
    /// Factors.
    Overview(RealmSlug),
    /// One factor.
    Factor(RealmSlug, FactorId),
    /// Testing a factor.
    Test(RealmSlug),
    /// Adding a factor.
    Add(RealmSlug),
    /// Adding a factor of a kind: the choice is made.
    AddKind(RealmSlug, FactorKind),
    /// Proving oneself anew.
    Confirm(RealmSlug),
    /// Recovery codes.
    RecoveryCodes(RealmSlug),
    /// Sessions.
    Sessions(RealmSlug),
    /// Profile.
    Profile(RealmSlug),
    /// Where codes go, how, and what is to change.
    ProfileFactor(RealmSlug),
    /// The password.
    ProfilePassword(RealmSlug),
    /// Asking one's manager for codes over the telephone network.
    Request(RealmSlug, FactorKind),
    /// What one's people ask, wherever one is signed in.
    AnyApprovals,
    /// What one's people ask.
    Approvals(RealmSlug),
    /// One of those requests.
    Approval(RealmSlug, ApprovalId),
    /// The phone that approves.
    Phone,
    /// The queue of the service desk.
    Desk,
    /// One case.
    DeskCase(CaseId),
    /// People of the realms that one serves.
    DeskPeople,
    /// One of them.
    DeskPerson(PersonId),
    /// Realms that one administrates.
    Admin,
    /// People of a realm.
    AdminPeople(RealmSlug),
    /// One person.
    AdminPerson(RealmSlug, PersonId),
    /// Invitations of a realm.
    AdminInvitations(RealmSlug),
    /// Who holds which role at a realm.
    AdminRoles(RealmSlug),
    /// A case that one's report opened, for their manager.
    ConfirmCase(RealmSlug, CaseId),
    /// A caller shows the service desk that it is them.
    ConfirmCall(RealmSlug),
    /// The same, for their manager.
    Vouch(RealmSlug, CallerCheckId),
    /// A new PIN.
    ChangePin(RealmSlug),
    /// "Forgot your PIN?", every step of it.
    ResetPin(RealmSlug),
    /// Announcements of a realm.
    AdminAnnouncements(RealmSlug),
    /// Applications of a realm.
    AdminApplications(RealmSlug),
    /// One of them.
    AdminApplication(RealmSlug, String),
    /// Imports and exports of a realm.
    AdminTransfers(RealmSlug),
    /// One of them.
    AdminTransfer(RealmSlug, TransferId),
    /// The audit trail of a realm.
    AdminAudit(RealmSlug),
    /// The policy of a realm, in words.
    AdminPolicy(RealmSlug),
}

impl Place {
    /// Reads the path of an address; `None` when there is no such page.
    pub fn parse(path: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let realm = |slug: &str| RealmSlug::parse(slug);
        Some(match *parts.as_slice() {
            [""] => Self::Start,
            ["phone"] => Self::Phone,
            ["desk"] => Self::Desk,
            ["approvals"] => Self::AnyApprovals,
            ["desk", "cases", id] => Self::DeskCase(CaseId::new(id)),
            ["desk", "people"] => Self::DeskPeople,
            ["desk", "people", id] => Self::DeskPerson(PersonId::new(id)),
            ["admin"] => Self::Admin,
            ["admin", slug, "people"] => Self::AdminPeople(realm(slug)?),
            ["admin", slug, "people", id] => Self::AdminPerson(realm(slug)?, PersonId::new(id)),
            ["admin", slug, "roles"] => Self::AdminRoles(realm(slug)?),
            ["admin", slug, "announcements"] => Self::AdminAnnouncements(realm(slug)?),
            ["admin", slug, "applications"] => Self::AdminApplications(realm(slug)?),
            ["admin", slug, "applications", id] if is_client_id(id) => {
                Self::AdminApplication(realm(slug)?, id.to_owned())
            }
            ["admin", slug, "invitations"] => Self::AdminInvitations(realm(slug)?),
            ["admin", slug, "transfers"] => Self::AdminTransfers(realm(slug)?),
            ["admin", slug, "transfers", id] => {
                Self::AdminTransfer(realm(slug)?, TransferId::new(id))
            }
            ["admin", slug, "audit"] => Self::AdminAudit(realm(slug)?),
            ["admin", slug, "policy"] => Self::AdminPolicy(realm(slug)?),
            [slug, "sign-in"] => Self::SignIn(realm(slug)?),
            [slug, "forgot"] => Self::Forgot(realm(slug)?),
            [slug, "instructions"] => Self::Instructions(realm(slug)?),
            [slug, "announcements"] => Self::Announcements(realm(slug)?),
            [slug, "register"] => Self::Register(realm(slug)?),
            [slug, "lost-phone"] => Self::LostPhone(realm(slug)?),
            [slug, "wrong-address"] => Self::WrongAddress(realm(slug)?),
            [slug, "set-password"] => Self::SetPassword(realm(slug)?),
            [slug, "enroll"] => Self::Enroll(realm(slug)?),
            [slug, "invitation", token] => {
                Self::Link(realm(slug)?, Purpose::Invitation, token.to_owned())
            }
            [slug, "reset", token] => {
                Self::Link(realm(slug)?, Purpose::ResetPassword, token.to_owned())
            }
            [slug, "enroll", token] => Self::Link(realm(slug)?, Purpose::Enroll, token.to_owned()),
            [slug, "not-me", token] => Self::Link(realm(slug)?, Purpose::NotMe, token.to_owned()),
            [slug, "case", token] => Self::Link(realm(slug)?, Purpose::Case, token.to_owned()),
            [slug, "replace", token] => {
                Self::Link(realm(slug)?, Purpose::Replace, token.to_owned())
            }
            [slug, "phone", token] => Self::Link(realm(slug)?, Purpose::Phone, token.to_owned()),
            [slug, "confirm-case", id] => Self::ConfirmCase(realm(slug)?, CaseId::new(id)),
            [slug, "confirm-call"] => Self::ConfirmCall(realm(slug)?),
            [slug, "vouch", id] => Self::Vouch(realm(slug)?, CallerCheckId::new(id)),
            [slug, "pin"] => Self::ChangePin(realm(slug)?),
            [slug, "reset-pin"] => Self::ResetPin(realm(slug)?),
            [slug, "undo", token] => Self::Link(realm(slug)?, Purpose::Undo, token.to_owned()),
            [slug, "overview"] => Self::Overview(realm(slug)?),
            [slug, "factor", id] => Self::Factor(realm(slug)?, FactorId::new(id)),
            [slug, "test"] => Self::Test(realm(slug)?),
            [slug, "add"] => Self::Add(realm(slug)?),
            [slug, "add", kind] => Self::AddKind(realm(slug)?, FactorKind::parse(kind)?),
            [slug, "confirm"] => Self::Confirm(realm(slug)?),
            [slug, "recovery-codes"] => Self::RecoveryCodes(realm(slug)?),
            [slug, "sessions"] => Self::Sessions(realm(slug)?),
            [slug, "profile"] => Self::Profile(realm(slug)?),
            [slug, "profile", "second-factor"] => Self::ProfileFactor(realm(slug)?),
            [slug, "profile", "password"] => Self::ProfilePassword(realm(slug)?),
            [slug, "request", kind] => Self::Request(realm(slug)?, FactorKind::parse(kind)?),
            [slug, "approvals"] => Self::Approvals(realm(slug)?),
            [slug, "approvals", id] => Self::Approval(realm(slug)?, ApprovalId::new(id)),
            _ => return None,
        })
    }

    /// What kind of page it is, and nothing of whose: `admin_people`.
    pub fn kind(&self) -> String {
        let mut name = Name(String::new());
        // It stops by an error where the name of the variant ends.
        let _ = write!(name, "{self:?}");
        name.0
    }

    /// Its address.
    pub fn path(&self) -> String {
        match self {
            Self::Start => paths::START.to_owned(),
            Self::SignIn(r) => paths::sign_in(r),
            Self::Forgot(r) => paths::forgot(r),
            Self::Instructions(r) => paths::instructions(r),
            Self::Register(r) => paths::register(r),
            Self::LostPhone(r) => paths::lost_phone(r),
            Self::WrongAddress(r) => paths::wrong_address(r),
            Self::Phone => paths::PHONE.to_owned(),
            Self::Desk => paths::DESK.to_owned(),
            Self::DeskCase(id) => paths::desk_case(id.as_str()),
            Self::DeskPeople => paths::DESK_PEOPLE.to_owned(),
            Self::DeskPerson(id) => paths::desk_person(id.as_str()),
            Self::Link(r, purpose, token) => paths::link(r, *purpose, token),
            Self::SetPassword(r) => paths::set_password(r),
            Self::Enroll(r) => paths::enroll(r),
            Self::Overview(r) => paths::overview(r),
            Self::Factor(r, id) => paths::factor(r, id.as_str()),
            Self::Test(r) => paths::test(r),
            Self::Add(r) => paths::add(r),
            Self::AddKind(r, kind) => paths::add_kind(r, *kind),
            Self::Confirm(r) => paths::confirm(r),
            Self::RecoveryCodes(r) => paths::recovery_codes(r),
            Self::Sessions(r) => paths::sessions(r),
            Self::Profile(r) => paths::profile(r),
            Self::ProfileFactor(r) => paths::profile_factor(r),
            Self::ProfilePassword(r) => paths::profile_password(r),
            Self::Request(r, kind) => paths::request_kind(r, *kind),
            Self::AnyApprovals => paths::APPROVALS.to_owned(),
            Self::Approvals(r) => paths::approvals(r),
            Self::Approval(r, id) => paths::approval(r, id.as_str()),
            Self::Admin => paths::ADMIN.to_owned(),
            Self::AdminPeople(r) => paths::admin_people(r),
            Self::AdminPerson(r, id) => paths::admin_person(r, id.as_str()),
            Self::AdminRoles(r) => paths::admin_roles(r),
            Self::AdminAnnouncements(r) => paths::admin_announcements(r),
            Self::Announcements(r) => paths::announcements(r),
            Self::ChangePin(r) => paths::change_pin(r),
            Self::ResetPin(r) => paths::reset_pin(r),
            Self::ConfirmCase(r, id) => paths::confirm_case(r, id.as_str()),
            Self::ConfirmCall(r) => paths::confirm_call(r),
            Self::Vouch(r, id) => paths::vouch(r, id.as_str()),
            Self::AdminApplications(r) => paths::admin_applications(r),
            Self::AdminApplication(r, id) => paths::admin_application(r, id),
            Self::AdminInvitations(r) => paths::admin_invitations(r),
            Self::AdminTransfers(r) => paths::admin_transfers(r),
            Self::AdminTransfer(r, id) => paths::admin_transfer(r, id.as_str()),
            Self::AdminAudit(r) => paths::admin_audit(r),
            Self::AdminPolicy(r) => paths::admin_policy(r),
        }
    }

    /// Whose page it is.
    pub const fn realm(&self) -> Option<&RealmSlug> {
        match self {
            Self::Start
            | Self::Phone
            | Self::AnyApprovals
            | Self::Admin
            | Self::Desk
            | Self::DeskCase(_)
            | Self::DeskPeople
            | Self::DeskPerson(_) => None,
            Self::SignIn(r)
            | Self::Forgot(r)
            | Self::Instructions(r)
            | Self::Announcements(r)
            | Self::ChangePin(r)
            | Self::ResetPin(r)
            | Self::ConfirmCase(r, _)
            | Self::ConfirmCall(r)
            | Self::Vouch(r, _)
            | Self::Register(r)
            | Self::LostPhone(r)
            | Self::WrongAddress(r)
            | Self::Link(r, ..)
            | Self::SetPassword(r)
            | Self::Enroll(r)
            | Self::Overview(r)
            | Self::Factor(r, _)
            | Self::Test(r)
            | Self::Add(r)
            | Self::AddKind(r, _)
            | Self::Confirm(r)
            | Self::RecoveryCodes(r)
            | Self::Sessions(r)
            | Self::Profile(r)
            | Self::ProfileFactor(r)
            | Self::ProfilePassword(r)
            | Self::Request(r, _)
            | Self::Approvals(r)
            | Self::Approval(r, _)
            | Self::AdminPeople(r)
            | Self::AdminPerson(r, _)
            | Self::AdminInvitations(r)
            | Self::AdminRoles(r)
            | Self::AdminAnnouncements(r)
            | Self::AdminApplications(r)
            | Self::AdminApplication(r, _)
            | Self::AdminTransfers(r)
            | Self::AdminTransfer(r, _)
            | Self::AdminAudit(r)
            | Self::AdminPolicy(r) => Some(r),
        }
    }

    /// Who may see it.
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Start
            | Self::Phone
            | Self::AnyApprovals
            | Self::SignIn(_)
            | Self::Forgot(_)
            | Self::ResetPin(_)
            | Self::ConfirmCall(_)
            | Self::Instructions(_)
            | Self::Announcements(_)
            | Self::Register(_)
            | Self::LostPhone(_)
            | Self::WrongAddress(_)
            | Self::Link(..)
            | Self::SetPassword(_)
            | Self::Enroll(_) => Rule::Anyone,
            Self::Confirm(_)
            | Self::Sessions(_)
            | Self::ConfirmCase(..)
            | Self::Vouch(..)
            | Self::Request(..)
            | Self::Approvals(_)
            | Self::Approval(..)
            | Self::ProfileFactor(_)
            | Self::ProfilePassword(_)
            | Self::Profile(_) => Rule::SignedIn,
            Self::Overview(_) | Self::Factor(..) | Self::Test(_) => Rule::SignedInOrReset,
            Self::Add(_) | Self::AddKind(..) | Self::RecoveryCodes(_) => Rule::Fresh,
            Self::ChangePin(_) => Rule::FreshOrReset,
            Self::Desk | Self::DeskCase(_) | Self::DeskPeople | Self::DeskPerson(_) => Rule::Desk,
            Self::Admin => Rule::AnyAdmin,
            Self::AdminPeople(_)
            | Self::AdminPerson(..)
            | Self::AdminInvitations(_)
            | Self::AdminRoles(_)
            | Self::AdminAnnouncements(_)
            | Self::AdminApplications(_)
            | Self::AdminApplication(..) => Rule::Administrator,
            Self::AdminTransfers(_) | Self::AdminTransfer(..) => Rule::Transfers,
            Self::AdminAudit(_) => Rule::Auditor,
            Self::AdminPolicy(_) => Rule::PolicyReader,
        }
    }

    /// One of each, for tests that walk every page.
    pub fn one_of_each(realm: &RealmSlug) -> Vec<Self> {
        let r = || realm.clone();
        vec![
            Self::Start,
            Self::SignIn(r()),
            Self::Forgot(r()),
            Self::Instructions(r()),
            Self::Link(r(), Purpose::Invitation, "t".into()),
            Self::Link(r(), Purpose::ResetPassword, "t".into()),
            Self::Link(r(), Purpose::Enroll, "t".into()),
            Self::Link(r(), Purpose::NotMe, "t".into()),
            Self::Link(r(), Purpose::Case, "t".into()),
            Self::Link(r(), Purpose::Replace, "t".into()),
            Self::Link(r(), Purpose::Undo, "t".into()),
            Self::Link(r(), Purpose::Phone, "t".into()),
            Self::Phone,
            Self::Announcements(r()),
            Self::ChangePin(r()),
            Self::ResetPin(r()),
            Self::ConfirmCase(r(), CaseId::new("c")),
            Self::ConfirmCall(r()),
            Self::Vouch(r(), CallerCheckId::new("c")),
            Self::Register(r()),
            Self::LostPhone(r()),
            Self::WrongAddress(r()),
            Self::SetPassword(r()),
            Self::Enroll(r()),
            Self::Overview(r()),
            Self::Factor(r(), FactorId::new("f")),
            Self::Test(r()),
            Self::Add(r()),
            Self::AddKind(r(), FactorKind::Totp),
            Self::Confirm(r()),
            Self::RecoveryCodes(r()),
            Self::Sessions(r()),
            Self::Profile(r()),
            Self::ProfileFactor(r()),
            Self::ProfilePassword(r()),
            Self::Request(r(), FactorKind::Sms),
            Self::AnyApprovals,
            Self::Approvals(r()),
            Self::Approval(r(), ApprovalId::new("a")),
            Self::Desk,
            Self::DeskCase(CaseId::new("c")),
            Self::DeskPeople,
            Self::DeskPerson(PersonId::new("p")),
            Self::Admin,
            Self::AdminPeople(r()),
            Self::AdminPerson(r(), PersonId::new("p")),
            Self::AdminInvitations(r()),
            Self::AdminRoles(r()),
            Self::AdminAnnouncements(r()),
            Self::AdminApplications(r()),
            Self::AdminApplication(r(), "a".into()),
            Self::AdminTransfers(r()),
            Self::AdminTransfer(r(), TransferId::new("t")),
            Self::AdminAudit(r()),
            Self::AdminPolicy(r()),
        ]
    }
}

/// Takes the name of a variant down, in lower case, up to what is in it.
struct Name(String);

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for ch in text.chars() {
            if !ch.is_ascii_alphanumeric() {
                return Err(fmt::Error);
            }
            if ch.is_ascii_uppercase() && !self.0.is_empty() {
                self.0.push('_');
            }
            self.0.push(ch.to_ascii_lowercase());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_come_back() {
        let realm = RealmSlug::parse("customers").unwrap();
        for place in Place::one_of_each(&realm) {
            assert_eq!(Place::parse(&place.path()), Some(place));
        }
        assert_eq!(
            Place::parse("/customers/sign-in?lang=de"),
            Some(Place::SignIn(realm))
        );
        assert_eq!(Place::parse("/Customers/sign-in"), None);
        assert_eq!(Place::parse("/customers/nothing"), None);
    }

    #[test]
    fn a_kind_tells_nothing_of_whose_page_it_is() {
        let realm = RealmSlug::parse("customers").unwrap();
        let mut kinds = std::collections::BTreeSet::new();
        for place in Place::one_of_each(&realm) {
            let kind = place.kind();
            assert!(
                kind.chars().all(|c| c == '_' || c.is_ascii_lowercase()),
                "{kind}"
            );
            assert!(!kind.contains("customers"), "{kind}");
            kinds.insert(kind);
        }
        assert!(kinds.contains("admin_people") && kinds.contains("link"));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(path in "\\PC*") {
            let _ = Place::parse(&path);
        }
    }
}
