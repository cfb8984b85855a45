//! Who decides while a manager is away.

use super::{LISTS, ask_deputy, decide::show_list};
use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    audit,
    ceremony::Ctx,
    outbox,
    pages::{self, Query},
    prove,
    request::is_fresh,
};
use domain::{
    Refusal,
    approval::{DAY, Deputy, MOST_DEPUTY_DAYS},
    audit::{Action, Event},
    message::Notice,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field},
    screen::{News, Screen},
    text,
};

/// Names who stands in for the caller, or (an empty name) nobody any more. They are of the
/// same realm and decide from now on, for so many days.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for who has no reports. Who proved themselves
/// too long ago is asked to first.
pub async fn name(
    services: &Services,
    request: &Request,
    realm: String,
    login: String,
    days: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.signed_in(request, &realm).await?;
    let now = services.now();
    let me = &session.person;
    let mut conn = services.store.read().await?;
    if !conn.approves_anybody(&me.id, now).await? {
        return Err(Failure::NotFound);
    }
    drop(conn);
    // Whoever finds a screen left open lets nobody decide.
    if !is_fresh(&session, &realm, now) {
        let page = paths::approvals(&realm.slug);
        return prove::begin_confirm(services, request, &realm, page).await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let found = match judge(services, &realm, &session, &login, &days).await? {
        Ok(found) => found,
        Err(refusal) => return refused(ctx, &session, refusal, (&login, &days)).await,
    };
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    if let Some(code) = account.held_back(&session.proven, now) {
        drop(fact);
        return refused(ctx, &session, Refusal::page(code), (&login, &days)).await;
    }
    let deputy = found.as_ref().map(|(who, days)| Deputy {
        person: who.id.clone(),
        until: now.plus_seconds(days * DAY),
    });
    fact.tx().deputy_put(&me.id, deputy.as_ref()).await?;
    fact.tells(LISTS);
    let target = deputy.as_ref().map_or(&me.id, |d| &d.person);
    let event = Event::done(Action::DeputyNamed, target.clone());
    let event = event.because(if deputy.is_some() { "named" } else { "ended" });
    audit::record(&mut fact, Some(&me.id), &event).await?;
    if let Some((who, days)) = &found {
        let what = Notice::Deputy {
            name: who.called().to_owned(),
            days: *days,
        };
        outbox::notify(&mut fact, me, what, &[]).await?;
        let what = Notice::StandsIn {
            name: me.called().to_owned(),
            days: *days,
        };
        outbox::notify(&mut fact, who, what, &[]).await?;
        ask_deputy(&mut fact, who, &me.id).await?;
    }
    fact.commit().await?;
    let news = if deputy.is_some() {
        News::DeputyNamed
    } else {
        News::DeputyEnded
    };
    let to = paths::approvals(&realm.slug);
    Ok(Reply::go(pages::with_news(&to, &news)))
}

/// The page with what was refused and what was typed: the name and the days.
async fn refused(
    ctx: Ctx<'_>,
    session: &Session,
    refusal: Refusal,
    (login, days): (&str, &str),
) -> Result<Reply, Failure> {
    let query = Query::default();
    let mut view = show_list(ctx.services, ctx.request, ctx.realm, session, &query).await?;
    view.refusals = vec![refusal];
    if let Screen::Approvals(screen) = &mut view.screen {
        let cut = |text: &str| {
            let visible = text.chars().filter(|c| !c.is_control());
            visible.take(80).collect::<String>()
        };
        (screen.typed, screen.days) = (cut(login), cut(days));
    }
    Ok(Reply::show(view))
}

async fn judge(
    services: &Services,
    realm: &Realm,
    session: &Session,
    login: &str,
    days: &str,
) -> Result<Result<Option<(Person, i64)>, Refusal>, Failure> {
    if login.trim().is_empty() {
        return Ok(Ok(None));
    }
    // Judged before the name, so that nobody tries names without naming one.
    let days = match days.trim().parse::<i64>() {
        Ok(days) if (1..=MOST_DEPUTY_DAYS).contains(&days) => days,
        _ => {
            let code = Code::NotInRange {
                least: 1,
                most: MOST_DEPUTY_DAYS,
            };
            return Ok(Err(Refusal::at(Field::Days, code)));
        }
    };
    let key = text::login_key(login.trim());
    let mut conn = services.store.read().await?;
    let who = conn.person_by_login(&realm.slug, &key).await?;
    let who = who.filter(|p| p.is_enabled() && p.id != session.person.id);
    match who {
        Some(who) => Ok(Ok(Some((who, days)))),
        None => Ok(Err(Refusal::at(Field::Login, Code::NoSuchDeputy))),
    }
}
