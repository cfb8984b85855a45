//! What a phone shows: the accounts that it approves for, and what it is asked.

use super::device;
use crate::{
    Failure, Reply, Request, Services,
    pages::{self, Query},
    when::Times,
};
use data_encoding::BASE64URL_NOPAD;
use domain::{
    Refusal, paths,
    phone::LIFE,
    screen::{PhoneAccount, PhoneAsk, PhonePage, Screen, View},
};

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
            screen.asks.push(PhoneAsk {
                agent: agent.unwrap_or_default(),
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
            realm: name,
            login: who.login,
            name: phone.name,
            added: times.maybe(added.map(|f| f.created_at)),
        });
    }
    Ok(View {
        refusals,
        ..pages::view(frame, Screen::Phone(Box::new(screen)))
    })
}
