//! Adding a phone: whoever is signed in makes a link, shown as a QR code, and the
//! phone that opens it makes a key of its own (`security.md`, XE08).

use crate::{
    Fact, Failure, Reply, Request, Services,
    account::{LockedAccount, outgrow_sessions},
    audit,
    ceremony::{self, Ctx, Run},
    choose_method::{self, Where, new_factor, proposed_name},
    effects::is_named_like,
    infra::{browser_name, qr},
    manage_factors, outbox, pages, phone, proof,
    request::token_hash,
};
use domain::{
    FactorKind, Field, Refusal,
    audit::{Action, Event},
    enrollment::Enroll,
    factor::MOST_OF_A_KIND,
    ids::{FactorId, RealmSlug, SessionId},
    link::{Purpose, Standing},
    message::Notice,
    paths,
    phone::{ADD_MINUTES, add_text},
    policy::Realm,
    quarantine,
    records::{Factor, Link, Person},
    refusal::Code,
    screen::{AddPhone, Dead, DeadLink, EnrollPhone, News, Screen, View},
    secret::Secret,
    text::Name,
};
use store::Conn;

/// Makes the link; an earlier one is void. Gives its token. `replaces` is the phone
/// that goes when the new one is there, `by` the session that asks for it.
///
/// # Errors
/// The database could not.
pub async fn make_link(
    ctx: Ctx<'_>,
    who: &Person,
    replaces: Option<&FactorId>,
    by: Option<&SessionId>,
) -> Result<String, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    let token = services.random.token();
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose: Purpose::Phone,
        created_at: now,
        expires_at: now.plus_seconds(ADD_MINUTES * 60),
        used_at: None,
        voided_at: None,
        opened_at: None,
        subject: by.map_or_else(String::new, |by| {
            format!("{} {by}", replaces.map_or("", FactorId::as_str))
        }),
    };
    let mut fact = Fact::begin(ctx).await?;
    fact.tx().links_void(&who.id, Purpose::Phone, now).await?;
    let hash = token_hash(token.reveal());
    fact.tx()
        .link_insert(&link, &ctx.realm.slug, &hash, "", "")
        .await?;
    fact.commit().await?;
    Ok(token.reveal().to_owned())
}

/// "I am getting a new phone": the one that is there works until another took its
/// place.
///
/// # Errors
/// [`Failure::SignIn`], [`Failure::Confirm`]; [`Failure::NotFound`] for what is no
/// phone of the caller's.
pub async fn replace(
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
    let who = session.person.clone();
    let mut conn = services.store.read().await?;
    let all = conn.factors(&who.id).await?;
    let recovered = conn.person_recovered(&who.id).await?;
    drop(conn);
    let id = FactorId::new(id);
    let mut mine = all.iter();
    let old = mine.find(|f| f.id == id && f.kind == FactorKind::Smartphone);
    let old = old.ok_or(Failure::NotFound)?;
    // What takes a phone away rests as long as removing it would.
    let rest = quarantine::rest(recovered, &session.proven, &all, services.now());
    let held = proof::held_back(services, &session).await?;
    let refused = held.or_else(|| rest.map(|seconds| Code::JustRecovered { seconds }));
    if let Some(code) = refused {
        return Ok(Reply::show(manage_factors::refused(
            ctx,
            &session,
            old,
            &all,
            Refusal::page(code),
        )));
    }
    ceremony::drop_row::<Enroll>(ctx).await?;
    let run = Run::new(Enroll::Choose {
        person: who.id.clone(),
        replaces: Some(id),
        offers: vec![FactorKind::Smartphone],
    });
    let place = Where::Own(run, Some(Box::new(session)));
    choose_method::begin(ctx, place, &who, FactorKind::Smartphone).await
}

/// The session that asked for a link.
fn asked_by(link: &Link) -> Option<SessionId> {
    let (_, by) = link.subject.split_once(' ')?;
    Some(SessionId::new(by))
}

/// The phone that a link takes the place of; `None` where it only adds one.
async fn replaced(conn: &mut Conn, link: &Link) -> Result<Option<Factor>, Failure> {
    let Some((id, _)) = link.subject.split_once(' ') else {
        return Ok(None);
    };
    let factors = conn.factors(&link.person).await?;
    Ok(factors.into_iter().find(|f| f.id.as_str() == id))
}

/// The phone whose place was taken goes, with every session but the one that asked for
/// it; every address hears of it.
async fn retire(fact: &mut Fact<'_>, who: &Person, link: &Link) -> Result<(), Failure> {
    let now = fact.ctx().services.now();
    let Some(old) = replaced(fact.tx(), link).await? else {
        return Ok(());
    };
    let by = asked_by(link);
    fact.tx().factor_remove(&old.id, &who.id, now).await?;
    fact.tx().sessions_end(&who.id, by.as_ref(), now).await?;
    // What it was asked, or said yes to, counts no more.
    fact.tx().phone_requests_void(&who.id).await?;
    fact.tells(&phone::topic(&who.id));
    let event = Event::done(Action::FactorRemoved, who.id.clone()).with(old.kind);
    audit::record(fact, Some(&who.id), &event).await?;
    let what = Notice::FactorRemoved {
        kind: old.kind,
        name: old.name,
    };
    outbox::notify(fact, who, what, &[]).await
}

async fn link(services: &Services, realm: &Realm, token: &str) -> Result<Option<Link>, Failure> {
    if token.len() > 128 {
        return Ok(None);
    }
    let mut conn = services.store.read().await?;
    Ok(conn
        .link_by_token(&realm.slug, Purpose::Phone, &token_hash(token))
        .await?)
}

/// Whether the phone was added by a link.
///
/// # Errors
/// The database could not.
pub async fn is_added(ctx: Ctx<'_>, token: &str) -> Result<bool, Failure> {
    let link = link(ctx.services, ctx.realm, token).await?;
    Ok(link.is_some_and(|link| link.used_at.is_some()))
}

/// The page with the QR code.
///
/// # Errors
/// The database could not.
pub async fn screen(ctx: Ctx<'_>, token: &str) -> Result<Screen, Failure> {
    let found = link(ctx.services, ctx.realm, token).await?;
    let goes = match &found {
        Some(link) => replaced(&mut ctx.services.store.read().await?, link).await?,
        None => None,
    };
    let address = paths::link(&ctx.realm.slug, Purpose::Phone, token);
    let address = ctx.services.url(&address);
    let (qr_path, qr_size) = qr::svg_path(&address);
    let now = ctx.services.now();
    Ok(Screen::EnrollPhone(EnrollPhone {
        goes: goes.map(|phone| phone.name).unwrap_or_default(),
        qr_path,
        qr_size,
        link: address,
        seconds_left: found.map_or(0, |link| now.seconds_until(link.expires_at).max(0)),
        seconds_total: ADD_MINUTES * 60,
    }))
}

/// On the phone: the link that it opened, and whose account it is.
async fn find(
    services: &Services,
    realm: &Realm,
    token: &str,
) -> Result<Result<(Link, Person, String), Dead>, Failure> {
    let Some(link) = link(services, realm, token).await? else {
        return Ok(Err(Dead::Unknown));
    };
    let mut conn = services.store.read().await?;
    let who = conn.person(&link.person).await?;
    let who = who.filter(|who| who.is_enabled() && who.frozen_at.is_none());
    let goes = replaced(&mut conn, &link).await?;
    let goes = goes.map(|phone| phone.name).unwrap_or_default();
    drop(conn);
    let standing = Standing::judge(
        link.expires_at,
        link.used_at.is_some(),
        link.voided_at.is_some(),
        services.now(),
    );
    Ok(match (standing, who) {
        (Standing::Live, Some(who)) => Ok((link, who, goes)),
        (Standing::Used, _) => Err(Dead::Used),
        (Standing::Expired, _) => Err(Dead::Expired),
        _ => Err(Dead::Unknown),
    })
}

fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    token: &str,
    found: Result<(&Person, &str), Dead>,
    refusals: Vec<Refusal>,
) -> View {
    let path = paths::link(&realm.slug, Purpose::Phone, token);
    let frame = pages::frame(services, request, Some(realm), None, path);
    let screen = match found {
        Ok((who, goes)) => Screen::AddPhone(AddPhone {
            goes: goes.to_owned(),
            token: token.to_owned(),
            login: who.login.clone(),
            codes: realm.phones_bring_codes(),
            origin: services.public_url.clone(),
        }),
        Err(why) => Screen::DeadLink(DeadLink {
            purpose: Purpose::Phone,
            why,
            token: token.to_owned(),
        }),
    };
    View {
        refusals,
        ..pages::view(frame, screen)
    }
}

/// The page behind the link: it asks, and changes nothing.
///
/// # Errors
/// The database could not.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let found = find(services, &realm, &token).await?;
    let found = found.as_ref().map(|(_, who, goes)| (who, goes.as_str()));
    let found = found.map_err(|why| *why);
    Ok(Reply::show(show(
        services,
        request,
        &realm,
        &token,
        found,
        Vec::new(),
    )))
}

/// What a phone made and sends.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The public half of its key, in base64url.
    pub key: String,
    /// The secret of the codes that it shows without network, in base64url; empty for
    /// none.
    pub codes: Secret,
    /// Its signature over both (`domain::phone::add_text`).
    pub signature: String,
    /// What its owner calls it.
    pub name: String,
}

/// Adds the phone that made this key, with the codes that it brings.
///
/// # Errors
/// The database could not.
pub async fn add(
    services: &Services,
    request: &Request,
    realm: String,
    token: String,
    sent: Sent,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let found = find(services, &realm, &token).await?;
    let (link, who, goes) = match &found {
        Ok((link, who, goes)) => (link, who, goes.as_str()),
        Err(why) => {
            let view = show(services, request, &realm, &token, Err(*why), Vec::new());
            return Ok(Reply::show(view));
        }
    };
    let refuse = |refusal| {
        let view = show(
            services,
            request,
            &realm,
            &token,
            Ok((who, goes)),
            vec![refusal],
        );
        Ok(Reply::show(view))
    };
    let text = add_text(&services.public_url, &token, &sent.key, sent.codes.reveal());
    let holds = phone::key_of(&sent.key).filter(|(_, key)| key.signed(&text, &sent.signature));
    let Some((point, _)) = holds else {
        return refuse(Refusal::page(Code::PhoneUnknown));
    };
    let secret = match phone::codes::sent(ctx, sent.codes.reveal()) {
        Ok(secret) => secret,
        Err(code) => return refuse(Refusal::page(code)),
    };
    let name = match Name::parse(&sent.name) {
        Ok(name) => name.as_str().to_owned(),
        Err(Code::Missing) => {
            let name = browser_name::describe(&request.agent);
            proposed_name(ctx, who, FactorKind::Smartphone, &name).await?
        }
        Err(code) => return refuse(Refusal::at(Field::Name, code)),
    };
    let (device, cookies) = phone::device_or_new(services, request);
    let mut factor = new_factor(ctx, who, FactorKind::Smartphone, name);
    factor.secret = point;
    let codes = secret.map(|secret| phone::codes::of_phone(ctx, who, &factor, &secret));
    let kind = FactorKind::Smartphone;
    let mut fact = Fact::begin(ctx).await?;
    let account = LockedAccount::hold(&mut fact, &who.id).await?;
    let goes = link.subject.split_once(' ').map(|(id, _)| id);
    let same = account.factors.iter().filter(|f| f.kind == kind);
    let same: Vec<_> = same.filter(|f| Some(f.id.as_str()) != goes).collect();
    let refused = if account.who.frozen_at.is_some() {
        Some(Refusal::page(Code::Frozen))
    } else if same.len() >= MOST_OF_A_KIND {
        let most = u32::try_from(MOST_OF_A_KIND).unwrap_or(u32::MAX);
        Some(Refusal::page(Code::EnoughFactors { most }))
    } else if is_named_like(&same, &factor.name) {
        Some(Refusal::at(Field::Name, Code::NameTaken))
    } else {
        None
    };
    if let Some(refusal) = refused {
        drop(fact);
        return refuse(refusal);
    }
    if !fact.tx().link_take(&link.id, services.now()).await? {
        // Another phone was faster.
        drop(fact);
        let view = show(
            services,
            request,
            &realm,
            &token,
            Err(Dead::Used),
            Vec::new(),
        );
        return Ok(Reply::show(view));
    }
    fact.tx().factor_insert(&factor).await?;
    if let Some(codes) = &codes {
        fact.tx().factor_insert(codes).await?;
    }
    let id = codes.as_ref().map(|codes| &codes.id);
    fact.tx().phone_insert(&factor.id, &device, id).await?;
    // Sign-ins that are under way saw another set of factors (XA19).
    fact.tx().person_bump(&who.id).await?;
    retire(&mut fact, who, link).await?;
    let by = asked_by(link);
    outgrow_sessions(&mut fact, &who.id, by.as_ref(), kind).await?;
    let brought = if codes.is_some() { "codes" } else { "" };
    let event = Event::done(Action::FactorAdded, who.id.clone())
        .with(FactorKind::Smartphone)
        .because(brought);
    audit::record(&mut fact, Some(&who.id), &event).await?;
    let what = Notice::FactorAdded {
        kind: FactorKind::Smartphone,
        name: factor.name,
    };
    outbox::notify(&mut fact, who, what, &[]).await?;
    fact.commit().await?;
    let news = News::FactorAdded(FactorKind::Smartphone);
    Ok(Reply::anew(pages::with_news(paths::PHONE, &news)).with(cookies))
}
