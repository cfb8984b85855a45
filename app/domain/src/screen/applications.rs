//! What administrators see of the applications of a realm.

use super::RealmCard;
use crate::{FactorKind, oidc::Kind};
use serde::{Deserialize, Serialize};

/// Applications of a realm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminApplications {
    /// Which realm.
    pub realm: RealmCard,
    /// Those of the policy first.
    pub rows: Vec<ApplicationRow>,
    /// What was typed.
    pub typed: ApplicationTyped,
}

/// One of them in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// `client_id`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is able to do.
    pub kind: Kind,
    /// Its start page.
    pub url: String,
    /// Where it stands.
    pub state: ApplicationState,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// The policy file has it: it is changed there.
    Policy,
    /// In use.
    On,
    /// Out of use.
    Off,
    /// The policy file has another one by this name, or on this host, which comes first.
    Hidden,
}

/// One application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminApplication {
    /// Which realm.
    pub realm: RealmCard,
    /// Where it stands.
    pub state: ApplicationState,
    /// What is said of it.
    pub typed: ApplicationTyped,
    /// Counts its changes.
    pub version: i64,
    /// How many secrets it has.
    pub secrets: u32,
    /// The one that was drawn just now: it is shown this once.
    pub secret: String,
    /// Where it finds the provider.
    pub issuer: String,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationTyped {
    /// `client_id`.
    pub client_id: String,
    /// What it is able to do.
    pub kind: Kind,
    /// Its name in English.
    pub name_en: String,
    /// And in German.
    pub name_de: String,
    /// Its start page.
    pub url: String,
    /// Where codes may go, one to a line.
    pub redirect_uris: String,
    /// Where people may go who signed out, one to a line.
    pub after_uris: String,
    /// Where it hears that a session ended; empty for nowhere.
    pub backchannel_uri: String,
    /// Name of the algorithm that signs its tokens.
    pub signing: String,
    /// It may learn name, login and language.
    pub profile: bool,
    /// It may learn the address.
    pub email: bool,
    /// It gets refresh tokens.
    pub offline: bool,
    /// People are asked before it hears of them.
    pub consent: bool,
    /// The chains of the realm, those ticked that alone open it.
    pub chains: Vec<ChainTyped>,
    /// The day from which they are asked for; empty for always.
    pub since: String,
}

/// A chain of the realm, in the form of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainTyped {
    /// Its factors' names, as forms send them.
    #[serde(default)]
    pub name: String,
    /// Its factors.
    #[serde(default)]
    pub kinds: Vec<FactorKind>,
    /// It opens the application.
    #[serde(default)]
    pub on: bool,
    /// The day from which it does; empty for always.
    #[serde(default)]
    pub from: String,
    /// The day before which it does; empty for always.
    #[serde(default)]
    pub before: String,
}
