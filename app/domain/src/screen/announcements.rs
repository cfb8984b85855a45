//! What a realm announces: to its readers, and to whoever writes it.

use super::RealmCard;
use crate::announcement::{AnnouncementState, Audience};
use serde::{Deserialize, Serialize};

/// What is announced now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Announcements {
    /// Since when in words, the sentence, the details; newest first.
    pub all: Vec<(String, String, String)>,
}

/// Announcements of a realm, for its administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdminAnnouncements {
    /// Which realm.
    pub realm: RealmCard,
    /// Newest first.
    pub rows: Vec<AnnouncementRow>,
    /// What was typed.
    pub typed: AnnouncementTyped,
    /// The time zone that times are meant in.
    pub zone: String,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnnouncementRow {
    /// Id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Who sees it.
    pub audience: Audience,
    /// From when, in words.
    pub begins: String,
    /// Until when, in words.
    pub ends: String,
    /// Where it stands.
    pub state: AnnouncementState,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementTyped {
    /// The sentence in English.
    pub text_en: String,
    /// And in German.
    pub text_de: String,
    /// The details in English.
    pub details_en: String,
    /// And in German.
    pub details_de: String,
    /// Who sees it.
    pub audience: Audience,
    /// From when, as `YYYY-MM-DDTHH:MM` in the realm's zone; empty for now.
    pub begins: String,
    /// Until when.
    pub ends: String,
}
