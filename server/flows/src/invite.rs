//! Invitations: one person, or many from a CSV with a dry run.

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    infra::people_csv::{self, Invitee, Row},
    pages::{self, Query},
    paging::{self, After},
    people::card,
    reset_password,
    transfers::{self, Order, What},
    when::Times,
};
use domain::{
    Lang, Refusal,
    audit::{Action, Event},
    ids::{PersonId, RealmSlug},
    link::{Purpose, Standing},
    paths,
    policy::Realm,
    records::{Invitation, Person, Session},
    refusal::{Code, Field},
    screen::{
        AdminInvitations, CsvReport, InvitationRow, InvitationState, InvitationTyped, News, Screen,
        View,
    },
    text::{Email, Name},
    transfer::Format,
};
use std::collections::HashSet;
use store::Conn;

/// Rows that one CSV may have.
pub(crate) const MOST_ROWS: usize = 5000;
/// Bytes that one CSV may have.
const MOST_BYTES: usize = 1 << 20;

async fn administrator(
    services: &Services,
    request: &Request,
    realm: &Realm,
) -> Result<Session, Failure> {
    let session = services.administrator(request, realm).await?;
    if realm.invitation_hours.is_none() {
        return Err(Failure::NotFound);
    }
    Ok(session)
}

/// The page: a form for one, a form for many, and the list.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = administrator(services, request, &realm).await?;
    let typed = InvitationTyped {
        lang: realm.language,
        ..InvitationTyped::default()
    };
    let after = After::new(&query.after);
    let mut view = show(services, request, &realm, &session, after, typed, None).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    after: After<'_>,
    typed: InvitationTyped,
    report: Option<CsvReport>,
) -> Result<View, Failure> {
    let path = paths::admin_invitations(&realm.slug);
    let frame = pages::frame(services, request, None, Some(session), path);
    let found = services
        .store
        .read()
        .await?
        .invitations_page(&realm.slug, after.one(), paging::LIMIT)
        .await?;
    let page = after.page(found, |r| r.link.id.clone());
    let lang = frame.lang;
    let (times, now) = (Times::of(services, request, realm, lang), services.now());
    let screen = Screen::AdminInvitations(AdminInvitations {
        realm: card(realm, lang, &session.grants),
        rows: page.rows.iter().map(|r| row(&times, r, now)).collect(),
        next: page.next,
        later: page.later,
        typed,
        report,
    });
    Ok(pages::view(frame, screen))
}

fn row(times: &Times, r: &Invitation, now: domain::Timestamp) -> InvitationRow {
    let link = &r.link;
    let state = match Standing::judge(
        link.expires_at,
        link.used_at.is_some(),
        link.voided_at.is_some(),
        now,
    ) {
        _ if r.set_up => InvitationState::Accepted,
        Standing::Used => InvitationState::Accepted,
        Standing::Voided => InvitationState::Revoked,
        Standing::Expired => InvitationState::Expired,
        Standing::Live if r.dead => InvitationState::Undeliverable,
        Standing::Live if link.opened_at.is_some() => InvitationState::Opened,
        Standing::Live if r.sent => InvitationState::Sent,
        Standing::Live => InvitationState::Waiting,
    };
    InvitationRow {
        person: link.person.as_str().to_owned(),
        id: link.id.clone(),
        name: r.name.clone(),
        email: r.email.clone(),
        sent: times.moment(link.created_at),
        state,
    }
}

/// Invites one person.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn one(
    services: &Services,
    request: &Request,
    realm: String,
    email: String,
    name: String,
    lang: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = administrator(services, request, &realm).await?;
    let clean = |text: &str, most| {
        text.chars()
            .filter(|c| !c.is_control())
            .take(most)
            .collect::<String>()
    };
    let typed = InvitationTyped {
        email: clean(&email, 254),
        name: clean(&name, 64),
        lang: Lang::parse(&lang).unwrap_or(realm.language),
        csv: String::new(),
    };
    let mut refusals = Vec::new();
    let parsed = Email::parse(&email)
        .map_err(|code| refusals.push(Refusal::at(Field::Email, code)))
        .ok();
    let named = match Name::parse(&name) {
        Ok(name) => Some(name),
        Err(Code::Missing) => None,
        Err(code) => {
            refusals.push(Refusal::at(Field::Name, code));
            None
        }
    };
    if let (Some(email), true) = (parsed, refusals.is_empty()) {
        let invitee = Invitee {
            email,
            name: named,
            lang: Some(typed.lang),
            manager: None,
        };
        let ctx = Ctx {
            services,
            request,
            realm: &realm,
        };
        let mut fact = Fact::begin(ctx).await?;
        match invite(&mut fact, &session.person.id, &invitee).await? {
            Ok(()) => {
                fact.commit().await?;
                let to = paths::admin_invitations(&realm.slug);
                return Ok(Reply::go(pages::with_news(&to, &News::Invited)));
            }
            Err(code) => refusals.push(Refusal::at(Field::Email, code)),
        }
    }
    let mut view = show(
        services,
        request,
        &realm,
        &session,
        After::START,
        typed,
        None,
    )
    .await?;
    view.refusals = refusals;
    Ok(Reply::show(view))
}

/// Somebody who was named as the manager of a person who is not there yet.
async fn manager_of(
    conn: &mut Conn,
    realm: &Realm,
    login: &str,
    by: &PersonId,
) -> Result<Result<PersonId, Code>, Failure> {
    let key = domain::text::login_key(login);
    let found = conn.person_by_login(&realm.slug, &key).await?;
    Ok(match found.filter(Person::is_enabled) {
        None => Err(Code::NoSuchManager),
        Some(manager) if manager.id == *by => Err(Code::NotTheirManager),
        Some(manager) => Ok(manager.id),
    })
}

/// Makes the person and the invitation within a fact; [`Code::AlreadyThere`] when somebody
/// with this address is there already. After a refusal nothing was done.
pub(crate) async fn invite(
    fact: &mut Fact<'_>,
    by: &PersonId,
    invitee: &Invitee,
) -> Result<Result<(), Code>, Failure> {
    let Ctx {
        services, realm, ..
    } = fact.ctx();
    let now = services.now();
    let Some(seconds) = reset_password::lifetime(realm, Purpose::Invitation) else {
        return Err(Failure::NotFound);
    };
    let email = invitee.email.as_str().to_owned();
    let manager = match &invitee.manager {
        Some(login) => match manager_of(fact.tx(), realm, login, by).await? {
            Ok(manager) => Some(manager),
            Err(code) => return Ok(Err(code)),
        },
        None => None,
    };
    let name = invitee
        .name
        .as_ref()
        .map(|n| n.as_str().to_owned())
        .unwrap_or_default();
    let who = Person {
        id: PersonId::new(services.random.id(now)),
        realm: realm.slug.clone(),
        login: email.clone(),
        name: name.clone(),
        lang: invitee.lang.unwrap_or(realm.language),
        email: email.clone(),
        disabled_at: None,
        frozen_at: None,
        created_at: now,
        partner: None,
        manager,
        number: String::new(),
        number_since: domain::Timestamp::default(),
        epoch: 0,
    };
    let (key, name_key) = (
        domain::text::login_key(&email),
        domain::text::name_key(&name),
    );
    if !fact.tx().person_insert_new(&who, &key, &name_key).await? {
        return Ok(Err(Code::AlreadyThere));
    }
    reset_password::mail_link(fact, &who, Purpose::Invitation, seconds).await?;
    let event = Event::done(Action::Invited, who.id.clone());
    audit::record(fact, Some(by), &event).await?;
    if let Some(login) = &invitee.manager {
        let event = Event::done(Action::ManagerChanged, who.id.clone()).because(login);
        audit::record(fact, Some(by), &event).await?;
    }
    Ok(Ok(()))
}

fn read(csv: &str) -> Result<Vec<Row>, Code> {
    if csv.len() > MOST_BYTES {
        return Err(Code::TooLong);
    }
    people_csv::parse(csv, MOST_ROWS)
}

async fn check(
    services: &Services,
    realm: &Realm,
    by: &PersonId,
    csv: &str,
) -> Result<Result<CsvReport, Code>, Failure> {
    let rows = match read(csv) {
        Ok(rows) => rows,
        Err(code) => return Ok(Err(code)),
    };
    let mut report = CsvReport {
        csv: csv.to_owned(),
        good: 0,
        known: Vec::new(),
        bad: Vec::new(),
    };
    let mut conn = services.store.read().await?;
    // Who will be there when a later line names them as a manager.
    let mut coming = HashSet::new();
    for row in rows {
        let invitee = match row.result {
            Ok(invitee) => invitee,
            Err((code, what)) => {
                report.bad.push((row.line, code, what));
                continue;
            }
        };
        if let Some(login) = &invitee.manager
            && !coming.contains(&domain::text::login_key(login))
            && let Err(code) = manager_of(&mut conn, realm, login, by).await?
        {
            report
                .bad
                .push((row.line, code, invitee.email.as_str().to_owned()));
            continue;
        }
        let key = domain::text::login_key(invitee.email.as_str());
        if conn.person_by_login(&realm.slug, &key).await?.is_some() {
            report.known.push(row.line);
        } else {
            report.good += 1;
            coming.insert(key);
        }
    }
    Ok(Ok(report))
}

/// Looks a CSV through and reports; nothing is sent.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn check_csv(
    services: &Services,
    request: &Request,
    realm: String,
    csv: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = administrator(services, request, &realm).await?;
    let typed = InvitationTyped {
        lang: realm.language,
        ..InvitationTyped::default()
    };
    match check(services, &realm, &session.person.id, &csv).await? {
        Ok(report) => Ok(Reply::show(
            show(
                services,
                request,
                &realm,
                &session,
                After::START,
                typed,
                Some(report),
            )
            .await?,
        )),
        Err(code) => {
            // What cannot be read is kept for mending, unless it is too long to
            // send back.
            let csv = if csv.len() > MOST_BYTES {
                String::new()
            } else {
                csv
            };
            let typed = InvitationTyped { csv, ..typed };
            let mut view = show(
                services,
                request,
                &realm,
                &session,
                After::START,
                typed,
                None,
            )
            .await?;
            view.refusals = vec![Refusal::at(Field::Csv, code)];
            Ok(Reply::show(view))
        }
    }
}

/// Starts to invite the good rows of a CSV. Doing it twice invites nobody twice.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn csv(
    services: &Services,
    request: &Request,
    realm: String,
    csv: String,
) -> Result<Reply, Failure> {
    let of = services.realm(&realm)?;
    let session = administrator(services, request, &of).await?;
    let rows = match read(&csv) {
        Ok(rows) if rows.iter().any(|row| row.result.is_ok()) => rows,
        // Not what the page of the dry run sends: it says again what is wrong.
        _ => return check_csv(services, request, realm, csv).await,
    };
    let order = Order {
        what: What::Invitations { csv },
        format: Format::Csv,
        about: "invitations, csv".to_owned(),
        total: i64::try_from(rows.len()).ok(),
    };
    transfers::start(services, request, &of, &session, order).await
}

async fn link_of(services: &Services, realm: &Realm, id: &str) -> Result<Person, Failure> {
    let mut conn = services.store.read().await?;
    let (link, _) = conn.link(id).await?.ok_or(Failure::NotFound)?;
    let who = conn.person(&link.person).await?;
    who.filter(|w| w.realm == realm.slug && link.purpose == Purpose::Invitation)
        .ok_or(Failure::NotFound)
}

/// Sends an invitation again: a new link, the old one is void.
///
/// # Errors
/// See [`Services::administrator`]; [`Failure::NotFound`].
pub async fn resend(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = administrator(services, request, &realm).await?;
    let who = link_of(services, &realm, &id).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    if !fact.tx().factors(&who.id).await?.is_empty() {
        drop(fact);
        let typed = InvitationTyped {
            lang: realm.language,
            ..InvitationTyped::default()
        };
        let mut view = show(
            services,
            request,
            &realm,
            &session,
            After::START,
            typed,
            None,
        )
        .await?;
        view.refusals = vec![Refusal::page(Code::SetUpAlready)];
        return Ok(Reply::show(view));
    }
    reset_password::invite_anew(&mut fact, &who).await?;
    let event = Event::done(Action::Invited, who.id.clone()).because("again");
    audit::record(&mut fact, Some(&session.person.id), &event).await?;
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::admin_invitations(&realm.slug),
        &News::Invited,
    )))
}

/// Takes an invitation back.
///
/// # Errors
/// See [`Services::administrator`]; [`Failure::NotFound`].
pub async fn revoke(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = administrator(services, request, &realm).await?;
    let who = link_of(services, &realm, &id).await?;
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let revoked = fact
        .tx()
        .link_void(&id, &realm.slug, services.now())
        .await?;
    if revoked {
        // Else "forgot" would let the person in all the same.
        if fact.tx().factors(&who.id).await?.is_empty() {
            let now = services.now();
            fact.tx().person_disable(&who.id, Some(now)).await?;
        }
        let event = Event::done(Action::InvitationRevoked, who.id.clone());
        audit::record(&mut fact, Some(&session.person.id), &event).await?;
    }
    fact.commit().await?;
    Ok(Reply::go(pages::with_news(
        &paths::admin_invitations(&realm.slug),
        &News::InvitationRevoked,
    )))
}
