//! Applications of a realm, registered by its administrators. Those of the policy file
//! stand beside them and are changed there. The provider asks for both each time, so a
//! change counts at every node with its commit.

use crate::{
    Fact, Failure, Reply, Request, Services, audit,
    ceremony::Ctx,
    oidc::issuer,
    pages::{self, Query},
    people,
    request::token_hash,
};
use domain::{
    Refusal,
    admin_place::AdminPlace,
    audit::{Action, Event},
    ids::RealmSlug,
    oidc::{self, Alg, Application, Draft, Kind, Registered, Scope},
    paths,
    policy::{Both, Realm},
    records::Session,
    refusal::{Code, Field},
    screen::{
        AdminApplication, AdminApplications, ApplicationRow, ApplicationState, ApplicationTyped,
        News, Screen, View,
    },
};

/// The longest of what is typed into a field, in characters.
const MOST_TYPED: usize = 4000;

/// An administrator of a realm, and what the realm has.
struct Admin<'a> {
    ctx: Ctx<'a>,
    session: Session,
    registered: Vec<Registered>,
}

impl<'a> Admin<'a> {
    async fn of(ctx: Ctx<'a>) -> Result<Self, Failure> {
        let (services, realm) = (ctx.services, ctx.realm);
        let place = AdminPlace::Applications;
        let session = services.admitted(ctx.request, realm, place).await?;
        let mut conn = services.store.read().await?;
        let registered = conn.applications_of(&realm.slug).await?;
        Ok(Self {
            ctx,
            session,
            registered,
        })
    }

    /// One that was registered by a page.
    fn one(&self, id: &str) -> Result<Registered, Failure> {
        let found = self.registered.iter().find(|r| r.id == id);
        found.cloned().ok_or(Failure::NotFound)
    }

    fn others(&self, id: &str) -> Vec<Registered> {
        let others = self.registered.iter().filter(|r| r.id != id);
        others.cloned().collect()
    }

    /// Where an application of ours stands; one that the policy comes before is hidden.
    fn state(&self, one: &Registered) -> ApplicationState {
        if one.disabled_at.is_some() {
            return ApplicationState::Off;
        }
        let merged = oidc::with_registered(self.ctx.realm, &self.registered);
        let is_there = merged.application(&one.id) == Some(&one.application(self.ctx.realm));
        if is_there {
            ApplicationState::On
        } else {
            ApplicationState::Hidden
        }
    }

    /// Keeps a change of one that was seen as it is, with its audit row; `false` where
    /// somebody was faster.
    async fn keep(&self, one: &Registered, action: Action) -> Result<bool, Failure> {
        let mut fact = Fact::begin(self.ctx).await?;
        if !fact.tx().application_change(one).await? {
            return Ok(false);
        }
        // One that the policy comes before has given nothing: what goes by its name is the
        // policy's.
        let was_hidden = self.ctx.realm.application(&one.id).is_some();
        if action == Action::ApplicationOff && !was_hidden {
            let now = self.ctx.services.now();
            fact.tx()
                .oidc_client_revoke(&one.realm, &one.id, now)
                .await?;
        }
        self.record(&mut fact, one, action).await?;
        fact.commit().await?;
        Ok(true)
    }

    async fn record(
        &self,
        fact: &mut Fact<'_>,
        one: &Registered,
        action: Action,
    ) -> Result<(), Failure> {
        let by = &self.session.person.id;
        let event = Event::done(action, by.clone()).because(one.id.as_str());
        audit::record(fact, Some(by), &event).await
    }

    fn list(&self, typed: ApplicationTyped, refusals: Vec<Refusal>) -> View {
        let realm = self.ctx.realm;
        let path = paths::admin_applications(&realm.slug);
        let frame = pages::frame(
            self.ctx.services,
            self.ctx.request,
            None,
            Some(&self.session),
            path,
        );
        let lang = frame.lang;
        let row = |app: &Application, state| ApplicationRow {
            id: app.id.clone(),
            name: app.name.get(lang).to_owned(),
            kind: app.kind,
            url: app.url.clone(),
            state,
        };
        let of_policy = realm.applications.iter();
        let of_policy = of_policy.map(|app| row(app, ApplicationState::Policy));
        let ours = self.registered.iter();
        let ours = ours.map(|one| row(&one.application(realm), self.state(one)));
        let screen = AdminApplications {
            realm: people::card(realm, lang, &self.session.grants),
            rows: of_policy.chain(ours).collect(),
            typed,
        };
        View {
            frame,
            screen: Screen::AdminApplications(Box::new(screen)),
            refusals,
            news: None,
        }
    }

    /// The page of one application; `secret` was drawn just now.
    fn page(&self, shown: Shown, secret: String, refusals: Vec<Refusal>) -> View {
        let (realm, services) = (self.ctx.realm, self.ctx.services);
        let path = paths::admin_application(&realm.slug, &shown.typed.client_id);
        let frame = pages::frame(services, self.ctx.request, None, Some(&self.session), path);
        let screen = AdminApplication {
            realm: people::card(realm, frame.lang, &self.session.grants),
            state: shown.state,
            typed: shown.typed,
            version: shown.version,
            secrets: u32::try_from(shown.secrets).unwrap_or(u32::MAX),
            secret,
            issuer: issuer(services, &realm.slug),
        };
        View {
            frame,
            screen: Screen::AdminApplication(Box::new(screen)),
            refusals,
            news: None,
        }
    }

    fn shown(&self, one: &Registered) -> Shown {
        Shown {
            state: self.state(one),
            typed: typed(self.ctx.realm, &one.application(self.ctx.realm), one.kind),
            version: one.version,
            secrets: one.secrets.len(),
        }
    }

    /// The page of one that somebody else changed meanwhile.
    async fn anew(&self, id: &str) -> Result<Reply, Failure> {
        let now = Self::of(self.ctx).await?;
        let one = now.one(id)?;
        let faults = vec![Refusal::page(Code::ChangedMeanwhile)];
        Ok(Reply::show(now.page(
            now.shown(&one),
            String::new(),
            faults,
        )))
    }

    fn gone_on(&self, id: &str, news: &News) -> Reply {
        let to = paths::admin_application(&self.ctx.realm.slug, id);
        Reply::go(pages::with_news(&to, news))
    }
}

/// What the page of an application shows.
struct Shown {
    state: ApplicationState,
    typed: ApplicationTyped,
    version: i64,
    secrets: usize,
}

/// An application as the form has it.
fn typed(realm: &Realm, app: &Application, kind: Kind) -> ApplicationTyped {
    let may = |scope| app.scopes.contains(&scope);
    ApplicationTyped {
        client_id: app.id.clone(),
        kind,
        name_en: app.name.en.clone(),
        name_de: app.name.de.clone(),
        url: app.url.clone(),
        // Where tickets arrive is ours to say.
        redirect_uris: if kind == Kind::Proxied {
            String::new()
        } else {
            app.redirect_uris.join("\n")
        },
        after_uris: app.post_logout_redirect_uris.join("\n"),
        backchannel_uri: app.backchannel_logout_uri.clone().unwrap_or_default(),
        signing: app.signing.name().to_owned(),
        profile: may(Scope::Profile),
        email: may(Scope::Email),
        offline: may(Scope::OfflineAccess),
        consent: app.consent,
        chains: oidc::to_tick(realm, app),
        since: app.since.clone(),
    }
}

/// What the form says, as it is kept. It may still be wrong.
fn draft(typed: &ApplicationTyped) -> Draft {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        lines.map(str::to_owned).collect()
    };
    let line = |text: &str| text.trim().to_owned();
    let is_proxied = typed.kind == Kind::Proxied;
    let asked = [
        (Scope::OpenId, true),
        (Scope::Profile, typed.profile),
        (Scope::Email, typed.email),
        (Scope::OfflineAccess, typed.offline && !is_proxied),
    ];
    let scopes: Vec<_> = asked.into_iter().filter(|(_, is)| *is).collect();
    let scopes: Vec<_> = scopes.into_iter().map(|(scope, _)| scope).collect();
    Draft {
        name: Both {
            en: line(&typed.name_en),
            de: line(&typed.name_de),
        },
        url: line(&typed.url),
        redirect_uris: lines(&typed.redirect_uris),
        post_logout_redirect_uris: lines(&typed.after_uris),
        backchannel_logout_uri: lines(&typed.backchannel_uri).into_iter().next(),
        signing: Alg::parse(&typed.signing)
            .unwrap_or_default()
            .name()
            .to_owned(),
        scopes: Scope::join(&scopes),
        consent: typed.consent,
        chains: oidc::ticked(&typed.chains),
        since: line(&typed.since),
    }
}

/// What can be seen of what was typed, and not too much of it.
fn cut(realm: &Realm, typed: ApplicationTyped) -> ApplicationTyped {
    let cut = |text: String| -> String {
        let visible = text.chars().filter(|c| !c.is_control() || *c == '\n');
        visible.take(MOST_TYPED).collect()
    };
    ApplicationTyped {
        client_id: cut(typed.client_id),
        name_en: cut(typed.name_en),
        name_de: cut(typed.name_de),
        url: cut(typed.url),
        redirect_uris: cut(typed.redirect_uris),
        after_uris: cut(typed.after_uris),
        backchannel_uri: cut(typed.backchannel_uri),
        signing: cut(typed.signing),
        chains: oidc::typed_again(realm, &typed.chains),
        since: cut(typed.since),
        ..typed
    }
}

/// The host of the portal, without its port.
fn own_host(services: &Services) -> &str {
    let authority = services.public_url.split("://").nth(1).unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// The list.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn list(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let fresh = ApplicationTyped {
        profile: true,
        chains: oidc::typed_again(&realm, &[]),
        ..ApplicationTyped::default()
    };
    let mut view = admin.list(fresh, Vec::new());
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// One application.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::NotFound`].
pub async fn page(
    services: &Services,
    request: &Request,
    slug: &RealmSlug,
    id: &str,
    query: &Query,
) -> Result<Reply, Failure> {
    let realm = services.realm(slug.as_str())?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let shown = match (realm.application(id), admin.one(id)) {
        (Some(app), _) => Shown {
            state: ApplicationState::Policy,
            typed: typed(&realm, app, app.kind),
            version: 0,
            secrets: app.secrets.len(),
        },
        (None, found) => admin.shown(&found?),
    };
    let mut view = admin.page(shown, String::new(), Vec::new());
    view.news = pages::news(services, query);
    Ok(Reply::show(view))
}

/// Registers one.
///
/// # Errors
/// See [`Services::admitted`].
pub async fn add(
    services: &Services,
    request: &Request,
    realm: String,
    kind: String,
    typed: ApplicationTyped,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let kind = Kind::parse(&kind).ok_or(Failure::BadRequest("kind"))?;
    let typed = ApplicationTyped { kind, ..typed };
    let secret = (kind == Kind::Confidential).then(|| services.random.token());
    let one = Registered {
        realm: realm.slug.clone(),
        id: typed.client_id.trim().to_owned(),
        kind,
        draft: draft(&typed),
        secrets: secret.iter().map(|s| token_hash(s.reveal())).collect(),
        version: 1,
        created_at: services.now(),
        disabled_at: None,
    };
    let host = own_host(services);
    let mut faults = oidc::judge(&one, &realm, &admin.registered, host);
    if faults.is_empty() {
        let mut fact = Fact::begin(admin.ctx).await?;
        if fact.tx().application_insert(&one).await? {
            admin
                .record(&mut fact, &one, Action::ApplicationAdded)
                .await?;
            fact.commit().await?;
            let Some(secret) = secret else {
                return Ok(admin.gone_on(&one.id, &News::ApplicationAdded));
            };
            let now = Admin::of(admin.ctx).await?;
            let mut view = now.page(now.shown(&one), secret.reveal().to_owned(), Vec::new());
            view.news = Some(News::ApplicationAdded);
            return Ok(Reply::show(view));
        }
        // Somebody was faster with the name.
        faults.push(Refusal::at(Field::ClientId, Code::IdTaken));
    }
    Ok(Reply::show(admin.list(cut(&realm, typed), faults)))
}

/// Changes what is said of one.
///
/// # Errors
/// See [`Services::admitted`]; [`Failure::NotFound`] for what was not registered by a
/// page.
pub async fn change(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    version: i64,
    typed: ApplicationTyped,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let before = admin.one(&id)?;
    // Name and kind stay: another kind is another application.
    let typed = ApplicationTyped {
        client_id: id.clone(),
        kind: before.kind,
        ..typed
    };
    let one = Registered {
        draft: draft(&typed),
        version,
        ..before
    };
    let faults = oidc::judge(&one, &realm, &admin.others(&id), own_host(services));
    // One that the policy has hidden meanwhile can still be put right, all but its name.
    let faults: Vec<_> = faults
        .into_iter()
        .filter(|f| f.field != Field::ClientId)
        .collect();
    if !faults.is_empty() {
        let shown = Shown {
            typed: cut(&realm, typed),
            ..admin.shown(&one)
        };
        return Ok(Reply::show(admin.page(shown, String::new(), faults)));
    }
    if !admin.keep(&one, Action::ApplicationChanged).await? {
        return admin.anew(&id).await;
    }
    Ok(admin.gone_on(&id, &News::ApplicationChanged))
}

/// Draws another secret, which is shown once. The newest one of before works on.
///
/// # Errors
/// See [`change`].
pub async fn secret(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    version: i64,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let before = confidential(&admin, &id)?;
    let drawn = services.random.token();
    let newest = before.secrets.last().cloned();
    let secrets = newest.into_iter().chain([token_hash(drawn.reveal())]);
    let one = Registered {
        secrets: secrets.collect(),
        version,
        ..before
    };
    if !admin.keep(&one, Action::SecretDrawn).await? {
        return admin.anew(&id).await;
    }
    let now = Admin::of(admin.ctx).await?;
    let shown = now.shown(&now.one(&id)?);
    Ok(Reply::show(now.page(
        shown,
        drawn.reveal().to_owned(),
        Vec::new(),
    )))
}

/// Ends the secrets before the newest one.
///
/// # Errors
/// See [`change`].
pub async fn forget(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    version: i64,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let before = confidential(&admin, &id)?;
    let one = Registered {
        secrets: before.secrets.last().cloned().into_iter().collect(),
        version,
        ..before
    };
    if !admin.keep(&one, Action::SecretsForgotten).await? {
        return admin.anew(&id).await;
    }
    Ok(admin.gone_on(&id, &News::SecretsForgotten))
}

fn confidential(admin: &Admin<'_>, id: &str) -> Result<Registered, Failure> {
    let one = admin.one(id)?;
    if one.kind == Kind::Confidential {
        Ok(one)
    } else {
        Err(Failure::BadRequest("it keeps no secret"))
    }
}

/// Takes one out of use, with all that it has, or puts it into use again.
///
/// # Errors
/// See [`change`].
pub async fn switch(
    services: &Services,
    request: &Request,
    realm: String,
    id: String,
    version: i64,
    on: bool,
) -> Result<Reply, Failure> {
    let realm = services.realm(&realm)?;
    let admin = Admin::of(ctx(services, request, &realm)).await?;
    let one = Registered {
        disabled_at: (!on).then(|| services.now()),
        version,
        ..admin.one(&id)?
    };
    let (action, news) = if on {
        (Action::ApplicationOn, News::ApplicationOn)
    } else {
        (Action::ApplicationOff, News::ApplicationOff)
    };
    if !admin.keep(&one, action).await? {
        return admin.anew(&id).await;
    }
    Ok(admin.gone_on(&id, &news))
}

const fn ctx<'a>(services: &'a Services, request: &'a Request, realm: &'a Realm) -> Ctx<'a> {
    Ctx {
        services,
        request,
        realm,
    }
}
