//! The queue: cases that wait, the most urgent first.

use super::Desk;
use crate::{
    Failure, Reply, Request, Services,
    pages::{self, Query},
    paging::{self, After},
    people,
    when::Times,
};
use domain::{
    Lang, Timestamp,
    cases::CaseKind,
    ids::RealmSlug,
    paths,
    records::{CaseFilter, CaseListed, WhoseCases},
    screen::{CaseRow, DeskQueue, QueueCounts, Screen, View, Whose},
};

/// Up to this many are counted; a longer queue says "and more".
pub const MOST_COUNTED: i64 = 1000;

/// What a page or an export shows, from the words in its address.
pub fn filter(desk: &Desk, query: &Query, now: Timestamp) -> CaseFilter {
    let chosen = RealmSlug::parse(&query.realm).filter(|r| desk.realms.contains(r));
    let search = domain::text::search_key(&query.q);
    CaseFilter {
        realms: chosen.map_or_else(|| desk.realms.clone(), |r| vec![r]),
        whose: match Whose::parse(&query.whose) {
            Whose::All => WhoseCases::All,
            Whose::Mine => WhoseCases::Mine(desk.id().clone()),
            Whose::Nobodys => WhoseCases::Nobodys,
            Whose::Late => WhoseCases::Late(now),
            Whose::Done => WhoseCases::Done,
        },
        kind: CaseKind::parse(&query.kind),
        number: number(&search),
        search,
    }
}

/// A number as people say it: "LP-20318", "lp 20318", "20318".
fn number(search: &str) -> Option<i64> {
    let bare = CaseKind::ALL.into_iter().find_map(|kind| {
        let letters = kind.letters().to_lowercase();
        search.strip_prefix(&letters).map(ToOwned::to_owned)
    });
    let digits = bare.unwrap_or_else(|| search.to_owned());
    let digits = digits.trim_start_matches([' ', '-']);
    let fits = (5..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

/// The filters as they stand in an address.
pub fn filters(query: &Query) -> String {
    let mut out = Vec::new();
    for (name, value) in [
        ("q", &query.q),
        ("kind", &query.kind),
        ("realm", &query.realm),
        ("whose", &query.whose),
    ] {
        if !value.is_empty() {
            out.push(format!("{name}={}", pages::encode(value)));
        }
    }
    out.join("&")
}

/// What the list is ordered by: when an answer is due, and the id.
pub fn key(row: &CaseListed) -> (i64, String) {
    (row.case.due_at.millis(), row.case.id.as_str().to_owned())
}

/// A case as the queue shows it.
pub fn row(services: &Services, request: &Request, lang: Lang, listed: &CaseListed) -> CaseRow {
    let now = services.now();
    let case = &listed.case;
    let realm = services.realms.get(&case.realm);
    let times = realm.map(|r| Times::of(services, request, r, lang));
    let say = |at| times.as_ref().map_or_else(String::new, |t| t.moment(at));
    CaseRow {
        id: case.id.as_str().to_owned(),
        name: case.name(),
        kind: case.kind,
        person: listed.person.clone(),
        realm: realm.map_or_else(String::new, |r| r.name.get(lang).to_owned()),
        slug: case.realm.as_str().to_owned(),
        since: say(case.opened_at),
        due: say(case.due_at),
        late: case.stage.waits() && case.due_at < now,
        with: listed.agent.clone(),
        stage: if case.has_lapsed(now) {
            "lapsed".to_owned()
        } else {
            case.stage.slug().to_owned()
        },
    }
}

/// The page.
///
/// # Errors
/// See [`Services::desk`].
pub async fn queue(
    services: &Services,
    request: &Request,
    query: &Query,
) -> Result<Reply, Failure> {
    let desk = services.desk(request).await?;
    let now = services.now();
    let after = After::new(&query.after);
    let begin = after
        .pair()
        .and_then(|(due, id)| Some((due.parse::<i64>().ok()?, id)));
    let filter = filter(&desk, query, now);
    let mut conn = services.store.read().await?;
    let found = conn
        .cases_page(&filter, begin.as_ref(), paging::LIMIT)
        .await?;
    let (all, mine, nobodys, late) = conn
        .cases_count(&desk.realms, desk.id(), MOST_COUNTED, now)
        .await?;
    drop(conn);
    let page = after.page(found, |listed| {
        let (due, id) = key(listed);
        paging::join(&(due.to_string(), id))
    });
    let frame = pages::frame(
        services,
        request,
        None,
        Some(&desk.session),
        paths::DESK.to_owned(),
    );
    let lang = frame.lang;
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    let realms = desk.realms.iter().filter_map(|r| services.realms.get(r));
    let screen = DeskQueue {
        rows: page
            .rows
            .iter()
            .map(|listed| row(services, request, lang, listed))
            .collect(),
        counts: QueueCounts {
            all: count(all),
            mine: count(mine),
            nobodys: count(nobodys),
            late: count(late),
        },
        search: query.q.clone(),
        kind: filter.kind,
        realm: query.realm.clone(),
        whose: Whose::parse(&query.whose),
        realms: realms
            .map(|r| people::card(r, lang, &desk.session.grants))
            .collect(),
        filters: filters(query),
        next: page.next,
        later: page.later,
    };
    Ok(Reply::show(View {
        frame,
        screen: Screen::DeskQueue(Box::new(screen)),
        refusals: Vec::new(),
        news: pages::news(services, query),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_people_say_them() {
        for text in ["lp-20318", "lp 20318", "20318", "er-20318"] {
            assert_eq!(number(text), Some(20_318), "{text}");
        }
        for text in ["", "lp-", "lpx20318", "203", "lp-2031x", "1234567890123"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
