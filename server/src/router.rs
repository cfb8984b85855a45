//! Every route, and every layer in its order.

use crate::{
    admin_listener,
    assets::Site,
    backup,
    cli::Serve,
    demo, drain, health, jobs,
    layers::{failures, forms, headers, hosts, limits, measures, peer, preferences, same_origin},
    listen, oidc, pages, phone_codes, receipts,
    start::{self, Failed, Made, PublicUrl},
    streams::{self, Streams},
    transfer_file,
    well_known::{self, SecurityContact},
};
use app::{App, server::request_of, shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::{self, Next, from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use courier::gateway::Gateway;
use domain::{paths, place::Place};
use flows::{Services, infra::ShiftedClock};
use leptos::{
    config::LeptosOptions,
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::sync::watch;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};

/// What the router is made of.
pub struct Portal {
    /// The world.
    pub services: Arc<Services>,
    /// The public address.
    pub public: PublicUrl,
    /// The demo's clock; `None` outside of the demo.
    pub clock: Option<Arc<ShiftedClock>>,
    /// The browser half.
    pub site: Arc<Site>,
    /// Who carries SMS and calls, and tells here what became of them; `None` where nobody
    /// does.
    pub gateway: Option<Arc<Gateway>>,
    /// Whom to tell of a fault; `None` where nobody is named.
    pub security_contact: Option<SecurityContact>,
    /// Proxies whose word is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Turns true when the node drains.
    pub draining: watch::Receiver<bool>,
}

/// The whole portal as a service.
pub fn router(parts: &Portal) -> Router {
    let services = Arc::clone(&parts.services);
    let public = &parts.public;
    let site = Arc::clone(&parts.site);
    let options = LeptosOptions::builder().output_name("frontend").build();
    let context = {
        let services = Arc::clone(&services);
        move || provide_context(Arc::clone(&services))
    };
    let document = {
        let site = Arc::clone(&site);
        move || document(&site)
    };
    let app = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, document)
        .with_state(options);
    let mut router = Router::new()
        .route("/livez", get(|| async { "alive\n" }))
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        // Asked for by browsers on pages that name no icon of their own.
        .route(
            "/favicon.ico",
            get(|| async { Redirect::permanent("/favicon.svg") }),
        )
        .with_state((Arc::clone(&services), parts.draining.clone()))
        .merge(
            Router::new()
                .route(
                    "/admin/{realm}/transfers/{id}/file",
                    get(transfer_file::file),
                )
                .route("/desk/cases.csv", get(pages::cases_csv))
                .with_state(Arc::clone(&services)),
        )
        .merge(receipts::router(
            Arc::clone(&services),
            parts.gateway.clone(),
        ))
        .merge(well_known::router(
            Arc::clone(&services),
            parts.security_contact.clone(),
        ))
        .merge(
            Router::new()
                .route(paths::PHONE_CODES, get(phone_codes::page))
                .with_state(Arc::clone(&site)),
        )
        .merge(
            Router::new()
                .route("/desk/live", get(streams::desk))
                .route("/phone/live", get(streams::phone))
                .route("/waits/{realm}/{purpose}", get(streams::waits))
                .with_state(Streams::new(Arc::clone(&services), parts.draining.clone())),
        );
    if let Some(clock) = &parts.clock {
        router = router.merge(demo::router(Arc::clone(&services), Arc::clone(clock)));
    }
    let trusted: Arc<[IpAddr]> = parts.trusted_proxies.clone().into();
    let authority: Arc<str> = public.authority.as_str().into();
    let origin = same_origin::Origin(public.origin.as_str().into());
    let secure = public.origin.starts_with("https:");
    let provider = oidc::router(oidc::Provider {
        services: Arc::clone(&services),
        site: Arc::clone(&site),
        refusals: limits::refusals(services.demo),
    });
    // From the inside out: the last one named sees a request first.
    router
        .merge(app)
        .layer(from_fn_with_state(provider, oidc::layer))
        .layer(from_fn(preferences::layer))
        .layer(from_fn_with_state(site, files))
        .layer(from_fn(forms::layer))
        .layer(from_fn(failures::layer))
        .layer(from_fn_with_state(origin, same_origin::layer))
        .layer(from_fn_with_state(
            limits::limits(services.demo),
            limits::layer,
        ))
        .layer(
            CompressionLayer::new()
                .br(true)
                .gzip(true)
                .quality(tower_http::CompressionLevel::Precise(4)),
        )
        .layer(from_fn(uncompressed_when_signed_in))
        .layer(DefaultBodyLimit::max(2 << 20))
        .layer(tower_http::limit::RequestBodyLimitLayer::new(2 << 20))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(30),
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(map_response(come_back))
        .layer(from_fn_with_state(authority, hosts::layer))
        .layer(middleware::from_fn_with_state(secure, headers::layer))
        .layer(from_fn_with_state(trusted, peer::layer))
        .layer(from_fn_with_state(services, measures::layer))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request| {
                    // The path may hold a link's token: its place is named, not its text.
                    let place = Place::parse(request.uri().path()).map_or("other", |p| match p {
                        Place::Link(..) => "link",
                        _ => "page",
                    });
                    tracing::info_span!("http", method = %request.method(), place)
                })
                // What fails is logged once, with its reference, where it fails; a
                // rush of "busy" is no failure.
                .on_failure(()),
        )
}

fn document(site: &Site) -> impl leptos::IntoView + use<> {
    let theme =
        use_context::<Parts>().and_then(|parts| preferences::theme(&request_of(&parts).cookies));
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&headers::policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    shell(&site.assets, theme)
}

async fn ready(
    State((services, draining)): State<(Arc<Services>, watch::Receiver<bool>)>,
) -> Response {
    let draining = *draining.borrow();
    health::ready(&services, draining).await.into_response()
}

/// Files of the bundle, before the router: a page never has a dot in its last
/// part, a file always does.
async fn files(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    match site.answer(request.method(), request.uri().path(), request.headers()) {
        Some(file) => file,
        None => next.run(request).await,
    }
}

/// A page of somebody who is signed in may hold secrets beside what others can
/// make it say: such pages are not compressed (BREACH).
async fn uncompressed_when_signed_in(mut request: Request, next: Next) -> Response {
    let cookies = request.headers().get_all(header::COOKIE);
    let signed_in = cookies
        .iter()
        .any(|c| c.to_str().is_ok_and(|c| c.contains("__Host-session-")));
    if signed_in && !request.uri().path().starts_with("/pkg/") {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// Every "not now" says when to come back; who said it knows best.
async fn come_back(mut response: Response) -> Response {
    let headers = response.headers();
    if response.status() == StatusCode::SERVICE_UNAVAILABLE
        && !headers.contains_key(header::RETRY_AFTER)
    {
        let seconds = HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    let _ = flows::Failure::unavailable(&"a request panicked");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// Serves until told to stop: readiness goes first, then requests end, then
/// the jobs.
///
/// # Errors
/// Whatever must not start (`start.rs`), or the address is taken.
pub async fn serve(options: Serve) -> Result<(), Failed> {
    start::open_files::raise();
    let figures = admin_listener::address(&options)?;
    let in_use = backup::in_use(&options.data)?;
    let Made {
        services,
        clock,
        smtp,
        gateway,
        push_key,
        public,
    } = start::services(&options).await?;
    backup::refuse_older(&options.data, &services).await?;
    if let Some(clock) = &clock {
        demo::restore_clock(&services, clock).await?;
        demo::seed(&services, &public).await?;
    }
    let contact = options.security_contact.as_deref();
    let security_contact = contact.map(SecurityContact::parse).transpose()?;
    let site = Arc::new(Site::load(options.site.as_deref())?);
    let drain = drain::Drain::new(&options);
    let carriers = jobs::Carriers {
        smtp,
        gateway: gateway.clone(),
        push: jobs::push_sender(&services, push_key),
    };
    let origin = public.origin.clone();
    let router = router(&Portal {
        services: Arc::clone(&services),
        public,
        clock,
        site,
        gateway,
        security_contact,
        trusted_proxies: options.trusted_proxies.clone(),
        draining: drain.told(),
    });
    let listener = tokio::net::TcpListener::bind(options.listen)
        .await
        .map_err(|e| format!("{}: {e}", options.listen))?;
    let figures = match figures {
        Some(at) => {
            let router = admin_listener::router(Arc::clone(&services), drain.told());
            Some(admin_listener::start(at, router).await?)
        }
        None => None,
    };
    let head = start::head_file(&options.data);
    let jobs = jobs::start(&services, carriers, head, options.key_days, &drain.over());
    let stopping = drain.begins_with(signal()?);
    announce(&origin, services.demo);
    drain::tell_systemd(sd_notify::NotifyState::Ready);
    let served = listen::serve(
        listener,
        router,
        options.trusted_proxies,
        listen::HEADERS,
        stopping,
    );
    drain.serve(served, jobs, &services.store).await?;
    if let Some(figures) = figures {
        figures.abort();
    }
    drop(in_use);
    Ok(())
}

fn announce(public: &str, demo: bool) {
    println!("Rekey is at {public}");
    if demo {
        println!();
        println!("  Demo: five realms, on this machine only. Nothing leaves it.");
        println!("  People, with their secrets:  {public}/demo/people.json");
        println!("  Their mail arrives at:       {public}/demo/outbox");
        println!();
        println!("  customers  tess.totp@customers.example    authenticator app");
        println!("  customers  emil.mail@customers.example    codes by e-mail");
        println!("  customers  nora.new@customers.example     sets up a second factor");
        println!(
            "  workforce  Q100001                        administrator (bind a passkey by enroll_link)"
        );
        println!("  Every password is: violet-anchor-41-rainfall   every PIN: 583926");
    }
}

/// Ends when the node is told to stop. Listened for from here on: a signal that comes
/// before the first request is not lost.
fn signal() -> Result<impl Future<Output = ()> + Send + 'static, Failed> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}
