//! Setting up codes by SMS or call: the number proves itself by a code, and until then
//! nothing changes. Which number may be named is decided in one place
//! ([`domain::approval::Goes`]).

use crate::{
    Failure, Reply, Request, Services, approval,
    ceremony::{Ctx, Extras},
    choose_method::{self, Where, extras, extras_mut, locate, machine, refuse},
    enroll_email::confirm_kind,
    infra::numbers,
    lost_line, prove,
};
use domain::{
    FactorKind, Refusal,
    approval::{Approval, Goes},
    enrollment::Enroll,
    ids::PersonId,
    number,
    policy::Realm,
    records::{Factor, Person},
    refusal::{Code, Field},
    screen::{LineChoice, LineState, SetNumber},
};
use store::Conn;

/// What is being set up where somebody is: the kind, and the number once a code went
/// there. `None` where it is nothing of the kind.
fn line(place: &Where) -> Option<(FactorKind, Option<&str>)> {
    match machine(place)? {
        Enroll::Work { kind, sealed, .. } if kind.is_line() => {
            Some((*kind, (!sealed.is_empty()).then_some(sealed.as_str())))
        }
        // Where one kind is all that is offered, its number is asked for at once.
        Enroll::Choose { offers, .. } if offers.len() == 1 && offers[0].is_line() => {
            Some((offers[0], None))
        }
        _ => None,
    }
}

/// The page that asks for the number.
///
/// # Errors
/// The database could not.
pub async fn screen(
    ctx: Ctx<'_>,
    who: &Person,
    enroll: &Enroll,
    extras: &Extras,
    kind: FactorKind,
    first: bool,
) -> Result<SetNumber, Failure> {
    let now = ctx.services.now();
    let mut conn = ctx.services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let approved = approval::approved(&mut conn, &who.id, kind, now).await?;
    let goes = enroll.replaces();
    let lost = lost_line::of(&mut conn, extras.link.as_deref(), &who.id, now).await?;
    let current = factors.iter().find(|f| Some(&f.id) == goes);
    let moves = current.is_some_and(|f| f.kind == kind) || lost.is_some() && approved.is_none();
    let current = current.or(lost.as_ref());
    // The number on record is no other one where codes went there until now.
    let is_lost = lost.as_ref().is_some_and(|f| f.address == who.number);
    let record = if is_lost {
        String::new()
    } else {
        approval::on_record(ctx.realm, who, kind)
    };
    let approved = approved.filter(|_| !moves);
    let shown = match &approved {
        Some(approved) => Some(approved.wish.address.clone()),
        None => {
            let typed = (extras.name != RECORD && !extras.typed.is_empty())
                .then_some(extras.typed.as_str());
            let number = approval::number_for(ctx.realm, who, kind, typed);
            number.ok().map(|number| number.e164)
        }
    };
    let unsure = shown.is_some_and(|number| approval::is_unsure(kind, &number));
    Ok(SetNumber {
        kind,
        first,
        free: moves,
        current: current.map_or_else(String::new, |f| number::mask(&f.address)),
        approved: approved.map_or_else(String::new, |a| numbers::international(&a.wish.address)),
        on_record: extras.name == RECORD || extras.typed.is_empty() && !moves && !record.is_empty(),
        record,
        typed: if extras.name == RECORD {
            String::new()
        } else {
            extras.typed.clone()
        },
        others: enroll.offers().len() > 1,
        unsure,
    })
}

/// What codes over the telephone network take from somebody who has none yet, where a
/// manager is asked for some of them.
///
/// # Errors
/// The database could not.
pub(crate) async fn choices(
    ctx: Ctx<'_>,
    who: &Person,
    offers: &[FactorKind],
    extras: &Extras,
) -> Result<Vec<LineChoice>, Failure> {
    if ctx.realm.approvals.is_none() || !offers.iter().any(|kind| kind.is_line()) {
        return Ok(Vec::new());
    }
    let now = ctx.services.now();
    let mut conn = ctx.services.store.read().await?;
    let live = approval::live_of(&mut conn, &who.id, now).await?;
    let lost = lost_line::of(&mut conn, extras.link.as_deref(), &who.id, now).await?;
    let lines = offers.iter().copied().filter(|kind| kind.is_line());
    let choice = |kind| {
        let asks = asks(ctx.realm, who, kind, lost.as_ref());
        let state = LineState::of(kind, None, live.as_ref(), asks);
        LineChoice { kind, state }
    };
    Ok(lines.map(choice).collect())
}

/// Whether a manager is asked first for codes of a kind, of somebody who has none of them
/// or has `lost` the telephone that they went to: then any other number may be named.
fn asks(realm: &Realm, who: &Person, kind: FactorKind, lost: Option<&Factor>) -> bool {
    let no_number = || approval::on_record(realm, who, kind).is_empty();
    realm.approves(kind) || lost.is_none() && no_number()
}

/// Whether a manager has to be asked before a number can be named at all.
///
/// # Errors
/// The database could not.
pub(crate) async fn must_ask(
    ctx: Ctx<'_>,
    who: &Person,
    place: &Where,
    kind: FactorKind,
) -> Result<bool, Failure> {
    let replaces = machine(place).and_then(Enroll::replaces);
    if !kind.is_line() || ctx.realm.approvals.is_none() || replaces.is_some() {
        return Ok(false);
    }
    let now = ctx.services.now();
    let mut conn = ctx.services.store.read().await?;
    let approved = approval::approved(&mut conn, &who.id, kind, now).await?;
    let link = extras(place).link.as_deref();
    let lost = lost_line::of(&mut conn, link, &who.id, now).await?;
    Ok(approved.is_none() && asks(ctx.realm, who, kind, lost.as_ref()))
}

/// How the form says that the number on record is meant.
const RECORD: &str = "record";

/// What may be set up, and with which approval.
struct Verdict {
    number: String,
    approval: Option<Approval>,
}

/// What a new number stands in the place of.
#[derive(Clone, Copy)]
enum Before<'a> {
    /// Nothing, or what somebody who is signed in has.
    Held(Option<&'a Factor>),
    /// A number that is lost, by a link that the desk mailed.
    Lost(&'a Factor),
}

/// Which number codes of a kind go to, for somebody who has proven what it takes: by
/// [`Goes`], read with what is known of numbers.
async fn judge(
    ctx: Ctx<'_>,
    conn: &mut Conn,
    who: &Person,
    (kind, before): (FactorKind, Before<'_>),
    typed: Typed<'_>,
) -> Result<Result<Verdict, Refusal>, Failure> {
    let realm = ctx.realm;
    let approved = approval::approved(conn, &who.id, kind, ctx.services.now()).await?;
    let (approved, asks) = (approved.as_ref(), realm.approves(kind));
    let goes = match before {
        Before::Held(current) => {
            let current = current.map(|f| (f.kind, f.address.as_str()));
            Goes::of(kind, current, approved, asks)
        }
        Before::Lost(lost) => Goes::anew(&lost.address, approved, asks),
    };
    let goes = match goes {
        Ok(goes) => goes,
        Err(code) => return Ok(Err(Refusal::page(code))),
    };
    if let Goes::Approved(approval) = goes {
        return Ok(Ok(Verdict {
            number: approval.wish.address.clone(),
            approval: Some(approval.clone()),
        }));
    }
    let text = match typed {
        Typed::OnRecord => None,
        Typed::Number(text) => Some(text),
    };
    let number = approval::number_for(realm, who, kind, text).map(|number| number.e164);
    let number = number.and_then(|number| goes.takes(&number, &who.number).map(|()| number));
    Ok(match number {
        Ok(number) => Ok(Verdict {
            number,
            approval: None,
        }),
        Err(code) => Err(Refusal::at(Field::Number, code)),
    })
}

/// Which number is meant.
#[derive(Clone, Copy)]
enum Typed<'a> {
    OnRecord,
    Number(&'a str),
}

/// What the factor that is set up takes along into its transaction: the approval that it
/// uses up. Judged anew with the number that the code went to.
///
/// # Errors
/// The database could not; a refusal where it is not allowed (any more).
pub(crate) async fn allowed(
    ctx: Ctx<'_>,
    who: &PersonId,
    (enroll, link): (&Enroll, Option<&str>),
    kind: FactorKind,
    number: &str,
) -> Result<Result<Option<Approval>, Refusal>, Failure> {
    let mut conn = ctx.services.store.read().await?;
    let who = conn.person(who).await?.ok_or(Failure::NotFound)?;
    let factors = conn.factors(&who.id).await?;
    let goes = factors.iter().find(|f| Some(&f.id) == enroll.replaces());
    if enroll.replaces().is_some() && goes.is_none() {
        return Ok(Err(Refusal::page(Code::StartAgain)));
    }
    let now = ctx.services.now();
    let lost = lost_line::of(&mut conn, link, &who.id, now).await?;
    // Whoever has codes of a kind by now came by another way: this one is over.
    let has_line = factors.iter().any(|f| f.kind.is_line());
    if goes.is_none() && lost.is_none() && has_line {
        return Ok(Err(Refusal::page(Code::StartAgain)));
    }
    let before = lost.as_ref().map_or(Before::Held(goes), Before::Lost);
    let typed = Typed::Number(number);
    let verdict = judge(ctx, &mut conn, &who, (kind, before), typed).await?;
    Ok(match verdict {
        Ok(verdict) if verdict.number == number => Ok(verdict.approval),
        Ok(_) => Err(Refusal::page(Code::NotApproved)),
        Err(refusal) => Err(refusal),
    })
}

/// The number was named: a code goes there.
///
/// # Errors
/// See [`locate`].
pub async fn number(
    services: &Services,
    request: &Request,
    realm: String,
    on_record: String,
    number: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (mut place, who) = locate(ctx).await?;
    let Some((kind, _)) = line(&place) else {
        return refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await;
    };
    let on_record = on_record == "yes";
    let extras = extras_mut(&mut place);
    let visible = number.chars().filter(|c| !c.is_control());
    extras.typed = visible.take(40).collect();
    extras.name = if on_record { RECORD } else { "" }.to_owned();
    let link = extras.link.clone();
    let typed = if on_record {
        Typed::OnRecord
    } else {
        Typed::Number(&number)
    };
    let mut conn = services.store.read().await?;
    let factors = conn.factors(&who.id).await?;
    let goes = machine(&place).and_then(Enroll::replaces);
    let goes = factors.iter().find(|f| Some(&f.id) == goes);
    let lost = lost_line::of(&mut conn, link.as_deref(), &who.id, services.now()).await?;
    let before = lost.as_ref().map_or(Before::Held(goes), Before::Lost);
    let verdict = judge(ctx, &mut conn, &who, (kind, before), typed).await?;
    drop(conn);
    let number = match verdict {
        Ok(verdict) => verdict.number,
        Err(refusal) => return refuse(ctx, place, &who, refusal).await,
    };
    // Another number is another code. The same one, as by a button that was pressed twice,
    // keeps the code that is on its way.
    choose_method::begin_at(ctx, place, &who, kind, number).await
}

/// The code that went there.
///
/// # Errors
/// See [`locate`].
pub async fn confirm(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
) -> Result<Reply, Failure> {
    confirm_kind(services, request, realm, FactorKind::is_line, code).await
}

/// The code once more, to the same number: the same one as long as it works.
///
/// # Errors
/// See [`locate`].
pub async fn resend(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (mut place, who) = locate(ctx).await?;
    let Some((kind, Some(number))) = line(&place) else {
        return refuse(ctx, place, &who, Refusal::page(Code::StartAgain)).await;
    };
    let (number, before) = (number.to_owned(), extras(&place).clone());
    extras_mut(&mut place).again = true;
    let reply = choose_method::begin_at(ctx, place, &who, kind, number).await?;
    // Only the ceremony knows whether it was the same one.
    let (place, _) = locate(ctx).await?;
    let news = prove::sent(&before, extras(&place));
    Ok(match news {
        Some(news) => reply.with_news(news),
        None => reply,
    })
}
