//! The audit trail of a realm, for its auditors and administrators: searched,
//! exported, verified.

mod export;
mod verify;

pub use export::export;
pub use verify::verify;

use crate::{
    Failure, Reply, Request, Services, audit,
    pages::{self, Query},
    paging::{self, After},
    people,
    when::{self, Times},
};
use domain::{
    Code, Field, Refusal,
    admin_place::AdminPlace,
    ids::RealmSlug,
    paths,
    policy::Realm,
    records::Session,
    screen::{AdminAudit, AuditAsked, AuditRow, AuditVerdict, AuditWho, Screen, View},
    text,
    trail::{self, Filter, Line, Who},
};

/// People that one search may stand for: each is read from an index of their
/// own, so a part of a name that half of the realm has is refused instead.
const MOST_PEOPLE: usize = 20;

/// One page of the trail, newest first.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services
        .admitted(request, &realm, AdminPlace::Audit)
        .await?;
    let asked = asked(query);
    let view = show(services, request, &realm, &session, asked, None).await?;
    Ok(Reply::show(view))
}

fn asked(query: &Query) -> AuditAsked {
    AuditAsked {
        person: query.person.clone(),
        action: query.action.clone(),
        result: query.result.clone(),
        after: query.after.clone(),
    }
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    asked: AuditAsked,
    verdict: Option<AuditVerdict>,
) -> Result<View, Failure> {
    let path = paths::admin_audit(&realm.slug);
    let frame = pages::frame(services, request, None, Some(session), path);
    let lang = frame.lang;
    let times = Times::of(services, request, realm, lang);
    let (found, refusals) = match sought(services, realm, &asked).await? {
        Ok(filter) => {
            let before = After::new(&asked.after);
            let mut conn = services.store.read().await?;
            let found = conn
                .trail_page(&realm.slug, &filter, before.one(), paging::LIMIT)
                .await?;
            (found, Vec::new())
        }
        Err(refusals) => (Vec::new(), refusals),
    };
    let sealed = services.store.read().await?.audit_head().await?;
    // A head that cannot be read is no head here; verification says so.
    let head = audit::Head::read(&services.audit_head).unwrap_or_default();
    let page = After::new(&asked.after).page(found, |line| line.entry.id.clone());
    let screen = AdminAudit {
        realm: people::card(realm, lang, &session.grants),
        rows: page.rows.iter().map(|line| row(&times, line)).collect(),
        next: page.next,
        later: page.later,
        sealed: sealed.map_or(0, |(place, _)| place),
        head: times.maybe(head.map(|h| h.at)),
        asked,
        verdict,
    };
    Ok(View {
        refusals,
        ..pages::view(frame, Screen::AdminAudit(screen))
    })
}

fn row(times: &Times, line: &Line) -> AuditRow {
    let entry = &line.entry;
    AuditRow {
        id: entry.id.clone(),
        at: times.moment(entry.at),
        utc: when::utc(entry.at),
        actor: who(&entry.actor, line.actor.as_ref()),
        action: entry.action.clone(),
        done: trail::outcome(&entry.outcome) == Some(domain::audit::Outcome::Done),
        target: entry
            .target
            .as_ref()
            .map(|id| who(id, line.target.as_ref())),
        factor: entry.factor.as_deref().and_then(domain::FactorKind::parse),
        address: entry.address.clone(),
        agent: entry.agent.clone(),
        detail: entry.detail.clone(),
        place: entry.seq,
        hash: entry.hash.clone(),
    }
}

fn who(id: &str, known: Option<&Who>) -> AuditWho {
    AuditWho {
        id: id.to_owned(),
        login: known.map(|w| w.login.clone()).unwrap_or_default(),
        name: known.map(|w| w.name.clone()).unwrap_or_default(),
    }
}

/// What is looked for, or what is wrong with it, at its field.
async fn sought(
    services: &Services,
    realm: &Realm,
    asked: &AuditAsked,
) -> Result<Result<Filter, Vec<Refusal>>, Failure> {
    let mut refusals = Vec::new();
    let action = trail::action(&asked.action);
    if action.is_none() && !asked.action.is_empty() {
        refusals.push(Refusal::at(Field::Action, Code::NotOffered));
    }
    let outcome = trail::outcome(&asked.result);
    if outcome.is_none() && !asked.result.is_empty() {
        refusals.push(Refusal::at(Field::Outcome, Code::NotOffered));
    }
    let who = match persons(services, realm, &asked.person).await? {
        Ok(who) => who,
        Err(code) => {
            refusals.push(Refusal::at(Field::Person, code));
            None
        }
    };
    if refusals.is_empty() {
        Ok(Ok(Filter {
            action,
            outcome,
            who,
        }))
    } else {
        Ok(Err(refusals))
    }
}

/// Whom a search stands for, of the realm and of the staff who act there: the
/// one with this login, or all with this part of a name. `None` where nobody in
/// particular is looked for.
async fn persons(
    services: &Services,
    realm: &Realm,
    typed: &str,
) -> Result<Result<Option<Vec<String>>, Code>, Failure> {
    let key = text::login_key(typed);
    if key.is_empty() {
        return Ok(Ok(None));
    }
    if key.chars().count() > text::MOST {
        return Ok(Err(Code::TooLong));
    }
    let staff = services.realm(paths::STAFF_REALM)?;
    let mut realms = vec![&realm.slug];
    if staff.slug != realm.slug {
        realms.push(&staff.slug);
    }
    let mut conn = services.store.read().await?;
    let mut exact = Vec::new();
    for slug in &realms {
        exact.extend(conn.person_by_login(slug, &key).await?);
    }
    let found = if exact.is_empty() {
        let limit = i64::try_from(MOST_PEOPLE + 1).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        let words = text::search_key(typed);
        // A comma has no word: it stands for nobody, where no word at all finds everybody.
        for slug in realms.iter().filter(|_| !words.is_empty()) {
            found.extend(conn.people_page(slug, &words, None, limit).await?);
        }
        found
    } else {
        exact
    };
    if found.len() > MOST_PEOPLE {
        let most = u32::try_from(MOST_PEOPLE).unwrap_or(u32::MAX);
        return Ok(Err(Code::TooMany { most }));
    }
    let word = trail::NOBODIES.into_iter().filter(|word| *word == key);
    let ids = found.into_iter().map(|p| p.id.as_str().to_owned());
    Ok(Ok(Some(word.map(str::to_owned).chain(ids).collect())))
}
