//! People of a realm, for its administrators.

mod manager;
mod number;

pub use manager::manager;
pub use number::number;

use crate::{
    Fact, Failure, Reply, Request, Services, audit, capture_address,
    ceremony::Ctx,
    infra::numbers,
    manage_factors, outbox,
    pages::{self, Query},
    paging::{self, After},
    reset_password, throttle,
    transfers::{self, Order, What},
    when::Times,
};
use domain::{
    FactorKind, Lang,
    admin_place::AdminPlace,
    audit::{Action, Entry, Event},
    ids::{PersonId, RealmSlug},
    message::Notice,
    paths,
    policy::Realm,
    records::{Person, Session},
    role::Grant,
    screen::{
        AdminHome, AdminPeople, AdminPerson, HistoryRow, ManagerFace, News, PersonChange,
        PersonRow, RealmCard, Screen, View,
    },
    transfer::Format,
};

/// A realm as whoever holds these grants sees it in administration.
pub fn card(realm: &Realm, lang: Lang, grants: &[Grant]) -> RealmCard {
    let there =
        |place: &AdminPlace| *place != AdminPlace::Invitations || realm.invitation_hours.is_some();
    RealmCard {
        slug: realm.slug.clone(),
        name: realm.name.get(lang).to_owned(),
        summary: realm.summary.get(lang).to_owned(),
        places: AdminPlace::ALL
            .into_iter()
            .filter(|place| there(place) && place.opens(grants, &realm.slug))
            .collect(),
    }
}

/// The realms where one may open any place of administration.
///
/// # Errors
/// See [`Services::staff`].
pub async fn home(services: &Services, request: &Request) -> Result<Reply, Failure> {
    let session = services.staff(request).await?;
    let frame = pages::frame(
        services,
        request,
        None,
        Some(&session),
        paths::ADMIN.to_owned(),
    );
    let realms: Vec<_> = services
        .realms
        .iter()
        .map(|r| card(r, frame.lang, &session.grants))
        .filter(|card| !card.places.is_empty())
        .collect();
    if realms.is_empty() {
        return Err(Failure::Forbidden);
    }
    Ok(Reply::show(pages::view(
        frame,
        Screen::AdminHome(AdminHome { realms }),
    )))
}

fn row(times: &Times, p: &Person) -> PersonRow {
    PersonRow {
        id: p.id.as_str().to_owned(),
        name: p.name.clone(),
        login: p.login.clone(),
        disabled: p.disabled_at.is_some(),
        frozen: p.frozen_at.is_some(),
        added: times.moment(p.created_at),
    }
}

/// What the list is ordered by: the key of the name, and the id.
fn key(p: &Person) -> (String, String) {
    (domain::text::name_key(&p.name), p.id.as_str().to_owned())
}

/// One page of people, by name.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn list(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.administrator(request, &realm).await?;
    let frame = pages::frame(
        services,
        request,
        None,
        Some(&session),
        paths::admin_people(slug),
    );
    let after = After::new(&query.after);
    let search = domain::text::search_key(&query.q);
    let found = services
        .store
        .read()
        .await?
        .people_page(slug, &search, after.pair().as_ref(), paging::LIMIT)
        .await?;
    let page = after.page(found, |p| paging::join(&key(p)));
    let times = Times::of(services, request, &realm, frame.lang);
    let screen = Screen::AdminPeople(AdminPeople {
        realm: card(&realm, frame.lang, &session.grants),
        search: query.q.clone(),
        people: page.rows.iter().map(|p| row(&times, p)).collect(),
        next: page.next,
        later: page.later,
    });
    Ok(Reply::show(View {
        frame,
        screen,
        refusals: Vec::new(),
        news: pages::news(services, query),
    }))
}

/// The columns of an export.
pub(crate) const COLUMNS: [&str; 5] = ["login", "name", "email", "language", "state"];

/// What they hold of a person.
pub(crate) fn cells(p: &Person) -> [String; COLUMNS.len()] {
    let state = if p.disabled_at.is_some() {
        "disabled"
    } else {
        "enabled"
    };
    [
        p.login.clone(),
        p.name.clone(),
        p.email.clone(),
        p.lang.code().to_owned(),
        state.to_owned(),
    ]
}

/// Starts an export of all people of a realm as CSV.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn export(
    services: &Services,
    request: &Request,
    realm: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.administrator(request, &realm).await?;
    let order = Order {
        what: What::People,
        format: Format::Csv,
        about: "people, csv".to_owned(),
        total: None,
    };
    transfers::start(services, request, &realm, &session, order).await
}

/// Entries of the trail, as the pages of a person show them.
pub fn history(times: &Times, entries: &[Entry]) -> Vec<HistoryRow> {
    let rows = entries.iter().map(|e| HistoryRow {
        at: times.moment(e.at),
        action: e.action.clone(),
        done: e.outcome == "done",
        factor: e.factor.as_deref().and_then(FactorKind::parse),
    });
    rows.collect()
}

async fn of_realm(services: &Services, realm: &Realm, id: &PersonId) -> Result<Person, Failure> {
    let who = services.store.read().await?.person(id).await?;
    who.filter(|w| w.realm == realm.slug)
        .ok_or(Failure::NotFound)
}

/// One person.
///
/// # Errors
/// See [`Services::administrator`]; [`Failure::NotFound`] for who is of
/// another realm.
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &PersonId,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services.administrator(request, &realm).await?;
    let who = of_realm(services, &realm, id).await?;
    let mut view = show(services, request, &realm, &session, &who).await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    who: &Person,
) -> Result<View, Failure> {
    let (id, now) = (&who.id, services.now());
    let mut conn = services.store.read().await?;
    let factors = conn.factors(id).await?;
    let left = conn.recovery_left(id).await?;
    let locked = conn.attempt_locked(&format!("p:{id}:%"), now).await?;
    let sessions = conn.sessions_of(id, now).await?.len();
    let entries = conn.audit_of(id, 30).await?;
    let manager = match &who.manager {
        Some(manager) => conn.person(manager).await?,
        None => None,
    };
    drop(conn);
    let frame = pages::frame(
        services,
        request,
        None,
        Some(session),
        paths::admin_person(&realm.slug, id.as_str()),
    );
    let lang = frame.lang;
    let times = Times::of(services, request, realm, lang);
    let screen = Screen::AdminPerson(AdminPerson {
        realm: card(realm, lang, &session.grants),
        person: row(&times, who),
        email: who.email.clone(),
        number: if who.number.is_empty() {
            String::new()
        } else {
            numbers::international(&who.number)
        },
        manager_login: manager
            .as_ref()
            .map(|m| m.login.clone())
            .unwrap_or_default(),
        manager: manager.map(|m| ManagerFace {
            name: m.called().to_owned(),
            disabled: !m.is_enabled(),
            login: m.login,
        }),
        factors: factors
            .iter()
            .map(|f| manage_factors::face(realm, &times, f, &factors))
            .collect(),
        recovery_left: u32::try_from(left).unwrap_or(0),
        locked,
        sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
        history: history(&times, &entries),
        set_up: !factors.is_empty(),
        address_code: capture_address::can_send_code(realm, who, &factors),
    });
    Ok(pages::view(frame, screen))
}

fn change_of(text: &str) -> Result<PersonChange, Failure> {
    Ok(match text {
        "unlocked" => PersonChange::Unlocked,
        "freeze_lifted" => PersonChange::FreezeLifted,
        "sessions_ended" => PersonChange::SessionsEnded,
        "disabled" => PersonChange::Disabled,
        "enabled" => PersonChange::Enabled,
        "invited_anew" => PersonChange::InvitedAnew,
        "address_code_sent" => PersonChange::AddressCodeSent,
        _ => return Err(Failure::BadRequest("change")),
    })
}

/// Changes a person: written down, and told to them.
///
/// # Errors
/// See [`Services::administrator`].
pub async fn change(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    change: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services.administrator(request, &realm).await?;
    let change = change_of(&change)?;
    let who = of_realm(services, &realm, &PersonId::new(id)).await?;
    // Nobody administrates themselves.
    if who.id == session.person.id {
        return Err(Failure::Forbidden);
    }
    let now = services.now();
    let ctx = Ctx {
        services,
        request,
        realm: &realm,
    };
    let mut fact = Fact::begin(ctx).await?;
    let (action, notice) = match change {
        PersonChange::Unlocked => {
            throttle::unlock(fact.tx(), &who.id).await?;
            (Action::Unlocked, Some(Notice::Unlocked))
        }
        PersonChange::FreezeLifted => {
            fact.tx().person_freeze(&who.id, None).await?;
            (Action::FreezeLifted, Some(Notice::FreezeLifted))
        }
        PersonChange::SessionsEnded => {
            fact.tx().sessions_end(&who.id, None, now).await?;
            (Action::SessionsEnded, Some(Notice::SessionsEnded))
        }
        PersonChange::Disabled => {
            if !fact.tx().person_disable(&who.id, Some(now)).await? {
                return Ok(changed(&realm, &who, change));
            }
            fact.tx().sessions_end(&who.id, None, now).await?;
            (Action::Disabled, Some(Notice::Disabled))
        }
        PersonChange::Enabled => {
            if !fact.tx().person_disable(&who.id, None).await? {
                return Ok(changed(&realm, &who, change));
            }
            (Action::Enabled, Some(Notice::Enabled))
        }
        PersonChange::InvitedAnew => {
            reset_password::invite_anew(&mut fact, &who).await?;
            (Action::Invited, None)
        }
        PersonChange::AddressCodeSent => {
            capture_address::send_code(&mut fact, &who).await?;
            (Action::AddressCodeSent, None)
        }
    };
    let event = Event::done(action, who.id.clone());
    audit::record(&mut fact, Some(&session.person.id), &event).await?;
    if let Some(notice) = notice {
        outbox::notify(&mut fact, &who, notice, &[]).await?;
    }
    fact.commit().await?;
    Ok(changed(&realm, &who, change))
}

/// Back to the person, with the news; the same for who was faster (R17).
fn changed(realm: &Realm, who: &Person, change: PersonChange) -> Reply {
    let to = paths::admin_person(&realm.slug, who.id.as_str());
    Reply::go(pages::with_news(&to, &News::PersonChanged(change)))
}
