//! One case: the form beside the record, and the decision.

use super::{Desk, queue};
use crate::{
    Fact, Failure, Reply, Request, Services,
    cases::{self, Event},
    ceremony::Ctx,
    pages::{self, Query},
    people,
    when::Times,
};
use domain::{
    Refusal,
    cases::{Agent, Case, CaseKind, MOST_REASON, Stage, compare, wait_after_approval},
    ids::CaseId,
    paths,
    policy::Realm,
    records::{CaseListed, Person},
    refusal::Code,
    role::Role,
    screen::{CaseMove, DeskCase, FormLine, LineName, News, Screen, View},
};
use std::sync::Arc;

struct Found {
    desk: Desk,
    realm: Arc<Realm>,
    case: Case,
    who: Person,
    /// Name of who works on it.
    agent: String,
}

/// The case, for somebody who serves its realm; for everybody else it is not
/// there.
async fn find(services: &Services, request: &Request, id: &CaseId) -> Result<Found, Failure> {
    let desk = services.desk(request).await?;
    let mut conn = services.store.read().await?;
    let case = conn.case(id).await?.ok_or(Failure::NotFound)?;
    desk.serves(&case.realm)?;
    let who = conn.person(&case.person).await?;
    let agent = match case.stage.agent() {
        Some(agent) => conn.person(agent).await?.map(|p| p.name),
        None => None,
    };
    drop(conn);
    Ok(Found {
        realm: services.realm(case.realm.as_str())?,
        who: who.ok_or(Failure::NotFound)?,
        agent: agent.unwrap_or_default(),
        desk,
        case,
    })
}

/// The page.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::NotFound`] for cases of other realms.
pub async fn case_page(
    services: &Services,
    request: &Request,
    id: &CaseId,
    query: &Query,
) -> Result<Reply, Failure> {
    let found = find(services, request, id).await?;
    let mut view = show(services, request, found, String::new()).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// The lines of a form beside the record. Where nothing is on record the desk
/// sees that too.
fn lines(case: &Case, who: &Person) -> Vec<FormLine> {
    let form = &case.form;
    let line = |what, typed: String, record: String| FormLine {
        what,
        mark: compare(&typed, &record),
        typed,
        record,
    };
    let name = line(LineName::Name, form.name(), who.name.clone());
    match case.kind {
        CaseKind::LostPhone => vec![
            name,
            line(LineName::Email, form.email.clone(), who.email.clone()),
            line(LineName::Phone, form.phone.clone(), String::new()),
        ],
        CaseKind::WrongAddress => {
            let partner = who.partner.as_ref().map(|p| p.number.clone());
            vec![
                name,
                line(LineName::Login, form.login.clone(), who.login.clone()),
                line(
                    LineName::Partner,
                    form.partner.clone(),
                    partner.unwrap_or_default(),
                ),
            ]
        }
    }
}

async fn show(
    services: &Services,
    request: &Request,
    found: Found,
    typed: String,
) -> Result<View, Failure> {
    let Found {
        desk,
        realm,
        case,
        who,
        agent,
    } = found;
    let history = services.store.read().await?.audit_of(&who.id, 20).await?;
    let path = paths::desk_case(case.id.as_str());
    let frame = pages::frame(services, request, None, Some(&desk.session), path);
    let lang = frame.lang;
    let times = Times::of(services, request, &realm, lang);
    let say = |at| times.moment(at);
    let rules = realm.cases.as_ref();
    let wait = rules.map_or(0, |r| wait_after_approval(&r.cool_down, case.proof));
    let own = case.person == *desk.id();
    let decides = desk.may(&case.realm, Role::decides);
    let waits = case.stage.waits() && !own;
    let is_mine = case.stage.agent() == Some(desk.id());
    let listed = CaseListed {
        person: who.called().to_owned(),
        case,
        agent,
    };
    let row = queue::row(services, request, lang, &listed);
    let case = listed.case;
    let consent = case.form.consent.as_ref();
    let screen = DeskCase {
        row,
        person: who.id.as_str().to_owned(),
        lines: lines(&case, &who),
        story: case.form.story.clone(),
        consent: consent
            .map(|c| format!("{}, {}", c.version, say(c.at)))
            .unwrap_or_default(),
        proof: case.proof,
        wait_hours: wait.div_euclid(3600),
        protected: case.protected,
        version: case.version,
        can_claim: waits && !is_mine && !matches!(case.stage, Stage::Seconded { .. }),
        can_release: waits && is_mine,
        can_decide: waits && decides && (is_mine || matches!(case.stage, Stage::Seconded { .. })),
        opens: match case.stage {
            Stage::Approved { opens_at, .. } => say(opens_at),
            _ => String::new(),
        },
        declined: match &case.stage {
            Stage::Declined { reason } => reason.clone(),
            _ => String::new(),
        },
        typed,
        history: people::history(&times, &history),
    };
    Ok(pages::view(frame, Screen::DeskCase(Box::new(screen))))
}

/// Takes, gives back, approves or declines a case. `version` is the one that the
/// agent saw: who decides on an older one is told what happened meanwhile, and
/// nothing is done.
///
/// # Errors
/// See [`Services::desk`]; [`Failure::Forbidden`] for who may not decide.
pub async fn move_case(
    services: &Services,
    request: &Request,
    id: String,
    version: String,
    change: String,
    reason: String,
) -> Result<Reply, Failure> {
    let found = find(services, request, &CaseId::new(id)).await?;
    let desk = &found.desk;
    let agent = Agent {
        id: desk.id().clone(),
        lead: desk.leads(&found.case.realm),
    };
    let decides = desk.may(&found.case.realm, Role::decides);
    let event = match change.as_str() {
        "claim" => Event::Claim(agent),
        "release" => Event::Release(agent),
        "approve" | "decline" if !decides => {
            return services.denied_reply(request, &desk.session).await;
        }
        "approve" => Event::Approve(agent),
        "decline" => Event::Decline(agent, reason.clone()),
        _ => return Err(Failure::BadRequest("change")),
    };
    let seen = version.parse::<i64>().ok();
    if seen != Some(found.case.version) {
        return refused(
            services,
            request,
            found,
            reason,
            Refusal::page(Code::ChangedMeanwhile),
        )
        .await;
    }
    let ctx = Ctx {
        services,
        request,
        realm: &found.realm,
    };
    let rules = cases::rules(ctx, found.case.kind)?;
    let by = desk.id().clone();
    let case = found.case.clone();
    let mut fact = Fact::begin(ctx).await?;
    match cases::advance(&mut fact, case, event, rules, Some(&by)).await? {
        Ok(case) => {
            fact.commit().await?;
            let done = match (change.as_str(), &case.stage) {
                ("claim", _) => CaseMove::Claimed,
                ("release", _) => CaseMove::Released,
                ("decline", _) => CaseMove::Declined,
                (_, Stage::Seconded { .. }) => CaseMove::Seconded,
                _ => CaseMove::Approved,
            };
            let to = paths::desk_case(case.id.as_str());
            Ok(Reply::go(pages::with_news(&to, &News::CaseMoved(done))))
        }
        Err(refusal) => {
            drop(fact);
            refused(services, request, found, reason, refusal).await
        }
    }
}

/// The case as it is now, with why nothing was done.
async fn refused(
    services: &Services,
    request: &Request,
    found: Found,
    reason: String,
    refusal: Refusal,
) -> Result<Reply, Failure> {
    let typed = reason
        .chars()
        .filter(|c| !c.is_control())
        .take(MOST_REASON + 100)
        .collect();
    let found = find(services, request, &found.case.id).await?;
    let mut view = show(services, request, found, typed).await?;
    view.refusals = vec![refusal];
    Ok(Reply::show(view))
}
