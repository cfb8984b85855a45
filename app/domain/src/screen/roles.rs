//! Who holds which role at a realm.

use super::RealmCard;
use crate::{policy::LoginKind, role::Role};
use serde::{Deserialize, Serialize};

/// The holders, for the realm's administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminRoles {
    /// Which realm.
    pub realm: RealmCard,
    /// What staff signs in with.
    pub login_kind: LoginKind,
    /// One page of them, by login.
    pub rows: Vec<RoleRow>,
    /// What was typed.
    pub typed: RoleTyped,
    /// Key of the next page.
    pub next: Option<String>,
    /// Not the first page.
    pub later: bool,
}

/// A role that somebody holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleRow {
    /// The person.
    pub person: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// What they hold.
    pub role: Role,
    /// It is the reader: nobody gives or takes a role of their own.
    pub own: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleTyped {
    /// Whose.
    pub login: String,
    /// Which.
    pub role: String,
}
