//! What a person may try again. A refusal is an `Ok` answer with a stable code
//! and the field it belongs to, never an error.

use serde::{Deserialize, Serialize};

/// The input that a refusal belongs to; its name is the input's id and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Address, login ID or Q-number.
    Login,
    /// The password at sign-in.
    Password,
    /// The PIN at sign-in.
    Pin,
    /// A one-time code.
    Code,
    /// A new password.
    NewPassword,
    /// The new password again.
    Repeat,
    /// A choice of method.
    Method,
    /// A person's or factor's name.
    Name,
    /// An e-mail address.
    Email,
    /// A CSV file.
    Csv,
    /// Somebody to search for.
    Person,
    /// A kind of event to search for.
    Action,
    /// How an event ended, to search for.
    Outcome,
    /// A first name.
    Given,
    /// A last name.
    Family,
    /// A telephone number.
    Phone,
    /// A partner's number.
    Partner,
    /// What happened.
    Story,
    /// An agreement.
    Consent,
    /// A proof beside the password.
    Proof,
    /// Why.
    Reason,
    /// A sentence in English.
    TextEn,
    /// A sentence in German.
    TextDe,
    /// Details in English.
    DetailsEn,
    /// Details in German.
    DetailsDe,
    /// From when.
    Begins,
    /// Until when.
    Ends,
    /// The number on record.
    Number,
    /// The manager on record.
    Manager,
    /// What a caller told the agent.
    Told,
    /// An application.
    Application,
    /// The number of a request in another system.
    Ticket,
    /// For how many days.
    Days,
    /// A name in English.
    NameEn,
    /// A name in German.
    NameDe,
    /// What an application is called in its requests.
    ClientId,
    /// Its start page.
    Url,
    /// Where its codes go.
    RedirectUris,
    /// Where people go who signed out of it.
    AfterUris,
    /// Where it hears of the end of sessions.
    BackchannelUri,
    /// Which chains open it.
    Chains,
    /// From which day they are asked for.
    Since,
    /// No field: the page as a whole.
    Page,
}

impl Field {
    /// The input's `id` and `name`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Password => "password",
            Self::Pin => "pin",
            Self::Code => "code",
            Self::NewPassword => "new_password",
            Self::Repeat => "repeat",
            Self::Method => "method",
            Self::Name => "name",
            Self::Email => "email",
            Self::Csv => "csv",
            Self::Person => "person",
            Self::Action => "action",
            Self::Outcome => "result",
            Self::Given => "given",
            Self::Family => "family",
            Self::Phone => "phone",
            Self::Partner => "partner",
            Self::Story => "story",
            Self::Consent => "consent",
            Self::Proof => "proof",
            Self::Reason => "reason",
            Self::TextEn => "text_en",
            Self::TextDe => "text_de",
            Self::DetailsEn => "details_en",
            Self::DetailsDe => "details_de",
            Self::Begins => "begins",
            Self::Ends => "ends",
            Self::Number => "number",
            Self::Manager => "manager",
            Self::Told => "told",
            Self::Application => "application",
            Self::Ticket => "ticket",
            Self::Days => "days",
            Self::NameEn => "name_en",
            Self::NameDe => "name_de",
            Self::ClientId => "client_id",
            Self::Url => "url",
            Self::RedirectUris => "redirect_uris",
            Self::AfterUris => "after_uris",
            Self::BackchannelUri => "backchannel_uri",
            Self::Chains => "chains",
            Self::Since => "since",
            Self::Page => "content",
        }
    }
}

/// Why something was refused. The sentence for each stands in `words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Name or secret is wrong; the same for names that do not exist.
    WrongCredentials,
    /// Nothing was typed.
    Missing,
    /// The text is longer than allowed.
    TooLong,
    /// Characters that no name or address has.
    ControlCharacters,
    /// Not an e-mail address.
    NotAnAddress,
    /// A code that does not match.
    WrongCode,
    /// The code was right once, and is used up.
    UsedCode,
    /// The code is too old.
    ExpiredCode,
    /// Nobody answered on the phone in time.
    PhoneSilent,
    /// It was declined on the phone.
    PhoneDeclined,
    /// There is no phone, or none that is old enough, to check a caller by.
    NoPhoneToCheck,
    /// This proof cannot be had of the caller now.
    NoProofToCheck,
    /// Nobody made sure who calls, or it is too long ago.
    NotVerified,
    /// The person could not use what the desk would give them.
    CannotUse,
    /// Too many of its kind were given out lately.
    TooManyIssued,
    /// There is no emergency password that works.
    EmergencyGone,
    /// No message reaches this browser while its page is closed.
    NotReachable,
    /// The phone did not sign, or with another key.
    PhoneUnknown,
    /// Too many tries: wait.
    Wait {
        /// Seconds until the next try.
        seconds: i64,
    },
    /// The factor was switched off.
    FactorDisabled,
    /// The code was refused too often: a new one is needed.
    NewCodeNeeded,
    /// Shorter than the policy asks.
    PasswordTooShort {
        /// The least number of characters.
        least: u32,
    },
    /// Longer than we hash.
    PasswordTooLong {
        /// The most.
        most: u32,
    },
    /// On the list of common passwords.
    PasswordCommon,
    /// Made from the person's own data or the portal's name.
    PasswordPersonal,
    /// Guessed quickly by a program.
    PasswordGuessable,
    /// It is the one in use.
    PasswordUnchanged,
    /// The two do not match.
    RepeatDiffers,
    /// Nothing was chosen.
    ChooseOne,
    /// Not offered here.
    NotOffered,
    /// The second factor of this realm is not there yet.
    NoSecondFactorYet,
    /// The passkey belongs to another realm.
    OtherRealm {
        /// That realm's name.
        name: String,
        /// The way there.
        path: String,
    },
    /// The browser or its owner ended the passkey dialog, or it did not verify.
    PasskeyFailed,
    /// This passkey is already registered here.
    PasskeyKnown,
    /// This passkey was not registered here, or was removed.
    PasskeyUnknown,
    /// The ceremony is too old or was ended elsewhere.
    StartAgain,
    /// The link was used already.
    LinkUsed,
    /// The link is too old.
    LinkExpired,
    /// The link is unknown or was replaced.
    LinkUnknown,
    /// The last way in cannot go.
    LastWayIn,
    /// A name is taken by another factor.
    NameTaken,
    /// So many wrong tries came from here in a day that this way is shut until somebody
    /// opens it.
    TriesShut,
    /// There are as many factors of this kind as a person keeps.
    EnoughFactors {
        /// The most.
        most: u32,
    },
    /// Changes are frozen after a "this was not me".
    Frozen,
    /// The person got back in less than a day ago: nothing is removed yet.
    JustRecovered {
        /// Seconds until it is possible.
        seconds: i64,
    },
    /// An address that is known already.
    AddressKnown,
    /// Nobody of staff signs in with this.
    NotStaff,
    /// Nobody gives or takes a role of their own.
    OwnRole,
    /// The person holds this role there already.
    RoleThere,
    /// The two addresses do not match.
    AddressesDiffer,
    /// A mailbox that several people read.
    SharedMailbox {
        /// Not to be had; otherwise it may be sent again as it is.
        is_final: bool,
    },
    /// A mailbox outside of the partner's domain on record.
    ForeignAddress {
        /// Not to be had; otherwise it may be sent again as it is.
        is_final: bool,
    },
    /// Somebody with this login exists.
    AlreadyThere,
    /// Who was invited has set the account up and needs no invitation.
    SetUpAlready,
    /// It stands in the file twice.
    TwiceInFile,
    /// What is secret is not kept with a refusal: it is typed once more.
    TypeAgain,
    /// Too many at once.
    TooMany {
        /// The most.
        most: u32,
    },
    /// A file that is no CSV, or has no `email` column.
    BadCsv {
        /// The line, counted from 1.
        line: u32,
    },
    /// The entry was changed by somebody else meanwhile.
    ChangedMeanwhile,
    /// No name that an application could have in its requests.
    NotAnId,
    /// An application is called so already.
    IdTaken,
    /// An address that browsers could be led away by.
    UnsafeAddress,
    /// Another application behind a proxy has this host.
    HostTaken,
    /// It is no day of the calendar.
    NotADay,
    /// On some day nobody could open it.
    NobodyOpens,
    /// The portal itself has this host.
    PortalsHost,
    /// An application behind a proxy has no such thing.
    NoProtocol,
    /// Not a date with a time.
    NotATime,
    /// It would be over before it begins, or is over already.
    EndsTooEarly,
    /// A language that the portal does not speak.
    NotALanguage,
    /// Not a telephone number with its country.
    NotANumber,
    /// A number of a country that policy does not name.
    NumberAbroad,
    /// No codes go to numbers that begin like this one.
    NumberRefused,
    /// A number that somebody earns by or that nobody answers.
    NumberOfService,
    /// A landline shows no SMS.
    NoSmsThere,
    /// The first number for codes is the one on record, or one that was approved.
    NotOnRecord,
    /// Codes go to this number already.
    NumberKnown,
    /// A whole number within bounds.
    NotInRange {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// No manager is on record who could approve it.
    NoManager,
    /// Nobody of this realm who may sign in does so with this name.
    NoSuchManager,
    /// They would decide for themselves or for each other, or were entered by themselves.
    NotTheirManager,
    /// It waits for an approval, or never got one.
    NotApproved,
    /// The request was answered, taken back, or its time is over.
    ApprovalOver,
    /// There is a request of this person already.
    ApprovalThere,
    /// Nobody of this realm signs in with this name, or it is oneself.
    NoSuchDeputy,
    /// So many SMS and calls went out that no more do for a while.
    LinesStopped,
    /// There is no account without agreeing to the terms.
    TermsNeeded,
    /// Nothing goes on without the agreement.
    ConsentNeeded,
    /// The browser did not do its piece of work, or did it for another page.
    WorkNeeded,
    /// There is a case of this person already.
    CaseThere,
    /// The case is decided, or over.
    CaseDecided,
    /// It is one's own.
    OwnCase,
    /// Another agent works on it.
    CaseElsewhere,
    /// It has its first approval.
    CaseSeconded,
    /// It is taken first, then decided.
    ClaimFirst,
    /// The second approval comes from somebody else.
    SecondAgent,
    /// One of the two approvals comes from a lead.
    LeadNeeded,
    /// The session stands on a factor that is on probation.
    OnProbation {
        /// Seconds until it is over.
        seconds: i64,
    },
}

/// A code and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// Where.
    pub field: Field,
}

impl Refusal {
    /// A refusal at a field.
    pub const fn at(field: Field, code: Code) -> Self {
        Self { code, field }
    }
    /// A refusal of the page as a whole.
    pub const fn page(code: Code) -> Self {
        Self {
            code,
            field: Field::Page,
        }
    }
}
