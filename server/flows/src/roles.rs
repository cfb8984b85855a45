//! Who holds which role at a realm, given and taken by its administrators. The
//! holders are people of the staff's realm (`security.md`, 5).

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    outbox,
    pages::{self, Query},
    paging::{self, After},
    people,
};
use domain::{
    admin_place::AdminPlace,
    audit::{Action, Event},
    ids::{PersonId, RealmSlug},
    message::Notice,
    paths,
    policy::Realm,
    records::{Person, Session},
    refusal::{Code, Field, Refusal},
    role::{Grant, Role},
    screen::{AdminRoles, News, RoleRow, RoleTyped, Screen, View},
    text::{self, Login},
};

/// The page.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let session = services
        .admitted(request, &realm, AdminPlace::Roles)
        .await?;
    let mut view = show(
        services,
        request,
        &realm,
        &session,
        RoleTyped::default(),
        &query.after,
    )
    .await?;
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

async fn show(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    typed: RoleTyped,
    after: &str,
) -> Result<View, Failure> {
    let after = After::new(after);
    let found = services
        .store
        .read()
        .await?
        .grants_page(&realm.slug, after.pair().as_ref(), paging::LIMIT)
        .await?;
    let key = |(who, role): &(Person, Role)| {
        paging::join(&(text::login_key(&who.login), role.slug().to_owned()))
    };
    let page = after.page(found, key);
    let path = paths::admin_roles(&realm.slug);
    let frame = pages::frame(services, request, None, Some(session), path);
    let rows = page.rows.into_iter().map(|(who, role)| RoleRow {
        own: who.id == session.person.id,
        person: who.id.as_str().to_owned(),
        name: who.name,
        login: who.login,
        role,
    });
    let screen = AdminRoles {
        realm: people::card(realm, frame.lang, &session.grants),
        login_kind: services.realm(paths::STAFF_REALM)?.login,
        rows: rows.collect(),
        typed,
        next: page.next,
        later: page.later,
    };
    Ok(pages::view(frame, Screen::AdminRoles(screen)))
}

/// Gives a role to somebody of staff.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::BadRequest`] for what is no role.
pub async fn give(
    services: &Services,
    request: &Request,
    realm: String,
    typed: RoleTyped,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Roles)
        .await?;
    let role = Role::parse(&typed.role).ok_or(Failure::BadRequest("role"))?;
    let refusal = match holder(services, &session, &typed.login).await? {
        Ok(who) => {
            if change(services, request, &realm, &session, &who, role, true).await? {
                let to = paths::admin_roles(&realm.slug);
                return Ok(Reply::go(pages::with_news(&to, &News::RoleGiven)));
            }
            Code::RoleThere
        }
        Err(code) => code,
    };
    let visible = typed.login.chars().filter(|c| !c.is_control());
    let typed = RoleTyped {
        login: visible.take(254).collect(),
        ..typed
    };
    let mut view = show(services, request, &realm, &session, typed, "").await?;
    view.refusals = vec![Refusal::at(Field::Login, refusal)];
    Ok(Reply::show(view))
}

/// Who is to hold a role: somebody of staff, and not the one who gives it.
async fn holder(
    services: &Services,
    session: &Session,
    login: &str,
) -> Result<Result<Person, Code>, Failure> {
    let login = match Login::parse(login) {
        Ok(login) => login,
        Err(code) => return Ok(Err(code)),
    };
    let staff = services.realm(paths::STAFF_REALM)?;
    let mut conn = services.store.read().await?;
    let who = conn.person_by_login(&staff.slug, &login.key()).await?;
    Ok(match who {
        Some(who) if who.id == session.person.id => Err(Code::OwnRole),
        Some(who) if who.is_enabled() => Ok(who),
        _ => Err(Code::NotStaff),
    })
}

/// Takes a role away; the same for who was faster.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::Forbidden`] for one's own role.
pub async fn take(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    role: String,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let session = services
        .admitted(request, &realm, AdminPlace::Roles)
        .await?;
    let role = Role::parse(&role).ok_or(Failure::BadRequest("role"))?;
    let id = PersonId::new(id);
    if id == session.person.id {
        return Err(Failure::Forbidden);
    }
    let who = services.store.read().await?.person(&id).await?;
    let who = who.ok_or(Failure::NotFound)?;
    change(services, request, &realm, &session, &who, role, false).await?;
    let to = paths::admin_roles(&realm.slug);
    Ok(Reply::go(pages::with_news(&to, &News::RoleTaken)))
}

/// Gives or takes: written down at the realm, told to the holder, whose sessions
/// end with their rights (ASVS 7.2.4). `false` when there was nothing to do.
async fn change(
    services: &Services,
    request: &Request,
    realm: &Realm,
    session: &Session,
    who: &Person,
    role: Role,
    gives: bool,
) -> Result<bool, Failure> {
    let staff = services.realm(paths::STAFF_REALM)?;
    let ctx = Ctx {
        services,
        request,
        realm,
    };
    let grant = Grant {
        role,
        realm: realm.slug.clone(),
    };
    let mut fact = Fact::begin(ctx).await?;
    let at = realm.name.get(who.lang).to_owned();
    let (done, action, notice) = if gives {
        let done = fact.tx().grant(&who.id, &grant).await?;
        (done, Action::RoleGiven, Notice::RoleGiven { role, at })
    } else {
        let done = fact.tx().grant_take(&who.id, &grant).await?;
        (done, Action::RoleTaken, Notice::RoleTaken { role, at })
    };
    if !done {
        return Ok(false);
    }
    fact.tx()
        .sessions_end(&who.id, None, services.now())
        .await?;
    let event = Event::done(action, who.id.clone()).because(role.slug());
    audit::record(&mut fact, Some(&session.person.id), &event).await?;
    // The holder signs in elsewhere, and hears of it from there.
    fact.turn_to(&staff);
    outbox::notify(&mut fact, who, notice, &[]).await?;
    fact.commit().await?;
    Ok(true)
}
