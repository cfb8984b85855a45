//! What a realm tells everybody for a while: a sentence above every page, and a
//! page with the details (dealers guide; C15).

use crate::{
    Lang, Timestamp,
    ids::{AnnouncementId, RealmSlug},
    policy::Both,
};
use serde::{Deserialize, Serialize};

/// Who sees an announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever opens a page of the realm.
    #[default]
    Everybody,
    /// Who is signed in there.
    SignedIn,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 2] = [Self::Everybody, Self::SignedIn];

    /// The name in tables and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::SignedIn => "signed_in",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.slug() == text)
    }
}

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its id.
    pub id: AnnouncementId,
    /// Whose.
    pub realm: RealmSlug,
    /// The sentence.
    pub text: Both,
    /// The details; empty where the sentence says it all.
    pub details: Both,
    /// Who sees it.
    pub audience: Audience,
    /// From when.
    pub begins_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Taken back before its end.
    pub withdrawn_at: Option<Timestamp>,
}

/// Where an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnouncementState {
    /// It begins later.
    Planned,
    /// It is shown.
    Shown,
    /// Its time is over.
    Over,
    /// It was taken back.
    Withdrawn,
}

impl Announcement {
    /// Where it stands; judged at use, so nothing has to end it.
    pub fn state(&self, now: Timestamp) -> AnnouncementState {
        if self.withdrawn_at.is_some() {
            AnnouncementState::Withdrawn
        } else if now < self.begins_at {
            AnnouncementState::Planned
        } else if now < self.ends_at {
            AnnouncementState::Shown
        } else {
            AnnouncementState::Over
        }
    }

    /// Whether somebody sees it now.
    pub fn is_for(&self, signed_in: bool, now: Timestamp) -> bool {
        let reaches = signed_in || self.audience == Audience::Everybody;
        reaches && self.state(now) == AnnouncementState::Shown
    }

    /// The sentence in a language.
    pub fn text(&self, lang: Lang) -> &str {
        self.text.get(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_seen_in_its_time_by_its_audience() {
        let both = |text: &str| Both {
            en: text.into(),
            de: text.into(),
        };
        let at = Timestamp::from_millis;
        let mut one = Announcement {
            id: AnnouncementId::new("a"),
            realm: RealmSlug::parse("dealers").unwrap(),
            text: both("x"),
            details: both(""),
            audience: Audience::SignedIn,
            begins_at: at(10),
            ends_at: at(20),
            withdrawn_at: None,
        };
        for (now, state, seen) in [
            (9, AnnouncementState::Planned, false),
            (10, AnnouncementState::Shown, true),
            (19, AnnouncementState::Shown, true),
            (20, AnnouncementState::Over, false),
        ] {
            assert_eq!(one.state(at(now)), state);
            assert_eq!(one.is_for(true, at(now)), seen);
            assert!(!one.is_for(false, at(now)));
        }
        one.audience = Audience::Everybody;
        assert!(one.is_for(false, at(10)));
        one.withdrawn_at = Some(at(11));
        assert_eq!(one.state(at(12)), AnnouncementState::Withdrawn);
        assert!(!one.is_for(true, at(12)));
    }
}
