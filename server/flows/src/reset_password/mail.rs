//! A link on its way: how long it works, and the mail that carries it.

use crate::{Fact, Failure, ceremony::Ctx, outbox, request::token_hash};
use domain::{
    link::{Anew, Purpose},
    message::Message,
    paths,
    policy::Realm,
    records::{Link, Person},
    secret::Secret,
};

/// Seconds that a link of a purpose works in a realm.
pub fn lifetime(realm: &Realm, purpose: Purpose) -> Option<i64> {
    match purpose {
        Purpose::Invitation => realm.invitation_hours.map(|h| h * 3600),
        Purpose::ResetPassword => realm.reset_minutes.map(|m| m * 60),
        Purpose::Enroll
        | Purpose::NotMe
        | Purpose::Case
        | Purpose::Replace
        | Purpose::Undo
        | Purpose::AddressCode
        | Purpose::Phone => None,
    }
}

/// Makes a link and puts its mail into the outbox; older links of the purpose
/// are void. Gives the link's id.
///
/// # Errors
/// The database could not.
pub async fn mail_link(
    fact: &mut Fact<'_>,
    who: &Person,
    purpose: Purpose,
    seconds: i64,
) -> Result<String, Failure> {
    mail(fact, who, purpose, seconds, When::Now, "").await
}

/// A link to enroll anew after a wait of so many seconds: the mail goes out then, and the
/// link works from then on. `line` is the lost one that it sets up anew; empty for a passkey.
///
/// # Errors
/// The database could not.
pub async fn mail_enroll_after(
    fact: &mut Fact<'_>,
    who: &Person,
    line: &str,
    seconds: i64,
    wait: i64,
) -> Result<String, Failure> {
    mail(fact, who, Purpose::Enroll, seconds, When::After(wait), line).await
}

/// When a mail goes out.
#[derive(Clone, Copy)]
enum When {
    /// At once.
    Now,
    /// At once, to somebody who registers.
    Registering,
    /// After so many seconds.
    After(i64),
}

/// The same for somebody who registered: an invitation that they gave themselves,
/// with a short code for the page that asked.
///
/// # Errors
/// The database could not.
pub async fn mail_registration(
    fact: &mut Fact<'_>,
    who: &Person,
    seconds: i64,
) -> Result<String, Failure> {
    mail(
        fact,
        who,
        Purpose::Invitation,
        seconds,
        When::Registering,
        "",
    )
    .await
}

async fn mail(
    fact: &mut Fact<'_>,
    who: &Person,
    purpose: Purpose,
    seconds: i64,
    when: When,
    subject: &str,
) -> Result<String, Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let send_at = match when {
        When::After(wait) => now.plus_seconds(wait),
        When::Now | When::Registering => now,
    };
    fact.tx().links_void(&who.id, purpose, now).await?;
    let token = services.random.token();
    let code = services.random.digits(8);
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose,
        // From when it works: it opens nothing before its mail goes out.
        created_at: send_at,
        expires_at: send_at.plus_seconds(seconds),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: subject.to_owned(),
    };
    let url = Secret::new(services.url(&paths::link(&ctx.realm.slug, purpose, token.reveal())));
    let valid_until = link.expires_at;
    let kept = code_hash(ctx, &link.id, code.reveal());
    let message = match purpose {
        Purpose::Invitation if matches!(when, When::Registering) => Message::Register {
            link: url,
            code,
            valid_until,
            asked: outbox::asked(services, ctx.request),
        },
        Purpose::Invitation => Message::Invitation {
            link: url,
            valid_until,
        },
        Purpose::Enroll => Message::EnrollLink {
            link: url,
            valid_until,
            anew: if subject.is_empty() {
                Anew::Passkey
            } else {
                Anew::Line
            },
        },
        _ => Message::ResetPassword {
            link: url,
            code,
            valid_until,
            asked: outbox::asked(services, ctx.request),
        },
    };
    let message = outbox::put_at(fact, who, &who.email, &message, send_at).await?;
    let hash = token_hash(token.reveal());
    fact.tx()
        .link_insert(&link, &ctx.realm.slug, &hash, &kept, &message)
        .await?;
    Ok(link.id)
}

/// Invites a person again whose account is not set up: whoever has a way in gets
/// no second one by mail. An invitation that was taken back is given back.
///
/// # Errors
/// [`Failure::BadRequest`] for an account that is set up, [`Failure::NotFound`]
/// where nobody is invited.
pub async fn invite_anew(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let Some(seconds) = lifetime(fact.ctx().realm, Purpose::Invitation) else {
        return Err(Failure::NotFound);
    };
    if !fact.tx().factors(&who.id).await?.is_empty() {
        return Err(Failure::BadRequest("the account is set up"));
    }
    if !who.is_enabled() {
        fact.tx().person_disable(&who.id, None).await?;
    }
    mail_link(fact, who, Purpose::Invitation, seconds).await?;
    Ok(())
}

/// The keyed hash under which the short code of a link is kept.
pub(super) fn code_hash(ctx: Ctx<'_>, link: &str, code: &str) -> String {
    ctx.services
        .vault
        .mac("link-code", format!("{link}/{code}").as_bytes())
}
