//! A forgotten password, and the first one after an invitation.

use crate::{
    Failure, Reply, Request, Services, audit,
    ceremony::{self, Ctx, Run},
    effects::Material,
    infra::password_rules,
    outbox, pages,
    proof::Spend,
    request::token_hash,
    throttle::{self, Whose},
};
use domain::{
    FactorKind, Refusal,
    audit::{Action, Event as AuditEvent},
    enrollment::Enroll,
    ids::RealmSlug,
    link::{Purpose, Standing},
    message::Message,
    paths,
    policy::Realm,
    records::{Link, Person},
    refusal::{Code, Field},
    reset::{Event, Reset},
    screen::{
        ConfirmLink, Dead, DeadLink, Forgot, MailSent, NewPassword, News, Screen, StepName, View,
    },
    secret::Secret,
    text::Login,
    throttle::resend_pause,
};
use store::Conn;

/// "Forgot username or password?", or what came of it.
///
/// # Errors
/// The database could not; [`Failure::NotFound`] where the realm has no reset.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    if realm.reset_minutes.is_none() {
        return Err(Failure::NotFound);
    }
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let run = ceremony::load::<Reset>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(Reset::default()));
    Ok(Reply::show(show(ctx, &run)))
}

fn show(ctx: Ctx<'_>, run: &Run<Reset>) -> View {
    let now = ctx.services.now();
    let slug = &ctx.realm.slug;
    let (path, screen) = match &run.machine {
        Reset::Sent {
            login,
            sends,
            sent_at,
            ..
        } => {
            let pause = resend_pause(i64::from(*sends));
            let sent = MailSent {
                login: login.clone(),
                resend_in: now.seconds_until(sent_at.plus_seconds(pause)),
                minutes: ctx.realm.reset_minutes.unwrap_or(30),
            };
            (paths::forgot(slug), Screen::MailSent(sent))
        }
        _ => {
            let forgot = Forgot {
                login: run.extras.typed.clone(),
                login_kind: ctx.realm.login,
            };
            (paths::forgot(slug), Screen::Forgot(forgot))
        }
    };
    let frame = pages::frame(ctx.services, ctx.request, Some(ctx.realm), None, path);
    View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: run.extras.news.clone(),
    }
}

/// Asks for a mail. The answer is the same for every name.
///
/// # Errors
/// The database could not.
pub async fn ask(
    services: &Services,
    request: &Request,
    realm: String,
    login: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let Some(minutes) = realm.reset_minutes else {
        return Err(Failure::NotFound);
    };
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut run = ceremony::load::<Reset>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(Reset::default()));
    run.extras.typed = login
        .chars()
        .filter(|c| !c.is_control())
        .take(254)
        .collect();
    let login = match Login::parse(&login) {
        Ok(login) => login,
        Err(code) => {
            return refuse(
                ctx,
                run.back_at(Reset::Ask),
                Refusal::at(Field::Login, code),
            )
            .await;
        }
    };
    if realm.login == domain::policy::LoginKind::Email
        && domain::text::Email::parse(login.as_str()).is_err()
    {
        let refusal = Refusal::at(Field::Login, Code::NotAnAddress);
        return refuse(ctx, run.back_at(Reset::Ask), refusal).await;
    }
    let key = login.key();
    let who = services
        .store
        .read()
        .await?
        .person_by_login(&realm.slug, &key)
        .await?;
    let whose = match &who {
        Some(who) => Whose::Person(&who.id),
        None => Whose::Nobody(&realm.slug, &key),
    };
    if let Err(code) = throttle::take_send(services, whose, "reset").await? {
        return refuse(ctx, run, Refusal::page(code)).await;
    }
    // Frozen and disabled accounts hear nothing; the page is the same.
    let who = who.filter(|w| w.is_enabled() && w.frozen_at.is_none() && !w.email.is_empty());
    let mut tx = services.store.begin().await?;
    let link = match &who {
        Some(who) => {
            Some(mail_link(&mut tx, ctx, who, Purpose::ResetPassword, minutes * 60).await?)
        }
        None => None,
    };
    // Written for names that nobody has too: the same work, the same time.
    let event = match &who {
        Some(who) => AuditEvent::done(Action::ResetAsked, who.id.clone()),
        None => AuditEvent::refused(Action::ResetAsked, None),
    };
    audit::record(&mut tx, services, &realm.slug, &request.actor(None), &event).await?;
    tx.commit().await?;
    let event = Event::Asked {
        login: login.as_str().to_owned(),
        link,
    };
    let done = ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
    Ok(Reply::show(show(ctx, &done.run)).with(done.cookies))
}

/// Makes a link and puts its mail into the outbox; older links of the purpose
/// are void. Gives the link's id.
///
/// # Errors
/// The database could not.
pub async fn mail_link(
    tx: &mut Conn,
    ctx: Ctx<'_>,
    who: &Person,
    purpose: Purpose,
    seconds: i64,
) -> Result<String, Failure> {
    let (services, now) = (ctx.services, ctx.services.now());
    tx.links_void(&who.id, purpose, now).await?;
    let token = services.random.token();
    let code = services.random.digits(8);
    let link = Link {
        id: services.random.id(now),
        person: who.id.clone(),
        purpose,
        created_at: now,
        expires_at: now.plus_seconds(seconds),
        used_at: None,
        voided_at: None,
        opened_at: None,
    };
    let url = Secret::new(services.url(&paths::link(&ctx.realm.slug, purpose, token.reveal())));
    let valid_until = link.expires_at;
    let kept = code_hash(ctx, &link.id, code.reveal());
    let message = match purpose {
        Purpose::Invitation => Message::Invitation {
            link: url,
            valid_until,
        },
        Purpose::Enroll => Message::EnrollLink {
            link: url,
            valid_until,
        },
        _ => Message::ResetPassword {
            link: url,
            code,
            valid_until,
            asked: outbox::asked(services, ctx.request),
        },
    };
    let message = outbox::put(tx, services, who, &who.email, &message).await?;
    tx.link_insert(
        &link,
        &ctx.realm.slug,
        &token_hash(token.reveal()),
        &kept,
        &message,
    )
    .await?;
    Ok(link.id)
}

fn code_hash(ctx: Ctx<'_>, link: &str, code: &str) -> String {
    ctx.services
        .vault
        .mac("link-code", format!("{link}/{code}").as_bytes())
}

async fn refuse(ctx: Ctx<'_>, mut run: Run<Reset>, refusal: Refusal) -> Result<Reply, Failure> {
    run.extras.refusals = vec![refusal];
    if ctx.request.browser().is_none() {
        // The first post of this browser makes the row that a plain form
        // needs after its redirect.
        let event = Event::Weak(Refusal::page(Code::StartAgain));
        let mut done = ceremony::advance(
            ctx,
            run.clone(),
            event.clone(),
            event,
            None,
            Material::default(),
        )
        .await?;
        done.run.extras.refusals = run.extras.refusals;
        ceremony::keep_refusals(ctx, &done.run, &done.cookies).await?;
        return Ok(Reply::show(show(ctx, &done.run)).with(done.cookies));
    }
    ceremony::keep_refusals(ctx, &run, &[]).await?;
    Ok(Reply::show(show(ctx, &run)))
}

/// The short code, typed into the page that asked for the mail.
///
/// # Errors
/// The database could not.
pub async fn code(
    services: &Services,
    request: &Request,
    realm: String,
    code: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let Some(run) = ceremony::load::<Reset>(ctx).await? else {
        return Ok(Reply::go(paths::forgot(&realm.slug)));
    };
    let Reset::Sent { login, link, .. } = &run.machine else {
        return Ok(Reply::show(show(ctx, &run)));
    };
    if code.trim().is_empty() {
        return refuse(ctx, run, Refusal::at(Field::Code, Code::Missing)).await;
    }
    let found = match link {
        Some(id) => services.store.read().await?.link(id).await?,
        None => None,
    };
    let key = domain::text::login_key(login);
    let whose = match &found {
        Some((link, _)) => Whose::Person(&link.person),
        None => Whose::Nobody(&realm.slug, &key),
    };
    let tries = match throttle::take(services, request, whose, FactorKind::Email).await? {
        Ok(tries) => tries,
        Err(wait) => return refuse(ctx, run, Refusal::at(Field::Code, wait)).await,
    };
    let typed = domain::text::digits(&code, 8).unwrap_or_default();
    let failed = Event::CodeFailed(Code::WrongCode);
    let event = match found {
        Some((link, kept)) => {
            use subtle::ConstantTimeEq;
            let fits = bool::from(
                code_hash(ctx, &link.id, &typed)
                    .as_bytes()
                    .ct_eq(kept.as_bytes()),
            );
            let standing = Standing::judge(
                link.expires_at,
                link.used_at.is_some(),
                link.voided_at.is_some(),
                services.now(),
            );
            let who = services.store.read().await?.person(&link.person).await?;
            match (fits, standing, who) {
                (true, Standing::Live, Some(who))
                    if who.is_enabled() && who.frozen_at.is_none() =>
                {
                    Event::Proved {
                        person: who.id,
                        epoch: who.epoch,
                        link: link.id,
                        purpose: link.purpose,
                    }
                }
                (true, Standing::Expired, _) => Event::CodeFailed(Code::ExpiredCode),
                _ => failed,
            }
        }
        None => failed,
    };
    let proved = matches!(event, Event::Proved { .. });
    let material = Material {
        tries: Some(tries.clone()),
        ..Material::default()
    };
    let done = ceremony::advance(ctx, run, event.clone(), event, None, material).await?;
    if proved && matches!(done.run.machine, Reset::NewPassword { .. }) {
        let mut tx = services.store.begin().await?;
        tries.give_back(&mut tx).await?;
        tx.commit().await?;
        return Ok(Reply::go(paths::set_password(&realm.slug)).with(done.cookies));
    }
    Ok(Reply::show(show(ctx, &done.run)).with(done.cookies))
}

async fn find(
    ctx: Ctx<'_>,
    purpose: Purpose,
    token: &str,
) -> Result<(Option<Link>, Result<Person, Dead>), Failure> {
    if token.len() > 128 {
        return Ok((None, Err(Dead::Unknown)));
    }
    let mut conn = ctx.services.store.read().await?;
    let Some(link) = conn
        .link_by_token(&ctx.realm.slug, purpose, &token_hash(token))
        .await?
    else {
        return Ok((None, Err(Dead::Unknown)));
    };
    let now = ctx.services.now();
    let dead = match Standing::judge(
        link.expires_at,
        link.used_at.is_some(),
        link.voided_at.is_some(),
        now,
    ) {
        Standing::Live => None,
        Standing::Used => Some(Dead::Used),
        Standing::Expired => Some(Dead::Expired),
        Standing::Voided => Some(Dead::Unknown),
    };
    if let Some(dead) = dead {
        return Ok((Some(link), Err(dead)));
    }
    let who = conn.person(&link.person).await?;
    let who = who
        .filter(|w| w.is_enabled() && w.frozen_at.is_none())
        .ok_or(Dead::Unknown);
    Ok((Some(link), who))
}

/// The page behind a mailed link: it asks to go on, and changes nothing.
///
/// # Errors
/// The database could not.
pub async fn link_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    purpose: Purpose,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (_, who) = find(ctx, purpose, &token).await?;
    let frame = pages::frame(
        services,
        request,
        Some(&realm),
        None,
        paths::link(slug, purpose, &token),
    );
    let screen = match who {
        Ok(_) => Screen::ConfirmLink(ConfirmLink { purpose, token }),
        Err(why) => Screen::DeadLink(DeadLink {
            purpose,
            why,
            token,
        }),
    };
    Ok(Reply::show(pages::view(frame, screen)))
}

fn purpose_of(text: &str) -> Result<Purpose, Failure> {
    match Purpose::parse(text) {
        Some(Purpose::NotMe) | None => Err(Failure::BadRequest("purpose")),
        Some(purpose) => Ok(purpose),
    }
}

/// The button behind a link: a ceremony of this browser begins at a clean
/// address. The link itself is spent where it leads, not here.
///
/// # Errors
/// The database could not.
pub async fn open(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let purpose = purpose_of(&purpose)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, who) = find(ctx, purpose, &token).await?;
    let (Some(link), Ok(who)) = (link, who) else {
        return link_page(services, request, &realm.slug, purpose, token).await;
    };
    let mut tx = services.store.begin().await?;
    tx.link_opened(&link.id, services.now()).await?;
    tx.commit().await?;
    if purpose == Purpose::Enroll {
        ceremony::drop_row::<Enroll>(ctx).await?;
        let mut run = Run::new(Enroll::Choose {
            person: who.id.clone(),
            replaces: None,
            offers: vec![FactorKind::Passkey],
        });
        run.extras.link = Some(link.id);
        let begin = domain::enrollment::Event::Back;
        let done =
            ceremony::advance(ctx, run, begin.clone(), begin, None, Material::default()).await?;
        return Ok(Reply::go(paths::enroll(&realm.slug)).with(done.cookies));
    }
    ceremony::drop_row::<Reset>(ctx).await?;
    let event = Event::Proved {
        person: who.id,
        epoch: who.epoch,
        link: link.id,
        purpose,
    };
    let run = Run::new(Reset::default());
    let done = ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
    Ok(Reply::go(paths::set_password(&realm.slug)).with(done.cookies))
}

/// A dead link: a fresh one goes to the address on record, if there is one to
/// give. The answer is the same for links that never were.
///
/// # Errors
/// The database could not.
pub async fn fresh(
    services: &Services,
    request: &Request,
    realm: String,
    purpose: String,
    token: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let purpose = purpose_of(&purpose)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let (link, _) = find(ctx, purpose, &token).await?;
    if let Some(link) = link {
        let who = services.store.read().await?.person(&link.person).await?;
        let who = who.filter(|w| w.is_enabled() && w.frozen_at.is_none());
        let seconds = lifetime(&realm, purpose);
        if let (Some(who), Some(seconds)) = (who, seconds)
            && throttle::take_send(services, Whose::Person(&who.id), "reset")
                .await?
                .is_ok()
        {
            let mut tx = services.store.begin().await?;
            // An invitation that was accepted leads to a reset: the account is there.
            let set_up = tx
                .factors(&who.id)
                .await?
                .iter()
                .any(|f| f.kind == FactorKind::Password);
            let purpose = if purpose == Purpose::Invitation && set_up {
                Purpose::ResetPassword
            } else {
                purpose
            };
            let seconds = lifetime(&realm, purpose).unwrap_or(seconds);
            mail_link(&mut tx, ctx, &who, purpose, seconds).await?;
            tx.commit().await?;
            services.outbox_bell.notify_one();
        }
    }
    Ok(Reply::go(pages::with_news(
        &paths::sign_in(&realm.slug),
        &News::LinkSent,
    )))
}

/// Seconds that a link of a purpose works in a realm.
pub fn lifetime(realm: &Realm, purpose: Purpose) -> Option<i64> {
    match purpose {
        Purpose::Invitation => realm.invitation_hours.map(|h| h * 3600),
        Purpose::ResetPassword => realm.reset_minutes.map(|m| m * 60),
        Purpose::Enroll | Purpose::NotMe => None,
    }
}

/// The page for the new password.
///
/// # Errors
/// The database could not.
pub async fn new_password_page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    match ceremony::load::<Reset>(ctx).await? {
        Some(run) => show_new_password(ctx, &run).await,
        None => Ok(Reply::go(paths::sign_in(slug))),
    }
}

async fn show_new_password(ctx: Ctx<'_>, run: &Run<Reset>) -> Result<Reply, Failure> {
    let slug = &ctx.realm.slug;
    let Reset::NewPassword {
        person, purpose, ..
    } = &run.machine
    else {
        return Ok(Reply::go(paths::forgot(slug)));
    };
    let Some(who) = ctx.services.store.read().await?.person(person).await? else {
        return Ok(Reply::go(paths::sign_in(slug)));
    };
    let mut frame = pages::frame(
        ctx.services,
        ctx.request,
        Some(ctx.realm),
        None,
        paths::set_password(slug),
    );
    if *purpose == Purpose::Invitation {
        frame.steps = pages::steps(
            &[
                StepName::NewPassword,
                StepName::Credentials,
                StepName::ChooseMethod,
                StepName::SetUp,
            ],
            0,
        );
    }
    let screen = Screen::NewPassword(NewPassword {
        purpose: *purpose,
        login: who.login,
        least: ctx.realm.password.least,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: run.extras.refusals.clone(),
        news: None,
    }))
}

/// Sets the password: the link is spent in the same transaction.
///
/// # Errors
/// The database or the hash queue could not.
pub async fn set(
    services: &Services,
    request: &Request,
    realm: String,
    new_password: String,
    repeat: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let Some(run) = ceremony::load::<Reset>(ctx).await? else {
        return Ok(Reply::go(paths::sign_in(&realm.slug)));
    };
    let Reset::NewPassword {
        person,
        epoch,
        link,
        ..
    } = run.machine.clone()
    else {
        return Ok(Reply::go(paths::forgot(&realm.slug)));
    };
    let who = services.store.read().await?.person(&person).await?;
    // Disabled, frozen or changed meanwhile: this proof is void (XC05, XC13).
    let Some(who) = who.filter(|w| w.is_enabled() && w.frozen_at.is_none() && w.epoch == epoch)
    else {
        ceremony::drop_row::<Reset>(ctx).await?;
        return Ok(Reply::go(paths::forgot(&realm.slug)));
    };
    let (new, repeat) = (Secret::new(new_password), Secret::new(repeat));
    if let Some(refusal) = judge(&realm, &who, &new, &repeat) {
        let event = Event::Weak(refusal);
        let done =
            ceremony::advance(ctx, run, event.clone(), event, None, Material::default()).await?;
        return Ok(show_new_password(ctx, &done.run).await?.with(done.cookies));
    }
    let hash = services.hasher.hash(&new, services.random.bytes()).await?;
    let lost = Event::Weak(Refusal::page(Code::LinkUsed));
    let material = Material {
        password: Some(hash),
        ..Material::default()
    };
    let done = ceremony::advance(
        ctx,
        run,
        Event::Set,
        lost,
        Some(Spend::Link(link)),
        material,
    )
    .await?;
    if matches!(done.run.machine, Reset::Finished) {
        let to = pages::with_news(&paths::sign_in(&realm.slug), &News::PasswordSet);
        // What this browser had half done with the old password is over.
        ceremony::drop_row::<domain::sign_in::SignIn>(ctx).await?;
        return Ok(Reply::anew(to).with(done.cookies));
    }
    Ok(show_new_password(ctx, &done.run).await?.with(done.cookies))
}

fn judge(realm: &Realm, who: &Person, new: &Secret, repeat: &Secret) -> Option<Refusal> {
    if new.is_empty() {
        return Some(Refusal::at(Field::NewPassword, Code::Missing));
    }
    let personal = [
        who.login.as_str(),
        &who.name,
        &who.email,
        &realm.name.en,
        &realm.name.de,
    ];
    if let Err(code) = password_rules::judge(new, &realm.password, &personal) {
        return Some(Refusal::at(Field::NewPassword, code));
    }
    (new != repeat).then(|| Refusal::at(Field::Repeat, Code::RepeatDiffers))
}
