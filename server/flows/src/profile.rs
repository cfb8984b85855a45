//! Name, language, and further addresses for notices.

use crate::{
    Failure, Reply, Request, Services, audit,
    ceremony::{self, Ctx, Extras, Kept, Run},
    codes, outbox,
    pages::{self, Query},
    prove,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Lang, Refusal, Timestamp,
    audit::{Action, Event},
    ids::RealmSlug,
    message::Notice,
    paths,
    policy::Realm,
    records::Session,
    refusal::{Code, Field},
    screen::{CodePurpose, News, Profile, Screen, View},
    step::{Machine, Step},
    text::{Email, Name},
};
use serde::{Deserialize, Serialize};

/// How many further addresses a person may keep.
const MOST_ADDRESSES: usize = 5;

/// A new address that waits for its code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    person: String,
    email: String,
    over: bool,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Happens {
    /// A code went out.
    Sent,
    /// The code did not fit.
    Failed(Code),
    /// The mailbox proved itself.
    Proved,
}

impl Machine for Pending {
    type Event = Happens;
    fn apply(mut self, event: Happens, _: &Realm, _: Timestamp) -> Step<Self> {
        match event {
            Happens::Sent => Step::to(self),
            Happens::Failed(code) => Step::refuse(self, Refusal::at(Field::Code, code)),
            Happens::Proved => {
                self.over = true;
                Step::to(self)
            }
        }
    }
}

impl Kept for Pending {
    const KIND: &'static str = "address";
    const MINUTES: i64 = 30;
    fn is_over(&self) -> bool {
        self.over
    }
}

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
    if let domain::screen::Answer::Show(view) = &mut reply.answer {
        view.news = pages::news(query);
    }
    Ok(reply)
}

async fn pending(ctx: Ctx<'_>, session: &Session) -> Result<Option<Run<Pending>>, Failure> {
    let run = ceremony::load::<Pending>(ctx).await?;
    Ok(run.filter(|r| r.machine.person == session.person.id.as_str()))
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
            task.sent_to.clone_from(&run.machine.email);
            Some(task)
        }
        None => None,
    };
    let screen = Screen::Profile(Profile {
        name: name.unwrap_or_else(|| session.person.name.clone()),
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
    tx.person_rename(
        &session.person.id,
        &parsed,
        &domain::text::login_key(&parsed),
        lang,
    )
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
    let refusal = match Email::parse(&email) {
        Err(code) => Err(code),
        Ok(_) if session.person.frozen_at.is_some() => Err(Code::Frozen),
        Ok(_) if known.len() >= MOST_ADDRESSES => Err(Code::TooMany {
            most: MOST_ADDRESSES as u32,
        }),
        Ok(email)
            if email.as_str() == session.person.email
                || known.iter().any(|(_, e)| e == email.as_str()) =>
        {
            Err(Code::AddressKnown)
        }
        Ok(email) => Ok(email),
    };
    let email = match refusal {
        Ok(email) => email,
        Err(code) => {
            return show(
                ctx,
                &session,
                vec![Refusal::at(Field::Email, code)],
                typed,
                None,
            )
            .await;
        }
    };
    if let Err(code) =
        throttle::take_send(services, Whose::Person(&session.person.id), "address").await?
    {
        return show(
            ctx,
            &session,
            vec![Refusal::at(Field::Email, code)],
            typed,
            None,
        )
        .await;
    }
    ceremony::drop_row::<Pending>(ctx).await?;
    let mut run = Run::new(Pending {
        person: session.person.id.as_str().to_owned(),
        email: email.as_str().to_owned(),
        over: false,
    });
    let mut extras = Extras::default();
    let mut tx = services.store.begin().await?;
    codes::send_to(
        &mut tx,
        ctx,
        &session.person,
        email.as_str(),
        codes::ADDRESS,
        &mut extras,
    )
    .await?;
    tx.commit().await?;
    run.extras = extras;
    let done = ceremony::advance(
        ctx,
        run,
        Happens::Sent,
        Happens::Sent,
        None,
        crate::effects::Material::default(),
    )
    .await?;
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
        return show(
            ctx,
            &session,
            vec![Refusal::at(Field::Code, Code::Missing)],
            String::new(),
            None,
        )
        .await;
    }
    let email = run.machine.email.clone();
    let checked = codes::check(ctx, run.extras.challenge.as_deref(), &code).await?;
    let (event, challenge) = match checked {
        Ok(challenge) => (Happens::Proved, Some(challenge)),
        Err(code) => (Happens::Failed(code), None),
    };
    let Some(challenge) = challenge else {
        ceremony::advance(
            ctx,
            run,
            event.clone(),
            event,
            None,
            crate::effects::Material::default(),
        )
        .await?;
        return show(ctx, &session, Vec::new(), String::new(), None).await;
    };
    let now = services.now();
    let who = &session.person;
    let mut tx = services.store.begin().await?;
    if !tx.challenge_take(&challenge, now).await? {
        return show(
            ctx,
            &session,
            vec![Refusal::at(Field::Code, Code::UsedCode)],
            String::new(),
            None,
        )
        .await;
    }
    // The addresses that were there before are told, and the new one too.
    let what = Notice::AddressAdded {
        address: domain::text::mask_email(&email),
    };
    outbox::notify(&mut tx, services, request, &realm, who, what, Some(&email)).await?;
    tx.address_insert(&services.random.id(now), &who.id, &email, now)
        .await?;
    let event = Event::done(Action::AddressAdded, who.id.clone());
    audit::record(
        &mut tx,
        services,
        &realm.slug,
        &request.actor(Some(&who.id)),
        &event,
    )
    .await?;
    tx.commit().await?;
    services.outbox_bell.notify_one();
    ceremony::drop_row::<Pending>(ctx).await?;
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
    if who.frozen_at.is_some() {
        return show(
            ctx,
            &session,
            vec![Refusal::page(Code::Frozen)],
            String::new(),
            None,
        )
        .await;
    }
    let now = services.now();
    let mut tx = services.store.begin().await?;
    let Some(email) = tx.address_remove(&id, &who.id, now).await? else {
        return Err(Failure::NotFound);
    };
    let what = Notice::AddressRemoved {
        address: domain::text::mask_email(&email),
    };
    outbox::notify(&mut tx, services, request, &realm, who, what, Some(&email)).await?;
    let event = Event::done(Action::AddressRemoved, who.id.clone());
    audit::record(
        &mut tx,
        services,
        &realm.slug,
        &request.actor(Some(&who.id)),
        &event,
    )
    .await?;
    tx.commit().await?;
    services.outbox_bell.notify_one();
    Ok(Reply::go(pages::with_news(
        &paths::profile(&realm.slug),
        &News::AddressRemoved,
    )))
}
