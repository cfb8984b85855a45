//! What the store gives back: rows as values. They stand here because the SQL
//! is compiled once per engine, and its types would be two.

use crate::{
    FactorKind, Lang, Timestamp,
    ids::{FactorId, PersonId, RealmSlug, SessionId},
    link::Purpose,
    role::Grant,
};

/// A user of a realm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Its realm.
    pub realm: RealmSlug,
    /// What the person signs in with, as it is shown.
    pub login: String,
    /// Name; empty when none was given.
    pub name: String,
    /// The language of messages and, without another choice, of pages.
    pub lang: Lang,
    /// The first address for mails.
    pub email: String,
    /// Set when staff disabled the account.
    pub disabled_at: Option<Timestamp>,
    /// Set when "this was not me" froze changes.
    pub frozen_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// The organisation that the person works for, where the realm knows one.
    pub partner: Option<Partner>,
    /// Counts changes of what protects the account; pending ceremonies of an
    /// older epoch are void (XA19).
    pub epoch: i64,
}

/// The organisation behind a person, as it is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its number, as partners quote it.
    pub number: String,
    /// The domain of its mailboxes; empty when none is on record.
    pub mail_domain: String,
    /// Whom to tell of its people's changes; empty when nobody is on record.
    pub contact: String,
}

impl Person {
    /// May sign in.
    pub const fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }
}

/// A factor as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its id.
    pub id: FactorId,
    /// Whose.
    pub person: PersonId,
    /// What kind.
    pub kind: FactorKind,
    /// Its name; empty when the kind says it all.
    pub name: String,
    /// Sealed secret or public key material; empty where there is none.
    pub secret: Vec<u8>,
    /// Address for codes.
    pub address: String,
    /// WebAuthn credential id, base64url.
    pub credential: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last let somebody in.
    pub used_at: Option<Timestamp>,
    /// When its owner last tested it.
    pub tested_at: Option<Timestamp>,
    /// Set when it was switched off.
    pub disabled_at: Option<Timestamp>,
    /// The last TOTP step that was used up (RFC 6238, 5.2).
    pub last_step: i64,
}

/// A session with its person, read in one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name for the owner.
    pub id: SessionId,
    /// In which realm.
    pub realm: RealmSlug,
    /// Who.
    pub person: Person,
    /// What was proven, in order.
    pub proven: Vec<FactorKind>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The last proof; changes of factors ask for a fresh one.
    pub fresh_at: Timestamp,
    /// The last request.
    pub seen_at: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
    /// The browser, as it names itself.
    pub agent: String,
    /// The peer's address at the opening.
    pub address: String,
    /// Roles of the person, read anew each time.
    pub grants: Vec<Grant>,
}

/// A ceremony as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    /// The machine's state and what the page needs, as JSON.
    pub state: String,
    /// Counts saves; a save of an older version loses.
    pub version: i64,
    /// When it is too old.
    pub expires_at: Timestamp,
}

/// A one-time link as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// What it is good for.
    pub purpose: Purpose,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was taken back or replaced.
    pub voided_at: Option<Timestamp>,
    /// When its page was first opened.
    pub opened_at: Option<Timestamp>,
}

/// A challenge as it is stored: one outstanding code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: String,
    /// Where the code went, as it was.
    pub address: String,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// How many were sent in this ceremony.
    pub sends: i64,
    /// How many wrong tries it has had.
    pub tries: i64,
}

/// An invitation with its person, for the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The link.
    pub link: Link,
    /// Who was invited.
    pub name: String,
    /// Where it went.
    pub email: String,
    /// Set when the mail could not be delivered.
    pub dead: bool,
    /// Set when the mail was sent.
    pub sent: bool,
}

/// A message on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id.
    pub id: String,
    /// Whose; the sender looks up name and language.
    pub person: Option<PersonId>,
    /// In which realm.
    pub realm: RealmSlug,
    /// Where to.
    pub recipient: String,
    /// In which language.
    pub lang: Lang,
    /// The message, sealed.
    pub sealed: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Not to be sent after this.
    pub useless_after: Option<Timestamp>,
    /// Tries so far.
    pub attempts: i64,
}
