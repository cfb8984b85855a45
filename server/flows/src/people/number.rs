//! The telephone number on record: the desk calls it to find out who calls, so it comes
//! from an administrator, and counts from a day after it was set.

use super::{of_realm, show};
use crate::{
    Fact, Failure, Reply, Request, Services, audit, ceremony::Ctx, infra::numbers, outbox, pages,
};
use domain::{
    FactorKind, Refusal,
    audit::{Action, Event},
    ids::PersonId,
    message::Notice,
    number, paths,
    policy::Realm,
    refusal::{Code, Field},
    screen::{News, Screen},
};

/// What is put on record for a text: E.164, or nothing for nothing.
fn read(typed: &str, realm: &Realm) -> Result<String, Code> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    let read = numbers::read(typed, realm.numbers.home())?;
    read.takes(FactorKind::Voice, &realm.numbers)?;
    Ok(read.e164)
}

/// Puts a number on record, or takes it off. Told to the person on every address.
///
/// # Errors
/// See [`Services::administrator`]; [`Failure::Forbidden`] for one's own account,
/// [`Failure::NotFound`] for who is of another realm.
pub async fn number(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    number: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.administrator(request, &realm).await?;
    let who = of_realm(services, &realm, &PersonId::new(id)).await?;
    // Nobody administrates themselves.
    if who.id == session.person.id {
        return Err(Failure::Forbidden);
    }
    let now_on_record = match read(&number, &realm) {
        Ok(number) => number,
        Err(code) => {
            let mut view = show(services, request, &realm, &session, &who).await?;
            view.refusals = vec![Refusal::at(Field::Number, code)];
            if let Screen::AdminPerson(screen) = &mut view.screen {
                let typed = number.chars().filter(|c| !c.is_control());
                screen.number = typed.take(40).collect();
            }
            return Ok(Reply::show(view));
        }
    };
    let to = paths::admin_person(&realm.slug, who.id.as_str());
    let done = Reply::go(pages::with_news(&to, &News::NumberSaved));
    if now_on_record == who.number {
        // What is the same already is no younger for it.
        return Ok(done);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let now = services.now();
    fact.tx()
        .person_number(&who.id, &now_on_record, now)
        .await?;
    let event = Event::done(Action::NumberChanged, who.id.clone());
    audit::record(&mut fact, Some(&session.person.id), &event).await?;
    let what = Notice::NumberChanged {
        number: if now_on_record.is_empty() {
            String::new()
        } else {
            number::mask(&now_on_record)
        },
    };
    outbox::notify(&mut fact, &who, what, &[]).await?;
    fact.commit().await?;
    Ok(done)
}
