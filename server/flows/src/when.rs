//! Times as people read them, in the zone of the realm.

use domain::{Lang, Timestamp, policy::Realm};
use jiff::tz::TimeZone;

fn local(realm: &Realm, at: Timestamp) -> jiff::Zoned {
    let zone = TimeZone::get(&realm.zone).unwrap_or(TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or_default()
        .to_zoned(zone)
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
    let zone = TimeZone::get(&realm.zone).unwrap_or(TimeZone::UTC);
    let at = time.to_zoned(zone).ok()?.timestamp().as_millisecond();
    Some(Timestamp::from_millis(at))
}

/// "10:42", without a date.
pub fn clock(realm: &Realm, at: Timestamp) -> String {
    local(realm, at).strftime("%H:%M").to_string()
}

/// The day in the realm's zone, `YYYY-MM-DD`.
pub fn day(realm: &Realm, at: Timestamp) -> String {
    local(realm, at).strftime("%Y-%m-%d").to_string()
}

/// "today, 10:42" or "18 November 2026, 10:42".
pub fn moment(realm: &Realm, lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let (at, today) = (local(realm, at), local(realm, now).date());
    let time = at.strftime("%H:%M").to_string();
    let date = at.date();
    if date == today {
        return words::when::today(lang, &time);
    }
    if date.tomorrow().is_ok_and(|next| next == today) {
        return words::when::yesterday(lang, &time);
    }
    words::when::date(lang, date.day(), date.month(), date.year(), &time)
}

/// The exact time in UTC: "2026-11-18T10:42:05.123Z".
pub fn utc(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or_default()
        .to_string()
}

/// [`moment`], or nothing for never.
pub fn maybe(realm: &Realm, lang: Lang, at: Option<Timestamp>, now: Timestamp) -> String {
    at.map(|at| moment(realm, lang, at, now))
        .unwrap_or_default()
}
