//! Asking for a mail, and its short code typed into the page that asked.

use super::mail::{code_hash, mail_link};
use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::{self, Ctx, Run},
    effects::Material,
    pages,
    throttle::{self, Whose},
};
use domain::{
    Refusal,
    audit::{Action, Event as AuditEvent},
    ids::RealmSlug,
    link::{Purpose, Standing},
    paths,
    policy::LoginKind,
    refusal::{Code, Field},
    reset::{Event, Reset},
    screen::{Forgot, MailSent, Screen, View},
    text::{self, Email, Login},
    throttle::resend_pause,
};
use subtle::ConstantTimeEq;

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
    let mut run = ceremony::load::<Reset>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(Reset::default()));
    if run.extras.typed.is_empty()
        && let Some(session) = services.session(request, &realm).await?
    {
        // Who is signed in need not say who they are.
        run.extras.typed = session.person.login;
    }
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
                minutes: match &ctx.realm.registration {
                    Some(rules) if run.extras.registers => rules.hours * 60,
                    _ => ctx.realm.reset_minutes.unwrap_or(30),
                },
                registers: run.extras.registers,
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
    if realm.login == LoginKind::Email && Email::parse(login.as_str()).is_err() {
        let refusal = Refusal::at(Field::Login, Code::NotAnAddress);
        return refuse(ctx, run.back_at(Reset::Ask), refusal).await;
    }
    // The same mail again only after a while; the page shows the same seconds.
    if let Reset::Sent {
        login: before,
        sends,
        sent_at,
        ..
    } = &run.machine
        && before == login.as_str()
    {
        let due = sent_at.plus_seconds(resend_pause(i64::from(*sends)));
        let seconds = services.now().seconds_until(due);
        if seconds > 0 {
            return refuse(ctx, run, Refusal::page(Code::Wait { seconds })).await;
        }
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
    if let Err(code) = throttle::take_send(services, request, whose, "reset").await? {
        return refuse(ctx, run, Refusal::page(code)).await;
    }
    // Frozen and disabled accounts hear nothing; the page is the same.
    let who = who.filter(|w| w.is_enabled() && w.frozen_at.is_none() && !w.email.is_empty());
    let mut fact = Fact::begin(ctx).await?;
    let link = match &who {
        Some(who) => Some(mail_link(&mut fact, who, Purpose::ResetPassword, minutes * 60).await?),
        None => None,
    };
    // Written for names that nobody has too: the same work, the same time.
    let event = match &who {
        Some(who) => AuditEvent::done(Action::ResetAsked, who.id.clone()),
        None => AuditEvent::refused(Action::ResetAsked, None),
    };
    audit::record(&mut fact, None, &event).await?;
    let event = Event::Asked {
        login: login.as_str().to_owned(),
        link,
    };
    // In the same fact, so that the bell rings when the answer stands: a worker
    // that sends meanwhile would slow down the names that somebody has.
    let done =
        ceremony::advance_in(fact, run, event.clone(), event, None, Material::default()).await?;
    Ok(Reply::show(show(ctx, &done.run)).with(done.cookies))
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
        // Too old, like its code: said, not swallowed.
        let run = Run::new(Reset::default());
        return refuse(ctx, run, Refusal::page(Code::StartAgain)).await;
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
    let key = text::login_key(login);
    let whose = match &found {
        Some((link, _)) => Whose::Person(&link.person),
        None => Whose::Nobody(&realm.slug, &key),
    };
    let whom = found.as_ref().map(|(link, _)| link.person.clone());
    let tries = match throttle::take_reset_code(services, request, whose).await? {
        Ok(tries) => tries,
        Err(wait) => return refuse(ctx, run, Refusal::at(Field::Code, wait)).await,
    };
    let typed = text::digits(&code, 8).unwrap_or_default();
    let failed = Event::CodeFailed(Code::WrongCode);
    let event = match found {
        Some((link, kept)) => {
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
    let mut fact = Fact::begin(ctx).await?;
    let whom = match &event {
        Event::Proved { person, .. } => Some(person.clone()),
        _ => whom,
    };
    let tried = match (proved, whom) {
        (true, Some(person)) => AuditEvent::done(Action::Proof, person),
        (_, whom) => AuditEvent::refused(Action::Proof, whom),
    };
    audit::record(&mut fact, None, &tried.because("reset code")).await?;
    let material = Material {
        tries: Some(tries.clone()),
        ..Material::default()
    };
    let done = ceremony::advance_in(fact, run, event.clone(), event, None, material).await?;
    if proved && matches!(done.run.machine, Reset::NewPassword { .. }) {
        let mut tx = services.store.begin().await?;
        tries.give_back(&mut tx).await?;
        tx.commit().await?;
        return Ok(Reply::go(paths::set_password(&realm.slug)).with(done.cookies));
    }
    Ok(Reply::show(show(ctx, &done.run)).with(done.cookies))
}
