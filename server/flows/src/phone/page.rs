//! What a phone shows: the accounts that it approves for, and what it is asked.

use super::device;
use crate::{
    Failure, Reply, Request, Services,
    pages::{self, Query},
    when::Times,
};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    Refusal, Timestamp,
    call::CODE_LIFE,
    ids::{FactorId, PersonId},
    paths,
    phone::LIFE,
    screen::{DeskCodeFace, PhoneAccount, PhoneAsk, PhonePage, Screen, View},
    text::in_groups,
};
use store::Conn;

/// The page. A browser that is no phone sees how it becomes one.
///
/// # Errors
/// The database could not.
pub async fn page(services: &Services, request: &Request, query: &Query) -> Result<Reply, Failure> {
    let mut view = show(services, request, Vec::new()).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// The page, with what was refused.
pub(super) async fn show(
    services: &Services,
    request: &Request,
    refusals: Vec<Refusal>,
) -> Result<View, Failure> {
    let now = services.now();
    let frame = pages::frame(services, request, None, None, paths::PHONE.to_owned());
    let lang = frame.lang;
    let mut screen = PhonePage {
        accounts: Vec::new(),
        asks: Vec::new(),
        origin: services.public_url.clone(),
        push_key: services.push.key.clone(),
        reachable: false,
    };
    let mut conn = services.store.read().await?;
    let phones = match device(request) {
        Some(device) => conn.phones_of_device(&device).await?,
        None => Vec::new(),
    };
    for phone in phones {
        screen.reachable |= phone.reachable;
        let Some(who) = conn.person(&phone.person).await?.filter(|w| w.is_enabled()) else {
            continue;
        };
        let Ok(realm) = services.realm(who.realm.as_str()) else {
            continue;
        };
        let times = Times::of(services, request, &realm, lang);
        let name = realm.name.get(lang).to_owned();
        let factors = conn.factors(&who.id).await?;
        let added = factors.iter().find(|f| f.id == phone.factor);
        let key = BASE64URL_NOPAD.encode(&phone.key);
        for asked in conn.phone_requests_waiting(&who.id, now).await? {
            let agent = match &asked.asked_by {
                Some(id) => conn.person(id).await?.map(|agent| agent.name),
                None => None,
            };
            let call = match &asked.call {
                Some(id) => conn.call(id).await?.map(|call| call.name()),
                None => None,
            };
            screen.asks.push(PhoneAsk {
                agent: agent.unwrap_or_default(),
                call: call.unwrap_or_default(),
                seconds_left: now.seconds_until(asked.expires_at()),
                seconds_total: LIFE,
                since: times.clock(asked.created_at),
                id: asked.id.as_str().to_owned(),
                challenge: asked.challenge,
                key: key.clone(),
                purpose: asked.purpose,
                realm: name.clone(),
                login: who.login.clone(),
                browser: asked.browser,
                address: asked.address,
            });
        }
        screen.accounts.push(PhoneAccount {
            code: desk_code(&mut conn, &phone.factor, &who.id, now).await?,
            factor: phone.factor.as_str().to_owned(),
            realm: name,
            login: who.login,
            name: phone.name,
            added: times.maybe(added.map(|f| f.created_at)),
            codes: phone.codes,
        });
    }
    Ok(View {
        refusals,
        ..pages::view(frame, Screen::Phone(Box::new(screen)))
    })
}

/// The code that this phone shows for the desk; `None` where it shows none.
async fn desk_code(
    conn: &mut Conn,
    phone: &FactorId,
    who: &PersonId,
    now: Timestamp,
) -> Result<Option<DeskCodeFace>, Failure> {
    let code = conn.desk_code(who).await?;
    let Some(code) = code.filter(|c| c.phone == *phone && now < c.expires_at()) else {
        return Ok(None);
    };
    let mut face = DeskCodeFace {
        digits: String::new(),
        agent: String::new(),
        call: String::new(),
        seconds_left: now.seconds_until(code.expires_at()),
        seconds_total: CODE_LIFE,
    };
    match &code.typed {
        Some((agent, call)) => {
            let agent = conn.person(agent).await?;
            face.agent = agent.map(|a| a.name).unwrap_or_default();
            let call = conn.call(call).await?;
            face.call = call.map(|c| c.name()).unwrap_or_default();
        }
        None if code.waits(now) => face.digits = in_groups(&code.digits, 3),
        // Guessed too often: whoever is on the telephone is not the desk.
        None => return Ok(None),
    }
    Ok(Some(face))
}
