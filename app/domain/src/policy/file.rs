//! The TOML of a realm, as it is written.

mod application;

pub(super) use application::ApplicationText;

use super::{
    Agreed, ApprovalRules, Bind, Both, Calendar, Capture, Care, CaseRules, CodeRules, Contact,
    CoolDown, Grace, LoginKind, PasswordRules, PinRules, Realm, Registration, Remember,
    ResetPinRules, Risk, SessionRules, check,
};
use crate::{FactorKind, Lang, emergency::Delivery, ids::RealmSlug};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};
use toml::Spanned;

/// Why a policy was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line in the file, counted from 1.
    pub line: usize,
    /// What is wrong, for the person who wrote it.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub realm: Spanned<String>,
    name: Spanned<BothText>,
    summary: Spanned<BothText>,
    pub regions: Spanned<Vec<Spanned<String>>>,
    language: Spanned<String>,
    time_zone: Spanned<String>,
    pub login: LoginKind,
    announcement: Option<BothText>,
    look: Look,
    contact: ContactText,
    copyright: Option<Spanned<String>>,
    #[serde(default)]
    links: Vec<Link>,
    pub sign_in: SignIn,
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub password: Password,
    #[serde(default)]
    pub pin: Pin,
    pub reset_pin: Option<ResetPinText>,
    #[serde(default)]
    pub caller: CallerText,
    #[serde(default)]
    pub numbers: Numbers,
    pub approvals: Option<ApprovalsText>,
    pub grace: Option<GraceRules>,
    pub remember: Option<RememberRules>,
    pub capture: Option<CaptureRules>,
    #[serde(default)]
    pub calendar: CalendarRules,
    pub cases: Option<CasesText>,
    #[serde(default)]
    pub mail_code: MailCode,
    #[serde(default)]
    pub sessions: Sessions,
    pub reset: Option<Reset>,
    pub invitation: Option<Invitation>,
    pub registration: Option<RegistrationText>,
    #[serde(default)]
    pub applications: Vec<ApplicationText>,
    #[serde(default)]
    pub accepted_risks: Vec<RiskText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BothText {
    pub en: String,
    pub de: String,
}

impl From<&BothText> for Both {
    fn from(text: &BothText) -> Self {
        Self {
            en: text.en.clone(),
            de: text.de.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    brand: Spanned<String>,
    cut: Spanned<[u8; 5]>,
    logo: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactText {
    phone: String,
    hours: BothText,
    #[serde(default)]
    email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    name: Spanned<BothText>,
    url: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    pub chains: Vec<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    pub offers: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    name: Spanned<BothText>,
    pub factors: Spanned<Vec<Spanned<String>>>,
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty = $default:expr),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $(pub $field: Spanned<$type>),+ }
        impl Default for $name {
            fn default() -> Self { Self { $($field: Spanned::new(0..0, $default)),+ } }
        }
    };
}

section!(Password {
    min_length: u32 = 15,
    max_length: u32 = 256
});
section!(Pin {
    min_length: u32 = 8,
    max_length: u32 = 12
});
section!(MailCode {
    digits: u32 = 8,
    minutes: i64 = 10
});
section!(Sessions {
    idle_minutes: i64 = 15,
    overall_minutes: i64 = 480,
    fresh_minutes: i64 = 5
});

section!(CallerText {
    accepts: Vec<Spanned<String>> = vec![Spanned::new(0..0, "smartphone".to_owned())],
    protected_accepts: Vec<Spanned<String>> = vec![Spanned::new(0..0, "smartphone".to_owned())]
});
section!(Numbers {
    countries: Vec<Spanned<String>> = ["DE", "AT", "CH"]
        .map(|country| Spanned::new(0..0, country.to_owned()))
        .into(),
    refuse: Vec<Spanned<String>> = Vec::new(),
    per_prefix_hour: i64 = 20,
    per_day: i64 = 2000,
    cost: BTreeMap<String, Spanned<i64>> = BTreeMap::new(),
    budget_per_day: Option<i64> = None
});
section!(CalendarRules {
    working_days: Vec<Spanned<String>> = super::check::WEEK[..5]
        .iter()
        .map(|day| Spanned::new(0..0, (*day).to_owned()))
        .collect(),
    holidays: Vec<Spanned<String>> = Vec::new()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalsText {
    pub methods: Spanned<Vec<Spanned<String>>>,
    pub answer_days: Spanned<i64>,
    pub remind_days: Spanned<i64>,
    pub use_days: Spanned<i64>,
    pub review_days: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CasesText {
    pub kinds: Spanned<Vec<Spanned<String>>>,
    pub answer_hours: Spanned<i64>,
    pub cool_down_minutes: CoolDownText,
    pub window_hours: Spanned<i64>,
    pub probation_hours: Spanned<i64>,
    pub privacy: AgreedText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoolDownText {
    pub live_factor: Spanned<i64>,
    pub recovery_code: Spanned<i64>,
    pub manager: Spanned<i64>,
    pub mailbox: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegistrationText {
    pub hours: Spanned<i64>,
    pub terms: AgreedText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreedText {
    pub version: Spanned<String>,
    pub url: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GraceRules {
    pub first_sign_ins: Spanned<i64>,
    pub before: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RememberRules {
    pub days: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaptureRules {
    pub bind: Spanned<Bind>,
    shared_mailboxes: Care,
    foreign_domains: Care,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reset {
    pub link_minutes: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetPinText {
    pub chains: Spanned<Vec<Spanned<Vec<Spanned<String>>>>>,
    pub emergency: Spanned<Delivery>,
    #[serde(default = "emergency_minutes")]
    pub emergency_minutes: Spanned<i64>,
}

/// Fifteen, where a policy does not say (`security.md`, 2.1).
fn emergency_minutes() -> Spanned<i64> {
    Spanned::new(0..0, 15)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Invitation {
    pub hours: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RiskText {
    pub path: Spanned<String>,
    reason: BothText,
}

impl From<BothText> for Both {
    fn from(text: BothText) -> Self {
        Self {
            en: text.en,
            de: text.de,
        }
    }
}

/// Reads a realm's policy and checks it whole.
///
/// # Errors
/// Every fault that was found, with its line: unknown keys, impossible chains,
/// resets weaker than what they replace without an accepted risk.
pub fn parse(text: &str) -> Result<Realm, Vec<Fault>> {
    let line = |at: usize| text.get(..at).map_or(1, |t| t.matches('\n').count() + 1);
    let file: File = toml::from_str(text).map_err(|e| {
        vec![Fault {
            line: e.span().map_or(1, |s| line(s.start)),
            reason: e.message().replace('\n', " "),
        }]
    })?;
    let mut faults = check::Faults::new(text);
    let slug = RealmSlug::parse(file.realm.as_ref());
    if slug.is_none() {
        faults.at(
            &file.realm.span(),
            "a realm's name holds a-z, 0-9 and dashes, at most 32 of them",
        );
    }
    let language = Lang::parse(file.language.as_ref());
    if language.is_none() {
        faults.at(&file.language.span(), "the language is \"en\" or \"de\"");
    }
    let brand = file.look.brand.as_ref();
    if brand.len() != 7
        || !brand.starts_with('#')
        || !brand[1..].bytes().all(|b| b.is_ascii_hexdigit())
    {
        faults.at(&file.look.brand.span(), "a colour is written #rrggbb");
    }
    if !file.look.cut.as_ref().iter().all(|d| (1..=5).contains(d)) {
        faults.at(&file.look.cut.span(), "a cut has five depths from 1 to 5");
    }
    let names = [&file.name, &file.summary].into_iter();
    let names = names.chain(file.links.iter().map(|l| &l.name));
    for text in names.chain(file.groups.iter().map(|g| &g.name)) {
        if text.as_ref().en.trim().is_empty() || text.as_ref().de.trim().is_empty() {
            faults.at(&text.span(), "a text is empty in one of the two languages");
        }
    }
    for link in &file.links {
        if !link.url.as_ref().starts_with("https://") {
            faults.at(&link.url.span(), "a link begins with https://");
        }
    }
    if let Some(copyright) = &file.copyright
        && !is_line(copyright.as_ref())
    {
        faults.at(
            &copyright.span(),
            "a copyright line has 1 to 100 characters, for example \"© 2026 Example plc\"",
        );
    }
    if let Some(logo) = &file.look.logo
        && !is_drawing(logo.as_ref())
    {
        faults.at(
            &logo.span(),
            "a logo is the data of one SVG path in a square of 24 by 24, at most 4000 characters",
        );
    }
    if file.time_zone.as_ref().is_empty() {
        faults.at(
            &file.time_zone.span(),
            "the time zone is an IANA name, for example Europe/Berlin",
        );
    }
    let regions = check::regions(&file, &mut faults);
    let chains = check::chains(&file, &mut faults);
    let offers = check::offers(&file, &chains, &mut faults);
    check::numbers(&file, &chains, &mut faults);
    check::resets(&file, &chains, &mut faults);
    check::first_address(&file, &offers, &mut faults);
    check::grace(&file, &offers, &mut faults);
    check::remember(&file, &chains, &mut faults);
    let working = check::calendar(&file, &mut faults);
    let kinds = check::cases(&file, &offers, &mut faults);
    check::registration(&file, &mut faults);
    let groups = check::groups(&file, &chains, &mut faults);
    let resets = check::reset_pin(&file, &chains, &mut faults);
    let caller = check::caller(&file, &mut faults);
    let numbers = check::lines(&file, &mut faults);
    let approves = check::approvals(&file, &offers, &mut faults);
    let applications = check::applications(&file, &chains, &mut faults);
    let faults = faults.into_vec();
    let (Some(slug), Some(language), true) = (slug, language, faults.is_empty()) else {
        return Err(faults);
    };
    Ok(Realm {
        slug,
        name: file.name.into_inner().into(),
        summary: file.summary.into_inner().into(),
        regions,
        language,
        zone: file.time_zone.into_inner(),
        login: file.login,
        brand: file.look.brand.into_inner(),
        cut: file.look.cut.into_inner(),
        logo: file.look.logo.map(Spanned::into_inner).unwrap_or_default(),
        contact: Contact {
            phone: file.contact.phone,
            hours: file.contact.hours.into(),
            email: file.contact.email,
        },
        copyright: file.copyright.map(Spanned::into_inner).unwrap_or_default(),
        links: file
            .links
            .into_iter()
            .map(|l| (l.name.into_inner().into(), l.url.into_inner()))
            .collect(),
        announcement: file.announcement.map(Into::into),
        chains,
        offers,
        groups: file
            .groups
            .into_iter()
            .map(|g| g.name.into_inner().into())
            .zip(groups)
            .collect(),
        password: PasswordRules {
            least: file.password.min_length.into_inner(),
            most: file.password.max_length.into_inner(),
        },
        pin: PinRules {
            least: file.pin.min_length.into_inner(),
            most: file.pin.max_length.into_inner(),
        },
        reset_pin: file.reset_pin.map(|r| ResetPinRules {
            chains: resets,
            delivery: r.emergency.into_inner(),
            minutes: r.emergency_minutes.into_inner(),
        }),
        caller,
        numbers,
        approvals: file.approvals.map(|a| ApprovalRules {
            methods: approves,
            answer_days: a.answer_days.into_inner(),
            remind_days: a.remind_days.into_inner(),
            use_days: a.use_days.into_inner(),
            review_days: a.review_days.into_inner(),
        }),
        grace: file.grace.map(|g| Grace {
            sign_ins: g.first_sign_ins.into_inner(),
            before: g.before.map(Spanned::into_inner).unwrap_or_default(),
        }),
        remember: file.remember.map(|r| Remember {
            days: r.days.into_inner(),
        }),
        capture: file.capture.map(|c| Capture {
            bind: c.bind.into_inner(),
            shared_mailboxes: c.shared_mailboxes,
            foreign_domains: c.foreign_domains,
        }),
        calendar: Calendar {
            working,
            holidays: file
                .calendar
                .holidays
                .into_inner()
                .into_iter()
                .map(Spanned::into_inner)
                .collect(),
        },
        cases: file.cases.map(|c| CaseRules {
            kinds,
            answer_hours: c.answer_hours.into_inner(),
            cool_down: CoolDown {
                live_factor: c.cool_down_minutes.live_factor.into_inner(),
                recovery_code: c.cool_down_minutes.recovery_code.into_inner(),
                manager: c.cool_down_minutes.manager.into_inner(),
                mailbox: c.cool_down_minutes.mailbox.into_inner(),
            },
            window_hours: c.window_hours.into_inner(),
            probation_hours: c.probation_hours.into_inner(),
            privacy: Agreed {
                version: c.privacy.version.into_inner(),
                url: c.privacy.url.into_inner(),
            },
        }),
        mail_code: CodeRules {
            digits: file.mail_code.digits.into_inner() as usize,
            minutes: file.mail_code.minutes.into_inner(),
        },
        sessions: SessionRules {
            idle_minutes: file.sessions.idle_minutes.into_inner(),
            overall_minutes: file.sessions.overall_minutes.into_inner(),
            fresh_minutes: file.sessions.fresh_minutes.into_inner(),
        },
        reset_minutes: file.reset.map(|r| r.link_minutes.into_inner()),
        invitation_hours: file.invitation.map(|i| i.hours.into_inner()),
        registration: file.registration.map(|r| Registration {
            hours: r.hours.into_inner(),
            terms: Agreed {
                version: r.terms.version.into_inner(),
                url: r.terms.url.into_inner(),
            },
        }),
        applications,
        origins: super::origins(text),
        accepted_risks: file
            .accepted_risks
            .into_iter()
            .map(|r| Risk {
                path: r.path.into_inner(),
                reason: r.reason.into(),
            })
            .collect(),
    })
}

/// Something to read in one line of the footer.
fn is_line(text: &str) -> bool {
    let length = text.chars().count();
    !text.trim().is_empty() && length <= 100 && !text.chars().any(char::is_control)
}

/// Whether a text is the data of an SVG path, and nothing else.
fn is_drawing(text: &str) -> bool {
    text.starts_with(['M', 'm'])
        && text.len() <= 4000
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "MmLlHhVvCcSsQqTtAaZz+-.,eE \n".contains(c))
}

pub(super) fn kind(text: &str) -> Option<FactorKind> {
    FactorKind::parse(text)
}
