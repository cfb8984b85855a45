//! Name, language, and further addresses for notices.

pub mod factor;

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::LockedAccount,
    audit,
    ceremony::{self, Ctx, Run},
    codes,
    effects::Material,
    outbox,
    pages::{self, Query},
    proof::Spend,
    prove,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Lang, Refusal,
    add_address::{self, AddAddress, Event},
    audit::{Action, Event as AuditEvent},
    ids::RealmSlug,
    message::Notice,
    paths, quarantine,
    records::Session,
    refusal::{Code, Field},
    screen::{Answer, CodePurpose, News, Profile, Screen, View},
    text::{self, Name},
};

/// The page.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut reply = show(ctx, &session, Vec::new(), String::new(), None).await?;
    if let Answer::Show(view) = &mut reply.answer {
        view.news = pages::news(services, query);
    }
    Ok(reply)
}

/// The tab "Password": it is changed by a mailed link.
///
/// # Errors
/// [`Failure::SignIn`]; [`Failure::NotFound`] where there are no tabs.
pub async fn password_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.signed_in(request, &realm).await?;
    if realm.lines().is_empty() {
        return Err(Failure::NotFound);
    }
    let path = paths::profile_password(slug);
    let frame = pages::frame(services, request, Some(&realm), Some(&session), path);
    Ok(Reply::show(pages::view(frame, Screen::ProfilePassword)))
}

/// The address of this person that waits for its code.
async fn pending(ctx: Ctx<'_>, session: &Session) -> Result<Option<Run<AddAddress>>, Failure> {
    let run = ceremony::load::<AddAddress>(ctx).await?;
    Ok(run.filter(|run| {
        let waiting = run.machine.waiting();
        waiting.is_some_and(|(person, _)| *person == session.person.id)
    }))
}

async fn show(
    ctx: Ctx<'_>,
    session: &Session,
    mut refusals: Vec<Refusal>,
    typed: String,
    name: Option<String>,
) -> Result<Reply, Failure> {
    let frame = pages::frame(
        ctx.services,
        ctx.request,
        Some(ctx.realm),
        Some(session),
        paths::profile(&ctx.realm.slug),
    );
    let addresses = ctx
        .services
        .store
        .read()
        .await?
        .addresses(&session.person.id)
        .await?;
    let pending = match pending(ctx, session).await? {
        Some(run) => {
            refusals.extend(run.extras.refusals.clone());
            let mut task = prove::code_task(
                ctx,
                FactorKind::Email,
                CodePurpose::Address,
                false,
                &run.extras,
            )
            .await?;
            // In full: it is not told to anybody else, and may be mistyped.
            task.sent_to = run
                .machine
                .waiting()
                .map(|(_, email)| email.to_owned())
                .unwrap_or_default();
            Some(task)
        }
        None => None,
    };
    let for_codes = match ctx.realm.capture {
        Some(_) => {
            let mut conn = ctx.services.store.read().await?;
            let factors = conn.factors(&session.person.id).await?;
            let mail = factors.iter().find(|f| f.kind == FactorKind::Email);
            mail.map_or_else(String::new, |f| text::mask_email(&f.address))
        }
        None => String::new(),
    };
    let screen = Screen::Profile(Profile {
        tabs: !ctx.realm.lines().is_empty(),
        partner: session
            .person
            .partner
            .as_ref()
            .map(|p| p.number.clone())
            .unwrap_or_default(),
        for_codes,
        name: name.unwrap_or_else(|| session.person.name.clone()),
        lang: session.person.lang,
        login: session.person.login.clone(),
        email: session.person.email.clone(),
        addresses,
        pending,
        typed,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals,
        news: None,
    }))
}

/// Saves name and language.
///
/// # Errors
/// [`Failure::SignIn`], or the database could not.
pub async fn save(
    services: &Services,
    request: &Request,
    realm: String,
    name: String,
    lang: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.signed_in(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let lang = Lang::parse(&lang).ok_or(Failure::BadRequest("language"))?;
    let parsed = match Name::parse(&name) {
        Ok(name) => name.as_str().to_owned(),
        Err(Code::Missing) => String::new(),
        Err(code) => {
            let typed = name.chars().filter(|c| !c.is_control()).take(64).collect();
            let refusals = vec![Refusal::at(Field::Name, code)];
            return show(ctx, &session, refusals, String::new(), Some(typed)).await;
        }
    };
    let mut tx = services.store.begin().await?;
    tx.person_rename(&session.person.id, &parsed, &text::name_key(&parsed), lang)
        .await?;
    tx.commit().await?;
    Ok(Reply::anew(pages::with_news(
        &paths::profile(&realm.slug),
        &News::ProfileSaved,
    )))
}

/// A second address: a code goes there first.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], or the database could not.
pub async fn add_address(
    services: &Services,
    request: &Request,
    realm: String,
    email: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let typed: String = email
        .chars()
        .filter(|c| !c.is_control())
        .take(254)
        .collect();
    let known = services
        .store
        .read()
        .await?
        .addresses(&session.person.id)
        .await?;
    let who = &session.person;
    let sendable = match add_address::judge(&email, who, &known) {
        Ok(email) => throttle::take_send(services, request, Whose::Person(&who.id), "address")
            .await?
            .map(|()| email),
        Err(code) => Err(code),
    };
    let email = match sendable {
        Ok(email) => email.as_str().to_owned(),
        Err(code) => {
            let refusals = vec![Refusal::at(Field::Email, code)];
            return show(ctx, &session, refusals, typed, None).await;
        }
    };
    ceremony::drop_row::<AddAddress>(ctx).await?;
    let mut run = Run::new(AddAddress::default());
    let mut fact = Fact::begin(ctx).await?;
    codes::send_to(
        &mut fact,
        who,
        FactorKind::Email,
        &email,
        codes::ADDRESS,
        &mut run.extras,
    )
    .await?;
    let sent = Event::Sent {
        person: who.id.clone(),
        email,
        code: run.extras.challenge.clone(),
    };
    let done =
        ceremony::advance_in(fact, run, sent.clone(), sent, None, Material::default()).await?;
    Ok(show(ctx, &session, Vec::new(), String::new(), None)
        .await?
        .with(done.cookies))
}

/// The code from the new mailbox.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], or the database could not.
pub async fn confirm_address(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let Some(run) = pending(ctx, &session).await? else {
        return Ok(Reply::go(paths::profile(&realm.slug)));
    };
    if code.trim().is_empty() {
        let refusals = vec![Refusal::at(Field::Code, Code::Missing)];
        return show(ctx, &session, refusals, String::new(), None).await;
    }
    let (event, spend) = match codes::check(
        ctx,
        FactorKind::Email,
        run.extras.challenge.as_deref(),
        &code,
    )
    .await?
    {
        Ok(code) => (
            Event::Proved { code: code.clone() },
            Some(Spend::Challenge(code)),
        ),
        Err(code) => (Event::Failed(code), None),
    };
    let lost = Event::Failed(Code::UsedCode);
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    if let Some(code) = account.held_back(&session.proven, services.now()) {
        drop(fact);
        let refusals = vec![Refusal::page(code)];
        return show(ctx, &session, refusals, String::new(), None).await;
    }
    let done = ceremony::advance_in(fact, run, event, lost, spend, Material::default()).await?;
    let Run {
        machine, extras, ..
    } = done.run;
    let over = Refusal::page(Code::StartAgain);
    if machine.waiting().is_some() && !extras.refusals.contains(&over) {
        // What was refused is read with the ceremony.
        return show(ctx, &session, Vec::new(), String::new(), None).await;
    }
    if !extras.refusals.is_empty() {
        return show(ctx, &session, extras.refusals, String::new(), None).await;
    }
    Ok(Reply::go(pages::with_news(
        &paths::profile(&realm.slug),
        &News::AddressAdded,
    )))
}

/// Removes a further address; it is told too, with the others.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`], [`Failure::NotFound`].
pub async fn remove_address(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.fresh(request, &realm).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let who = &session.person;
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::of_session(&mut fact, &session).await?;
    let recovered = fact.tx().person_recovered(&who.id).await?;
    let (proven, now) = (&session.proven, services.now());
    let rest = quarantine::rest(recovered, proven, &account.factors, now);
    let rest = rest.map(|seconds| Code::JustRecovered { seconds });
    if let Some(code) = account.held_back(proven, now).or(rest) {
        drop(fact);
        let refusals = vec![Refusal::page(code)];
        return show(ctx, &session, refusals, String::new(), None).await;
    }
    let removed = fact
        .tx()
        .address_remove(&id, &who.id, services.now())
        .await?;
    let Some(email) = removed else {
        return Err(Failure::NotFound);
    };
    let what = Notice::AddressRemoved {
        address: text::mask_email(&email),
    };
    outbox::notify(&mut fact, who, what, &[&email]).await?;
    let event = AuditEvent::done(Action::AddressRemoved, who.id.clone());
    audit::record(&mut fact, Some(&who.id), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::profile(&realm.slug),
        &News::AddressRemoved,
    )))
}
