//! What stands around every task: the realm, who is signed in, the steps.

use crate::{FactorKind, Lang, ids::RealmSlug};
use serde::{Deserialize, Serialize};

/// What stands around every task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The language of this page.
    pub lang: Lang,
    /// The realm; `None` on the start page and at the desk.
    pub realm: Option<RealmFace>,
    /// Demo mode: said on every page.
    pub demo: bool,
    /// Who is signed in.
    pub person: Option<PersonFace>,
    /// Whose account the page is about, once somebody proved to be them.
    #[serde(default)]
    pub account: Option<Account>,
    /// Where this page lives, for the language switch.
    pub path: String,
    /// The steps of this ceremony; empty where there is one only.
    pub steps: Vec<StepFace>,
    /// How the person wants to see it.
    pub theme: Theme,
    /// The time zone that this browser told; empty where it told none. Times are
    /// shown in it.
    #[serde(default)]
    pub zone: String,
}

/// An account as a page names it, and as a form of that page says it back: what is posted
/// from a page that was left open counts for nobody else who came after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its realm.
    pub realm: RealmSlug,
    /// Its login.
    pub login: String,
}

impl Account {
    /// The field that every form has for it.
    pub const FIELD: &'static str = "about";

    /// As forms carry it: realm, slash, login.
    pub fn text(&self) -> String {
        format!("{}/{}", self.realm, self.login)
    }

    /// Reads [`Self::text`]; `None` for what is none.
    pub fn read(text: &str) -> Option<Self> {
        let (realm, login) = text.split_once('/')?;
        Some(Self {
            realm: RealmSlug::parse(realm)?,
            login: login.to_owned(),
        })
    }
}

/// How a person wants to see the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device has it.
    #[default]
    System,
    /// By day.
    Light,
    /// By night.
    Dark,
}

impl Theme {
    /// The name in the cookie and in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads [`Self::slug`]; everything else is as the device has it.
    pub fn of(text: &str) -> Self {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.slug() == text)
            .unwrap_or_default()
    }
}

/// A realm as people see it, in their language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RealmFace {
    /// Its name in addresses; also gives colour and cut.
    pub slug: RealmSlug,
    /// Its name.
    pub name: String,
    /// Its mark, as the data of an SVG path; empty for the product's.
    pub logo: String,
    /// Telephone number of the service desk.
    pub phone: String,
    /// When somebody answers.
    pub hours: String,
    /// Mail address of the service desk; empty when there is none.
    pub email: String,
    /// Whose pages these are; empty where nothing is said.
    pub copyright: String,
    /// Footer links: name and address.
    pub links: Vec<(String, String)>,
    /// The banner; empty when there is nothing to announce.
    pub announcement: String,
    /// Where more of it stands; empty where the banner says it all.
    pub announcement_path: String,
}

/// A person who is signed in, as the header names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFace {
    /// Name, or the login where there is none.
    pub name: String,
    /// Login.
    pub login: String,
    /// Signed in to set a new PIN, and for nothing else.
    pub resets_pin: bool,
    /// May open administration.
    pub administrates: bool,
    /// May open the service desk.
    pub serves: bool,
}

/// One step of a ceremony.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// Address or name, and password.
    Credentials,
    /// A second factor of this kind.
    Factor(FactorKind),
    /// Choosing a method.
    ChooseMethod,
    /// Setting it up.
    SetUp,
    /// Recovery codes.
    RecoveryCodes,
    /// Finding the account.
    Identify,
    /// The new password.
    NewPassword,
    /// The new PIN.
    NewPin,
    /// The form of a case.
    CaseForm,
    /// The desk decides.
    CaseDecided,
}

/// A step and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFace {
    /// Which.
    pub name: StepName,
    /// Behind us, here, ahead.
    pub state: StepState,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Ahead,
}
