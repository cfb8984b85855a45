//! A realm's policy in words, for who answers for it: every value, where it
//! comes from, and the risks that were accepted.
//!
//! A new value is one line in [`sections`], with its key in the file. What has
//! no line yet is shown as it stands in the file, so nothing is ever hidden.

mod applications;
mod approvals;
mod basics;
mod caller;
mod cases;
mod lines;
mod registration;
mod reset_pin;
mod sign_in;
#[cfg(test)]
mod tests;

use crate::{Failure, Reply, Request, Services, pages, people};
use domain::{
    Lang,
    admin_place::AdminPlace,
    ids::RealmSlug,
    paths,
    policy::Realm,
    screen::{AdminPolicy, PolicyRisk, PolicySection, PolicyValue, Screen},
};
use words::{login, read_policy as say};

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
                row("regions", say::regions(lang), basics::regions(lang, realm)),
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
                    basics::announcement(lang, realm),
                ),
            ],
        ),
        section(say::sign_in(lang), sign_in::ways(lang, list)),
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
        section(say::caller(lang), caller::rows(lang, list)),
        section(say::approvals(lang), approvals::rows(lang, list)),
        section(say::lines(lang), lines::rows(lang, list)),
        section(say::groups(lang), reset_pin::groups(lang, list)),
        section(say::grace(lang), sign_in::grace(lang, list)),
        section(say::remember(lang), sign_in::remember(lang, list)),
        section(say::capture(lang), sign_in::capture(lang, list)),
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
        section(say::registration(lang), registration::rows(lang, list)),
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
        section(say::calendar(lang), cases::calendar(lang, list)),
        section(say::cases(lang), cases::rows(lang, list)),
        section(say::applications(lang), applications::rows(lang, list)),
        section(say::footer(lang), basics::footer(lang, list)),
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
