//! What a person sees of their own account.

use super::CodeTask;
use crate::{FactorKind, Lang, oidc::Scope};
use serde::{Deserialize, Serialize};

/// The factors of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Factors.
    pub factors: Vec<FactorFace>,
    /// What may be added.
    pub offers: Vec<FactorKind>,
    /// Recovery codes left; `None` where the realm has none.
    pub recovery_left: Option<u32>,
    /// Changes are frozen.
    pub frozen: bool,
    /// Factors under one heading: its name, and their kinds. What stands under none
    /// comes last.
    pub groups: Vec<(String, Vec<FactorKind>)>,
    /// A new PIN is being set, and nothing else.
    pub resets_pin: Option<ResetsPin>,
    /// No second factor yet, and the next sign-in asks for one, or the first after
    /// this day (`YYYY-MM-DD`).
    pub due: Option<String>,
    /// Applications that one is signed in to from here.
    pub applications: Vec<Tile>,
    /// How many requests wait for this person; `None` for who decides nobody's.
    pub approvals: Option<usize>,
}

/// An application on the overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// Its name.
    pub name: String,
    /// Its start page.
    pub url: String,
    /// Where that is, for people.
    pub host: String,
    /// What it asks for that not every sign-in proves: ways of which one is enough.
    pub asks: Vec<Vec<FactorKind>>,
    /// What it asks for later.
    pub later: Option<Later>,
}

/// An application asks for something else from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Later {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Ways of which one is enough; none where every sign-in is.
    pub asks: Vec<Vec<FactorKind>>,
    /// The person has none of them yet.
    pub lacks: bool,
}

/// A factor on the overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactorFace {
    /// Its id.
    pub id: String,
    /// What kind.
    pub kind: FactorKind,
    /// Its name.
    pub name: String,
    /// Where codes go, masked.
    pub address: String,
    /// When it was added, in words.
    pub added: String,
    /// When it last let somebody in; empty for never.
    pub used: String,
    /// When it was last tested; empty for never.
    pub tested: String,
    /// Works, or was switched off.
    pub ready: bool,
    /// May be removed.
    pub removable: bool,
    /// The last one that resists phishing: who removes it is told so.
    pub guards: bool,
    /// Of a phone that shows codes without network: when one was last used, empty for
    /// never.
    pub codes: Option<String>,
}

/// How far somebody is who signed in to set a new PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResetsPin {
    /// The PIN is still the old one.
    Before,
    /// It is set: nothing is left to be done but to sign in with it.
    After,
}

/// One factor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactorPage {
    /// A new PIN is being set, and nothing else.
    pub resets_pin: Option<ResetsPin>,
    /// The factor.
    pub factor: FactorFace,
    /// What was typed as a new name.
    pub name: String,
    /// The address that codes go to is changed, never removed.
    pub moves: bool,
}

/// Where one is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sessions {
    /// Newest first.
    pub sessions: Vec<SessionFace>,
    /// Browsers where the password is enough for a while, newest first.
    pub devices: Vec<DeviceFace>,
    /// Applications that may know who one is, the newest first.
    pub consents: Vec<ConsentFace>,
}

/// What a person agreed that an application may know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsentFace {
    /// `client_id`.
    pub id: String,
    /// The application, in the reader's language.
    pub name: String,
    /// What it may know.
    pub scopes: Vec<Scope>,
    /// Since when, in words.
    pub since: String,
}

/// A remembered browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeviceFace {
    /// Its id.
    pub id: String,
    /// The browser in words.
    pub browser: String,
    /// The peer's address when it was remembered.
    pub address: String,
    /// When it last signed in, in words.
    pub used: String,
    /// Until when it is remembered, in words.
    pub until: String,
    /// It is this one.
    pub here: bool,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionFace {
    /// Its id.
    pub id: String,
    /// The browser in words.
    pub browser: String,
    /// The peer's address.
    pub address: String,
    /// When it was opened, in words.
    pub opened: String,
    /// When it was last seen, in words.
    pub seen: String,
    /// It is this one.
    pub here: bool,
}

/// Name, language and addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// There are tabs beside this one: codes over the telephone network, and the password.
    pub tabs: bool,
    /// Name.
    pub name: String,
    /// The language on record, which mails are in.
    pub lang: Lang,
    /// Login.
    pub login: String,
    /// The number of the partner that the person works for; empty for none.
    pub partner: String,
    /// Where codes go, masked, where the person may name another; else empty.
    pub for_codes: String,
    /// The first address.
    pub email: String,
    /// Further addresses for notices: id, address.
    pub addresses: Vec<(String, String)>,
    /// The address that waits for its code, masked.
    pub pending: Option<CodeTask>,
    /// What was typed as a new address.
    pub typed: String,
}

/// Take a change of factors back?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndoChange {
    /// The token, to be posted by the button; empty once it is done.
    pub token: String,
    /// What kind of factor comes back.
    pub kind: FactorKind,
    /// Until when it can be done, in words.
    pub until: String,
    /// It is done.
    pub done: bool,
}

/// "This was not me."
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotMe {
    /// The token, to be posted by the button; empty once it is done.
    pub token: String,
    /// It is done.
    pub done: bool,
}
