//! "This was not me": freezes changes and ends what an intruder may hold.

use crate::{
    Fact, Failure, Reply, Request, Services, alarm, approval, audit, cases, ceremony::Ctx,
    emergency, outbox, pages, request::token_hash,
};
use domain::{
    audit::{Action, Event},
    ids::RealmSlug,
    link::{Purpose, Standing},
    message::{Alarm, Notice},
    paths,
    policy::Realm,
    records::{Link, Person},
    screen::{Dead, DeadLink, NotMe, Screen},
};

async fn find(
    services: &Services,
    realm: &Realm,
    token: &str,
) -> Result<Result<Link, Dead>, Failure> {
    if token.len() > 128 {
        return Ok(Err(Dead::Unknown));
    }
    let mut conn = services.store.read().await?;
    let link = conn
        .link_by_token(&realm.slug, Purpose::NotMe, &token_hash(token))
        .await?;
    Ok(link.ok_or(Dead::Unknown).and_then(|link| {
        match Standing::judge(
            link.expires_at,
            link.used_at.is_some(),
            link.voided_at.is_some(),
            services.now(),
        ) {
            Standing::Live => Ok(link),
            Standing::Used => Err(Dead::Used),
            Standing::Expired => Err(Dead::Expired),
            Standing::Voided => Err(Dead::Unknown),
        }
    }))
}

fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    token: &str,
    screen: Screen,
) -> Reply {
    let path = paths::link(&realm.slug, Purpose::NotMe, token);
    Reply::show(pages::view(
        pages::frame(services, request, Some(realm), None, path),
        screen,
    ))
}

fn dead(token: &str, why: Dead) -> Screen {
    Screen::DeadLink(DeadLink {
        purpose: Purpose::NotMe,
        why,
        token: token.to_owned(),
    })
}

/// The page behind the link: it explains and asks, and changes nothing.
///
/// # Errors
/// The database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let screen = match find(services, &realm, &token).await? {
        Ok(_) => Screen::NotMe(NotMe {
            token: token.clone(),
            done: false,
        }),
        // Its own answer stays in sight after it was given.
        Err(Dead::Used) => Screen::NotMe(NotMe {
            token: String::new(),
            done: true,
        }),
        Err(why) => dead(&token, why),
    };
    Ok(show(services, request, &realm, &token, screen))
}

/// What "this was not me" does to an account, whatever it was said about:
/// freezes changes, ends sessions, forgets browsers, voids links.
///
/// # Errors
/// The database could not.
pub async fn freeze(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    fact.tx().person_freeze(&who.id, Some(now)).await?;
    fact.tx().sessions_end(&who.id, None, now).await?;
    fact.tx().browsers_forget(&who.id).await?;
    fact.tx().phone_requests_void(&who.id).await?;
    emergency::void(fact, who, None).await?;
    approval::veto_open(fact, who).await?;
    // Whoever held the account may have named an accomplice.
    fact.tx().deputy_put(&who.id, None).await?;
    fact.tells(approval::LISTS);
    for purpose in [
        Purpose::ResetPassword,
        Purpose::Invitation,
        Purpose::Enroll,
        Purpose::Replace,
        Purpose::Phone,
    ] {
        fact.tx().links_void(&who.id, purpose, now).await?;
    }
    // Their mail would only say that the link is void.
    fact.tx().outbox_void(&who.id, "enroll_link", now).await?;
    let event = Event::done(Action::NotMe, who.id.clone());
    audit::record(fact, None, &event).await?;
    // The leads of the desk alone lift a freeze.
    alarm::raise(fact, &who.realm, Alarm::NotMe, who).await
}

/// Stops everything about the account; every address is told.
///
/// # Errors
/// The database could not.
pub async fn report(
    services: &Services,
    request: &Request,
    realm: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let link = match find(services, &realm, &token).await? {
        Ok(link) => link,
        Err(Dead::Used) => {
            let done = Screen::NotMe(NotMe {
                token: String::new(),
                done: true,
            });
            return Ok(show(services, request, &realm, &token, done));
        }
        Err(why) => return Ok(show(services, request, &realm, &token, dead(&token, why))),
    };
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    if fact.tx().link_take(&link.id, services.now()).await? {
        let who = fact.tx().person(&link.person).await?;
        let who = who.ok_or(Failure::NotFound)?;
        freeze(&mut fact, &who).await?;
        cases::veto_open(&mut fact, &who).await?;
        outbox::notify(&mut fact, &who, Notice::Frozen, &[]).await?;
    }
    fact.commit().await?;
    let screen = Screen::NotMe(NotMe {
        token: String::new(),
        done: true,
    });
    Ok(show(services, request, &realm, &token, screen))
}
