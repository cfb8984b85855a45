//! What a realm announces: a sentence above every page, with date, details,
//! audience and expiry (C15). Pages read it from memory, so a banner costs no
//! statement; whether it is shown is judged by the clock at each page.

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    pages::{self, Query},
    people,
    when::{self, Times},
};
use domain::{
    Refusal, Timestamp,
    admin_place::AdminPlace,
    announcement::{Announcement, Audience},
    audit::{Action, Event},
    ids::{AnnouncementId, RealmSlug},
    paths,
    policy::{Both, Realm},
    records::Session,
    refusal::{Code, Field},
    screen::{
        AdminAnnouncements, AnnouncementRow, AnnouncementTyped, Announcements, News, Screen, View,
    },
    text,
};
use std::sync::{Arc, PoisonError, RwLock};

/// The longest sentence, in characters.
const MOST_TEXT: usize = 200;
/// The longest details.
const MOST_DETAILS: usize = 2000;
/// How many the administration lists.
const LISTED: i64 = 50;

/// What this node knows to be announced, now or later.
#[derive(Clone, Debug, Default)]
pub struct Noticed(Arc<RwLock<Vec<Announcement>>>);

impl Noticed {
    /// Reads anew what is announced.
    ///
    /// # Errors
    /// The database could not: what was known stays known.
    pub async fn refresh(&self, store: &store::Store, now: Timestamp) -> store::Result<()> {
        let ahead = store.read().await?.announcements_ahead(now).await?;
        // A panic while holding it leaves a whole list behind.
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = ahead;
        Ok(())
    }

    /// What somebody sees at a realm now, newest first.
    pub fn shown(&self, realm: &RealmSlug, signed_in: bool, now: Timestamp) -> Vec<Announcement> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mine = known.iter().filter(|a| a.realm == *realm);
        mine.filter(|a| a.is_for(signed_in, now)).cloned().collect()
    }
}

/// The page with the details.
///
/// # Errors
/// The database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.session(request, &realm).await?;
    let path = paths::announcements(slug);
    let frame = pages::frame(services, request, Some(&realm), session.as_ref(), path);
    let (lang, now) = (frame.lang, services.now());
    let times = Times::of(services, request, &realm, lang);
    let shown = services.noticed.shown(slug, session.is_some(), now);
    let all = shown.iter().map(|a| {
        (
            times.moment(a.begins_at),
            a.text.get(lang).to_owned(),
            a.details.get(lang).to_owned(),
        )
    });
    let screen = Screen::Announcements(Announcements { all: all.collect() });
    Ok(Reply::show(pages::view(frame, screen)))
}

/// The administration of a realm's announcements.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn admin_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services
        .admitted(request, &realm, AdminPlace::Announcements)
        .await?;
    let typed = AnnouncementTyped::default();
    let mut view = show(services, request, &realm, &session, typed, Vec::new()).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    typed: AnnouncementTyped,
    refusals: Vec<Refusal>,
) -> Result<View, Failure> {
    let now = services.now();
    let mut conn = services.store.read().await?;
    let all = conn.announcements_of(&realm.slug, LISTED).await?;
    drop(conn);
    let path = paths::admin_announcements(&realm.slug);
    let frame = pages::frame(services, request, None, Some(session), path);
    let lang = frame.lang;
    // As they are typed: on the clock of the realm, which the form names.
    let times = Times::at(services, realm, lang);
    let rows = all.iter().map(|a| AnnouncementRow {
        id: a.id.as_str().to_owned(),
        text: a.text.get(lang).to_owned(),
        audience: a.audience,
        begins: times.moment(a.begins_at),
        ends: times.moment(a.ends_at),
        state: a.state(now),
    });
    let screen = AdminAnnouncements {
        realm: people::card(realm, lang, &session.grants),
        rows: rows.collect(),
        typed,
        zone: realm.zone.clone(),
    };
    Ok(View {
        frame,
        screen: Screen::AdminAnnouncements(Box::new(screen)),
        refusals,
        news: None,
    })
}

fn read(
    realm: &Realm,
    typed: &AnnouncementTyped,
    now: Timestamp,
) -> Result<Announcement, Vec<Refusal>> {
    let mut faults = Vec::new();
    let mut keep = |field, read: Result<String, Code>| {
        read.unwrap_or_else(|code| {
            faults.push(Refusal::at(field, code));
            String::new()
        })
    };
    let details = |raw: &str| match text::sentence(raw, MOST_DETAILS) {
        Err(Code::Missing) => Ok(String::new()),
        other => other,
    };
    let said = Both {
        en: keep(Field::TextEn, text::sentence(&typed.text_en, MOST_TEXT)),
        de: keep(Field::TextDe, text::sentence(&typed.text_de, MOST_TEXT)),
    };
    let more = Both {
        en: keep(Field::DetailsEn, details(&typed.details_en)),
        de: keep(Field::DetailsDe, details(&typed.details_de)),
    };
    let begins_at = if typed.begins.trim().is_empty() {
        Some(now)
    } else {
        when::local_time(realm, &typed.begins)
    };
    if begins_at.is_none() {
        faults.push(Refusal::at(Field::Begins, Code::NotATime));
    }
    let ends_at = when::local_time(realm, &typed.ends);
    if typed.ends.trim().is_empty() {
        faults.push(Refusal::at(Field::Ends, Code::Missing));
    } else if ends_at.is_none() {
        faults.push(Refusal::at(Field::Ends, Code::NotATime));
    } else if ends_at <= begins_at || ends_at <= Some(now) {
        faults.push(Refusal::at(Field::Ends, Code::EndsTooEarly));
    }
    let (Some(begins_at), Some(ends_at), true) = (begins_at, ends_at, faults.is_empty()) else {
        return Err(faults);
    };
    Ok(Announcement {
        id: AnnouncementId::new(String::new()),
        realm: realm.slug.clone(),
        text: said,
        details: more,
        audience: typed.audience,
        begins_at,
        ends_at,
        withdrawn_at: None,
    })
}

/// Makes an announcement.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn announce(
    services: &Services,
    request: &Request,
    realm: String,
    audience: String,
    typed: AnnouncementTyped,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Announcements)
        .await?;
    let typed = AnnouncementTyped {
        audience: Audience::parse(&audience).ok_or(Failure::BadRequest("audience"))?,
        ..typed
    };
    let now = services.now();
    let announcement = match read(&realm, &typed, now) {
        Ok(read) => Announcement {
            id: AnnouncementId::new(services.id()),
            ..read
        },
        Err(faults) => {
            let view = show(services, request, &realm, &session, shown(typed), faults).await?;
            return Ok(Reply::show(view));
        }
    };
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let by = &session.person.id;
    let mut fact = Fact::begin(ctx).await?;
    fact.tx().announcement_insert(&announcement).await?;
    let event = Event::done(Action::Announced, by.clone()).because(announcement.id.as_str());
    audit::record(&mut fact, Some(by), &event).await?;
    fact.commit().await?;
    services.noticed.refresh(&services.store, now).await?;
    let to = paths::admin_announcements(&realm.slug);
    Ok(Reply::go(pages::with_news(&to, &News::Announced)))
}

/// What can be seen of what was typed, and not too much of it.
fn shown(typed: AnnouncementTyped) -> AnnouncementTyped {
    let cut = |text: String| -> String {
        let visible = text.chars().filter(|c| !c.is_control() || *c == '\n');
        visible.take(MOST_DETAILS + 100).collect()
    };
    AnnouncementTyped {
        text_en: cut(typed.text_en),
        text_de: cut(typed.text_de),
        details_en: cut(typed.details_en),
        details_de: cut(typed.details_de),
        audience: typed.audience,
        begins: cut(typed.begins),
        ends: cut(typed.ends),
    }
}

/// Takes an announcement back; the same for who was faster.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn withdraw(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Announcements)
        .await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (now, by, id) = (services.now(), &session.person.id, AnnouncementId::new(id));
    let mut fact = Fact::begin(ctx).await?;
    if fact
        .tx()
        .announcement_withdraw(&id, &realm.slug, now)
        .await?
    {
        let event = Event::done(Action::AnnouncementWithdrawn, by.clone()).because(id.as_str());
        audit::record(&mut fact, Some(by), &event).await?;
        fact.commit().await?;
        services.noticed.refresh(&services.store, now).await?;
    }
    let to = paths::admin_announcements(&realm.slug);
    Ok(Reply::go(pages::with_news(
        &to,
        &News::AnnouncementWithdrawn,
    )))
}
