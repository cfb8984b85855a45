//! Every address of the portal, as a function. Links, redirects and mails all
//! use these, so an address is changed in one place.

use crate::{FactorKind, ids::RealmSlug, region::Region};

/// The start page: regions and realms.
pub const START: &str = "/";
/// The service desk.
pub const DESK: &str = "/desk";
/// Approvals of managers.
pub const APPROVALS: &str = "/approvals";
/// Administration.
pub const ADMIN: &str = "/admin";
/// The phone companion.
pub const PHONE: &str = "/phone";
/// The codes that a phone shows without network: a page that says nothing of anybody.
pub const PHONE_CODES: &str = "/phone/codes";
/// The realm that staff belong to and sign in at.
pub const STAFF_REALM: &str = "workforce";

/// The realms of a region, on the start page.
pub fn region(region: Region) -> String {
    format!("/?region={}", region.slug())
}

macro_rules! in_realm {
    ($($(#[$doc:meta])* $name:ident = $tail:literal),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $name(realm: &RealmSlug) -> String { format!(concat!("/{}", $tail), realm) }
    )+};
}

in_realm! {
    /// Sign-in, every step of it.
    sign_in = "/sign-in",
    /// The factors of the person who is signed in.
    overview = "/overview",
    /// Where one is signed in.
    sessions = "/sessions",
    /// Name, language and addresses for notices.
    profile = "/profile",
    /// Where codes go, how, and what is to change.
    profile_factor = "/profile/second-factor",
    /// The password.
    profile_password = "/profile/password",
    /// What one's people ask, for managers.
    approvals = "/approvals",
    /// "Forgot username or password?"
    forgot = "/forgot",
    /// The page behind a link, at a clean address: confirm, new password.
    set_password = "/set-password",
    /// Recovery codes: offered, made, shown once.
    recovery_codes = "/recovery-codes",
    /// Proving oneself anew before a change of factors.
    confirm = "/confirm",
    /// Testing a factor.
    test = "/test",
    /// Adding a factor: the choice.
    add = "/add",
    /// How to sign in, step by step.
    instructions = "/instructions",
    /// What the realm announces, in full.
    announcements = "/announcements",
    /// A new PIN.
    change_pin = "/pin",
    /// "Forgot your PIN?", every step of it.
    reset_pin = "/reset-pin",
    /// Making an account of one's own.
    register = "/register",
    /// The form for a lost phone, and what became of it.
    lost_phone = "/lost-phone",
    /// The form for a wrong address, and what became of it.
    wrong_address = "/wrong-address",
    /// A caller shows the service desk that it is them.
    confirm_call = "/confirm-call",
    /// The page behind an enrol link, at a clean address.
    enroll = "/enroll",
}

/// Adding a factor of a kind.
pub fn add_kind(realm: &RealmSlug, kind: FactorKind) -> String {
    format!("/{realm}/add/{}", kind.slug())
}

/// The page of one factor: test, rename, remove.
pub fn factor(realm: &RealmSlug, id: &str) -> String {
    format!("/{realm}/factor/{id}")
}

/// The page that a mailed link opens; its button goes on.
pub fn link(realm: &RealmSlug, purpose: crate::link::Purpose, token: &str) -> String {
    use crate::link::Purpose;
    let place = match purpose {
        Purpose::Invitation => "invitation",
        Purpose::ResetPassword => "reset",
        Purpose::Enroll => "enroll",
        Purpose::NotMe => "not-me",
        Purpose::Case => "case",
        Purpose::Replace => "replace",
        Purpose::Undo => "undo",
        // No page: the code is typed on the one that names the address.
        Purpose::AddressCode => "address-code",
        Purpose::Phone => "phone",
    };
    format!("/{realm}/{place}/{token}")
}

/// A case that one's report opened, for their manager.
pub fn confirm_case(realm: &RealmSlug, id: &str) -> String {
    format!("/{realm}/confirm-case/{id}")
}

/// What one of one's people asks, for managers.
pub fn approval(realm: &RealmSlug, id: &str) -> String {
    format!("/{realm}/approvals/{id}")
}

/// Asking for codes of a kind.
pub fn request_kind(realm: &RealmSlug, kind: FactorKind) -> String {
    format!("/{realm}/request/{}", kind.slug())
}

/// A check of a caller, for their manager.
pub fn vouch(realm: &RealmSlug, id: &str) -> String {
    format!("/{realm}/vouch/{id}")
}

/// People of a realm, for administrators.
pub fn admin_people(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/people")
}

/// One person, for administrators.
pub fn admin_person(realm: &RealmSlug, id: &str) -> String {
    format!("/admin/{realm}/people/{id}")
}

/// Invitations of a realm.
pub fn admin_invitations(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/invitations")
}

/// Who holds which role at a realm.
pub fn admin_roles(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/roles")
}

/// Announcements of a realm.
pub fn admin_announcements(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/announcements")
}

/// Applications of a realm.
pub fn admin_applications(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/applications")
}

/// One of them.
pub fn admin_application(realm: &RealmSlug, id: &str) -> String {
    format!("/admin/{realm}/applications/{id}")
}

/// Imports and exports of a realm.
pub fn admin_transfers(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/transfers")
}

/// One import or export.
pub fn admin_transfer(realm: &RealmSlug, id: &str) -> String {
    format!("/admin/{realm}/transfers/{id}")
}

/// The file of an export, or the report of an import.
pub fn admin_transfer_file(realm: &RealmSlug, id: &str) -> String {
    format!("/admin/{realm}/transfers/{id}/file")
}

/// The audit trail of a realm.
pub fn admin_audit(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/audit")
}

/// The policy of a realm, in words.
pub fn admin_policy(realm: &RealmSlug) -> String {
    format!("/admin/{realm}/policy")
}

/// One case at the desk.
pub fn desk_case(id: &str) -> String {
    format!("{DESK}/cases/{id}")
}

/// People, for the desk.
pub const DESK_PEOPLE: &str = "/desk/people";

/// One person, for the desk.
pub fn desk_person(id: &str) -> String {
    format!("{DESK_PEOPLE}/{id}")
}
