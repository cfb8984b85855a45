//! Finding a person. Nobody leafs through everybody here: a search gives a few,
//! and a longer list is for administrators.

use crate::{
    Failure, Reply, Request, Services,
    pages::{self, Query},
};
use domain::{
    paths,
    screen::{DeskPeople, Screen},
};

/// Most people that one search shows.
const MOST: usize = 20;
/// Fewer characters than this find nobody.
const LEAST: usize = 2;

/// The page.
///
/// # Errors
/// See [`Services::desk`].
pub async fn people(
    services: &Services,
    request: &Request,
    query: &Query,
) -> Result<Reply, Failure> {
    let desk = services.desk(request).await?;
    let search = domain::text::search_key(&query.q);
    let mut found = if search.chars().count() < LEAST {
        Vec::new()
    } else {
        let mut conn = services.store.read().await?;
        conn.people_of(&desk.realms, &search, MOST as i64 + 1)
            .await?
    };
    let more = found.len() > MOST;
    found.truncate(MOST);
    let path = paths::DESK_PEOPLE.to_owned();
    let frame = pages::frame(services, request, None, Some(&desk.session), path);
    let lang = frame.lang;
    let people = found
        .iter()
        .map(|p| {
            let realm = services.realms.get(&p.realm);
            (
                p.id.as_str().to_owned(),
                p.name.clone(),
                super::person::masked(&p.login, false),
                realm.map_or_else(String::new, |r| r.name.get(lang).to_owned()),
                p.realm.as_str().to_owned(),
            )
        })
        .collect();
    let screen = Screen::DeskPeople(DeskPeople {
        search: query.q.clone(),
        people,
        more,
    });
    Ok(Reply::show(pages::view(frame, screen)))
}
