//! A browser comes from an application, and goes back to it.

use super::{
    code::{deny, issue, refuse},
    end_session,
    facts::Facts,
    pending::Pending,
    provider, resume_path,
};
use crate::{
    Cookie, Fact, Failure, Request, Services, audit,
    ceremony::{self, Ctx, Run},
    prove, sign_in,
};
use domain::{
    Lang,
    audit::{Action, Event},
    oidc::{self, Application, Asked, Decision, Denial, PageFault, Refused, Scope, Signed},
    paths,
    policy::Realm,
    sign_in::SignIn,
};
use subtle::ConstantTimeEq;

/// What the browser does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Goes to an address of the application.
    Away(String),
    /// Goes elsewhere within the portal.
    Within(String),
    /// Reads that nobody can be told of what went wrong.
    Fault(PageFault),
    /// Is asked who it is.
    Choose(Question),
    /// Is asked whether the application may hear of its person.
    Consent(Question),
}

/// What a page of ours asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Names the request in the form.
    pub id: String,
    /// The application, in the reader's language.
    pub application: String,
    /// Who is signed in.
    pub person: String,
    /// What the application would hear.
    pub scopes: Vec<Scope>,
}

/// An outcome, and what the browser keeps.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What happens.
    pub outcome: Outcome,
    /// Cookies.
    pub cookies: Vec<Cookie>,
    /// The reader's language.
    pub lang: Lang,
}

impl Answer {
    fn of(ctx: Ctx<'_>, outcome: Outcome) -> Self {
        Self {
            outcome,
            cookies: Vec::new(),
            lang: ctx.request.lang(Some(ctx.realm)),
        }
    }

    fn with(mut self, cookies: Vec<Cookie>) -> Self {
        self.cookies.extend(cookies);
        self
    }
}

/// An application asks for somebody (OpenID Connect Core 1.0, 3.1.2).
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn authorize(
    services: &Services,
    request: &Request,
    slug: &str,
    parameters: &[(String, String)],
) -> Result<Answer, Failure> {
    let realm = provider(services, slug).await?;
    let request = &wishing(request, oidc::lang(parameters));
    let ctx = ctx(services, request, &realm);
    match oidc::read(&realm, parameters) {
        Ok((app, asked)) => go(ctx, app, Pending::new(ctx, asked), false).await,
        Err(Refused::Page(fault)) => {
            let why = match fault {
                PageFault::UnknownRedirect => "an address that is not registered",
                _ => "a client that is not registered",
            };
            super::note_refused(ctx, why).await?;
            Ok(Answer::of(ctx, Outcome::Fault(fault)))
        }
        Err(Refused::Back {
            redirect_uri,
            state,
            denial,
            why,
        }) => {
            super::note_refused(ctx, why).await?;
            let to = refuse(ctx, &redirect_uri, state.as_deref(), denial, why);
            Ok(Answer::of(ctx, Outcome::Away(to)))
        }
    }
}

/// Begins with a request of ours, for an application that makes none itself.
pub(super) async fn begin(ctx: Ctx<'_>, asked: Asked) -> Result<Answer, Failure> {
    let app = ctx.realm.application(&asked.client);
    let app = app.ok_or(Failure::NotFound)?;
    go(ctx, app, Pending::new(ctx, asked), false).await
}

/// What comes of a no: the application hears it; of one that knows no protocol, the
/// person.
fn denied(ctx: Ctx<'_>, asked: &Asked, denial: Denial) -> Outcome {
    let app = ctx.realm.application(&asked.client);
    if !app.is_some_and(Application::is_proxied) {
        return Outcome::Away(deny(ctx, asked, denial));
    }
    Outcome::Fault(match denial {
        Denial::UnmetAuthenticationRequirements => PageFault::Unmet,
        Denial::AccessDenied => PageFault::Declined,
        _ => PageFault::Stopped,
    })
}

/// A request that waited goes on: its person signed in or proved something.
///
/// # Errors
/// [`Failure::NotFound`] where there is no provider, or the database could not.
pub async fn resume(services: &Services, request: &Request, slug: &str) -> Result<Answer, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = ctx(services, request, &realm);
    let Some(pending) = Pending::take(ctx).await? else {
        // Gone on in another tab, or too old: the portal itself is there.
        return Ok(Answer::of(
            ctx,
            Outcome::Within(paths::overview(&realm.slug)),
        ));
    };
    again(ctx, pending).await
}

/// The person said whether they go on as who they are.
///
/// # Errors
/// [`Failure::BadRequest`] for the answer to another question, or the database could
/// not.
pub async fn choose(
    services: &Services,
    request: &Request,
    slug: &str,
    id: &str,
    goes_on: bool,
) -> Result<Answer, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = ctx(services, request, &realm);
    let mut pending = answered(ctx, id).await?;
    if goes_on {
        pending.chosen = true;
        return again(ctx, pending).await;
    }
    // Whoever signs in now was chosen.
    pending.chosen = true;
    let out = sign_in::sign_out(services, request, realm.slug.to_string()).await?;
    let kept = pending.keep(ctx).await?;
    let answer = Answer::of(ctx, Outcome::Within(paths::sign_in(&realm.slug)));
    Ok(answer.with(out.cookies).with(kept))
}

/// The person said whether the application may hear of them.
///
/// # Errors
/// [`Failure::BadRequest`] for the answer to another question, [`Failure::SignIn`], or
/// the database could not.
pub async fn consent(
    services: &Services,
    request: &Request,
    slug: &str,
    id: &str,
    agrees: bool,
) -> Result<Answer, Failure> {
    let realm = provider(services, slug).await?;
    let ctx = ctx(services, request, &realm);
    let session = services.signed_in(request, &realm).await?;
    let mut pending = answered(ctx, id).await?;
    if !agrees {
        let request = &wishing(request, pending.asked.lang());
        let ctx = self::ctx(services, request, &realm);
        let no = denied(ctx, &pending.asked, Denial::AccessDenied);
        return Ok(Answer::of(ctx, no));
    }
    let who = &session.person.id;
    if pending.asked_of.as_ref() != Some(who) {
        // Somebody else signed in meanwhile, in another tab: they are asked themselves.
        return again(ctx, pending).await;
    }
    let asked = &pending.asked;
    let mut fact = Fact::begin(ctx).await?;
    let now = services.now();
    // What they agreed to before they still agree to.
    let before = fact.tx().oidc_consent(who, &asked.client).await?;
    let all = format!("{} {}", before.unwrap_or_default(), asked.scope);
    let all = Scope::join(&Scope::split(&all));
    fact.tx()
        .oidc_consent_put(who, &realm.slug, &asked.client, &all, now)
        .await?;
    let event = Event::done(Action::ApplicationAllowed, who.clone())
        .because(format!("{} {}", asked.client, asked.scope));
    audit::record(&mut fact, Some(who), &event).await?;
    fact.commit().await?;
    pending.agreed = true;
    again(ctx, pending).await
}

/// The request that a form of ours names.
async fn answered(ctx: Ctx<'_>, id: &str) -> Result<Pending, Failure> {
    let wrong = Failure::BadRequest("the answer to another question");
    let Some(pending) = Pending::take(ctx).await? else {
        return Err(wrong);
    };
    if bool::from(pending.id.as_bytes().ct_eq(id.as_bytes())) {
        return Ok(pending);
    }
    // What still waits is not lost by a form from before.
    pending.keep(ctx).await?;
    Err(wrong)
}

async fn again(ctx: Ctx<'_>, pending: Pending) -> Result<Answer, Failure> {
    let request = &wishing(ctx.request, pending.asked.lang());
    let ctx = Ctx { request, ..ctx };
    match ctx.realm.application(&pending.asked.client) {
        // Its address was checked when it came, by a policy that may be another now.
        Some(app) if app.redirect_uris.contains(&pending.asked.redirect_uri) => {
            go(ctx, app, pending, true).await
        }
        _ => Ok(Answer::of(ctx, Outcome::Fault(PageFault::UnknownClient))),
    }
}

async fn go(
    ctx: Ctx<'_>,
    app: &Application,
    pending: Pending,
    resumed: bool,
) -> Result<Answer, Failure> {
    let (services, request, realm) = (ctx.services, ctx.request, ctx.realm);
    let asked = &pending.asked;
    let away = |denial| Ok(Answer::of(ctx, denied(ctx, asked, denial)));
    let expected = match &asked.id_token_hint {
        None => None,
        Some(hint) => match end_session::hinted(ctx, hint, Some(&app.id)).await? {
            Some(hint) => Some(hint.person),
            None => return away(Denial::InvalidRequest),
        },
    };
    // A page that looks without anybody there keeps no session alive.
    let quiet = Request {
        quiet: asked.prompt.none,
        ..request.clone()
    };
    let session = services.session(&quiet, realm).await?;
    let facts = match &session {
        Some(session) => Some(Facts::of(ctx, session, &pending).await?),
        None => None,
    };
    if session
        .as_ref()
        .is_some_and(|s| s.person.frozen_at.is_some())
    {
        // Somebody else may sit there: what the account opens elsewhere stays shut.
        if app.is_proxied() {
            return Ok(Answer::of(ctx, Outcome::Fault(PageFault::Frozen)));
        }
        return away(Denial::AccessDenied);
    }
    let signed = session.as_ref().zip(facts.as_ref()).map(|(s, f)| Signed {
        proofs: &f.proofs,
        held: &f.held,
        agreed: f.agreed,
        expected: expected.as_ref().is_none_or(|who| *who == s.person.id),
    });
    let today = crate::when::day(realm, services.now());
    let begun = resumed.then_some(pending.begun);
    let now = services.now();
    let decision = oidc::decide(app, asked, signed, &today, begun, pending.chosen, now);
    let question = || Question {
        id: pending.id.clone(),
        application: app.name.get(request.lang(Some(realm))).to_owned(),
        person: session
            .as_ref()
            .map(|s| s.person.called().to_owned())
            .unwrap_or_default(),
        scopes: Scope::split(&asked.scope),
    };
    let outcome = match decision {
        Decision::Issue => {
            let counted = signed.map(|s| oidc::counted(asked, s.proofs, begun, now));
            let told = counted.and_then(|c| oidc::told(app, asked, &c, &today));
            let (Some(session), Some(told)) = (&session, told) else {
                return Err(Failure::unavailable(&"a code for nobody"));
            };
            let to = issue(ctx, app, &pending, session, &told).await?;
            return Ok(Answer::of(ctx, Outcome::Away(to)));
        }
        Decision::Refuse(denial) => return away(denial),
        Decision::SignIn => within(ctx, asked, paths::sign_in(&realm.slug)),
        Decision::SelectAccount => Outcome::Choose(question()),
        Decision::Consent => Outcome::Consent(question()),
        Decision::Prove(kinds) => {
            let back_to = resume_path(&realm.slug);
            prove::begin_step_up(ctx, kinds, back_to).await?;
            within(ctx, asked, paths::confirm(&realm.slug))
        }
        Decision::ProveAnew => {
            let back_to = resume_path(&realm.slug);
            prove::begin_confirm(services, request, realm, back_to).await?;
            within(ctx, asked, paths::confirm(&realm.slug))
        }
    };
    let waiting = Pending {
        asked_of: session.as_ref().map(|s| s.person.id.clone()),
        ..pending.clone()
    };
    let cookies = waiting.keep(ctx).await?;
    if let (Outcome::Within(_), None, Some(hint)) = (&outcome, &session, &asked.login_hint) {
        prefill(ctx, hint, &cookies).await?;
    }
    Ok(Answer::of(ctx, outcome).with(cookies))
}

/// The same call, in the language that the application wishes for where the person chose
/// none: for all pages of ours on its way.
fn wishing(request: &Request, wished: Option<Lang>) -> Request {
    Request {
        accepted: wished.or(request.accepted),
        ..request.clone()
    }
}

/// A page of the portal, in that language: it is another call, so the browser keeps it.
fn within(ctx: Ctx<'_>, asked: &Asked, path: String) -> Outcome {
    Outcome::Within(match (ctx.request.chosen, asked.lang()) {
        (None, Some(lang)) => format!("{path}?lang={}", lang.code()),
        _ => path,
    })
}

/// Puts the expected name into the form, unless somebody is signing in already.
async fn prefill(ctx: Ctx<'_>, hint: &str, cookies: &[Cookie]) -> Result<(), Failure> {
    let mut run = ceremony::load::<SignIn>(ctx)
        .await?
        .unwrap_or_else(|| Run::new(SignIn::default()));
    if run.machine != SignIn::Identify || run.extras.phone.is_some() {
        return Ok(());
    }
    run.extras.refusals.clear();
    let plain = hint.chars().filter(|c| !c.is_control());
    run.extras.typed = plain.take(254).collect();
    ceremony::keep_refusals(ctx, &run, cookies).await
}

const fn ctx<'a>(services: &'a Services, request: &'a Request, realm: &'a Realm) -> Ctx<'a> {
    Ctx {
        services,
        request,
        realm,
    }
}
