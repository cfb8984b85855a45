//! What all cases share: opening one, moving it by an event, telling the person,
//! and what comes of an approval.

mod form;

pub use domain::cases::Event;
pub use form::{page, post};

use crate::{
    Fact, Failure, audit, calendar, ceremony::Ctx, confirm_case, outbox, request::token_hash,
    when::Times,
};
use domain::{
    Refusal, Timestamp,
    audit::{Action, Event as AuditEvent},
    cases::{Case, CaseKind, Form, Proof, Stage, Told},
    ids::{CaseId, PersonId},
    link::Purpose,
    message::Message,
    paths,
    policy::{CaseRules, Realm},
    records::{Link, Person},
    refusal::Code,
    screen::{CaseState, StageFace},
    secret::Secret,
};
use store::Conn;

/// Where numbers begin: five digits from the first case on.
const FIRST_NUMBER: i64 = 20_001;
/// Days for which the page of a case is there.
const FOLLOW_DAYS: i64 = 60;

/// The next number, of cases and calls alike.
///
/// # Errors
/// The database could not.
pub async fn next_number(fact: &mut Fact<'_>) -> Result<i64, Failure> {
    Ok(fact.tx().counter_next("case", FIRST_NUMBER).await?)
}

/// Opens a case; `None` when the person has one that is not over.
///
/// # Errors
/// The database could not.
pub async fn open(
    fact: &mut Fact<'_>,
    who: &Person,
    rules: &CaseRules,
    kind: CaseKind,
    form: Form,
    proof: Option<Proof>,
) -> Result<Option<Case>, Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    if let Some(old) = fact.tx().case_open_of(&who.id).await? {
        if !old.has_lapsed(now) {
            return Ok(None);
        }
        if advance(fact, old, Event::Lapse, rules, None)
            .await?
            .is_err()
        {
            return Ok(None);
        }
    }
    let case = Case {
        id: CaseId::new(services.random.id(now)),
        number: next_number(fact).await?,
        realm: who.realm.clone(),
        kind,
        person: who.id.clone(),
        form,
        proof,
        protected: !fact.tx().grants(&who.id).await?.is_empty(),
        opened_at: now,
        due_at: calendar::due(ctx.realm, now, rules.answer_hours),
        stage: Stage::Open,
        version: 1,
    };
    if !fact.tx().case_insert(&case).await? {
        return Ok(None);
    }
    let event = AuditEvent::done(Action::CaseOpened, who.id.clone()).because(case.name());
    audit::record(fact, Some(&who.id), &event).await?;
    let told = Told::Opened {
        due_at: case.due_at,
    };
    tell(fact, who, &case, told).await?;
    confirm_case::ask(fact, who, &case).await?;
    fact.moves();
    Ok(Some(case))
}

/// Moves a case by one event, with what is written down and told. A refusal
/// changes nothing; a case that somebody else moved meanwhile is refused as
/// [`Code::ChangedMeanwhile`], and then the fact must be dropped.
///
/// # Errors
/// The database could not.
pub async fn advance(
    fact: &mut Fact<'_>,
    case: Case,
    event: Event,
    rules: &CaseRules,
    by: Option<&PersonId>,
) -> Result<Result<Case, Refusal>, Failure> {
    let now = fact.ctx().services.now();
    let step = case.apply(event, rules, now);
    if let Some(refusal) = step.refusal {
        return Ok(Err(refusal));
    }
    let mut case = step.case;
    if !fact.tx().case_save(&case, now).await? {
        return Ok(Err(Refusal::page(Code::ChangedMeanwhile)));
    }
    case.version += 1;
    if let Some(event) = &step.record {
        audit::record(fact, by, event).await?;
    }
    if let Some(told) = step.tell {
        let who = fact.tx().person(&case.person).await?;
        let who = who.ok_or(Failure::NotFound)?;
        let is_approved = matches!(told, Told::Approved { .. });
        tell(fact, &who, &case, told).await?;
        if is_approved && case.kind == CaseKind::LostPhone {
            mail_way_in(fact, &who, &case).await?;
        }
    }
    if !matches!(case.stage, Stage::Approved { .. }) {
        // What was on its way for an approval that no longer stands.
        fact.tx().outbox_void(&case.person, "replace", now).await?;
        fact.tx()
            .links_void(&case.person, Purpose::Replace, now)
            .await?;
    }
    fact.moves();
    Ok(Ok(case))
}

/// Puts the link to set the new factor up into the outbox; it goes out when the
/// wait is over, and works until the window closes.
///
/// # Errors
/// The database could not.
pub async fn mail_way_in(fact: &mut Fact<'_>, who: &Person, case: &Case) -> Result<(), Failure> {
    let Stage::Approved {
        opens_at,
        closes_at,
    } = case.stage
    else {
        return Ok(());
    };
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    fact.tx().outbox_void(&who.id, "replace", now).await?;
    fact.tx().links_void(&who.id, Purpose::Replace, now).await?;
    let token = services.random.token();
    let url = services.url(&paths::link(&who.realm, Purpose::Replace, token.reveal()));
    let message = Message::Replace {
        name: case.name(),
        link: Secret::new(url),
        valid_until: closes_at,
    };
    let send_at = opens_at.max(now);
    let id = outbox::put_at(fact, who, &who.email, &message, send_at).await?;
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose: Purpose::Replace,
        created_at: now,
        expires_at: closes_at,
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: case.id.as_str().to_owned(),
    };
    let hash = token_hash(token.reveal());
    fact.tx()
        .link_insert(&link, &who.realm, &hash, "", &id)
        .await?;
    Ok(())
}

/// Tells every address on record what became of a case, each with a page of its
/// own to follow it and to say "this was not me". The form reaches nobody.
async fn tell(fact: &mut Fact<'_>, who: &Person, case: &Case, told: Told) -> Result<(), Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let contact = who.partner.as_ref().map(|p| p.contact.as_str());
    let also: Vec<&str> = contact.into_iter().filter(|c| !c.is_empty()).collect();
    for recipient in outbox::recipients(fact, who, &also).await? {
        let token = services.random.token();
        let url = services.url(&paths::link(&who.realm, Purpose::Case, token.reveal()));
        let message = Message::Case {
            name: case.name(),
            kind: case.kind,
            told: told.clone(),
            follow: Secret::new(url),
            asked: outbox::asked(services, ctx.request),
        };
        let id = outbox::put(fact, who, &recipient, &message).await?;
        let link = Link {
            id: services.random.id(now),
            person: who.id.clone(),
            purpose: Purpose::Case,
            created_at: now,
            expires_at: now.plus_seconds(FOLLOW_DAYS * 86_400),
            used_at: None,
            voided_at: None,
            opened_at: None,
            subject: case.id.as_str().to_owned(),
        };
        let hash = token_hash(token.reveal());
        fact.tx()
            .link_insert(&link, &who.realm, &hash, "", &id)
            .await?;
    }
    Ok(())
}

/// The approved case of a person whose window is open now, where the realm asks
/// for the address anew at sign-in.
///
/// # Errors
/// The database could not.
pub async fn address_to_ask(
    conn: &mut Conn,
    realm: &Realm,
    who: &PersonId,
    now: Timestamp,
) -> Result<Option<CaseId>, Failure> {
    if realm.takes(CaseKind::WrongAddress).is_none() {
        return Ok(None);
    }
    let case = conn.case_open_of(who).await?;
    let case = case.filter(|c| c.kind == CaseKind::WrongAddress && c.is_usable(now));
    Ok(case.map(|c| c.id))
}

/// Whether the case behind a link lets a new factor in now.
///
/// # Errors
/// The database could not.
pub async fn is_usable(conn: &mut Conn, id: &CaseId, now: Timestamp) -> Result<bool, Failure> {
    let case = conn.case(id).await?;
    Ok(case.is_some_and(|c| c.is_usable(now)))
}

/// The case of a person that is not over ends with "this was not me".
///
/// # Errors
/// The database could not.
pub async fn veto_open(fact: &mut Fact<'_>, who: &Person) -> Result<(), Failure> {
    let Some(case) = fact.tx().case_open_of(&who.id).await? else {
        return Ok(());
    };
    let Some(rules) = &fact.ctx().realm.cases else {
        return Ok(());
    };
    // One that just closed by itself stays as it is.
    let _ = advance(fact, case, Event::Veto, rules, None).await?;
    Ok(())
}

/// A case as the person who asked sees it.
pub fn state(times: &Times, case: &Case, token: String, now: Timestamp) -> CaseState {
    let say = |at| times.moment(at);
    let stage = match &case.stage {
        _ if case.has_lapsed(now) => StageFace::Lapsed,
        Stage::Open | Stage::Claimed { .. } | Stage::Seconded { .. } => StageFace::Waiting {
            due: say(case.due_at),
            taken: case.stage != Stage::Open,
        },
        Stage::Approved {
            opens_at,
            closes_at,
        } => {
            if now < *opens_at {
                StageFace::Cooling {
                    opens: say(*opens_at),
                }
            } else {
                StageFace::Ready {
                    closes: say(*closes_at),
                }
            }
        }
        Stage::Declined { reason } => StageFace::Declined {
            reason: reason.clone(),
        },
        Stage::Vetoed => StageFace::Vetoed,
        Stage::Withdrawn => StageFace::Withdrawn,
        Stage::Lapsed => StageFace::Lapsed,
        Stage::Used => StageFace::Used,
        Stage::Undone => StageFace::Undone,
    };
    CaseState {
        name: case.name(),
        kind: case.kind,
        stage,
        asked: say(case.opened_at),
        token,
        stoppable: !case.stage.is_over() && !case.has_lapsed(now),
        manager_code: String::new(),
    }
}

/// The realm of a case and its rules there.
///
/// # Errors
/// [`Failure::NotFound`] where the realm has no cases (any more).
pub fn rules<'a>(ctx: Ctx<'a>, kind: CaseKind) -> Result<&'a CaseRules, Failure> {
    // A kind that the policy dropped is still decided by the rules it has.
    ctx.realm
        .takes(kind)
        .or(ctx.realm.cases.as_ref())
        .ok_or(Failure::NotFound)
}
