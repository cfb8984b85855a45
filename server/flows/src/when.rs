//! Times as people read them: on the clock of the reader where their browser has
//! told its zone, else on the realm's. What people type, and the days that a policy
//! counts, are the realm's.

use crate::{Cookie, Failure, Reply, Request, Services};
use domain::{Lang, Timestamp, paths, policy::Realm, secret::Secret};
use jiff::tz::TimeZone;

/// The cookie that keeps the zone of a browser. The server writes it, so that no
/// script has cookies to read.
const COOKIE: &str = "__Host-zone";
/// Seconds that a browser keeps it.
const KEEP: i64 = 365 * 24 * 60 * 60;

/// Keeps the zone that a browser told.
///
/// # Errors
/// There is no such zone.
pub fn tell(name: &str) -> Result<Reply, Failure> {
    let zone = TimeZone::get(name).map_err(|_| Failure::BadRequest("no such zone"))?;
    let name = zone.iana_name().unwrap_or("UTC");
    Ok(Reply::go(paths::START).with(vec![Cookie {
        name: COOKIE.to_owned(),
        value: Secret::new(name),
        keep: Some(KEEP),
    }]))
}

/// The zone of whoever reads, as their browser told it; nothing where it told none.
pub fn told(request: &Request) -> Option<&str> {
    request.cookie(COOKIE).filter(|name| is_zone(name))
}

/// How times are said to one reader: in their language, on their clock.
#[derive(Clone, Debug)]
pub struct Times {
    zone: TimeZone,
    lang: Lang,
    now: Timestamp,
}

impl Times {
    /// For whoever reads a page about a realm.
    pub fn of(services: &Services, request: &Request, realm: &Realm, lang: Lang) -> Self {
        let theirs = told(request).and_then(|name| TimeZone::get(name).ok());
        Self {
            zone: theirs.unwrap_or_else(|| zone(realm)),
            ..Self::at(services, realm, lang)
        }
    }

    /// On the clock of the realm, where such times are typed as well.
    pub fn at(services: &Services, realm: &Realm, lang: Lang) -> Self {
        Self {
            zone: zone(realm),
            lang,
            now: services.now(),
        }
    }

    /// "10:42", without a date.
    pub fn clock(&self, at: Timestamp) -> String {
        local(&self.zone, at).strftime("%H:%M").to_string()
    }

    /// "today, 10:42" or "18 November 2026, 10:42".
    pub fn moment(&self, at: Timestamp) -> String {
        let today = local(&self.zone, self.now).date();
        let (date, time) = (local(&self.zone, at).date(), self.clock(at));
        if date == today {
            return words::when::today(self.lang, &time);
        }
        if date.tomorrow().is_ok_and(|next| next == today) {
            return words::when::yesterday(self.lang, &time);
        }
        words::when::date(self.lang, date.day(), date.month(), date.year(), &time)
    }

    /// [`Self::moment`], or nothing for never.
    pub fn maybe(&self, at: Option<Timestamp>) -> String {
        at.map(|at| self.moment(at)).unwrap_or_default()
    }
}

/// The zone of a realm.
fn zone(realm: &Realm) -> TimeZone {
    TimeZone::get(&realm.zone).unwrap_or(TimeZone::UTC)
}

fn local(zone: &TimeZone, at: Timestamp) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or_default()
        .to_zoned(zone.clone())
}

/// Whether there is such a time zone; the policy's own check has no list.
pub fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// Reads `YYYY-MM-DDTHH:MM` (or with a space) in the realm's zone, as a browser's
/// field for times writes it.
pub fn local_time(realm: &Realm, text: &str) -> Option<Timestamp> {
    let text = text.trim().replacen(' ', "T", 1);
    let time: jiff::civil::DateTime = text.parse().ok()?;
    let at = time
        .to_zoned(zone(realm))
        .ok()?
        .timestamp()
        .as_millisecond();
    Some(Timestamp::from_millis(at))
}

/// The day in the realm's zone, `YYYY-MM-DD`.
pub fn day(realm: &Realm, at: Timestamp) -> String {
    local(&zone(realm), at).strftime("%Y-%m-%d").to_string()
}

/// The exact time in UTC: "2026-11-18T10:42:05.123Z".
pub fn utc(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or_default()
        .to_string()
}
