//! A number that is lost, and nothing else but a password: by a link that the service desk
//! mailed for a verified caller, the password leads to the first choice once more. The
//! number that codes went to stays until another one proved itself.

use crate::{
    Failure, Reply,
    ceremony::{self, Ctx, Run},
    effects::Material,
    pages, sign_in,
};
use domain::{
    Timestamp,
    ids::PersonId,
    link::{Purpose, Standing},
    paths,
    records::{Factor, Link},
    screen::News,
    sign_in::{Event, SignIn},
};
use store::Conn;

/// The line that a link lets be set up anew: the one that it was mailed for, as long as
/// codes go there. `None` for every other link, and for one that does not work (any more).
///
/// # Errors
/// The database could not.
pub(crate) async fn of(
    conn: &mut Conn,
    link: Option<&str>,
    person: &PersonId,
    now: Timestamp,
) -> Result<Option<Factor>, Failure> {
    let Some(id) = link else { return Ok(None) };
    let Some((link, _)) = conn.link(id).await? else {
        return Ok(None);
    };
    let (used, voided) = (link.used_at.is_some(), link.voided_at.is_some());
    let standing = Standing::judge(link.expires_at, used, voided, now);
    if link.person != *person || standing != Standing::Live || now < link.created_at {
        return Ok(None);
    }
    line(conn, &link).await
}

/// The line that a link was mailed for, as long as codes go there.
///
/// # Errors
/// The database could not.
pub(crate) async fn line(conn: &mut Conn, link: &Link) -> Result<Option<Factor>, Failure> {
    if !is_for_line(link) {
        return Ok(None);
    }
    let factors = conn.factors(&link.person).await?;
    let mut lines = factors.into_iter().filter(|f| f.kind.is_line());
    Ok(lines.find(|f| f.id.as_str() == link.subject))
}

/// Whether a link sets a line up anew, and no passkey.
pub(crate) fn is_for_line(link: &Link) -> bool {
    link.purpose == Purpose::Enroll && !link.subject.is_empty()
}

/// What the link leaves to prove: the password.
pub(crate) fn known(factors: &[Factor]) -> Vec<Factor> {
    let known = factors.iter().filter(|f| f.kind.is_knowledge());
    known.cloned().collect()
}

/// The button behind the link: this browser signs in with the password next. Whoever was
/// signed in there is not any more, so that nothing is set up for somebody else.
///
/// # Errors
/// The database could not.
pub(crate) async fn begin(ctx: Ctx<'_>, link: Link) -> Result<Reply, Failure> {
    let gone = sign_in::end_session(ctx).await?;
    ceremony::drop_row::<SignIn>(ctx).await?;
    let mut run = Run::new(SignIn::default());
    run.extras.link = Some(link.id);
    let (begin, lost) = (Event::Cancel, Event::Cancel);
    let done = ceremony::advance(ctx, run, begin, lost, None, Material::default()).await?;
    let to = pages::with_news(&paths::sign_in(&ctx.realm.slug), &News::PasswordFirst);
    Ok(Reply::anew(to).with(vec![gone]).with(done.cookies))
}
