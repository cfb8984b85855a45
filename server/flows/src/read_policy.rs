//! A realm's policy in words, for who answers for it: every value, where it
//! comes from, and the risks that were accepted.
//!
//! A new value is one line in [`sections`], with its key in the file. What has
//! no line yet is shown as it stands in the file, so nothing is ever hidden.

mod reset_pin;

use crate::{Failure, Reply, Request, Services, pages, people};
use domain::{
    Lang,
    admin_place::AdminPlace,
    ids::RealmSlug,
    paths,
    policy::Realm,
    screen::{AdminPolicy, PolicyRisk, PolicySection, PolicyValue, Screen},
};
use words::{count, desk, login, read_policy as say, start};

/// The page.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services
        .admitted(request, &realm, AdminPlace::Policy)
        .await?;
    let path = paths::admin_policy(slug);
    let frame = pages::frame(services, request, None, Some(&session), path);
    let lang = frame.lang;
    let list = Listing { realm: &realm };
    let mut sections = sections(lang, &list);
    let others = others(&realm, &sections);
    if !others.is_empty() {
        sections.push(Section {
            title: say::others(lang),
            values: others,
        });
    }
    let screen = Screen::AdminPolicy(AdminPolicy {
        realm: people::card(&realm, lang, &session.grants),
        risks: risks(lang, &list),
        sections: sections.into_iter().map(Section::shown).collect(),
    });
    Ok(Reply::show(pages::view(frame, screen)))
}

struct Listing<'a> {
    realm: &'a Realm,
}

/// A value under way to the page, with its key in the file.
struct Row {
    key: String,
    shown: PolicyValue,
}

struct Section {
    title: &'static str,
    values: Vec<Row>,
}

impl Section {
    fn shown(self) -> PolicySection {
        PolicySection {
            title: self.title.to_owned(),
            values: self.values.into_iter().map(|row| row.shown).collect(),
        }
    }
}

impl Listing<'_> {
    fn line(&self, key: &str) -> Option<u32> {
        let line = self.realm.origins.line(key)?;
        u32::try_from(line).ok()
    }

    fn row(&self, key: &str, name: impl Into<String>, value: impl Into<String>) -> Row {
        Row {
            key: key.to_owned(),
            shown: PolicyValue {
                name: name.into(),
                value: value.into(),
                line: self.line(key),
            },
        }
    }
}

/// Every value that has words, one line each.
fn sections(lang: Lang, list: &Listing<'_>) -> Vec<Section> {
    let realm = list.realm;
    let row = |key: &str, name: &str, value: String| list.row(key, name, value);
    let text = |key: &str, name: &str, value: &str, none: &str| {
        list.row(key, name, if value.is_empty() { none } else { value })
    };
    let section = |title, values| Section { title, values };
    vec![
        section(
            say::basics(lang),
            vec![
                text("realm", say::slug(lang), realm.slug.as_str(), ""),
                row("name", say::name(lang), say::both(&realm.name)),
                row("summary", say::summary(lang), say::both(&realm.summary)),
                row("regions", say::regions(lang), regions(lang, realm)),
                text(
                    "language",
                    say::language(lang),
                    realm.language.endonym(),
                    "",
                ),
                text("time_zone", say::zone(lang), &realm.zone, ""),
                text(
                    "login",
                    say::login(lang),
                    login::label(lang, realm.login),
                    "",
                ),
                row(
                    "announcement",
                    say::announcement(lang),
                    announcement(lang, realm),
                ),
            ],
        ),
        section(say::sign_in(lang), ways(lang, list)),
        section(
            say::password(lang),
            vec![
                row(
                    "password.min_length",
                    say::least(lang),
                    say::characters(lang, realm.password.least),
                ),
                row(
                    "password.max_length",
                    say::most(lang),
                    say::characters(lang, realm.password.most),
                ),
            ],
        ),
        section(
            say::pin(lang),
            vec![
                row(
                    "pin.min_length",
                    say::least(lang),
                    say::figures(lang, realm.pin.least),
                ),
                row(
                    "pin.max_length",
                    say::most(lang),
                    say::figures(lang, realm.pin.most),
                ),
            ],
        ),
        section(say::reset_pin(lang), reset_pin::rows(lang, list)),
        section(say::groups(lang), reset_pin::groups(lang, list)),
        section(say::grace(lang), grace(lang, list)),
        section(say::remember(lang), remember(lang, list)),
        section(say::capture(lang), capture(lang, list)),
        section(
            say::mail_code(lang),
            vec![
                row(
                    "mail_code.digits",
                    say::digits(lang),
                    say::figures(
                        lang,
                        u32::try_from(realm.mail_code.digits).unwrap_or(u32::MAX),
                    ),
                ),
                row(
                    "mail_code.minutes",
                    say::valid(lang),
                    say::minutes(lang, realm.mail_code.minutes),
                ),
            ],
        ),
        section(
            say::sessions(lang),
            vec![
                row(
                    "sessions.idle_minutes",
                    say::idle(lang),
                    say::minutes(lang, realm.sessions.idle_minutes),
                ),
                row(
                    "sessions.overall_minutes",
                    say::overall(lang),
                    say::minutes(lang, realm.sessions.overall_minutes),
                ),
                row(
                    "sessions.fresh_minutes",
                    say::fresh(lang),
                    say::minutes(lang, realm.sessions.fresh_minutes),
                ),
            ],
        ),
        section(
            say::reset(lang),
            vec![row(
                "reset.link_minutes",
                say::reset_link(lang),
                realm.reset_minutes.map_or_else(
                    || say::reset_none(lang).to_owned(),
                    |n| say::minutes(lang, n),
                ),
            )],
        ),
        section(
            say::invitation(lang),
            vec![row(
                "invitation.hours",
                say::invitation_link(lang),
                realm.invitation_hours.map_or_else(
                    || say::invitation_none(lang).to_owned(),
                    |n| say::for_hours(lang, n),
                ),
            )],
        ),
        section(say::registration(lang), registration(lang, list)),
        section(
            say::contact(lang),
            vec![
                text(
                    "contact.phone",
                    say::phone(lang),
                    &realm.contact.phone,
                    say::none(lang),
                ),
                row(
                    "contact.hours",
                    say::hours(lang),
                    say::both(&realm.contact.hours),
                ),
                text(
                    "contact.email",
                    say::email(lang),
                    &realm.contact.email,
                    say::none(lang),
                ),
            ],
        ),
        section(say::calendar(lang), calendar(lang, list)),
        section(say::cases(lang), cases(lang, list)),
        section(say::links(lang), links(lang, list)),
        section(
            say::look(lang),
            vec![
                text("look.brand", say::brand(lang), &realm.brand, ""),
                row(
                    "look.cut",
                    say::cut(lang),
                    realm.cut.map(|d| d.to_string()).join(" "),
                ),
                text(
                    "look.logo",
                    say::logo(lang),
                    if realm.logo.is_empty() {
                        say::logo_none(lang)
                    } else {
                        say::logo_own(lang)
                    },
                    "",
                ),
            ],
        ),
    ]
}

fn regions(lang: Lang, realm: &Realm) -> String {
    let names = realm.regions.iter().map(|&one| start::region(lang, one));
    names.collect::<Vec<_>>().join(", ")
}

fn announcement(lang: Lang, realm: &Realm) -> String {
    let announced = realm.announcement.as_ref();
    announced.map_or_else(|| say::none(lang).to_owned(), say::both)
}

/// The ways to sign in, in the order in which they are offered.
fn ways(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let realm = list.realm;
    let mut rows: Vec<_> = (realm.chains.iter().enumerate())
        .map(|(n, chain)| {
            let key = format!("sign_in.chains.{n}");
            list.row(&key, say::way(lang, n + 1), say::chain(lang, chain))
        })
        .collect();
    let offers = match realm.offers.as_slice() {
        [] => say::offers_none(lang).to_owned(),
        offers => say::kinds(lang, offers),
    };
    rows.push(list.row("sign_in.offers", say::offers(lang), offers));
    rows
}

fn grace(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::grace_sign_ins(lang);
    let Some(grace) = &list.realm.grace else {
        return vec![list.row("grace", name, say::grace_none(lang))];
    };
    let before = match grace.before.as_str() {
        "" => say::not_set(lang),
        day => day,
    };
    vec![
        list.row(
            "grace.first_sign_ins",
            name,
            say::times(lang, grace.sign_ins),
        ),
        list.row("grace.before", say::grace_before(lang), before),
    ]
}

fn remember(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::remember_days(lang);
    let Some(remember) = &list.realm.remember else {
        return vec![list.row("remember", name, say::remember_none(lang))];
    };
    let days = count::days(lang, remember.days);
    vec![list.row("remember.days", name, days)]
}

fn capture(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::bind(lang);
    let Some(capture) = &list.realm.capture else {
        return vec![list.row("capture", name, say::capture_none(lang))];
    };
    let care = |care| say::care(lang, care);
    vec![
        list.row("capture.bind", name, say::bound_by(lang, capture.bind)),
        list.row(
            "capture.shared_mailboxes",
            say::shared(lang),
            care(capture.shared_mailboxes),
        ),
        list.row(
            "capture.foreign_domains",
            say::foreign(lang),
            care(capture.foreign_domains),
        ),
    ]
}

fn calendar(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let calendar = &list.realm.calendar;
    let holidays = match calendar.holidays.as_slice() {
        [] => say::none(lang).to_owned(),
        days => days.join(", "),
    };
    vec![
        list.row(
            "calendar.working_days",
            say::working_days(lang),
            say::days(lang, calendar.working),
        ),
        list.row("calendar.holidays", say::holidays(lang), holidays),
    ]
}

fn cases(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let name = say::cases_kinds(lang);
    let Some(cases) = &list.realm.cases else {
        return vec![list.row("cases", name, say::cases_none(lang))];
    };
    let kinds: Vec<_> = (cases.kinds.iter())
        .map(|kind| desk::case_kind(lang, *kind))
        .collect();
    let (wait, privacy) = (&cases.cool_down, &cases.privacy);
    let row = |key: &str, name: &str, value: String| list.row(&format!("cases.{key}"), name, value);
    vec![
        row("kinds", name, kinds.join(", ")),
        row(
            "answer_hours",
            say::answer(lang),
            say::for_hours(lang, cases.answer_hours),
        ),
        row(
            "cool_down_minutes.live_factor",
            say::wait_live(lang),
            say::wait(lang, wait.live_factor),
        ),
        row(
            "cool_down_minutes.recovery_code",
            say::wait_recovery(lang),
            say::wait(lang, wait.recovery_code),
        ),
        row(
            "cool_down_minutes.manager",
            say::wait_manager(lang),
            say::wait(lang, wait.manager),
        ),
        row(
            "cool_down_minutes.mailbox",
            say::wait_mailbox(lang),
            say::wait(lang, wait.mailbox),
        ),
        row(
            "window_hours",
            say::window(lang),
            say::for_hours(lang, cases.window_hours),
        ),
        row(
            "probation_hours",
            say::probation(lang),
            say::for_hours(lang, cases.probation_hours),
        ),
        row(
            "privacy.version",
            say::privacy_version(lang),
            privacy.version.clone(),
        ),
        row("privacy.url", say::privacy_url(lang), privacy.url.clone()),
    ]
}

fn registration(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    let Some(rules) = &list.realm.registration else {
        let none = say::registration_none(lang);
        return vec![list.row("registration", say::registration(lang), none)];
    };
    let row = |key: &str, name: &str, value: String| {
        list.row(&format!("registration.{key}"), name, value)
    };
    vec![
        row(
            "hours",
            say::registration_mail(lang),
            say::for_hours(lang, rules.hours),
        ),
        row(
            "terms.version",
            say::terms_version(lang),
            rules.terms.version.clone(),
        ),
        row("terms.url", say::terms_url(lang), rules.terms.url.clone()),
    ]
}

fn links(lang: Lang, list: &Listing<'_>) -> Vec<Row> {
    if list.realm.links.is_empty() {
        return vec![list.row("links", say::links(lang), say::none(lang))];
    }
    let links = list.realm.links.iter().enumerate();
    links
        .map(|(n, (name, url))| list.row(&format!("links.{n}"), say::both(name), url.as_str()))
        .collect()
}

fn risks(lang: Lang, list: &Listing<'_>) -> Vec<PolicyRisk> {
    let risks = list.realm.accepted_risks.iter().enumerate();
    risks
        .map(|(n, risk)| PolicyRisk {
            title: say::risk(lang, &risk.path),
            reason: risk.reason.get(lang).to_owned(),
            line: list.line(&format!("accepted_risks.{n}")),
        })
        .collect()
}

/// What the file sets and no section names, as it is written there.
fn others(realm: &Realm, sections: &[Section]) -> Vec<Row> {
    let named = |key: &str| {
        let below = |of: &str| {
            key.strip_prefix(of)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        below("accepted_risks")
            || sections
                .iter()
                .flat_map(|s| &s.values)
                .any(|r| below(&r.key))
    };
    let list = Listing { realm };
    let values = realm.origins.values().filter(|(key, _)| !named(key));
    values
        .map(|(key, origin)| list.row(key, key, origin.written.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::policy::{self, Provenance};
    use std::collections::BTreeSet;

    const SHIPPED: [&str; 5] = [
        include_str!("../../policies/agents.toml"),
        include_str!("../../policies/cloud.toml"),
        include_str!("../../policies/customers.toml"),
        include_str!("../../policies/dealers.toml"),
        include_str!("../../policies/workforce.toml"),
    ];

    fn read(text: &str) -> Realm {
        policy::parse(text).expect("a good policy")
    }

    fn shown(lang: Lang, realm: &Realm, key: &str) -> Option<PolicyValue> {
        let sections = sections(lang, &Listing { realm });
        let mut rows = sections.into_iter().flat_map(|s| s.values);
        rows.find(|row| row.key == key).map(|row| row.shown)
    }

    #[test]
    fn every_value_of_the_shipped_policies_has_its_words() {
        for text in SHIPPED {
            let realm = read(text);
            let sections = sections(Lang::En, &Listing { realm: &realm });
            let raw: Vec<_> = others(&realm, &sections)
                .into_iter()
                .map(|row| row.key)
                .collect();
            assert_eq!(
                raw,
                [] as [&str; 0],
                "{}: add a line in `sections`",
                realm.slug
            );
        }
    }

    #[test]
    fn what_has_no_words_yet_is_shown_as_it_is_written() {
        let mut realm = read(SHIPPED[4]);
        realm.origins = policy::origins("[weather]\nsunny_days = [\"mon\"]\nname = \"x\"\n");
        let sections = sections(Lang::De, &Listing { realm: &realm });
        let rows: Vec<_> = others(&realm, &sections)
            .into_iter()
            .map(|row| (row.shown.name, row.shown.value, row.shown.line))
            .collect();
        let row = |name: &str, value: &str, line| (name.to_owned(), value.to_owned(), Some(line));
        assert_eq!(
            rows,
            [
                row("weather.name", "\"x\"", 3),
                row("weather.sunny_days", "[\"mon\"]", 2),
            ]
        );
    }

    #[test]
    fn a_value_of_the_file_names_its_line_and_a_default_does_not() {
        let text = SHIPPED[4];
        let realm = read(text);
        let line = |part: &str| {
            let at = text.find(part).expect("stands in the file");
            u32::try_from(text[..at].matches('\n').count() + 1).expect("few lines")
        };
        let value = |key| shown(Lang::En, &realm, key).expect("a row");
        let pin = value("pin.min_length");
        assert_eq!(
            (pin.value.as_str(), pin.line),
            ("6 digits", Some(line("min_length")))
        );
        let most = value("pin.max_length");
        assert_eq!((most.value.as_str(), most.line), ("12 digits", None));
        let way = value("sign_in.chains.0");
        assert_eq!(
            (way.value.as_str(), way.line),
            ("Passkey, then PIN", Some(line("[\"passkey\", \"pin\"]")))
        );
        assert_eq!(
            value("reset.link_minutes").value,
            "there is no reset by e-mail"
        );
        let link = value("links.1");
        assert_eq!(link.value, "https://www.workforce.example/legal");
        assert_eq!(link.name, "Legal notice (English), Impressum (Deutsch)");
    }

    #[test]
    fn the_numbers_on_the_page_are_those_of_the_file() {
        // Another number in the file is another number on the page.
        let text = SHIPPED[2];
        for (from, to, key, says) in [
            (
                "min_length = 8",
                "min_length = 11",
                "password.min_length",
                "11 Zeichen",
            ),
            ("digits = 8", "digits = 7", "mail_code.digits", "7 Ziffern"),
            (
                "minutes = 10",
                "minutes = 1",
                "mail_code.minutes",
                "1 Minute",
            ),
            (
                "link_minutes = 30",
                "link_minutes = 31",
                "reset.link_minutes",
                "31 Minuten",
            ),
            ("hours = 72", "hours = 1", "invitation.hours", "1 Stunde"),
        ] {
            let realm = read(&text.replacen(from, to, 1));
            assert_eq!(
                shown(Lang::De, &realm, key).expect("a row").value,
                says,
                "{key}"
            );
        }
    }

    #[test]
    fn each_accepted_risk_is_told_with_its_reason_and_its_line() {
        let realm = read(SHIPPED[3]);
        let told = risks(Lang::De, &Listing { realm: &realm });
        assert_eq!(told.len(), 2);
        for (risk, told) in realm.accepted_risks.iter().zip(&told) {
            assert_eq!(told.reason, risk.reason.de);
            let line = told.line.expect("stands in the file") as usize;
            assert_eq!(SHIPPED[3].lines().nth(line - 1), Some("[[accepted_risks]]"));
            assert!(!told.title.contains(&risk.path), "in words: {}", told.title);
        }
        assert!(
            risks(
                Lang::En,
                &Listing {
                    realm: &read(SHIPPED[4])
                }
            )
            .is_empty()
        );
    }

    #[test]
    fn both_languages_name_the_same_values_in_other_words() {
        let mut realm = read(SHIPPED[3]);
        let keys = |lang| -> BTreeSet<String> {
            let all = sections(lang, &Listing { realm: &realm }).into_iter();
            all.flat_map(|s| s.values).map(|r| r.key).collect()
        };
        assert_eq!(keys(Lang::En), keys(Lang::De));
        realm.origins = Provenance::default();
        let titles = |lang| -> Vec<_> {
            let all = sections(lang, &Listing { realm: &realm }).into_iter();
            all.map(|s| s.title)
                .filter(|t| !["PIN", "Service desk"].contains(t))
                .collect()
        };
        for (en, de) in titles(Lang::En).iter().zip(titles(Lang::De)) {
            assert_ne!(*en, de);
        }
    }
}
