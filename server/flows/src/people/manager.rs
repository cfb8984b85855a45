//! The manager on record: they decide what the person asks for and vouch for them at the
//! service desk, so they come from an administrator, never from the person.

use super::{of_realm, show};
use crate::{
    Fact, Failure, Reply, Request, Services, approval, audit, ceremony::Ctx, outbox, pages,
};
use domain::{
    Refusal,
    approval::takes_manager,
    audit::{Action, Event},
    ids::PersonId,
    message::Notice,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field},
    screen::{News, Screen},
    text,
};

/// Puts somebody of the same realm on record as a person's manager, or (an empty login)
/// takes the manager off. Told to the person on every address; what waits for a manager
/// goes to the new one.
///
/// # Errors
/// See [`Services::administrator`]; [`Failure::Forbidden`] for one's own account,
/// [`Failure::NotFound`] for who is of another realm.
pub async fn manager(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    manager: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.administrator(request, &realm).await?;
    let who = of_realm(services, &realm, &PersonId::new(id)).await?;
    // Nobody administrates themselves.
    if who.id == session.person.id {
        return Err(Failure::Forbidden);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match put(ctx, &session, &who.id, &manager).await? {
        Ok(()) => {
            let to = paths::admin_person(&realm.slug, who.id.as_str());
            Ok(Reply::go(pages::with_news(&to, &News::ManagerSaved)))
        }
        Err(refusal) => {
            let mut view = show(services, request, &realm, &session, &who).await?;
            view.refusals = vec![refusal];
            if let Screen::AdminPerson(screen) = &mut view.screen {
                let typed = manager.chars().filter(|c| !c.is_control());
                screen.manager_login = typed.take(80).collect();
            }
            Ok(Reply::show(view))
        }
    }
}

/// Whom a login names; `None` for nobody.
async fn named(
    services: &Services,
    realm: &Realm,
    login: &str,
) -> Result<Result<Option<Person>, Refusal>, Failure> {
    let key = text::login_key(login.trim());
    if key.is_empty() {
        return Ok(Ok(None));
    }
    let mut conn = services.store.read().await?;
    let found = conn.person_by_login(&realm.slug, &key).await?;
    let refusal = Refusal::at(Field::Manager, Code::NoSuchManager);
    Ok(found.map(Some).ok_or(refusal))
}

async fn put(
    ctx: Ctx<'_>,
    session: &Session,
    who: &PersonId,
    login: &str,
) -> Result<Result<(), Refusal>, Failure> {
    let found = match named(ctx.services, ctx.realm, login).await? {
        Ok(found) => found.map(|m| m.id),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut fact = Fact::begin(ctx).await?;
    // Judged where nothing moves any more, both held in one order: else two who are
    // entered at the same moment may end as each other's managers.
    let mut held: Vec<_> = found.iter().chain([who]).collect();
    held.sort();
    for id in held {
        fact.tx().person_lock(id).await?;
    }
    let who = fact.tx().person(who).await?.ok_or(Failure::NotFound)?;
    if found == who.manager {
        return Ok(Ok(()));
    }
    let manager = match &found {
        Some(id) => fact.tx().person(id).await?,
        None => None,
    };
    if let Some(manager) = &manager
        && let Err(code) = takes_manager(&who, manager, &session.person.id)
    {
        return Ok(Err(Refusal::at(Field::Manager, code)));
    }
    fact.tx().person_manager(&who.id, found.as_ref()).await?;
    let login = manager.as_ref().map_or("", |m| m.login.as_str());
    let event = Event::done(Action::ManagerChanged, who.id.clone()).because(login);
    let by = &session.person.id;
    audit::record(&mut fact, Some(by), &event).await?;
    let what = Notice::ManagerChanged {
        manager: manager.map(|m| m.called().to_owned()).unwrap_or_default(),
    };
    outbox::notify(&mut fact, &who, what, &[]).await?;
    let who = Person {
        manager: found,
        ..who
    };
    if let Err(refusal) = approval::hand_over(&mut fact, &who, by).await? {
        return Ok(Err(refusal));
    }
    fact.commit().await?;
    Ok(Ok(()))
}
