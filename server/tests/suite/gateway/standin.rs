//! A gateway on this machine, with Twilio's API or a web hook, and a portal that it carries
//! for. What it answers is written down beforehand; what it was told can be looked at.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use courier::gateway::{Gateway, Hook, Kind, Template, Twilio};
use data_encoding::{BASE64, HEXLOWER};
use domain::{
    FactorKind,
    audit::{Action, Outcome},
    secret::Secret,
    trail::Filter,
};
use flows::Services;
use hmac::{Hmac, KeyInit, Mac};
use sqlx::{Connection, Executor};
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use testkit::{Answer, Browser, World, send, slug};

pub const PASSWORD: &str = "violet-anchor-41-rainfall";
const TOKEN: &str = "token";

static NEXT: AtomicU32 = AtomicU32::new(1);

/// What the gateway does with one message.
#[derive(Clone)]
pub enum Then {
    /// Takes it, and names it.
    Takes(&'static str),
    /// Answers with a status, and a header.
    Says(u16, Option<(&'static str, &'static str)>),
    /// Takes it, and never answers.
    Hangs,
}

/// One message as the gateway was told it.
#[derive(Clone, Debug)]
pub struct Told {
    /// `Idempotency-Key`.
    pub key: String,
    /// What it says.
    pub body: String,
}

impl Told {
    /// The text of an SMS, or what a call says.
    pub fn text(&self) -> String {
        if let Ok(json) = serde_json::from_str::<serde_json::Value>(&self.body) {
            return json["m"].as_str().expect("says something").to_owned();
        }
        let fields = url::form_urlencoded::parse(self.body.as_bytes());
        let mut texts = fields.filter(|(name, _)| name == "Body" || name == "Twiml");
        texts.next().expect("says something").1.into_owned()
    }

    /// The code: an SMS begins with it, a call says it digit by digit.
    pub fn code(&self) -> String {
        let text = self.text();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return text.chars().take(6).collect();
        }
        // Twilio is told a pause between two digits.
        let mut words = String::new();
        for part in text.split('<') {
            let pauses =
                part.starts_with('/') || part.starts_with("Pause") || part.starts_with("Say");
            let part = if pauses {
                part.split_once('>').map_or("", |(_, rest)| rest)
            } else {
                part
            };
            words.push_str(part);
            words.push(' ');
        }
        let spoken = words.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == ' '));
        let digits = |part: &str| {
            part.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let mut codes = spoken.map(digits).filter(|digits| digits.len() == 6);
        codes.next().expect("says a code")
    }
}

#[derive(Clone, Default)]
pub struct There {
    told: Arc<Mutex<Vec<Told>>>,
    then: Arc<Mutex<VecDeque<Then>>>,
}

async fn hear(State(there): State<There>, headers: HeaderMap, body: Bytes) -> Response {
    let key = headers["idempotency-key"].to_str().expect("a text");
    there.told.lock().expect("whole").push(Told {
        key: key.to_owned(),
        body: String::from_utf8(body.to_vec()).expect("a text"),
    });
    let then = there.then.lock().expect("whole").pop_front();
    match then.unwrap_or(Then::Takes("SM0")) {
        Then::Takes(name) => {
            let body = format!(r#"{{"sid":"{name}","id":"{name}"}}"#);
            (StatusCode::CREATED, body).into_response()
        }
        Then::Says(status, more) => {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut answer = status.into_response();
            if let Some((name, value)) = more {
                let value = value.parse().expect("a value");
                answer.headers_mut().insert(name, value);
            }
            answer
        }
        Then::Hangs => std::future::pending().await,
    }
}

impl There {
    async fn open(then: &[Then]) -> (Self, String) {
        let there = Self::default();
        there
            .then
            .lock()
            .expect("whole")
            .extend(then.iter().cloned());
        let router = Router::new().fallback(hear).with_state(there.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (there, url)
    }

    /// What it was told so far.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().expect("whole").clone()
    }
}

/// A portal whose SMS and calls go to a gateway.
pub struct Set {
    pub world: World,
    pub there: There,
    /// Whom the code is for.
    pub login: &'static str,
    hook: bool,
}

/// Who gets SMS, and who is called.
const SMS: &str = "mberg";
const CALL: &str = "tlang";

/// A database of its own on the cluster that the tests may use, if there is one.
async fn database() -> Option<String> {
    let cluster = std::env::var("REKEY_TEST_POSTGRES").ok()?;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("gateway_{}_{number}", std::process::id());
    let mut admin = sqlx::PgConnection::connect(&cluster).await;
    let admin = admin.as_mut().expect("the cluster answers");
    let made = admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")));
    made.await.expect("a database of its own");
    let (base, _) = cluster.rsplit_once('/').expect("an address");
    Some(format!("{base}/{name}"))
}

impl Set {
    /// SMS and calls by Twilio's API, and on each engine that there is.
    pub async fn each(then: &[Then]) -> Vec<Self> {
        let mut all = vec![
            Self::on(then, &[], SMS, false).await,
            Self::on(then, &[], CALL, false).await,
        ];
        if let Some(url) = database().await {
            all.push(Self::on(then, &["--database", &url], SMS, false).await);
        }
        all
    }

    /// [`Self::each`], and a web hook.
    pub async fn every(then: &[Then]) -> Vec<Self> {
        let mut all = Self::each(then).await;
        all.push(Self::hook(then).await);
        all
    }

    /// A portal with a web hook behind it.
    pub async fn hook(then: &[Then]) -> Self {
        Self::on(then, &[], SMS, true).await
    }

    /// A portal that waits for an answer longer than any test runs.
    pub async fn patient(then: &[Then]) -> Self {
        Self::within(Duration::from_secs(3600), then, &[], SMS, false).await
    }

    async fn on(then: &[Then], more: &[&str], login: &'static str, hook: bool) -> Self {
        Self::within(Duration::from_secs(2), then, more, login, hook).await
    }

    async fn within(
        deadline: Duration,
        then: &[Then],
        more: &[&str],
        login: &'static str,
        hook: bool,
    ) -> Self {
        let (there, url) = There::open(then).await;
        let make = |services: &Arc<Services>| {
            let kind = if hook {
                let template = r#"{"to":"{{to}}","m":"{{text}}","ref":"{{id}}"}"#;
                Kind::Hook(Hook {
                    template: Template::parse(template).expect("a template"),
                    secret: Secret::new(TOKEN),
                })
            } else {
                Kind::Twilio(Twilio {
                    account: "AC42".to_owned(),
                    token: Secret::new(TOKEN),
                    from: "+4989555013".to_owned(),
                    receipts: Some(services.url(server::receipts::PATH)),
                })
            };
            let clock = Arc::clone(services);
            Gateway::new(kind, &url, move || clock.now())
                .expect("a gateway")
                .with_deadline(deadline)
        };
        let world = World::carried_by(more, &make).await;
        Self {
            world,
            there,
            login,
            hook,
        }
    }

    /// Whether codes are spoken.
    pub fn calls(&self) -> bool {
        self.login == CALL
    }

    /// Name and password, in a browser that now waits for the code.
    pub async fn asks(&self) -> (Browser, Answer) {
        let mut browser = self.world.browser();
        let answer = password(&mut browser, self.login).await;
        (browser, answer)
    }

    /// How codes reach the person.
    pub fn kind(&self) -> Option<FactorKind> {
        Some(if self.calls() {
            FactorKind::Voice
        } else {
            FactorKind::Sms
        })
    }

    /// Refused codes, as the trail has them.
    pub async fn refused_codes(&self) -> Vec<(Action, Option<FactorKind>)> {
        let mut conn = self.world.services.store.read().await.expect("reads");
        let filter = Filter {
            action: Some(Action::Proof),
            outcome: Some(Outcome::Refused),
            ..Filter::default()
        };
        let found = conn.trail_page(&slug("agents"), &filter, None, 50).await;
        let found = found.expect("asks").into_iter();
        let kind = |slug: Option<String>| slug.and_then(|slug| FactorKind::parse(&slug));
        found
            .map(|row| (Action::Proof, kind(row.entry.factor)))
            .collect()
    }

    /// A post to the address for receipts.
    pub async fn posts(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = self.world.browser().host;
        let mut request = Request::post(path).header(header::HOST, host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned()));
        send(self.world.router.clone(), request.expect("a request")).await
    }

    /// A receipt with its signature: Twilio's of the message of a key, or the hook's.
    pub async fn reports(&self, key: &str, name: &str, state: &str) -> Answer {
        if self.hook {
            let state = match state {
                "undelivered" => "failed",
                other => other,
            };
            let body = format!(r#"{{"id":"{key}","state":"{state}"}}"#);
            let at = self.world.services.now().seconds();
            let mut mac = Hmac::<sha2::Sha256>::new_from_slice(TOKEN.as_bytes()).expect("a key");
            mac.update(format!("{at}.{body}").as_bytes());
            let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
            let signature = format!("t={at},v1={signature}");
            let headers = [("x-rekey-signature", signature.as_str())];
            return self.posts(server::receipts::PATH, &headers, &body).await;
        }
        let path = format!("{}/{key}", server::receipts::PATH);
        let (of, state) = match (self.calls(), state) {
            (false, state) => ("Message", state),
            (true, "sent") => ("Call", "in-progress"),
            (true, "delivered") => ("Call", "completed"),
            (true, "undelivered") => ("Call", "no-answer"),
            (true, state) => ("Call", state),
        };
        let body = format!("{of}Sid={name}&{of}Status={state}");
        let mut mac = Hmac::<sha1::Sha1>::new_from_slice(TOKEN.as_bytes()).expect("a key");
        mac.update(self.world.services.url(&path).as_bytes());
        mac.update(format!("{of}Sid{name}{of}Status{state}").as_bytes());
        let signature = BASE64.encode(&mac.finalize().into_bytes());
        let headers = [
            ("x-twilio-signature", signature.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.posts(&path, &headers, &body).await
    }
}

/// How far the code has come, as the page of a browser says it.
pub async fn delivery(browser: &mut Browser) -> serde_json::Value {
    let page = browser.page("/agents/sign-in").await;
    let json: serde_json::Value = serde_json::from_str(&page.body).expect("JSON");
    json["show"]["screen"]["code"]["delivery"].clone()
}

pub async fn password(browser: &mut Browser, login: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("login", login),
        ("password", PASSWORD),
    ];
    browser.post("sign-in/password", &fields).await
}

pub async fn resend(browser: &mut Browser) -> Answer {
    let fields = [("realm", "agents"), ("purpose", "sign_in")];
    browser.post("prove/resend", &fields).await
}

pub async fn code(browser: &mut Browser, code: &str) -> Answer {
    let fields = [
        ("realm", "agents"),
        ("purpose", "sign_in"),
        ("code", code),
        ("remember", "false"),
    ];
    browser.post("prove/code", &fields).await
}
