//! Which page stands at an address for this caller. One match is the map of
//! the whole product; each page is made by its flow.

use crate::{
    Failure, Reply, Request, Services, announcements, applications, approval, audit_trail,
    ceremony, change_pin, choose_method, confirm_call, confirm_case, desk, enroll_phone,
    follow_case, invite, lost_phone, manage_factors, not_me, people, phone, profile, prove,
    read_policy, recovery_codes, register, reset_password, reset_pin, roles, sessions, sign_in,
    start, transfers, undo_change, vouch,
    when::{self, Times},
    wrong_address,
};
use domain::{
    admin_place::AdminPlace,
    ids::RealmSlug,
    link::Purpose,
    paths,
    place::{Place, Rule},
    policy::Realm,
    records::Session,
    screen::{
        Answer, Frame, News, PersonFace, RealmFace, Screen, StepFace, StepName, StepState, Theme,
        View,
    },
};
use subtle::ConstantTimeEq;

/// The page at a path, or where to go instead.
///
/// # Errors
/// [`Failure::NotFound`] for what is no page, [`Failure::Forbidden`] for who may
/// not see it.
pub async fn page(services: &Services, request: &Request, path: String) -> Result<Reply, Failure> {
    let mut reply = at(services, request, &path).await?;
    // A page that looks by itself would take what the browser comes for in this moment,
    // and what was refused would be said to nobody.
    let looks = path
        .split_once('?')
        .is_some_and(|(_, query)| Query::parse(query).live);
    if let Answer::Show(view) = &mut reply.answer
        && !looks
        && let Some(kept) = ceremony::take_flash(services, request, &view.frame.path).await?
        && kept.frame.lang == view.frame.lang
    {
        **view = kept;
    }
    Ok(reply)
}

async fn at(services: &Services, request: &Request, path: &str) -> Result<Reply, Failure> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let place = Place::parse(path).ok_or(Failure::NotFound)?;
    let query = Query::parse(query);
    let quiet = Request {
        quiet: true,
        ..request.clone()
    };
    let request = if query.live { &quiet } else { request };
    if let Some(slug) = place.realm() {
        services.realm(slug.as_str())?;
    }
    if matches!(place.rule(), Rule::Fresh | Rule::FreshOrReset) {
        let realm = services.realm(place.realm().map_or("", RealmSlug::as_str))?;
        let asked = match place.rule() {
            Rule::FreshOrReset => services.fresh_or_reset(request, &realm).await,
            _ => services.fresh(request, &realm).await,
        };
        if let Err(Failure::Confirm(_)) = asked {
            if query.live {
                // A page that looks by itself begins nothing: it is loaded anew.
                return Ok(Reply::anew(place.path()));
            }
            return prove::begin_confirm(services, request, &realm, place.path()).await;
        }
    }
    match place {
        Place::Start => start::page(services, request, &query).await,
        Place::SignIn(r) => sign_in::page(services, request, &r, &query).await,
        Place::Forgot(r) => reset_password::page(services, request, &r).await,
        Place::Announcements(r) => announcements::page(services, request, &r).await,
        Place::ChangePin(r) => change_pin::page(services, request, &r).await,
        Place::ResetPin(r) => reset_pin::page(services, request, &r).await,
        Place::ConfirmCall(r) => confirm_call::page(services, request, &r),
        Place::Vouch(r, id) => vouch::page(services, request, &r, &id, &query).await,
        Place::ConfirmCase(r, id) => confirm_case::page(services, request, &r, &id, &query).await,
        Place::AdminRoles(r) => roles::page(services, request, &r, &query).await,
        Place::AdminAnnouncements(r) => {
            announcements::admin_page(services, request, &r, &query).await
        }
        Place::Register(r) => register::page(services, request, &r).await,
        Place::LostPhone(r) => lost_phone::page(services, request, &r).await,
        Place::WrongAddress(r) => wrong_address::page(services, request, &r).await,
        Place::Instructions(r) => instructions(services, request, &r).await,
        Place::Link(r, Purpose::NotMe, token) => not_me::page(services, request, &r, token).await,
        Place::Link(r, Purpose::Case, token) => {
            follow_case::page(services, request, &r, token).await
        }
        Place::Link(r, Purpose::Phone, token) => {
            enroll_phone::page(services, request, &r, token).await
        }
        Place::Link(r, Purpose::Undo, token) => {
            undo_change::page(services, request, &r, token).await
        }
        Place::Link(r, purpose, token) => {
            reset_password::link_page(services, request, &r, purpose, token).await
        }
        Place::SetPassword(r) => reset_password::new_password_page(services, request, &r).await,
        Place::Enroll(r) => choose_method::by_link_page(services, request, &r).await,
        Place::Overview(r) => manage_factors::overview(services, request, &r, &query).await,
        Place::Factor(r, id) => manage_factors::page(services, request, &r, &id).await,
        Place::Test(r) => {
            prove::page(services, request, &r, domain::screen::CodePurpose::Test).await
        }
        Place::Confirm(r) => {
            prove::page(services, request, &r, domain::screen::CodePurpose::Confirm).await
        }
        Place::Add(r) => choose_method::page(services, request, &r, None).await,
        Place::AddKind(r, kind) => choose_method::page(services, request, &r, Some(kind)).await,
        Place::RecoveryCodes(r) => recovery_codes::page(services, request, &r, &query).await,
        Place::Sessions(r) => sessions::page(services, request, &r, &query).await,
        Place::Profile(r) => profile::page(services, request, &r, &query).await,
        Place::ProfileFactor(r) => profile::factor::page(services, request, &r, &query).await,
        Place::ProfilePassword(r) => profile::password_page(services, request, &r).await,
        Place::Request(r, kind) => {
            approval::request::page(services, request, &r, kind, &query).await
        }
        Place::AnyApprovals => approval::decide::anywhere(services, request).await,
        Place::Approvals(r) => approval::decide::list(services, request, &r, &query).await,
        Place::Approval(r, id) => approval::decide::page(services, request, &r, &id, &query).await,
        Place::Phone => phone::page(services, request, &query).await,
        Place::Desk => desk::queue(services, request, &query).await,
        Place::DeskCase(id) => desk::case_page(services, request, &id, &query).await,
        Place::DeskPeople => desk::people(services, request, &query).await,
        Place::DeskPerson(id) => desk::person_page(services, request, &id, &query).await,
        Place::Admin => people::home(services, request).await,
        Place::AdminPeople(r) => people::list(services, request, &r, &query).await,
        Place::AdminPerson(r, id) => people::page(services, request, &r, &id, &query).await,
        Place::AdminInvitations(r) => invite::page(services, request, &r, &query).await,
        Place::AdminApplications(r) => applications::list(services, request, &r, &query).await,
        Place::AdminApplication(r, id) => {
            applications::page(services, request, &r, &id, &query).await
        }
        Place::AdminTransfers(r) => transfers::list(services, request, &r, &query).await,
        Place::AdminTransfer(r, id) => transfers::page(services, request, &r, &id, &query).await,
        Place::AdminAudit(r) => audit_trail::page(services, request, &r, &query).await,
        Place::AdminPolicy(r) => read_policy::page(services, request, &r).await,
    }
}

/// How to sign in, for anybody who may have to.
async fn instructions(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    if !realm.instructs() {
        return Err(Failure::NotFound);
    }
    let session = services.session(request, &realm).await?;
    let path = paths::instructions(slug);
    let frame = frame(services, request, Some(&realm), session.as_ref(), path);
    Ok(Reply::show(view(frame, Screen::Instructions)))
}

/// The cookie that keeps the chosen look.
pub const THEME: &str = "theme";

/// The few words that an address may carry behind its `?`.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What went well.
    pub news: String,
    /// Who says so, and when.
    pub stamp: String,
    /// What is searched for.
    pub q: String,
    /// Where the page of a list begins.
    pub after: String,
    /// In the audit trail: about whom.
    pub person: String,
    /// In the audit trail: which action.
    pub action: String,
    /// In the audit trail: how it ended.
    pub result: String,
    /// A kind that a list is filtered by.
    pub kind: String,
    /// A realm that a list is filtered by.
    pub realm: String,
    /// On the start page: which region.
    pub region: String,
    /// Whose rows a list shows.
    pub whose: String,
    /// The page looks again by itself.
    pub live: bool,
}

impl Query {
    /// Reads what stands behind the `?`.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.split('&').take(8) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            match name {
                "news" => query.news = value,
                "stamp" => query.stamp = value,
                "q" => query.q = value,
                "after" => query.after = value,
                "person" => query.person = value,
                "action" => query.action = value,
                "result" => query.result = value,
                "kind" => query.kind = value,
                "realm" => query.realm = value,
                "region" => query.region = value,
                "whose" => query.whose = value,
                "live" => query.live = true,
                _ => {}
            }
        }
        query
    }
}

/// Percent-decoding of a query value; control characters are dropped.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len().min(512));
    let mut i = 0;
    while i < bytes.len() && out.len() < 512 {
        let hex = |b: u8| (b as char).to_digit(16);
        match bytes[i] {
            b'+' => out.push(b' '),
            b'%' if i + 2 < bytes.len() => {
                if let (Some(a), Some(b)) = (hex(bytes[i + 1]), hex(bytes[i + 2])) {
                    out.push((a * 16 + b) as u8);
                    i += 2;
                }
            }
            b => out.push(b),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out)
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

/// Percent-encoding for a query value that we write ourselves.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                (b as char).to_string()
            }
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// The frame of a page.
pub fn frame(
    services: &Services,
    request: &Request,
    realm: Option<&Realm>,
    session: Option<&Session>,
    path: String,
) -> Frame {
    let lang = match (request.chosen, session) {
        (None, Some(session)) => session.person.lang,
        _ => request.lang(realm),
    };
    Frame {
        lang,
        realm: realm.map(|r| face(services, request, r, lang, session.is_some())),
        demo: services.demo,
        person: session.map(|s| PersonFace {
            name: s.person.called().to_owned(),
            login: s.person.login.clone(),
            resets_pin: s.resets_pin(),
            serves: !s.resets_pin() && s.grants.iter().any(|g| g.role.serves()),
            administrates: !s.resets_pin() && AdminPlace::any(&s.grants),
        }),
        account: session.map(|s| s.person.account()),
        path,
        steps: Vec::new(),
        theme: Theme::of(request.cookie(THEME).unwrap_or_default()),
        zone: when::told(request).unwrap_or_default().to_owned(),
    }
}

fn face(
    services: &Services,
    request: &Request,
    realm: &Realm,
    lang: domain::Lang,
    signed_in: bool,
) -> RealmFace {
    let now = services.now();
    let newest = services.noticed.shown(&realm.slug, signed_in, now);
    let (announcement, announcement_path) = match newest.first() {
        Some(a) => {
            let date = Times::of(services, request, realm, lang).moment(a.begins_at);
            let text = words::announcements::dated(lang, &date, a.text(lang));
            (text, paths::announcements(&realm.slug))
        }
        // What the policy says stands while nothing newer does.
        None => {
            let lasting = realm.announcement.as_ref().map(|a| a.get(lang).to_owned());
            (lasting.unwrap_or_default(), String::new())
        }
    };
    RealmFace {
        slug: realm.slug.clone(),
        name: realm.name.get(lang).to_owned(),
        logo: realm.logo.clone(),
        phone: realm.contact.phone.clone(),
        hours: realm.contact.hours.get(lang).to_owned(),
        email: realm.contact.email.clone(),
        copyright: realm.copyright.clone(),
        links: realm
            .links
            .iter()
            .map(|(name, url)| (name.get(lang).to_owned(), url.clone()))
            .collect(),
        announcement,
        announcement_path,
    }
}

/// A page without news or refusals.
pub fn view(frame: Frame, screen: Screen) -> View {
    View {
        frame,
        screen,
        refusals: Vec::new(),
        news: None,
    }
}

/// Steps of a ceremony, `now` counted from 0.
pub fn steps(names: &[StepName], now: usize) -> Vec<StepFace> {
    if names.len() < 2 {
        return Vec::new();
    }
    names
        .iter()
        .enumerate()
        .map(|(n, name)| StepFace {
            name: *name,
            state: match n.cmp(&now) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Now,
                std::cmp::Ordering::Greater => StepState::Ahead,
            },
        })
        .collect()
}

/// An address with news for the page there.
pub fn with_news(path: &str, news: &News) -> String {
    let text = serde_json::to_string(news).unwrap_or_default();
    format!("{path}?news={}", encode(&text))
}

/// Seconds for which an address tells its news: long enough for a slow phone, and
/// too short for a bookmark.
const NEWS_LIFE: i64 = 30;

fn news_mac(services: &Services, news: &str, seconds: i64) -> String {
    let mac = services
        .vault
        .mac("news", format!("{news}/{seconds}").as_bytes());
    mac.chars().take(22).collect()
}

/// Vouches for the news in an address that the portal itself leads to, so that a
/// made-up link tells nobody that all sessions were ended.
pub fn vouch(services: &Services, path: String) -> String {
    let Some((_, news)) = path.split_once("?news=") else {
        return path;
    };
    if news.contains('&') {
        return path;
    }
    let seconds = services.now().seconds();
    let mac = news_mac(services, news, seconds);
    format!("{path}&stamp={seconds}.{mac}")
}

/// The news of an address, if we vouched for them a moment ago.
pub fn news(services: &Services, query: &Query) -> Option<News> {
    let (seconds, mac) = query.stamp.split_once('.')?;
    let seconds: i64 = seconds.parse().ok()?;
    let age = services.now().seconds() - seconds;
    let expected = news_mac(services, &encode(&query.news), seconds);
    let is_ours: bool = mac.as_bytes().ct_eq(expected.as_bytes()).into();
    if is_ours && (0..NEWS_LIFE).contains(&age) {
        serde_json::from_str(&query.news).ok()
    } else {
        None
    }
}

/// Sends a person who is signed in already to their overview.
pub fn home(realm: &RealmSlug) -> Reply {
    Reply::anew(paths::overview(realm))
}
