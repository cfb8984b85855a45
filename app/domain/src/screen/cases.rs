//! What a person sees of a case of their own.

use crate::cases::CaseKind;
use serde::{Deserialize, Serialize};

/// The form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseForm {
    /// What it is about.
    pub kind: CaseKind,
    /// What was typed, or stands on record.
    pub typed: FormTyped,
    /// The privacy policy that is agreed to.
    pub privacy_url: String,
    /// What the browser works on before it posts.
    pub work: String,
    /// Until when an answer is promised, in words.
    pub due: String,
    /// Hours of working days until then.
    pub answer_hours: i64,
    /// Hours to wait after an approval, where nothing else is proven.
    pub wait_hours: i64,
    /// A proof beside the password shortens the wait: recovery codes are left, or
    /// there is another device.
    pub shortens: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTyped {
    /// First name, or the full name.
    pub given: String,
    /// Last name.
    pub family: String,
    /// The code of the country, "+49".
    pub country: String,
    /// The number behind it.
    pub phone: String,
    /// Address.
    pub email: String,
    /// Login.
    pub login: String,
    /// The partner's number.
    pub partner: String,
    /// What happened.
    pub story: String,
    /// Agreed.
    pub consent: bool,
}

/// Where a case stands, for who asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseState {
    /// "LP-20318".
    pub name: String,
    /// What it is about.
    pub kind: CaseKind,
    /// Where it stands.
    pub stage: StageFace,
    /// When it was asked, in words.
    pub asked: String,
    /// The token of the page, for its buttons; empty behind the password, where
    /// it may be taken back but not reported.
    pub token: String,
    /// It can still be stopped.
    pub stoppable: bool,
    /// What the person reads to their manager, who can vouch for them; empty where
    /// there is nobody to read it to.
    pub manager_code: String,
}

/// A case that one's report opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfirmCase {
    /// Its id.
    pub id: String,
    /// "LP-20318".
    pub name: String,
    /// What it is about.
    pub kind: CaseKind,
    /// Who asked.
    pub person: String,
    /// At which realm, by its name.
    pub at: String,
    /// When, in words.
    pub asked: String,
    /// It still waits for the manager's word.
    pub waits: bool,
}

/// Where a case stands, in the reader's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageFace {
    /// It waits for the desk.
    Waiting {
        /// Until when an answer is promised.
        due: String,
        /// Somebody looks into it.
        taken: bool,
    },
    /// Approved; the way in is not open yet.
    Cooling {
        /// When it opens.
        opens: String,
    },
    /// Approved; the way in is open.
    Ready {
        /// Until when.
        closes: String,
    },
    /// The answer was no.
    Declined {
        /// Why.
        reason: String,
    },
    /// "This was not me."
    Vetoed,
    /// Taken back.
    Withdrawn,
    /// The window closed unused.
    Lapsed,
    /// The new factor works.
    Used,
    /// Taken back afterwards.
    Undone,
}
