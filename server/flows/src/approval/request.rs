//! Asking one's manager for codes over the telephone network: signed in, or in the middle
//! of a first sign-in, where there is no other way in yet.

use super::{advance, approvers, face, live_of, number_for, on_record};
use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    ceremony::Ctx,
    choose_method::{Where, locate},
    infra::numbers,
    lost_line,
    pages::{self, Query},
    throttle::{self, Whose},
    when::Times,
};
use domain::{
    FactorKind, Lang, Refusal,
    approval::{Approval, DAY, Event, Stage, Wish},
    ids::{ApprovalId, PersonId, RealmSlug},
    oidc::with_registered,
    paths,
    policy::{ApprovalRules, Realm},
    records::{Person, Session},
    refusal::{Code, Field},
    screen::{ApprovalStage, News, RequestApproval, RequestTyped, Screen, View},
};

/// Who asks: signed in, or with the password proven and no second factor yet or any more.
struct Asker {
    who: Person,
    session: Option<Session>,
    /// Their number is lost: what was approved is theirs to set up, and needs no desk.
    anew: bool,
}

async fn asker(ctx: Ctx<'_>) -> Result<Asker, Failure> {
    if let Some(session) = ctx.services.session(ctx.request, ctx.realm).await? {
        let who = session.person.clone();
        return Ok(Asker {
            who,
            session: Some(session),
            anew: false,
        });
    }
    match locate(ctx).await? {
        (Where::SignIn(run), who) => {
            let (link, now) = (run.extras.link.as_deref(), ctx.services.now());
            let mut conn = ctx.services.store.read().await?;
            let lost = lost_line::of(&mut conn, link, &who.id, now).await?;
            Ok(Asker {
                who,
                session: None,
                anew: lost.is_some(),
            })
        }
        _ => Err(Failure::SignIn(ctx.realm.slug.clone())),
    }
}

/// Whose request a browser's page shows.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub(crate) async fn who(ctx: Ctx<'_>) -> Result<PersonId, Failure> {
    Ok(asker(ctx).await?.who.id)
}

/// The rules of a realm, for a kind that people set up there.
fn rules(realm: &Realm, kind: FactorKind) -> Result<&ApprovalRules, Failure> {
    let rules = realm.approvals.as_ref();
    rules
        .filter(|_| realm.lines().contains(&kind))
        .ok_or(Failure::NotFound)
}

/// The page.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for what no manager is asked for here.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    kind: FactorKind,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let asker = asker(ctx).await?;
    rules(&realm, kind)?;
    let mut view = show(ctx, &asker, kind, None).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(
    ctx: Ctx<'_>,
    asker: &Asker,
    kind: FactorKind,
    refused: Option<(RequestTyped, Refusal)>,
) -> Result<View, Failure> {
    let Ctx {
        services,
        request,
        realm,
    } = ctx;
    let path = paths::request_kind(&realm.slug, kind);
    let frame = pages::frame(services, request, Some(realm), asker.session.as_ref(), path);
    let lang = frame.lang;
    let times = Times::of(services, request, realm, lang);
    let now = services.now();
    let mut conn = services.store.read().await?;
    let newest = conn.approvals_of(&asker.who.id, 1).await?;
    let newest = newest.into_iter().next();
    let manager = approvers(&mut conn, &asker.who, now).await?;
    let factors = conn.factors(&asker.who.id).await?;
    let registered = conn.applications_of(&realm.slug).await?;
    let other = kind.other_line();
    let switches = !asker.anew
        && factors
            .iter()
            .any(|f| Some(f.kind) == other && f.disabled_at.is_none());
    let mut last = match &newest {
        Some(a) => Some(face(&mut conn, &times, &asker.who, a, false, now).await?),
        None => None,
    };
    if let (Some(last), Some(a), true) = (&mut last, &newest, asker.anew) {
        last.switches = false;
        last.stage = ApprovalStage::of(a, false, now);
    }
    drop(conn);
    let live = newest.as_ref().filter(|a| a.is_live(now));
    let record = on_record(realm, &asker.who, kind);
    let (typed, refusals) = match refused {
        Some((typed, refusal)) => (typed, vec![refusal]),
        None => (typed_before(realm, &asker.who, live, &record), Vec::new()),
    };
    let screen = RequestApproval {
        kind,
        asks: live.is_none_or(|a| a.wish.kind == kind),
        switches,
        unsure: is_unsure(realm, &asker.who, kind, live, &typed),
        manager: manager
            .first()
            .map(|m| m.called().to_owned())
            .unwrap_or_default(),
        record,
        applications: applications(&with_registered(realm, &registered), lang),
        typed,
        last,
    };
    Ok(View {
        frame,
        screen: Screen::RequestApproval(Box::new(screen)),
        refusals,
        news: None,
    })
}

/// Whether the form shows a number where an SMS may not arrive: the one on record where
/// that is chosen, or what was typed. A request that is there says so itself.
fn is_unsure(
    realm: &Realm,
    who: &Person,
    kind: FactorKind,
    live: Option<&Approval>,
    typed: &RequestTyped,
) -> bool {
    let number = (!typed.on_record).then_some(typed.number.as_str());
    let number = number_for(realm, who, kind, number);
    number.is_ok_and(|number| {
        let is_asked = live.is_some_and(|a| a.wish.address == number.e164);
        number.is_unsure(kind) && !is_asked
    })
}

fn applications(realm: &Realm, lang: Lang) -> Vec<String> {
    let names = realm.applications.iter();
    names.map(|a| a.name.get(lang).to_owned()).collect()
}

/// The form begins with what waits already, so that changing a word is no new work.
fn typed_before(
    realm: &Realm,
    who: &Person,
    live: Option<&Approval>,
    record: &str,
) -> RequestTyped {
    let Some(Approval { wish, .. }) = live else {
        return RequestTyped {
            on_record: !record.is_empty(),
            ..RequestTyped::default()
        };
    };
    let same = number_for(realm, who, wish.kind, None).is_ok_and(|n| n.e164 == wish.address);
    RequestTyped {
        on_record: same,
        number: if same {
            String::new()
        } else {
            numbers::international(&wish.address)
        },
        reason: wish.reason.clone(),
        application: wish.application.clone(),
        ticket: wish.ticket.clone(),
    }
}

/// What was typed, cut to what a page shows again.
fn shown(typed: &RequestTyped) -> RequestTyped {
    let cut = |text: &str, most| {
        let visible = text.chars().filter(|c| !c.is_control());
        visible.take(most).collect::<String>()
    };
    RequestTyped {
        on_record: typed.on_record,
        number: cut(&typed.number, 40),
        reason: cut(&typed.reason, 600),
        application: cut(&typed.application, 100),
        ticket: cut(&typed.ticket, 100),
    }
}

/// Asks, or changes what was asked: then the manager decides anew.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] for what no manager is asked for here.
pub async fn request(
    services: &Services,
    request: &Request,
    realm: String,
    kind: String,
    typed: RequestTyped,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let asker = asker(ctx).await?;
    let kind = FactorKind::parse(&kind).ok_or(Failure::BadRequest("kind"))?;
    let rules = rules(&realm, kind)?;
    match ask(ctx, &asker, kind, rules, &typed).await? {
        Ok(()) => {
            let to = paths::request_kind(&realm.slug, kind);
            Ok(Reply::go(pages::with_news(&to, &News::ApprovalAsked)))
        }
        Err(refusal) => {
            let refused = Some((shown(&typed), refusal));
            Ok(Reply::show(show(ctx, &asker, kind, refused).await?))
        }
    }
}

async fn ask(
    ctx: Ctx<'_>,
    asker: &Asker,
    kind: FactorKind,
    rules: &ApprovalRules,
    typed: &RequestTyped,
) -> Result<Result<(), Refusal>, Failure> {
    let (services, realm, who) = (ctx.services, ctx.realm, &asker.who);
    let now = services.now();
    if who.frozen_at.is_some() {
        return Ok(Err(Refusal::page(Code::Frozen)));
    }
    let number = (!typed.on_record).then_some(typed.number.as_str());
    let number = match number_for(realm, who, kind, number) {
        Ok(number) => number,
        Err(code) => return Ok(Err(Refusal::at(Field::Number, code))),
    };
    let wish = Wish::read(
        kind,
        number.e164,
        &typed.reason,
        &typed.application,
        &typed.ticket,
    );
    let wish = match wish {
        Ok(wish) => wish,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if approvers(&mut services.store.read().await?, who, now)
        .await?
        .is_empty()
    {
        return Ok(Err(Refusal::page(Code::NoManager)));
    }
    let live = live_of(&mut services.store.read().await?, &who.id, now).await?;
    match &live {
        // Nothing is asked twice by pressing twice.
        Some(live) if live.wish == wish && live.stage == Stage::Waiting => return Ok(Ok(())),
        Some(live) if live.wish.kind != kind => {
            return Ok(Err(Refusal::page(Code::ApprovalThere)));
        }
        _ => {}
    }
    let whose = Whose::Person(&who.id);
    if let Err(code) = throttle::take_send(services, ctx.request, whose, "approval").await? {
        return Ok(Err(Refusal::page(code)));
    }
    let mut fact = Fact::begin(ctx).await?;
    // Asked once more where nothing moves any more: "this was not me" may have come.
    let (account, proven) = match &asker.session {
        Some(session) => (
            LockedAccount::of_session(&mut fact, session).await?,
            session.proven.as_slice(),
        ),
        None => (LockedAccount::hold(&mut fact, &who.id).await?, &[][..]),
    };
    if let Some(code) = account.held_back(proven, now) {
        return Ok(Err(Refusal::page(code)));
    }
    let done = match live {
        Some(live) => advance(&mut fact, live, Event::Edit(wish), rules, Some(&who.id))
            .await?
            .map(|_| ()),
        None => open(&mut fact, who, wish, rules).await?,
    };
    if done.is_ok() {
        fact.commit().await?;
    }
    Ok(done)
}

async fn open(
    fact: &mut Fact<'_>,
    who: &Person,
    wish: Wish,
    rules: &ApprovalRules,
) -> Result<Result<(), Refusal>, Failure> {
    let services = fact.ctx().services;
    let now = services.now();
    // One whose time is over, and that does not say so yet, makes room.
    let newest = fact.tx().approvals_of(&who.id, 1).await?.into_iter().next();
    if let Some(old) = newest.filter(|a| a.has_lapsed(now))
        && let Err(refusal) = advance(fact, old, Event::Lapse, rules, None).await?
    {
        return Ok(Err(refusal));
    }
    let approval = Approval {
        id: ApprovalId::new(services.random.id(now)),
        number: crate::cases::next_number(fact).await?,
        realm: who.realm.clone(),
        person: who.id.clone(),
        wish,
        stage: Stage::Waiting,
        version: 1,
        asked_at: now,
        due_at: now.plus_seconds(rules.answer_days * DAY),
    };
    let step = approval.begin();
    let remind_at = now.plus_seconds(rules.remind_days * DAY);
    if !fact.tx().approval_insert(&step.approval, remind_at).await? {
        return Ok(Err(Refusal::page(Code::ApprovalThere)));
    }
    super::moves(fact, &who.id);
    if let Some(event) = &step.record {
        crate::audit::record(fact, Some(&who.id), event).await?;
    }
    if let Some(told) = step.tell {
        super::tell(fact, &step.approval, told).await?;
    }
    Ok(Ok(()))
}

/// Takes the request back, and leads where it was done: to the request, or to the profile.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn withdraw(
    services: &Services,
    request: &Request,
    realm: String,
    profile: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let asker = asker(ctx).await?;
    let now = services.now();
    let mut conn = services.store.read().await?;
    let newest = conn.approvals_of(&asker.who.id, 1).await?;
    drop(conn);
    let Some(last) = newest.into_iter().next() else {
        return Err(Failure::NotFound);
    };
    let kind = last.wish.kind;
    let rules = rules(&realm, kind)?;
    let who = &asker.who.id;
    if last.is_live(now) {
        let mut fact = Fact::begin(ctx).await?;
        if let Err(refusal) = advance(&mut fact, last, Event::Withdraw, rules, Some(who)).await? {
            drop(fact);
            let mut view = show(ctx, &asker, kind, None).await?;
            view.refusals = vec![refusal];
            return Ok(Reply::show(view));
        }
        fact.commit().await?;
    }
    // Done twice it is done.
    let to = if profile == "yes" {
        paths::profile_factor(&realm.slug)
    } else {
        paths::request_kind(&realm.slug, kind)
    };
    Ok(Reply::go(pages::with_news(&to, &News::ApprovalWithdrawn)))
}
