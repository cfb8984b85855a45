//! The phone that approves (workforce guide, I.8 and I.9): one screen asks and shows
//! two digits, the phone answers with a signature, the screen goes on.
//!
//! [`ask`] is called by the ceremony that wants a proof, [`answer`] by the phone,
//! and [`evaluate`] by the ceremony again. All three go through rows of the
//! database: the two browsers may speak to two nodes.

mod answer;
pub(crate) mod codes;
mod desk_code;
mod page;
mod signature;
mod subscribe;

pub use answer::answer;
pub use desk_code::show as show_code;
pub use page::page;
pub use signature::{Key, key_of};
pub use subscribe::{keep, subscribe, subscription};

use crate::{
    Cookie, Fact, Failure, Request, Services, audit,
    ceremony::Ctx,
    infra::browser_name,
    outbox,
    proof::{Held, Spend},
    request::token_hash,
    throttle::Tries,
};
use domain::{
    FactorKind, Timestamp,
    audit::{Action, Event},
    call::Call,
    ids::{PersonId, PhoneRequestId},
    message::{Message, Notice},
    phone::{self, LIFE, PERIOD, Purpose, Stage},
    records::Person,
    refusal::Code,
    screen::{AwaitPhone, CodePurpose, PhoneStage},
    secret::Secret,
    throttle::DAY,
};
use serde::{Deserialize, Serialize};

/// The cookie that a phone is known by.
const DEVICE: &str = "__Host-phone";
/// Seconds that a phone keeps it.
const KEEP: i64 = 400 * 24 * 3600;

/// What a ceremony waits for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Awaited {
    /// The request; `None` where nobody could be asked, which looks the same.
    request: Option<PhoneRequestId>,
    /// What its page shows.
    digits: String,
    /// Since when.
    since: Timestamp,
}

impl Awaited {
    /// Whether somebody is asked in truth.
    pub const fn is_asked(&self) -> bool {
        self.request.is_some()
    }

    /// What a page listens to that waits for this; `None` where nobody was asked.
    pub fn topic(&self) -> Option<String> {
        self.request.as_ref().map(answer_topic)
    }

    /// What was answered with a no, or not in time, is over: it is looked at once.
    #[must_use]
    pub fn closed(self) -> Self {
        Self {
            request: None,
            since: Timestamp::default(),
            ..self
        }
    }
}

/// What the pages of a person's phones listen to.
pub fn topic(who: &PersonId) -> String {
    format!("phone {who}")
}

/// What a page listens to that waits for an answer.
fn answer_topic(id: &PhoneRequestId) -> String {
    format!("answer {id}")
}

/// What the page of this phone listens to.
///
/// # Errors
/// [`Failure::NotFound`] for a browser that is no phone.
pub async fn topics(services: &Services, request: &Request) -> Result<Vec<String>, Failure> {
    let device = device(request).ok_or(Failure::NotFound)?;
    let mut conn = services.store.read().await?;
    let phones = conn.phones_of_device(&device).await?;
    if phones.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(phones.iter().map(|phone| topic(&phone.person)).collect())
}

/// Asks somebody's phones. A name that nobody has, an account without a phone, a
/// frozen one and one that was asked too often look like a phone that is switched
/// off (`security.md`, XE01). `by` is the call in which the service desk asks.
///
/// # Errors
/// The database could not.
pub async fn ask(
    fact: &mut Fact<'_>,
    who: Option<&Person>,
    purpose: Purpose,
    by: Option<&Call>,
) -> Result<Awaited, Failure> {
    let ctx = fact.ctx();
    let (services, now) = (ctx.services, ctx.services.now());
    let digits = services.random.digits(2).reveal().to_owned();
    let mut awaited = Awaited {
        request: None,
        digits,
        since: now,
    };
    let Some(who) = who.filter(|who| who.is_enabled() && who.frozen_at.is_none()) else {
        return Ok(awaited);
    };
    let factors = fact.tx().factors(&who.id).await?;
    let has_phone = factors
        .iter()
        .any(|f| f.kind == FactorKind::Smartphone && f.disabled_at.is_none());
    let in_period = fact
        .tx()
        .phone_requests_since(&who.id, by.is_some(), now.plus_seconds(-PERIOD))
        .await?;
    let in_day = fact
        .tx()
        .phone_requests_since(&who.id, by.is_some(), now.plus_seconds(-DAY))
        .await?;
    // This one goes out, and is the last for a while.
    let is_last = phone::may_ask(in_period, in_day) && !phone::may_ask(in_period + 1, in_day + 1);
    if has_phone && is_last {
        outbox::notify(fact, who, Notice::PhoneLeftInPeace, &[]).await?;
    }
    if !has_phone || !phone::may_ask(in_period, in_day) {
        return Ok(awaited);
    }
    let request = phone::Request {
        id: PhoneRequestId::new(services.random.id(now)),
        person: who.id.clone(),
        purpose,
        digits: awaited.digits.clone(),
        challenge: data_encoding::BASE64URL_NOPAD.encode(&services.random.bytes::<16>()),
        browser: browser_name::describe(&ctx.request.agent),
        address: ctx.request.address.clone(),
        created_at: now,
        wrong: 0,
        stage: Stage::Waiting,
        asked_by: by.map(|call| call.agent.clone()),
        call: by.map(|call| call.id.clone()),
        phone: None,
    };
    if !fact.tx().phone_request_insert(&request).await? {
        // Asked by another one in this very moment.
        return Ok(awaited);
    }
    let event = Event::done(Action::PhoneAsked, who.id.clone())
        .with(FactorKind::Smartphone)
        .because(purpose.slug());
    audit::record(fact, by.map(|call| &call.agent), &event).await?;
    // Wakes the phones whose page is closed.
    for (factor, name) in fact.tx().phones_reachable(&who.id).await? {
        let message = Message::PhoneAsked {
            factor,
            purpose,
            valid_until: request.expires_at(),
        };
        outbox::put(fact, who, &name, &message).await?;
    }
    fact.tells(&topic(&who.id));
    awaited.request = Some(request.id);
    Ok(awaited)
}

/// The request that a ceremony waits for.
///
/// # Errors
/// The database could not.
pub async fn awaited(
    services: &Services,
    awaited: &Awaited,
) -> Result<Option<phone::Request>, Failure> {
    Ok(match &awaited.request {
        Some(id) => services.store.read().await?.phone_request(id).await?,
        None => None,
    })
}

/// How far a request is, as its page shows it.
pub fn stage(awaited: &Awaited, request: Option<&phone::Request>, now: Timestamp) -> PhoneStage {
    let is_over = now >= awaited.since.plus_seconds(LIFE);
    match request.map(|r| r.stage) {
        Some(Stage::Accepted | Stage::Declined | Stage::NotMe) => PhoneStage::Answered,
        Some(Stage::Used) => PhoneStage::Over,
        // That it was voided would tell whether there is a phone.
        Some(Stage::Waiting | Stage::Voided) | None if is_over => PhoneStage::Over,
        Some(Stage::Waiting | Stage::Voided) | None => PhoneStage::Waiting,
    }
}

/// The page that waits.
///
/// # Errors
/// The database could not.
pub async fn screen(
    ctx: Ctx<'_>,
    waits: Option<&Awaited>,
    purpose: CodePurpose,
    others: bool,
) -> Result<AwaitPhone, Failure> {
    let now = ctx.services.now();
    let mut task = AwaitPhone {
        purpose,
        digits: String::new(),
        stage: PhoneStage::Over,
        seconds_left: 0,
        seconds_total: LIFE,
        others,
        login: String::new(),
    };
    if let Some(waits) = waits {
        let request = awaited(ctx.services, waits).await?;
        task.stage = stage(waits, request.as_ref(), now);
        // What is over is typed nowhere any more.
        if task.stage == PhoneStage::Waiting {
            task.digits.clone_from(&waits.digits);
            task.seconds_left = now.seconds_until(waits.since.plus_seconds(LIFE));
        }
    }
    Ok(task)
}

/// What the phone said. The row is used up in the transaction of what it earns.
///
/// # Errors
/// The database could not.
pub async fn evaluate(
    ctx: Ctx<'_>,
    who: &Person,
    waits: Option<&Awaited>,
) -> Result<Result<Held, Code>, Failure> {
    let request = match waits {
        Some(waits) => awaited(ctx.services, waits).await?,
        None => None,
    };
    // Somebody else's answer proves nothing (Z1).
    let Some(request) = request.filter(|r| r.person == who.id) else {
        return Ok(Err(Code::PhoneSilent));
    };
    // An answer is as short-lived as the question.
    let is_fresh = ctx.services.now() < request.expires_at().plus_seconds(LIFE);
    Ok(match request.stage {
        Stage::Accepted if is_fresh => Ok(Held {
            factor: request.phone,
            spend: Some(Spend::Phone(request.id)),
            tries: Tries::none(),
        }),
        Stage::Declined | Stage::NotMe => Err(Code::PhoneDeclined),
        _ => Err(Code::PhoneSilent),
    })
}

/// Who answered what a ceremony waits for that knows nobody yet, and what they said;
/// nobody where nobody was asked.
///
/// # Errors
/// The database could not.
pub async fn who_answered(
    ctx: Ctx<'_>,
    waits: Option<&Awaited>,
) -> Result<Option<(Person, Result<Held, Code>)>, Failure> {
    let found = match waits {
        Some(waits) => awaited(ctx.services, waits).await?,
        None => None,
    };
    let Some(request) = found else {
        return Ok(None);
    };
    let mut conn = ctx.services.store.read().await?;
    let who = conn.person(&request.person).await?;
    drop(conn);
    let Some(who) = who.filter(|w| w.realm == ctx.realm.slug && w.is_enabled()) else {
        return Ok(None);
    };
    let held = evaluate(ctx, &who, waits).await?;
    Ok(Some((who, held)))
}

/// The hash that this browser is known by as a phone; `None` where it is none.
fn device(request: &Request) -> Option<String> {
    request.cookie(DEVICE).map(token_hash)
}

/// [`device`]; a browser that is none becomes one, with the cookie for it.
pub fn device_or_new(services: &Services, request: &Request) -> (String, Vec<Cookie>) {
    if let Some(hash) = device(request) {
        return (hash, Vec::new());
    }
    let token = services.random.token();
    let hash = token_hash(token.reveal());
    (hash, vec![device_cookie(token)])
}

/// The cookie for a phone's secret.
pub fn device_cookie(token: Secret) -> Cookie {
    Cookie {
        name: DEVICE.to_owned(),
        value: token,
        keep: Some(KEEP),
    }
}
