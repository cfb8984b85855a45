//! What the store gives back: rows as values. They stand here because the SQL
//! is compiled once per engine, and its types would be two.

use crate::{
    FactorKind, Lang, Timestamp,
    cases::{Case, CaseKind},
    delivery::Told,
    desk_act::DeskAct,
    ids::{CallId, CaseId, FactorId, PersonId, RealmSlug, SessionId},
    link::Purpose,
    message::Way,
    role::Grant,
    screen::Account,
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
    /// The manager on record.
    pub manager: Option<PersonId>,
    /// The telephone number on record, as [`crate::number`] writes it; empty when none
    /// is. It comes from whoever keeps the records, never from the person alone.
    pub number: String,
    /// Since when it is on record.
    pub number_since: Timestamp,
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

    /// The account as its pages name it.
    pub fn account(&self) -> Account {
        Account {
            realm: self.realm.clone(),
            login: self.login.clone(),
        }
    }

    /// What others call them: the name, or the login where there is none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() {
            &self.login
        } else {
            &self.name
        }
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
    /// Until then it signs in and changes nothing ([`crate::probation`]).
    pub probation_until: Option<Timestamp>,
    /// The phone that shows these codes where it has no network; `None` for what is no
    /// part of another factor.
    pub shown_by: Option<FactorId>,
}

impl Factor {
    /// Whether its owner has it for itself: the codes of a phone come, rest and go with
    /// their phone, and stand in no list beside it.
    pub const fn stands_alone(&self) -> bool {
        self.shown_by.is_none()
    }

    /// The codes that this phone shows without network, among all of its owner's factors.
    pub fn codes<'a>(&self, all: &'a [Self]) -> Option<&'a Self> {
        all.iter().find(|f| f.shown_by.as_ref() == Some(&self.id))
    }
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

impl Session {
    /// It was opened to set a new PIN and reaches nothing else: who came by an
    /// emergency password proved nothing that opens an account (A18).
    pub fn resets_pin(&self) -> bool {
        self.proven.contains(&FactorKind::Emergency)
    }

    /// It has done what it was opened for.
    pub fn is_spent(&self) -> bool {
        self.fresh_at == Timestamp::default()
    }
}

/// A browser where the password is enough until a day (C12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: String,
    /// Whose.
    pub person: PersonId,
    /// The browser, as it named itself.
    pub agent: String,
    /// The peer's address when it was remembered.
    pub address: String,
    /// The last sign-in with it.
    pub used_at: Timestamp,
    /// When it is forgotten in any case.
    pub expires_at: Timestamp,
}

/// What somebody of the desk wants to do to a protected account, until a second
/// one agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAct {
    /// Its id.
    pub id: String,
    /// To whom.
    pub person: PersonId,
    /// What.
    pub act: DeskAct,
    /// The factor or message that it is about; empty for the whole account.
    pub subject: String,
    /// The call in which the caller was verified, where the act takes that.
    pub call: Option<CallId>,
    /// Who wants it.
    pub asked_by: PersonId,
    /// As they sign in.
    pub asked_login: String,
    /// Since when.
    pub asked_at: Timestamp,
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
    /// From when it works: when it was made, or, where it waits out a cool-down, the
    /// end of that. The window of a case is not in it: the case says when it opens.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When it was taken back or replaced.
    pub voided_at: Option<Timestamp>,
    /// When its page was first opened.
    pub opened_at: Option<Timestamp>,
    /// What it is about: a case, a reversal; empty where its purpose says it all.
    pub subject: String,
}

/// A challenge as it is stored: one outstanding code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: String,
    /// Which kind of factor it is for; it proves no other.
    pub kind: FactorKind,
    /// Where the code went, as it was.
    pub address: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last sent: to a telephone the same code may go more than once.
    pub sent_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// How many were sent in this ceremony.
    pub sends: i64,
    /// The message that carried it last; empty where nobody asks what became of it.
    pub message: String,
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
    /// The account was set up after this invitation, by its link or another way ("forgot
    /// password" leads an invited person in as well).
    pub set_up: bool,
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
    /// Which way.
    pub way: Way,
    /// The message, sealed.
    pub sealed: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Not to be sent after this.
    pub useless_after: Option<Timestamp>,
    /// Tries so far.
    pub attempts: i64,
    /// Not to be sent before this.
    pub send_at: Timestamp,
}

/// A message as the desk sees it: never what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxSeen {
    /// Its id.
    pub id: String,
    /// [`crate::message::Message::slug`].
    pub slug: String,
    /// Which way.
    pub way: Way,
    /// Where to.
    pub recipient: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried (again).
    pub send_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
    /// When it was given up.
    pub dead_at: Option<Timestamp>,
    /// Why it was not handed over yet.
    pub error: String,
    /// What the gateway told of it since.
    pub told: Option<Told>,
}

/// Whose cases a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhoseCases {
    /// Every case that waits.
    All,
    /// Those of an agent.
    Mine(PersonId),
    /// Those that nobody took.
    Nobodys,
    /// Those whose promise is past.
    Late(Timestamp),
    /// Those that wait no more.
    Done,
}

/// Which cases a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFilter {
    /// Of which realms; at least one.
    pub realms: Vec<RealmSlug>,
    /// Whose.
    pub whose: WhoseCases,
    /// Of one kind.
    pub kind: Option<CaseKind>,
    /// One number.
    pub number: Option<i64>,
    /// A part of the person's name or login, as its key.
    pub search: String,
}

/// A case with the names for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseListed {
    /// The case.
    pub case: Case,
    /// Name of the person, or the login where there is none.
    pub person: String,
    /// Name of who works on it; empty for nobody.
    pub agent: String,
}

/// A change of factors that can be taken back until a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// Its id.
    pub id: String,
    /// Whose factors.
    pub person: PersonId,
    /// What kind came and went.
    pub kind: FactorKind,
    /// The case that brought it.
    pub case: Option<CaseId>,
    /// The factor that came.
    pub added: FactorId,
    /// Those that went.
    pub removed: Vec<FactorId>,
    /// The first address for mails before; `None` where it stayed.
    pub email: Option<String>,
    /// Until when.
    pub until: Timestamp,
}
