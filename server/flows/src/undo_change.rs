//! Taking a change of factors back: what a case brought, or another address for
//! codes. The old factor lies sealed until the time is over; one link brings it
//! back, removes what whoever made the change put after it, and ends their sessions.

use crate::{
    Fact, Failure, Reply, Request, Services, audit, cases, ceremony::Ctx, outbox, pages,
    request::token_hash, when::Times,
};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event as AuditEvent},
    cases::Event,
    ids::{CaseId, FactorId, RealmSlug},
    link::{Purpose, Standing},
    message::{Notice, Undo},
    paths,
    records::{Factor, Link, Person, Reversal},
    screen::{Dead, DeadLink, Screen, UndoChange},
    secret::Secret,
};

/// Seconds for which a person may take a change of their own back.
pub const OWN_CHANGE: i64 = 7 * 86_400;

/// What came, and what went for it.
pub struct Change<'a> {
    /// The factor that came.
    pub added: &'a FactorId,
    /// Its kind.
    pub kind: FactorKind,
    /// Those that went.
    pub removed: Vec<FactorId>,
    /// The first address for mails before; `None` where it stayed.
    pub email: Option<String>,
    /// The case that brought it.
    pub case: Option<CaseId>,
    /// Until when it can be taken back.
    pub until: Timestamp,
}

/// Keeps the way back from a change, and gives the link to it.
///
/// # Errors
/// The database could not.
pub async fn offer(fact: &mut Fact<'_>, who: &Person, change: Change<'_>) -> Result<Undo, Failure> {
    let services = fact.ctx().services;
    let now = services.now();
    let reversal = Reversal {
        id: services.random.id(now),
        person: who.id.clone(),
        kind: change.kind,
        case: change.case,
        added: change.added.clone(),
        removed: change.removed,
        email: change.email,
        until: change.until,
    };
    fact.tx().reversal_insert(&reversal).await?;
    let token = services.random.token();
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose: Purpose::Undo,
        created_at: now,
        expires_at: change.until,
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: reversal.id,
    };
    let hash = token_hash(token.reveal());
    fact.tx()
        .link_insert(&link, &who.realm, &hash, "", "")
        .await?;
    let url = services.url(&paths::link(&who.realm, Purpose::Undo, token.reveal()));
    Ok(Undo {
        link: Secret::new(url),
        valid_until: change.until,
    })
}

async fn find(ctx: Ctx<'_>, token: &str) -> Result<Result<(Link, Reversal), Dead>, Failure> {
    if token.len() > 128 {
        return Ok(Err(Dead::Unknown));
    }
    let mut conn = ctx.services.store.read().await?;
    let link = conn
        .link_by_token(&ctx.realm.slug, Purpose::Undo, &token_hash(token))
        .await?;
    let Some(link) = link else {
        return Ok(Err(Dead::Unknown));
    };
    let now = ctx.services.now();
    let (used, voided) = (link.used_at.is_some(), link.voided_at.is_some());
    match Standing::judge(link.expires_at, used, voided, now) {
        Standing::Live => {}
        Standing::Used => return Ok(Err(Dead::Used)),
        Standing::Expired => return Ok(Err(Dead::Expired)),
        Standing::Voided => return Ok(Err(Dead::Unknown)),
    }
    let reversal = conn.reversal(&link.subject).await?;
    Ok(reversal.map(|r| (link, r)).ok_or(Dead::Unknown))
}

fn show(ctx: Ctx<'_>, token: String, found: Result<&Reversal, Dead>) -> Reply {
    let path = paths::link(&ctx.realm.slug, Purpose::Undo, &token);
    let frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    let screen = match found {
        Ok(reversal) => Screen::UndoChange(UndoChange {
            token,
            kind: reversal.kind,
            until: Times::of(ctx.services, ctx.request, ctx.realm, frame.lang)
                .moment(reversal.until),
            done: false,
        }),
        // Its own answer stays in sight after it was given.
        Err(Dead::Used) => Screen::UndoChange(UndoChange {
            token: String::new(),
            kind: FactorKind::Password,
            until: String::new(),
            done: true,
        }),
        Err(why) => Screen::DeadLink(DeadLink {
            purpose: Purpose::Undo,
            why,
            token,
        }),
    };
    Reply::show(pages::view(frame, screen))
}

/// The page: it explains and asks, and changes nothing.
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
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let found = find(ctx, &token).await?;
    let found = found.as_ref().map(|(_, r)| r).map_err(|why| *why);
    Ok(show(ctx, token, found))
}

/// Takes the change back: what went is there again, what came is gone, every
/// session is ended, every address is told.
///
/// # Errors
/// The database could not.
pub async fn undo(
    services: &Services,
    request: &Request,
    realm: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, reversal) = match find(ctx, &token).await? {
        Ok(found) => found,
        Err(why) => return Ok(show(ctx, token, Err(why))),
    };
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    if fact.tx().link_take(&link.id, now).await? {
        let who = fact.tx().person(&reversal.person).await?;
        let who = who.ok_or(Failure::NotFound)?;
        // Held before what is there is read: nobody changes it once more meanwhile. And
        // sign-ins that are under way elsewhere are void (XA19).
        fact.tx().person_bump(&who.id).await?;
        // Whoever made this change could make the next: what came of its kind after it
        // goes as well, and no link that they got for that brings anything back. What a
        // case brought may change nothing while it can be taken back: what came after
        // that is the owner's.
        let since = link.created_at;
        let own = reversal.case.is_none();
        if own {
            fact.tx()
                .links_void_since(&who.id, Purpose::Undo, since, now)
                .await?;
        }
        let later = |f: &Factor| f.kind == reversal.kind && since <= f.created_at;
        let came = |f: &Factor| f.id == reversal.added || own && f.stands_alone() && later(f);
        let held = fact.tx().factors(&who.id).await?;
        // Those of now are told too: one of them may be the intruder's, and one
        // the owner's that nobody else knows of.
        let mut also = Vec::new();
        for gone in held.into_iter().filter(came) {
            fact.tx().factor_remove(&gone.id, &who.id, now).await?;
            also.extend((!gone.address.is_empty()).then_some(gone.address));
        }
        for id in &reversal.removed {
            fact.tx().factor_restore(id, &who.id).await?;
        }
        if let Some(email) = &reversal.email {
            fact.tx().person_email(&who.id, email).await?;
        }
        fact.tx().sessions_end(&who.id, None, now).await?;
        fact.tx().browsers_forget(&who.id).await?;
        let event = AuditEvent::done(Action::ChangeUndone, who.id.clone()).with(reversal.kind);
        audit::record(&mut fact, None, &event).await?;
        if let Some(id) = &reversal.case
            && let Some(case) = fact.tx().case(id).await?
        {
            let rules = cases::rules(ctx, case.kind)?;
            let _ = cases::advance(&mut fact, case, Event::Undo, rules, None).await?;
        }
        let who = Person {
            email: reversal.email.clone().unwrap_or_else(|| who.email.clone()),
            ..who
        };
        let what = Notice::ChangeUndone {
            kind: reversal.kind,
        };
        let also: Vec<&str> = also.iter().map(String::as_str).collect();
        outbox::notify(&mut fact, &who, what, &also).await?;
        fact.commit().await?;
    }
    Ok(show(ctx, token, Err(Dead::Used)))
}
