//! A realm's policy: data, read from TOML once, checked whole, refused with
//! file, line and reason. No code asks for a realm by name.

#[cfg(feature = "server")]
mod check;
#[cfg(feature = "server")]
mod file;
mod origin;

#[cfg(all(test, feature = "server"))]
mod tests;

#[cfg(feature = "server")]
pub use file::{Fault, parse};
#[cfg(feature = "server")]
pub use origin::origins;
pub use origin::{Origin, Provenance};

use crate::{
    FactorKind, Lang, caller::CallerProof, cases::CaseKind, emergency::Delivery, ids::RealmSlug,
    oidc::Application, region::Region,
};
use serde::{Deserialize, Serialize};

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

impl Both {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::De => &self.de,
        }
    }
}

/// What people sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginKind {
    /// "E-mail address".
    Email,
    /// "Login ID".
    LoginId,
    /// "Q-number".
    QNumber,
    /// "User name".
    UserName,
}

/// The policy of one realm, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Realm {
    /// Its name in addresses.
    pub slug: RealmSlug,
    /// Its name for people.
    pub name: Both,
    /// A sentence on the start page.
    pub summary: Both,
    /// The language of people who chose none.
    pub language: Lang,
    /// IANA time zone for times in mails.
    pub zone: String,
    /// Where on the start page it is found.
    pub regions: Vec<Region>,
    /// What people sign in with.
    pub login: LoginKind,
    /// Colour of the realm, `#rrggbb`.
    pub brand: String,
    /// The five depths of the realm's key, 1 to 5.
    pub cut: [u8; 5],
    /// The mark of the organisation: the data of one SVG path in a square of 24
    /// by 24, drawn in the colour of the text; empty for our own.
    pub logo: String,
    /// Whom to ask.
    pub contact: Contact,
    /// Whose pages these are, in the footer; empty where nothing is said.
    pub copyright: String,
    /// Links in the footer.
    pub links: Vec<(Both, String)>,
    /// A banner, where there is something to announce.
    pub announcement: Option<Both>,
    /// Chains that open a session, in the order in which they are offered.
    pub chains: Vec<Vec<FactorKind>>,
    /// Second factors that a person may enrol at the first sign-in or later;
    /// empty when the realm's second factor is not there yet.
    pub offers: Vec<FactorKind>,
    /// Headings on the overview, each with the factors under it: where they are used.
    pub groups: Vec<(Both, Vec<FactorKind>)>,
    /// Rules for passwords.
    pub password: PasswordRules,
    /// Rules for PINs.
    pub pin: PinRules,
    /// How a forgotten PIN is set anew; `None` where the desk is asked by telephone.
    pub reset_pin: Option<ResetPinRules>,
    /// Which proofs verify a caller at the service desk.
    pub caller: CallerRules,
    /// Which telephone numbers are used.
    pub numbers: NumberRules,
    /// Which codes a manager approves first; `None` where nobody is asked.
    pub approvals: Option<ApprovalRules>,
    /// First sign-ins that need no second factor; `None` where every one does.
    pub grace: Option<Grace>,
    /// How long a browser that proved the second factor may go without it; `None`
    /// where every sign-in asks for it.
    pub remember: Option<Remember>,
    /// What the first sign-in asks for: the address that codes go to; `None` where
    /// that is the address on record.
    pub capture: Option<Capture>,
    /// Which days count for the desk's promises.
    pub calendar: Calendar,
    /// What the desk decides; `None` where people only ask by telephone.
    pub cases: Option<CaseRules>,
    /// Codes by mail.
    pub mail_code: CodeRules,
    /// Sessions.
    pub sessions: SessionRules,
    /// Minutes that a reset link works; `None` where there is no reset by mail.
    pub reset_minutes: Option<i64>,
    /// Hours that an invitation works; `None` where nobody is invited.
    pub invitation_hours: Option<i64>,
    /// How people make an account of their own; `None` where nobody does.
    pub registration: Option<Registration>,
    /// Applications that sign their people in here.
    pub applications: Vec<Application>,
    /// Risks that the realm's owner took, for administrators to read.
    pub accepted_risks: Vec<Risk>,
    /// Where each value comes from.
    pub origins: Provenance,
}

/// Which days count when the desk promises an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Monday to Sunday.
    pub working: [bool; 7],
    /// Days that do not count, `YYYY-MM-DD`.
    pub holidays: Vec<String>,
}

/// Cases: what may be asked, and what an approval costs in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRules {
    /// What may be asked.
    pub kinds: Vec<CaseKind>,
    /// Hours of working days until the promised answer.
    pub answer_hours: i64,
    /// The wait after an approval.
    pub cool_down: CoolDown,
    /// Hours for which the way in stays open.
    pub window_hours: i64,
    /// Hours for which the new factor changes nothing, and may be taken back.
    pub probation_hours: i64,
    /// The text that people agree to.
    pub privacy: Agreed,
}

/// Minutes between an approval and the way in, by what was proven beside the
/// password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoolDown {
    /// A code of another device.
    pub live_factor: i64,
    /// A recovery code.
    pub recovery_code: i64,
    /// The manager's word, where there is a manager.
    pub manager: i64,
    /// Nothing but the mailbox.
    pub mailbox: i64,
}

/// How people make an account of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Hours for which the mail works.
    pub hours: i64,
    /// The terms that people agree to.
    pub terms: Agreed,
}

/// A text that people agree to, in its version: a privacy policy, terms of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// As it is written down with each consent.
    pub version: String,
    /// Where it stands.
    pub url: String,
}

/// How long people without a second factor get in without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grace {
    /// So many sign-ins of each person.
    pub sign_ins: i64,
    /// And all until this day in the realm's zone, `YYYY-MM-DD`; empty for none.
    pub before: String,
}

impl Grace {
    /// Whether a person who has signed in so often before gets in today.
    pub fn covers(&self, sign_ins: i64, today: &str) -> bool {
        sign_ins < self.sign_ins || today < self.before.as_str()
    }
}

/// Browsers that a person calls their own: a sign-in there asks for the password
/// alone (C12). Changes of factors ask for the second one all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remember {
    /// Days from the proof on.
    pub days: i64,
}

impl Remember {
    /// Whether a proof of this kind says that the browser is the person's own: a
    /// code that was typed, and not one that stands in for something lost.
    pub const fn takes(kind: FactorKind) -> bool {
        matches!(
            kind,
            FactorKind::Totp | FactorKind::Email | FactorKind::Sms | FactorKind::Voice
        )
    }
}

/// How the address that codes go to is named at the first sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capture {
    /// What binds it to the person.
    pub bind: Bind,
    /// Mailboxes that several people read.
    pub shared_mailboxes: Care,
    /// Mailboxes outside of the partner's domain on record.
    pub foreign_domains: Care,
}

/// What binds a first address to its person (C18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Deserialize))]
#[cfg_attr(feature = "server", serde(rename_all = "snake_case"))]
pub enum Bind {
    /// The password alone: an accepted risk.
    Password,
    /// A code that an administrator sends to the contact of the person's partner.
    InvitationCode,
    /// The same code, sent by the service desk, which checks who asks for it.
    Desk,
}

/// How careful a realm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "server", derive(serde::Deserialize))]
#[cfg_attr(feature = "server", serde(rename_all = "snake_case"))]
pub enum Care {
    /// It passes.
    Allow,
    /// It passes when the person says so again.
    Warn,
    /// It does not pass.
    Refuse,
}

/// Whom to ask for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Telephone number as people read it.
    pub phone: String,
    /// When somebody answers.
    pub hours: Both,
    /// Mail address; empty when there is none.
    pub email: String,
}

/// Rules for passwords (NIST SP 800-63B-4, 3.1.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Least number of code points: 15 alone, 8 with a second factor.
    pub least: u32,
    /// Most code points that we hash.
    pub most: u32,
}

/// Rules for PINs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinRules {
    /// Least number of digits.
    pub least: u32,
    /// Most digits.
    pub most: u32,
}

/// How a forgotten PIN is set anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetPinRules {
    /// Chains that open a session for nothing else, in the order in which they are
    /// offered to everybody.
    pub chains: Vec<Vec<FactorKind>>,
    /// How the emergency password comes to its person.
    pub delivery: Delivery,
    /// Minutes that it works.
    pub minutes: i64,
}

/// Which proofs verify a caller at the service desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerRules {
    /// For everybody.
    pub accepts: Vec<CallerProof>,
    /// For protected accounts: staff, and the agent's own manager.
    pub protected_accepts: Vec<CallerProof>,
}

impl CallerRules {
    /// Those that count for somebody.
    pub fn of(&self, is_protected: bool) -> &[CallerProof] {
        if is_protected {
            &self.protected_accepts
        } else {
            &self.accepts
        }
    }
}

/// Which codes over the telephone network a manager approves first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalRules {
    /// These kinds of codes.
    pub methods: Vec<FactorKind>,
    /// Days for which a request waits for its answer.
    pub answer_days: i64,
    /// Days until the manager is reminded.
    pub remind_days: i64,
    /// Days for which an approval may be used.
    pub use_days: i64,
    /// Days after which somebody asks whether they are still needed.
    pub review_days: i64,
}

/// Which telephone numbers are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRules {
    /// Of these countries by ISO 3166-1, and of no other: codes to the rest of the world
    /// are what those earn by who pump numbers. The first is that of a number that is
    /// typed without one.
    pub countries: Vec<String>,
    /// But of none that begins like one of these (E.164): blocks that are dear, or rented
    /// by the hour.
    pub refuse: Vec<String>,
    /// How many SMS and calls go to numbers that begin alike ([`number::prefix`]) within
    /// an hour.
    pub per_prefix_hour: i64,
    /// How many go out within a day.
    pub per_day: i64,
    /// What one costs in cents, rounded up, by what its number begins with.
    pub costs: Vec<(String, i64)>,
    /// How many cents they may cost within a day; `None` where nobody counts them.
    pub budget_per_day: Option<i64>,
}

impl NumberRules {
    /// The country of a number that is typed without one.
    pub fn home(&self) -> &str {
        self.countries.first().map_or("", String::as_str)
    }

    /// What an SMS or a call to a number costs in cents. The longest beginning that fits
    /// says it; where none does, it costs as much as the dearest.
    pub fn cost(&self, e164: &str) -> i64 {
        let fitting = self.costs.iter().filter(|(of, _)| e164.starts_with(of));
        let longest = fitting.max_by_key(|(of, _)| of.len());
        let dearest = self.costs.iter().max_by_key(|(_, cost)| *cost);
        longest.or(dearest).map_or(0, |(_, cost)| *cost)
    }
}

/// Rules for codes that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRules {
    /// Number of digits.
    pub digits: usize,
    /// Minutes until the code is too old.
    pub minutes: i64,
}

/// Rules for sessions (NIST SP 800-63B-4, 2.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Minutes without a request.
    pub idle_minutes: i64,
    /// Minutes in all.
    pub overall_minutes: i64,
    /// Minutes for which a proof allows changes of factors.
    pub fresh_minutes: i64,
}

/// A path that is weaker than what it replaces, and why it is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// Which path.
    pub path: String,
    /// Why the realm's owner takes it.
    pub reason: Both,
}

impl Realm {
    /// Whether these proofs open a session: a whole chain is among them. More
    /// than a chain asks for is no less (a password before the passkey). The
    /// order is kept by [`Self::nexts`]; that no channel counts twice within a
    /// chain (Kratos CVE-2024-45042) was checked when the policy was read.
    pub fn opens(&self, proven: &[FactorKind]) -> bool {
        self.chains
            .iter()
            .any(|chain| chain.iter().all(|k| proven.contains(k)))
    }

    /// The kinds that may come first.
    pub fn firsts(&self) -> Vec<FactorKind> {
        self.nexts(&[])
    }

    /// The kinds that may come after these proofs: of each chain the first that
    /// is missing, the chains that are nearest to their end first.
    pub fn nexts(&self, proven: &[FactorKind]) -> Vec<FactorKind> {
        let missing = |chain: &[FactorKind]| chain.iter().filter(|k| !proven.contains(k)).count();
        let mut chains: Vec<_> = self.chains.iter().collect();
        chains.sort_by_key(|chain| missing(chain));
        dedup(
            chains
                .into_iter()
                .filter_map(|c| c.iter().copied().find(|k| !proven.contains(k))),
        )
    }

    /// The rules of codes of a kind. What goes over the telephone network is shorter and
    /// older sooner (`security.md`, 2.1).
    pub const fn code_rules(&self, kind: FactorKind) -> CodeRules {
        match kind {
            FactorKind::Sms | FactorKind::Voice => CodeRules {
                digits: 6,
                minutes: 5,
            },
            _ => self.mail_code,
        }
    }

    /// The rules of a kind of case, where the realm has it.
    pub fn takes(&self, kind: CaseKind) -> Option<&CaseRules> {
        self.cases.as_ref().filter(|c| c.kinds.contains(&kind))
    }

    /// The kinds of codes over the telephone network that people may set up.
    pub fn lines(&self) -> Vec<FactorKind> {
        let lines = self.offers.iter().copied();
        lines.filter(|kind| kind.is_line()).collect()
    }

    /// Whether a manager approves codes of a kind first, whoever they belong to.
    pub fn approves(&self, kind: FactorKind) -> bool {
        let rules = self.approvals.as_ref();
        rules.is_some_and(|rules| rules.methods.contains(&kind))
    }

    /// The application of a `client_id`.
    pub fn application(&self, id: &str) -> Option<&Application> {
        self.applications.iter().find(|a| a.id == id)
    }

    /// Whether there are instructions for this realm: where an app is the one way,
    /// so that nobody is left alone with it.
    pub fn instructs(&self) -> bool {
        self.offers == [FactorKind::Totp]
    }

    /// Whether a phone that is added brings codes along, for when it has no network: a
    /// chain takes them.
    pub fn phones_bring_codes(&self) -> bool {
        self.chains.iter().any(|c| c.contains(&FactorKind::Totp))
    }

    /// Whether codes stand on phones of the portal alone, as nobody is offered an app.
    pub fn codes_stand_on_phones(&self) -> bool {
        self.phones_bring_codes() && !self.offers.contains(&FactorKind::Totp)
    }

    /// Whether a person who holds these kinds can get in.
    pub fn can_enter(&self, held: &[FactorKind]) -> bool {
        self.chains
            .iter()
            .any(|chain| chain.iter().all(|k| held.contains(k)))
    }

    /// The kinds that prove a person for a change of factors, given what they
    /// hold: the strongest one, and any that is as strong.
    pub fn step_up(&self, held: &[FactorKind]) -> Vec<FactorKind> {
        let usable: Vec<_> = held
            .iter()
            .copied()
            .filter(|k| self.chains.iter().any(|c| c.contains(k)))
            .filter(|k| *k != FactorKind::Recovery)
            .collect();
        let top = usable.iter().map(|k| k.strength()).max().unwrap_or(0);
        // Among the weakest, what is remembered goes before the mailbox: an
        // open session and an open mailbox often stand on the same desk.
        if top == 1 && usable.iter().any(|k| k.is_knowledge()) {
            return dedup(usable.into_iter().filter(|k| k.is_knowledge()));
        }
        dedup(usable.into_iter().filter(|k| k.strength() == top))
    }

    /// [`Self::step_up`] for a session that proved so much. One that a remembered
    /// browser opened lacks a factor that the person holds: that one is asked for.
    pub fn step_up_after(&self, held: &[FactorKind], proven: &[FactorKind]) -> Vec<FactorKind> {
        let mut missing = Vec::new();
        if !self.opens(proven) {
            missing = self.nexts(proven);
            missing.retain(|k| held.contains(k) && *k != FactorKind::Recovery);
        }
        if missing.is_empty() {
            return self.step_up(held);
        }
        let top = missing.iter().map(|k| k.strength()).max().unwrap_or(0);
        dedup(missing.into_iter().filter(|k| k.strength() == top))
    }
}

fn dedup(kinds: impl Iterator<Item = FactorKind>) -> Vec<FactorKind> {
    let mut out = Vec::new();
    for kind in kinds {
        if !out.contains(&kind) {
            out.push(kind);
        }
    }
    out
}
