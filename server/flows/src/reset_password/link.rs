//! The page behind a mailed link, and a fresh one for a link that is dead.

use super::mail::{lifetime, mail_link};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, cases,
    ceremony::{self, Ctx, Run},
    effects::Material,
    lost_line, pages,
    request::token_hash,
    throttle::{self, Whose},
};
use domain::{
    FactorKind,
    audit::{Action, Event as AuditEvent},
    enrollment::{self, Enroll},
    ids::{CaseId, RealmSlug},
    link::{Anew, Purpose, Standing},
    paths,
    records::{Link, Person},
    reset::{Event, Reset},
    screen::{ConfirmLink, Dead, DeadLink, News, Screen},
};

async fn find(
    ctx: Ctx<'_>,
    purpose: Purpose,
    token: &str,
) -> Result<(Option<Link>, Result<Person, Dead>), Failure> {
    if token.len() > 128 {
        return Ok((None, Err(Dead::Unknown)));
    }
    let mut conn = ctx.services.store.read().await?;
    let Some(link) = conn
        .link_by_token(&ctx.realm.slug, purpose, &token_hash(token))
        .await?
    else {
        return Ok((None, Err(Dead::Unknown)));
    };
    let now = ctx.services.now();
    let dead = match Standing::judge(
        link.expires_at,
        link.used_at.is_some(),
        link.voided_at.is_some(),
        now,
    ) {
        Standing::Live => None,
        Standing::Used => Some(Dead::Used),
        Standing::Expired => Some(Dead::Expired),
        Standing::Voided => Some(Dead::Unknown),
    };
    if let Some(dead) = dead {
        return Ok((Some(link), Err(dead)));
    }
    if now < link.created_at {
        // It waits out a cool-down: judged here, and not by when its mail went out.
        return Ok((Some(link), Err(Dead::Unknown)));
    }
    let who = conn.person(&link.person).await?;
    let who = who
        .filter(|w| w.is_enabled() && w.frozen_at.is_none())
        .ok_or(Dead::Unknown);
    if purpose == Purpose::Replace
        && !cases::is_usable(&mut conn, &CaseId::new(&link.subject), now).await?
    {
        return Ok((Some(link), Err(Dead::Expired)));
    }
    if lost_line::is_for_line(&link) && lost_line::line(&mut conn, &link).await?.is_none() {
        // Codes go elsewhere by now.
        return Ok((Some(link), Err(Dead::Unknown)));
    }
    Ok((Some(link), who))
}

/// The page behind a mailed link: it asks to go on, and changes nothing.
///
/// # Errors
/// The database could not.
pub async fn link_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    purpose: Purpose,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, who) = find(ctx, purpose, &token).await?;
    let anew = match &link {
        Some(link) if lost_line::is_for_line(link) => Anew::Line,
        _ => Anew::Passkey,
    };
    let frame = pages::frame(
        services,
        request,
        Some(&realm),
        None,
        paths::link(slug, purpose, &token),
    );
    let screen = match who {
        Ok(_) => Screen::ConfirmLink(ConfirmLink {
            purpose,
            anew,
            token,
        }),
        Err(why) => Screen::DeadLink(DeadLink {
            purpose,
            why,
            token,
        }),
    };
    Ok(Reply::show(pages::view(frame, screen)))
}

fn purpose_of(text: &str) -> Result<Purpose, Failure> {
    match Purpose::parse(text) {
        Some(
            Purpose::NotMe | Purpose::Case | Purpose::Undo | Purpose::AddressCode | Purpose::Phone,
        )
        | None => Err(Failure::BadRequest("purpose")),
        Some(purpose) => Ok(purpose),
    }
}

/// The button behind a link: a ceremony of this browser begins at a clean
/// address. The link itself is spent where it leads, not here.
///
/// # Errors
/// The database could not.
pub async fn open(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let purpose = purpose_of(&purpose)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, who) = find(ctx, purpose, &token).await?;
    let (Some(link), Ok(who)) = (link, who) else {
        return link_page(services, request, &realm.slug, purpose, token).await;
    };
    let mut tx = services.store.begin().await?;
    tx.link_opened(&link.id, services.now()).await?;
    tx.commit().await?;
    if lost_line::is_for_line(&link) {
        return lost_line::begin(ctx, link).await;
    }
    if matches!(purpose, Purpose::Enroll | Purpose::Replace) {
        ceremony::drop_row::<Enroll>(ctx).await?;
        let replaces = purpose == Purpose::Replace;
        let kind = if replaces {
            FactorKind::Totp
        } else {
            FactorKind::Passkey
        };
        let mut run = Run::new(Enroll::Choose {
            person: who.id.clone(),
            replaces: None,
            offers: vec![kind],
        });
        run.extras.case = replaces.then(|| CaseId::new(&link.subject));
        run.extras.link = Some(link.id);
        let begin = enrollment::Event::Back;
        let done =
            ceremony::advance(ctx, run, begin.clone(), begin, None, Material::default()).await?;
        return Ok(Reply::go(paths::enroll(&realm.slug)).with(done.cookies));
    }
    ceremony::drop_row::<Reset>(ctx).await?;
    let event = Event::Proved {
        person: who.id,
        epoch: who.epoch,
        link: link.id,
        purpose,
    };
    let run = Run::new(Reset::default());
    let done = ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
    Ok(Reply::go(paths::set_password(&realm.slug)).with(done.cookies))
}

/// A dead link: a fresh one goes to the address on record, if there is one to
/// give. The answer is the same for links that never were.
///
/// # Errors
/// The database could not.
pub async fn fresh(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let purpose = purpose_of(&purpose)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, who) = find(ctx, purpose, &token).await?;
    // What was taken back stays taken back.
    let dead = matches!(who, Err(Dead::Used | Dead::Expired));
    if let Some(link) = link.filter(|_| dead) {
        let who = services.store.read().await?.person(&link.person).await?;
        let who = who.filter(|w| w.is_enabled() && w.frozen_at.is_none());
        let seconds = lifetime(&realm, purpose);
        if let (Some(who), Some(seconds)) = (who, seconds)
            && throttle::take_send(services, request, Whose::Person(&who.id), "reset")
                .await?
                .is_ok()
        {
            let mut fact = Fact::begin(ctx).await?;
            // An invitation that was accepted leads to a reset: the account is there.
            let set_up = fact
                .tx()
                .factors(&who.id)
                .await?
                .iter()
                .any(|f| f.kind == FactorKind::Password);
            let purpose = if purpose == Purpose::Invitation && set_up {
                Purpose::ResetPassword
            } else {
                purpose
            };
            let seconds = lifetime(&realm, purpose).unwrap_or(seconds);
            mail_link(&mut fact, &who, purpose, seconds).await?;
            let event = AuditEvent::done(Action::ResetAsked, who.id.clone()).because("fresh link");
            audit::record(&mut fact, None, &event).await?;
            fact.commit().await?;
        }
    }
    Ok(Reply::go(pages::with_news(
        &paths::sign_in(&realm.slug),
        &News::LinkSent,
    )))
}
