//! The phone answers.

use super::{Key, device, page};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, cases,
    ceremony::Ctx,
    not_me, outbox, pages, proof,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Field, Refusal,
    audit::{Action, Event},
    caller::{CallerProof, Evidence},
    ids::PhoneRequestId,
    message::Notice,
    paths,
    phone::{self, Decision, MOST_WRONG, Phone, Stage},
    records::Person,
    refusal::Code,
    screen::News,
};

/// An answer as the phone sent it.
struct Given<'a> {
    phone: &'a Phone,
    request: &'a phone::Request,
    decision: Decision,
}

/// Takes the answer of a phone in.
///
/// # Errors
/// [`Failure::NotFound`] for a request that is not one of this phone's.
pub async fn answer(
    services: &Services,
    request: &Request,
    id: String,
    decision: String,
    digits: String,
    signature: String,
) -> Result<Reply, Failure> {
    let decision = Decision::parse(&decision).ok_or(Failure::BadRequest("no such answer"))?;
    let device = device(request).ok_or(Failure::NotFound)?;
    let mut conn = services.store.read().await?;
    let asked = conn.phone_request(&PhoneRequestId::new(id)).await?;
    let asked = asked.ok_or(Failure::NotFound)?;
    let phones = conn.phones_of_device(&device).await?;
    let mine = phones.into_iter().filter(|p| p.person == asked.person);
    let mine: Vec<_> = mine.collect();
    if mine.is_empty() {
        return Err(Failure::NotFound);
    }
    let who = conn.person(&asked.person).await?;
    let who = who.filter(Person::is_enabled).ok_or(Failure::NotFound)?;
    drop(conn);
    let realm = services.realm(who.realm.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let digits: String = digits
        .chars()
        .filter(char::is_ascii_digit)
        .take(8)
        .collect();
    let text = phone::answer_text(
        &services.public_url,
        asked.id.as_str(),
        &asked.challenge,
        asked.purpose,
        &digits,
        decision,
    );
    // A browser that was added twice holds the newer key, and maybe the older one.
    let signed = |p: &&Phone| Key::of(&p.key).is_some_and(|key| key.signed(&text, &signature));
    let done = if let Some(phone) = mine.iter().find(signed) {
        let given = Given {
            phone,
            request: &asked,
            decision,
        };
        judge(ctx, &who, &given, &digits).await?
    } else {
        refused(ctx, &who, "signature").await?;
        Err(Refusal::page(Code::PhoneUnknown))
    };
    match done {
        Ok(()) => {
            let news = News::PhoneAnswered(decision);
            Ok(Reply::go(pages::with_news(paths::PHONE, &news)))
        }
        Err(refusal) => Ok(Reply::show(
            page::show(services, request, vec![refusal]).await?,
        )),
    }
}

async fn judge(
    ctx: Ctx<'_>,
    who: &Person,
    given: &Given<'_>,
    digits: &str,
) -> Result<Result<(), Refusal>, Failure> {
    let (services, asked) = (ctx.services, given.request);
    // Whoever took an account over begins with a phone of their own. It may say no.
    let is_check = asked.asked_by.is_some();
    if is_check && given.decision == Decision::Accept && given.phone.is_new(services.now()) {
        return Ok(Err(Refusal::page(Code::NoPhoneToCheck)));
    }
    // Saying no costs nothing.
    let tries = match given.decision {
        Decision::Accept if !digits.is_empty() => {
            let whose = Whose::Person(&who.id);
            match throttle::take(services, ctx.request, whose, FactorKind::Smartphone).await? {
                Ok(tries) => Some(tries),
                Err(code) => return Ok(Err(Refusal::page(code))),
            }
        }
        _ => None,
    };
    let stage = match asked.answered(given.decision, digits, services.now()) {
        Ok(stage) => stage,
        Err(Code::WrongCode) => {
            let mut tx = services.store.begin().await?;
            tx.phone_request_wrong(&asked.id, MOST_WRONG).await?;
            tx.commit().await?;
            refused(ctx, who, "digits").await?;
            if let Some(tries) = tries
                && tries.locked(services).await?
            {
                proof::tell_locked(ctx, who, FactorKind::Smartphone).await?;
            }
            return Ok(Err(Refusal::at(Field::Code, Code::WrongCode)));
        }
        Err(Code::Missing) => return Ok(Err(Refusal::at(Field::Code, Code::Missing))),
        Err(_) => return Ok(Err(Refusal::page(Code::PhoneSilent))),
    };
    let now = services.now();
    let mut fact = Fact::begin(ctx).await?;
    let factor = &given.phone.factor;
    // Nothing else uses up what the desk asked.
    let kept = match stage {
        Stage::Accepted if is_check => Stage::Used,
        stage => stage,
    };
    let counts = fact
        .tx()
        .phone_request_answer(&asked.id, kept, factor, now)
        .await?;
    if !counts {
        // Another phone was faster, or the minute is over.
        return Ok(Err(Refusal::page(Code::PhoneSilent)));
    }
    fact.tx().factor_used(factor, now).await?;
    if let Some(tries) = tries {
        tries.give_back(fact.tx()).await?;
    }
    let event = Event::done(Action::PhoneAnswered, who.id.clone())
        .with(FactorKind::Smartphone)
        .because(given.decision.slug());
    audit::record(&mut fact, Some(&who.id), &event).await?;
    if let (Some(agent), Some(call)) = (&asked.asked_by, &asked.call) {
        let evidence = Evidence {
            call: call.clone(),
            id: services.random.id(now),
            person: who.id.clone(),
            proof: CallerProof::Smartphone,
            factor: Some(factor.clone()),
            manager: None,
            decision: given.decision,
            agent: agent.clone(),
            at: now,
        };
        fact.tx().evidence_insert(&evidence).await?;
        if stage == Stage::Accepted {
            fact.tx().factor_tested(factor, now).await?;
        }
        // The desk's page follows.
        fact.moves();
    }
    fact.tells(&super::answer_topic(&asked.id));
    // Their other phones need not answer any more.
    fact.tells(&super::topic(&who.id));
    if stage == Stage::NotMe {
        not_me::freeze(&mut fact, who).await?;
        cases::veto_open(&mut fact, who).await?;
        outbox::notify(&mut fact, who, Notice::Frozen, &[]).await?;
    }
    fact.commit().await?;
    Ok(Ok(()))
}

async fn refused(ctx: Ctx<'_>, who: &Person, why: &str) -> Result<(), Failure> {
    let mut fact = Fact::begin(ctx).await?;
    let event = Event::refused(Action::PhoneAnswered, Some(who.id.clone()))
        .with(FactorKind::Smartphone)
        .because(why);
    audit::record(&mut fact, None, &event).await?;
    fact.commit().await
}
