//! The page of a case behind a mailed link: where it stands, "this was not me",
//! and taking it back. Opening it changes nothing.

use crate::{
    Fact, Failure, Reply, Request, Services,
    cases::{self, advance},
    ceremony::{self, Ctx},
    confirm_case, not_me, pages, prove,
    request::token_hash,
    when::Times,
};
use domain::{
    cases::{Case, Event},
    ids::{CaseId, RealmSlug},
    link::{Purpose, Standing},
    paths,
    screen::{Dead, DeadLink, News, Screen, View},
    sign_in::SignIn,
};

/// The case behind a token. Such a link is not used up: its page is to be seen
/// more than once.
async fn find(ctx: Ctx<'_>, token: &str) -> Result<Result<Case, Dead>, Failure> {
    if token.is_empty() || token.len() > 128 {
        return Ok(Err(Dead::Unknown));
    }
    let mut conn = ctx.services.store.read().await?;
    let link = conn
        .link_by_token(&ctx.realm.slug, Purpose::Case, &token_hash(token))
        .await?;
    let Some(link) = link else {
        return Ok(Err(Dead::Unknown));
    };
    let used = link.used_at.is_some();
    let now = ctx.services.now();
    match Standing::judge(link.expires_at, used, link.voided_at.is_some(), now) {
        Standing::Live => {}
        Standing::Expired => return Ok(Err(Dead::Expired)),
        Standing::Used | Standing::Voided => return Ok(Err(Dead::Unknown)),
    }
    let case = conn.case(&CaseId::new(&link.subject)).await?;
    Ok(case.ok_or(Dead::Unknown))
}

async fn show(ctx: Ctx<'_>, token: String, found: Result<Case, Dead>) -> Result<View, Failure> {
    let path = paths::link(&ctx.realm.slug, Purpose::Case, &token);
    let frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    let screen = match found {
        Ok(case) => {
            let now = ctx.services.now();
            let times = Times::of(ctx.services, ctx.request, ctx.realm, frame.lang);
            let mut state = cases::state(&times, &case, token, now);
            let who = ctx
                .services
                .store
                .read()
                .await?
                .person(&case.person)
                .await?;
            // Who read the mail may read the code to their manager.
            state.manager_code = who.map_or(String::new(), |who| {
                confirm_case::code(ctx.services, &who, &case)
            });
            Screen::CaseState(state)
        }
        Err(why) => Screen::DeadLink(DeadLink {
            purpose: Purpose::Case,
            why,
            token,
        }),
    };
    Ok(pages::view(frame, screen))
}

/// The page.
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
    Ok(Reply::show(show(ctx, token, found).await?))
}

/// "This was not me": the case is stopped, sessions end, changes are frozen.
///
/// # Errors
/// The database could not.
pub async fn veto(
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
    let case = match find(ctx, &token).await? {
        Ok(case) => case,
        dead => return Ok(Reply::show(show(ctx, token, dead).await?)),
    };
    let rules = cases::rules(ctx, case.kind)?;
    let mut fact = Fact::begin(ctx).await?;
    // The person before the case, as everywhere: whoever waits for the other way round
    // waits for ever.
    fact.tx().person_lock(&case.person).await?;
    let who = fact.tx().person(&case.person).await?;
    let who = who.ok_or(Failure::NotFound)?;
    let (moved, refusals) = match advance(&mut fact, case, Event::Veto, rules, None).await? {
        Ok(_) => {
            not_me::freeze(&mut fact, &who).await?;
            fact.commit().await?;
            (find(ctx, &token).await?, Vec::new())
        }
        Err(refusal) => {
            drop(fact);
            (find(ctx, &token).await?, vec![refusal])
        }
    };
    let mut view = show(ctx, token, moved).await?;
    view.refusals = refusals;
    Ok(Reply::show(view))
}

/// The person who asked takes the case back: behind the link, or behind the
/// password. Who stands behind neither is led to sign-in.
///
/// # Errors
/// The database could not.
pub async fn withdraw(
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
    let case = if token.is_empty() {
        own(ctx).await?
    } else {
        match find(ctx, &token).await? {
            Ok(case) => Some(case),
            dead => return Ok(Reply::show(show(ctx, token, dead).await?)),
        }
    };
    let Some(case) = case else {
        return Ok(Reply::go(paths::sign_in(&realm.slug)));
    };
    let rules = cases::rules(ctx, case.kind)?;
    let (id, by) = (case.id.clone(), case.person.clone());
    let mut fact = Fact::begin(ctx).await?;
    let refusals = match advance(&mut fact, case, Event::Withdraw, rules, Some(&by)).await? {
        Ok(_) => {
            fact.commit().await?;
            Vec::new()
        }
        Err(refusal) => {
            drop(fact);
            vec![refusal]
        }
    };
    if token.is_empty() {
        let to = paths::sign_in(&realm.slug);
        return Ok(Reply::go(pages::with_news(&to, &News::CaseWithdrawn)));
    }
    let case = services.store.read().await?.case(&id).await?;
    let mut view = show(ctx, token, case.ok_or(Dead::Unknown)).await?;
    view.refusals = refusals;
    Ok(Reply::show(view))
}

/// The open case of who has proven a password in this browser.
async fn own(ctx: Ctx<'_>) -> Result<Option<Case>, Failure> {
    let Some(run) = ceremony::load::<SignIn>(ctx).await? else {
        return Ok(None);
    };
    let Some(subject) = run.machine.subject() else {
        return Ok(None);
    };
    let Some(who) = prove::current(ctx, subject).await? else {
        return Ok(None);
    };
    Ok(ctx
        .services
        .store
        .read()
        .await?
        .case_open_of(&who.id)
        .await?)
}
