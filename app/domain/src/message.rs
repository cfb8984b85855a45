//! What is said to people outside the page. The courier finds the words; the
//! outbox keeps the message (sealed) until it is sent.

use crate::{
    FactorKind, Timestamp, approval, cases::Told, ids::FactorId, link::Anew, phone::Purpose,
    role::Role, secret::Secret,
};
use serde::{Deserialize, Serialize};

/// Which way a message goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To a mailbox.
    #[default]
    Mail,
    /// To the browser of a phone (RFC 8030).
    Push,
    /// To a telephone, as a text.
    Sms,
    /// To a telephone, spoken.
    Voice,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Mail, Self::Push, Self::Sms, Self::Voice];

    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Push => "push",
            Self::Sms => "sms",
            Self::Voice => "voice",
        }
    }

    /// Reads [`Self::slug`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.slug() == text)
    }
}

/// One thing to say, without the words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Message {
    /// You are invited: set up your account.
    Invitation {
        /// The page that the link leads to, built from the configured address.
        link: Secret,
        /// Until when it works.
        valid_until: Timestamp,
    },
    /// You registered: a link that confirms the address, and a short code for
    /// another device.
    Register {
        /// The page that the link leads to.
        link: Secret,
        /// Eight digits for the page that asked.
        code: Secret,
        /// Until when both work.
        valid_until: Timestamp,
        /// Who asked.
        asked: Asked,
    },
    /// To the contact of somebody's partner: the code with which that person names
    /// the address for codes.
    AddressCode {
        /// Twelve characters (60 bits), in groups.
        code: Secret,
        /// For whom, as the contact knows them.
        who: String,
        /// Until when it works.
        valid_until: Timestamp,
    },
    /// To the manager of somebody who opened a case: a page where they vouch for
    /// them.
    ConfirmCase {
        /// The number of the case.
        name: String,
        /// Who opened it.
        who: String,
        /// The page; it asks to sign in.
        link: Secret,
    },
    /// To the manager of somebody who calls the service desk: a page where they say
    /// whether it is them.
    Vouch {
        /// "CL-20412".
        call: String,
        /// Who calls.
        who: String,
        /// Who of the service desk asks.
        agent: String,
        /// The page; it asks to sign in.
        link: Secret,
        /// Until when an answer counts.
        valid_until: Timestamp,
    },
    /// To the manager of somebody who asks for codes over the telephone network, or to who
    /// stands in: a page where they decide.
    Approve {
        /// "AP-20417".
        name: String,
        /// Who asks.
        who: String,
        /// For which codes.
        kind: FactorKind,
        /// It was said before, and still waits.
        again: bool,
        /// The page; it asks to sign in.
        link: Secret,
        /// Until when an answer counts.
        valid_until: Timestamp,
    },
    /// Reset your password: a link, and a short code for another device.
    ResetPassword {
        /// The page that the link leads to.
        link: Secret,
        /// Eight digits for the page that asked.
        code: Secret,
        /// Until when both work.
        valid_until: Timestamp,
        /// The browser that asked, in words, and when.
        asked: Asked,
    },
    /// A reset was asked for an account that has no password to reset: it is
    /// invited and not yet set up.
    ResetWithoutAccount,
    /// A code to sign in.
    SignInCode {
        /// The digits.
        code: Secret,
        /// Until when.
        valid_until: Timestamp,
        /// Who asked.
        asked: Asked,
        /// The time zone of the browser that the code is typed in; empty where it
        /// is not known.
        #[serde(default)]
        zone: String,
    },
    /// A code that proves a mailbox before it becomes a factor or an address
    /// for notices.
    ConfirmAddress {
        /// The digits.
        code: Secret,
        /// Until when.
        valid_until: Timestamp,
        /// As for [`Self::SignInCode`].
        #[serde(default)]
        zone: String,
    },
    /// To the leads of the desk: something that they look into.
    Alert {
        /// What.
        #[serde(default)]
        why: Alarm,
        /// About whom, as the desk knows them; what numbers begin with, where it is about
        /// those.
        who: String,
        /// Their page at the desk, or where it is looked into; it asks to sign in.
        link: Secret,
    },
    /// The service desk calls back: digits that whoever answers reads to the agent.
    /// Only ever spoken.
    CallBack {
        /// The digits.
        code: Secret,
        /// Who of the service desk asks.
        agent: String,
        /// Until when they count.
        valid_until: Timestamp,
    },
    /// To a telephone that got codes until now: they go elsewhere. Only ever a text or
    /// spoken, and never with a link.
    LineLeft {
        /// Since when.
        at: Timestamp,
    },
    /// A phone is asked: a short message that wakes its page, no more.
    PhoneAsked {
        /// Which phone.
        factor: FactorId,
        /// What for.
        purpose: Purpose,
        /// Until when it waits.
        valid_until: Timestamp,
    },
    /// Something changed; told to every address.
    Notice {
        /// What.
        what: Notice,
        /// When.
        at: Timestamp,
        /// From where.
        asked: Asked,
        /// The page with "This was not me" (it acts only by its button).
        not_me: Secret,
        /// The page that takes the change back, where it can be.
        #[serde(default)]
        undo: Option<Undo>,
    },
    /// What became of a case; told to every address.
    Case {
        /// Its number, as people say it.
        name: String,
        /// What it is about.
        kind: crate::cases::CaseKind,
        /// What became of it.
        told: Told,
        /// The page with its state and with "This was not me".
        follow: Secret,
        /// From where it was asked.
        asked: Asked,
    },
    /// A case was approved and its wait is over: set the new factor up.
    Replace {
        /// The number of the case.
        name: String,
        /// The page.
        link: Secret,
        /// Until when it works.
        valid_until: Timestamp,
    },
    /// A one-time link for the first administrator, a demo person, or who lost what they
    /// sign in with.
    EnrollLink {
        /// The page.
        link: Secret,
        /// Until when.
        valid_until: Timestamp,
        /// What it sets up.
        #[serde(default)]
        anew: Anew,
    },
}

/// What the leads of the desk look into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// Somebody said "this was not me".
    #[default]
    NotMe,
    /// So many emergency passwords were issued that no more are for a while; the one
    /// who is named issued the last one.
    ManyIssued,
    /// Somebody who was read the code of a check says that they did not call.
    Denied,
    /// So many SMS and calls went to numbers that begin alike that no more do for a
    /// while; the beginning is named.
    ManyToPrefix,
    /// One number had as many SMS and calls as it may within a day; it is named, masked.
    ManyToNumber,
    /// The realm's SMS and calls of a day have gone out.
    ManyToday,
    /// The realm's money for SMS and calls of a day is spent.
    BudgetSpent,
}

impl Alarm {
    /// Whether it is about the realm as a whole, and not about somebody.
    pub const fn is_of_realm(self) -> bool {
        matches!(
            self,
            Self::ManyToPrefix | Self::ManyToNumber | Self::ManyToday | Self::BudgetSpent
        )
    }
}

/// A way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The page (it acts only by its button).
    pub link: Secret,
    /// Until when.
    pub valid_until: Timestamp,
}

/// Which browser asked, from where: never a place in the world that we guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// "Firefox on Windows"; empty when unknown.
    pub browser: String,
    /// The peer's address.
    pub address: String,
    /// When.
    pub at: Timestamp,
}

/// A change that people are told about (NIST SP 800-63B-4, 4.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Notice {
    /// A factor was added.
    FactorAdded {
        /// What kind.
        kind: FactorKind,
        /// Its name; empty when the kind says it all.
        name: String,
    },
    /// Codes by e-mail go to another address.
    CodesMoved {
        /// Where, masked.
        address: String,
    },
    /// A factor was removed.
    FactorRemoved {
        /// What kind.
        kind: FactorKind,
        /// Its name.
        name: String,
    },
    /// The password was set anew.
    PasswordSet,
    /// The PIN was set anew.
    PinSet,
    /// New recovery codes were made; the old ones are void.
    RecoveryCodesMade,
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// A factor was locked or disabled after wrong tries.
    Locked {
        /// What kind.
        kind: FactorKind,
    },
    /// A passkey was switched off because a copy of it may exist.
    PasskeyCloned {
        /// Its name.
        name: String,
    },
    /// An address for notices was added.
    AddressAdded {
        /// Which, masked.
        address: String,
    },
    /// An address for notices was removed.
    AddressRemoved {
        /// Which, masked.
        address: String,
    },
    /// A sign-in from a browser not seen before.
    NewBrowser,
    /// "This was not me": changes are frozen, sessions ended.
    Frozen,
    /// The freeze was lifted by staff.
    FreezeLifted,
    /// Every session was ended by staff.
    SessionsEnded,
    /// The account was disabled by staff.
    Disabled,
    /// The account was enabled by staff.
    Enabled,
    /// Tries were cleared by staff.
    Unlocked,
    /// A factor was switched off by staff.
    FactorSuspended {
        /// What kind.
        kind: FactorKind,
        /// Its name.
        name: String,
    },
    /// A factor was switched on again by staff.
    FactorResumed {
        /// What kind.
        kind: FactorKind,
        /// Its name.
        name: String,
    },
    /// The PIN was changed.
    PinChanged,
    /// The service desk gave out an emergency password.
    EmergencyIssued {
        /// Until when it works.
        valid_until: Timestamp,
    },
    /// The emergency password was used: a new PIN can be set.
    EmergencyUsed,
    /// The emergency password is void.
    EmergencyVoided,
    /// Their manager told the service desk that it is them who calls.
    ManagerVouched {
        /// Who.
        manager: String,
    },
    /// The service desk called the number on record, and was told its digits.
    CalledBack {
        /// Which, masked.
        number: String,
    },
    /// The number on record is another one, or none.
    NumberChanged {
        /// Which, masked; empty for none.
        number: String,
    },
    /// The manager on record is another one, or nobody.
    ManagerChanged {
        /// Who; empty for nobody.
        manager: String,
    },
    /// Codes by SMS or call go to another number.
    NumberMoved {
        /// Which kind of code.
        kind: FactorKind,
        /// Where they go now, masked.
        number: String,
    },
    /// The service desk switched codes from SMS to calls, or back.
    LineSwitched {
        /// What kind they are now.
        kind: FactorKind,
        /// Where they go, masked.
        number: String,
    },
    /// What became of a request for codes over the telephone network.
    Approval {
        /// "AP-20417".
        name: String,
        /// For which codes.
        kind: FactorKind,
        /// Where they would go, masked.
        number: String,
        /// What became of it.
        told: approval::Told,
    },
    /// Somebody decides in the place of the reader for a while.
    Deputy {
        /// Who.
        name: String,
        /// For so many days.
        days: i64,
    },
    /// The reader decides in the place of somebody for a while.
    StandsIn {
        /// Of whom.
        name: String,
        /// For so many days.
        days: i64,
    },
    /// The service desk mails a link to enroll anew.
    EnrollAnew {
        /// In so many minutes; 0 for now.
        minutes: i64,
        /// What it sets up.
        #[serde(default)]
        anew: Anew,
    },
    /// The phone was asked so often that it is left in peace for a while.
    PhoneLeftInPeace,
    /// A role was given by an administrator.
    RoleGiven {
        /// Which.
        role: Role,
        /// At which realm, by its name.
        at: String,
    },
    /// A role was taken away by an administrator.
    RoleTaken {
        /// Which.
        role: Role,
        /// At which realm, by its name.
        at: String,
    },
    /// A change of factors was taken back.
    ChangeUndone {
        /// What kind.
        kind: FactorKind,
    },
}

impl Notice {
    /// Whether staff did it, or a manager: from a browser of theirs, which is nobody's
    /// business outside.
    pub const fn is_by_staff(&self) -> bool {
        matches!(
            self,
            Self::FreezeLifted
                | Self::SessionsEnded
                | Self::Disabled
                | Self::Enabled
                | Self::Unlocked
                | Self::FactorSuspended { .. }
                | Self::FactorResumed { .. }
                | Self::EmergencyIssued { .. }
                | Self::ManagerVouched { .. }
                | Self::CalledBack { .. }
                | Self::NumberChanged { .. }
                | Self::ManagerChanged { .. }
                | Self::LineSwitched { .. }
                | Self::StandsIn { .. }
                | Self::EnrollAnew { .. }
                | Self::RoleGiven { .. }
                | Self::RoleTaken { .. }
                | Self::Approval {
                    told: approval::Told::Approved { .. } | approval::Told::Declined { .. },
                    ..
                }
        )
    }
}

impl Message {
    /// After this moment the message is useless and must not be sent: a late
    /// code only confuses (`security.md`, 4).
    pub const fn useless_after(&self) -> Option<Timestamp> {
        match self {
            Self::Invitation { valid_until, .. }
            | Self::Register { valid_until, .. }
            | Self::ResetPassword { valid_until, .. }
            | Self::SignInCode { valid_until, .. }
            | Self::ConfirmAddress { valid_until, .. }
            | Self::EnrollLink { valid_until, .. }
            | Self::AddressCode { valid_until, .. }
            | Self::CallBack { valid_until, .. }
            | Self::PhoneAsked { valid_until, .. }
            | Self::Vouch { valid_until, .. }
            | Self::Approve { valid_until, .. }
            | Self::Replace { valid_until, .. } => Some(*valid_until),
            Self::Notice {
                undo: Some(undo), ..
            } => Some(undo.valid_until),
            Self::ResetWithoutAccount
            | Self::Notice { .. }
            | Self::ConfirmCase { .. }
            | Self::Alert { .. }
            | Self::LineLeft { .. }
            | Self::Case { .. } => None,
        }
    }

    /// Which way it goes, where nothing else is said.
    pub const fn way(&self) -> Way {
        match self {
            Self::PhoneAsked { .. } => Way::Push,
            Self::CallBack { .. } => Way::Voice,
            _ => Way::Mail,
        }
    }

    /// The name of its template, its tests and its metrics.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Register { .. } => "register",
            Self::ResetPassword { .. } => "reset_password",
            Self::ResetWithoutAccount => "reset_without_account",
            Self::SignInCode { .. } => "sign_in_code",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::CallBack { .. } => "call_back",
            Self::LineLeft { .. } => "line_left",
            Self::PhoneAsked { .. } => "phone_asked",
            Self::Alert { .. } => "alert",
            Self::Notice { .. } => "notice",
            Self::EnrollLink { .. } => "enroll_link",
            Self::AddressCode { .. } => "address_code",
            Self::ConfirmCase { .. } => "confirm_case",
            Self::Vouch { .. } => "vouch",
            Self::Approve { .. } => "approve",
            Self::Case { .. } => "case",
            Self::Replace { .. } => "replace",
        }
    }
}
