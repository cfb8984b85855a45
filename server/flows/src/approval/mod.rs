//! What a manager approves: codes over the telephone network. Asking ([`request`]),
//! deciding ([`decide`]), standing in ([`deputy`]), and what time does ([`remind`]).

pub mod decide;
pub mod deputy;
pub mod remind;
pub mod request;

use crate::{Fact, Failure, audit, infra::numbers, outbox, when::Times};
use domain::{
    FactorKind, Refusal, Timestamp,
    approval::{Approval, DAY, Deputy, Event, Stage, Told, decides},
    ids::PersonId,
    message::{Message, Notice},
    number, paths,
    policy::{ApprovalRules, Realm},
    records::Person,
    refusal::Code,
    screen::{ApprovalFace, ApprovalStage},
    secret::Secret,
};
use store::Conn;

/// Moves a request by one event, with what is written down and told. A refusal changes
/// nothing; one that somebody else moved meanwhile is refused as
/// [`Code::ChangedMeanwhile`], and then the fact must be dropped.
///
/// # Errors
/// The database could not.
pub async fn advance(
    fact: &mut Fact<'_>,
    approval: Approval,
    event: Event,
    rules: &ApprovalRules,
    by: Option<&PersonId>,
) -> Result<Result<Approval, Refusal>, Failure> {
    let now = fact.ctx().services.now();
    let step = approval.apply(event, rules, now);
    if let Some(refusal) = step.refusal {
        return Ok(Err(refusal));
    }
    let mut approval = step.approval;
    let asks = matches!(step.tell, Some(Told::Asked { .. }));
    let remind_at = asks.then(|| now.plus_seconds(rules.remind_days * DAY));
    if !fact.tx().approval_save(&approval, remind_at).await? {
        return Ok(Err(Refusal::page(Code::ChangedMeanwhile)));
    }
    approval.version += 1;
    moves(fact, &approval.person);
    if let Some(event) = &step.record {
        match by {
            Some(_) => audit::record(fact, by, event).await?,
            None => audit::record_worker(fact, event).await?,
        }
    }
    if let Some(told) = step.tell {
        tell(fact, &approval, told).await?;
    }
    Ok(Ok(approval))
}

/// Tells every address of who asked what became of it, and asks the manager where it was
/// asked (again).
async fn tell(fact: &mut Fact<'_>, approval: &Approval, told: Told) -> Result<(), Failure> {
    let who = fact.tx().person(&approval.person).await?;
    let who = who.ok_or(Failure::NotFound)?;
    if matches!(told, Told::Asked { .. }) {
        ask(fact, &who, approval, false).await?;
    }
    let what = Notice::Approval {
        name: approval.name(),
        kind: approval.wish.kind,
        number: number::mask(&approval.wish.address),
        told,
    };
    outbox::notify(fact, &who, what, &[]).await
}

/// Asks whoever decides: the manager on record, and who stands in for them now.
///
/// # Errors
/// The database could not.
async fn ask(
    fact: &mut Fact<'_>,
    who: &Person,
    approval: &Approval,
    again: bool,
) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    for approver in approvers(fact.tx(), who, now).await? {
        ask_one(fact, &approver, who, approval, again).await?;
    }
    Ok(())
}

async fn ask_one(
    fact: &mut Fact<'_>,
    approver: &Person,
    who: &Person,
    approval: &Approval,
    again: bool,
) -> Result<(), Failure> {
    let services = fact.ctx().services;
    let page = paths::approval(&approver.realm, approval.id.as_str());
    let message = Message::Approve {
        name: approval.name(),
        who: who.called().to_owned(),
        kind: approval.wish.kind,
        again,
        link: Secret::new(services.url(&page)),
        valid_until: approval.due_at,
    };
    outbox::put(fact, approver, &approver.email, &message).await?;
    Ok(())
}

/// Asks somebody who from now on stands in for a manager what the manager was asked and has
/// not answered.
///
/// # Errors
/// The database could not.
async fn ask_deputy(
    fact: &mut Fact<'_>,
    deputy: &Person,
    manager: &PersonId,
) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    let waiting = fact
        .tx()
        .approvals_for(manager, true, None, MOST_COUNTED, now)
        .await?;
    for approval in waiting.iter().filter(|a| a.is_live(now)) {
        let Some(who) = fact.tx().person(&approval.person).await? else {
            continue;
        };
        // Neither what the deputy asked, nor what the manager decides for somebody else.
        let asked = approvers(fact.tx(), &who, now).await?;
        if who.manager.as_ref() == Some(manager) && asked.iter().any(|p| p.id == deputy.id) {
            ask_one(fact, deputy, &who, approval, false).await?;
        }
    }
    Ok(())
}

/// Who decides what a person asks and can be reached: the manager on record first, and
/// who stands in for them.
///
/// # Errors
/// The database could not.
async fn approvers(conn: &mut Conn, who: &Person, now: Timestamp) -> Result<Vec<Person>, Failure> {
    let Some(manager) = &who.manager else {
        return Ok(Vec::new());
    };
    let deputy = conn.deputy(manager).await?;
    let mut found = Vec::new();
    for id in [Some(manager), deputy.as_ref().map(|d| &d.person)] {
        let Some(id) = id.filter(|id| decides(id, &who.id, Some(manager), deputy.as_ref(), now))
        else {
            continue;
        };
        let one = conn.person(id).await?;
        let reaches = |p: &Person| p.is_enabled() && p.frozen_at.is_none() && !p.email.is_empty();
        found.extend(one.filter(reaches));
    }
    Ok(found)
}

/// The request of a person out of which something can still come.
///
/// # Errors
/// The database could not.
pub async fn live_of(
    conn: &mut Conn,
    person: &PersonId,
    now: Timestamp,
) -> Result<Option<Approval>, Failure> {
    let newest = conn.approvals_of(person, 1).await?.into_iter().next();
    Ok(newest.filter(|a| a.is_live(now)))
}

/// As many requests as are counted for who decides; more are more than enough.
const MOST_COUNTED: i64 = 100;

/// How many requests wait for somebody; `None` for who decides nobody's.
///
/// # Errors
/// The database could not.
pub async fn waiting_for(
    conn: &mut Conn,
    who: &PersonId,
    now: Timestamp,
) -> Result<Option<usize>, Failure> {
    if !conn.approves_anybody(who, now).await? {
        return Ok(None);
    }
    let all = conn
        .approvals_for(who, true, None, MOST_COUNTED, now)
        .await?;
    Ok(Some(all.iter().filter(|a| a.is_live(now)).count()))
}

/// What a manager approved for codes of a kind, and may be set up now.
///
/// # Errors
/// The database could not.
pub async fn approved(
    conn: &mut Conn,
    person: &PersonId,
    kind: FactorKind,
    now: Timestamp,
) -> Result<Option<Approval>, Failure> {
    let live = live_of(conn, person, now).await?;
    Ok(live.filter(|a| a.allows(kind, &a.wish.address, now)))
}

/// "This was not me" stops what is under way.
///
/// # Errors
/// The database could not.
pub async fn veto_open(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let (services, realm) = (fact.ctx().services, fact.ctx().realm);
    let Some(rules) = realm.approvals.as_ref() else {
        return Ok(());
    };
    let now = services.now();
    if let Some(live) = live_of(fact.tx(), &who.id, now).await?
        && let Err(refusal) = advance(fact, live, Event::Veto, rules, Some(&who.id)).await?
    {
        tracing::warn!(?refusal, "a request moved while it was stopped");
    }
    Ok(())
}

/// What waits for a manager goes to the one who is on record now (`by` put them there):
/// they are asked, and have as long as whoever is asked first. Where nobody is on record
/// it waits until somebody is, or until its time is over. What was approved stays so: it
/// was decided by who could.
///
/// # Errors
/// The database could not. After a refusal the fact must be dropped.
pub async fn hand_over(
    fact: &mut Fact<'_>,
    who: &Person,
    by: &PersonId,
) -> Result<Result<(), Refusal>, Failure> {
    let (services, realm) = (fact.ctx().services, fact.ctx().realm);
    let Some(rules) = realm.approvals.as_ref() else {
        return Ok(Ok(()));
    };
    let live = live_of(fact.tx(), &who.id, services.now()).await?;
    let Some(waits) = live.filter(|a| a.stage == Stage::Waiting) else {
        return Ok(Ok(()));
    };
    // The person's page says who decides.
    moves(fact, &who.id);
    if who.manager.is_none() {
        return Ok(Ok(()));
    }
    // The same wish, asked anew.
    let event = Event::Edit(waits.wish.clone());
    let done = advance(fact, waits, event, rules, Some(by)).await?;
    Ok(done.map(|_| ()))
}

/// Sets up what was approved: the request is used up with the factor that it brings.
///
/// # Errors
/// The database could not; [`Failure::BadRequest`] where it moved meanwhile, and then the
/// fact must be dropped.
pub async fn use_up(fact: &mut Fact<'_>, approval: Approval) -> Result<(), Failure> {
    let realm = fact.ctx().realm;
    let rules = realm.approvals.as_ref().ok_or(Failure::NotFound)?;
    let person = approval.person.clone();
    match advance(fact, approval, Event::Use, rules, Some(&person)).await? {
        Ok(_) => Ok(()),
        Err(_) => Err(Failure::BadRequest("the approval moved meanwhile")),
    }
}

/// Until when it stands as it does, in words.
fn until(times: &Times, approval: &Approval, now: Timestamp) -> String {
    if approval.has_lapsed(now) {
        return String::new();
    }
    match approval.stage {
        Stage::Waiting => times.moment(approval.due_at),
        Stage::Approved { until, .. } => times.moment(until),
        Stage::Used { review_at, .. } => times.moment(review_at),
        _ => String::new(),
    }
}

/// Who decides or decided.
async fn decider(
    conn: &mut Conn,
    who: &Person,
    approval: &Approval,
    now: Timestamp,
) -> Result<String, Failure> {
    let by = match &approval.stage {
        Stage::Approved { by, .. } | Stage::Declined { by, .. } | Stage::Used { by, .. } => {
            conn.person(by).await?
        }
        Stage::Waiting => approvers(conn, who, now).await?.into_iter().next(),
        _ => None,
    };
    Ok(by.map(|p| p.called().to_owned()).unwrap_or_default())
}

/// A request as its owner sees it, or (`masked`) the desk.
///
/// # Errors
/// The database could not.
pub async fn face(
    conn: &mut Conn,
    times: &Times,
    who: &Person,
    approval: &Approval,
    masked: bool,
    now: Timestamp,
) -> Result<ApprovalFace, Failure> {
    let factors = conn.factors(&who.id).await?;
    let other = approval.wish.kind.other_line();
    let switches = factors
        .iter()
        .any(|f| Some(f.kind) == other && f.disabled_at.is_none());
    Ok(ApprovalFace {
        name: approval.name(),
        kind: approval.wish.kind,
        number: if masked {
            number::mask(&approval.wish.address)
        } else {
            numbers::international(&approval.wish.address)
        },
        stage: ApprovalStage::of(approval, switches, now),
        by: decider(conn, who, approval, now).await?,
        since: times.moment(approval.asked_at),
        until: until(times, approval, now),
        declined: match &approval.stage {
            Stage::Declined { reason, .. } => reason.clone(),
            _ => String::new(),
        },
        switches,
        unsure: is_unsure(approval.wish.kind, &approval.wish.address),
    })
}

/// Reads a number for codes of a kind: as typed, or the one on record.
///
/// # Errors
/// What is wrong with it.
pub fn number_for(
    realm: &Realm,
    who: &Person,
    kind: FactorKind,
    typed: Option<&str>,
) -> Result<domain::number::Number, Code> {
    let read = match typed {
        Some(typed) => numbers::read(typed, realm.numbers.home())?,
        None if who.number.is_empty() => return Err(Code::Missing),
        None => numbers::read(&who.number, realm.numbers.home())?,
    };
    read.takes(kind, &realm.numbers)?;
    Ok(read)
}

/// Whether codes of a kind go to a number (E.164) and may not arrive.
pub fn is_unsure(kind: FactorKind, e164: &str) -> bool {
    numbers::read(e164, "").is_ok_and(|number| number.is_unsure(kind))
}

/// The board's topic of all requests: the lists of those who decide follow it.
pub const LISTS: &str = "approvals";

/// A request moved: its owner's page looks again, and the lists of those who decide.
fn moves(fact: &mut Fact<'_>, person: &PersonId) {
    fact.tells(&topic(person));
    fact.tells(LISTS);
}

/// The board's topic of what somebody asked: their page follows it.
pub fn topic(person: &PersonId) -> String {
    format!("approval:{}", person.as_str())
}

/// The number on record, masked, where it takes codes of a kind.
pub fn on_record(realm: &Realm, who: &Person, kind: FactorKind) -> String {
    number_for(realm, who, kind, None).map_or_else(|_| String::new(), |n| number::mask(&n.e164))
}

/// Whether a deputy stands in now.
fn stands_in(deputy: Option<Deputy>, now: Timestamp) -> Option<Deputy> {
    deputy.filter(|d| now < d.until)
}
