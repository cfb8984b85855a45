//! What a gateway for SMS and calls is told, and what its answers mean.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
};
use courier::{
    SendError,
    gateway::{Delivery, Gateway, GatewayError, Hook, Kind, Parcel, Template, Twilio},
};
use data_encoding::{BASE64, HEXLOWER};
use domain::{Lang, Timestamp, secret::Secret};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

const NOW: Timestamp = Timestamp::from_millis(1_763_718_120_000);

/// One request as it came in.
#[derive(Clone)]
struct Heard {
    path: String,
    headers: HeaderMap,
    body: String,
}

#[derive(Clone)]
struct There {
    heard: Arc<Mutex<Vec<Heard>>>,
    answer: (StatusCode, &'static str),
}

impl There {
    /// A gateway that answers always the same; gives its address.
    async fn open(answer: (u16, &'static str)) -> (Self, String) {
        let status = StatusCode::from_u16(answer.0).expect("a status");
        let there = Self {
            heard: Arc::default(),
            answer: (status, answer.1),
        };
        let take = async |State(there): State<Self>, uri: Uri, headers: HeaderMap, body: Bytes| {
            let heard = Heard {
                path: uri.path().to_owned(),
                headers,
                body: String::from_utf8(body.to_vec()).expect("a text"),
            };
            there.heard.lock().expect("whole").push(heard);
            there.answer
        };
        let router = Router::new().fallback(take).with_state(there.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        (there, url)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("whole").clone()
    }
}

fn twilio() -> Kind {
    Kind::Twilio(Twilio {
        account: "AC42".to_owned(),
        token: Secret::new("token"),
        from: "+4989555013".to_owned(),
        receipts: Some("https://portal.example/gateway/receipts".to_owned()),
    })
}

fn gateway(kind: Kind, url: &str) -> Gateway {
    Gateway::new(kind, url, || NOW).expect("a gateway")
}

fn delivery(parcel: Parcel<'_>) -> Delivery<'_> {
    Delivery {
        id: "0192-row",
        to: "+491713920008",
        lang: Lang::De,
        parcel,
    }
}

fn form(body: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect()
}

fn header<'a>(heard: &'a Heard, name: &str) -> &'a str {
    heard.headers[name].to_str().expect("a text")
}

#[tokio::test]
async fn twilio_is_told_messages_and_calls() {
    let (there, url) = There::open((201, r#"{"sid":"SM1","status":"queued"}"#)).await;
    let gateway = gateway(twilio(), &url);
    let sms = delivery(Parcel::Sms("481930 ist Ihr Code & mehr"));
    assert_eq!(gateway.send(&sms).await, Ok(Some("SM1".to_owned())));
    let call = delivery(Parcel::Call("Ihr Code: 4, 8 <Hangup/>"));
    assert_eq!(gateway.send(&call).await, Ok(Some("SM1".to_owned())));
    let heard = there.heard();
    assert_eq!(heard[0].path, "/2010-04-01/Accounts/AC42/Messages.json");
    assert_eq!(heard[1].path, "/2010-04-01/Accounts/AC42/Calls.json");
    let who = format!("Basic {}", BASE64.encode(b"AC42:token"));
    for one in &heard {
        assert_eq!(header(one, "authorization"), who);
        assert_eq!(header(one, "idempotency-key"), "0192-row");
        let form = form(&one.body);
        assert_eq!(form["To"], "+491713920008");
        assert_eq!(form["From"], "+4989555013");
        let receipts = "https://portal.example/gateway/receipts/0192-row";
        assert_eq!(form["StatusCallback"], receipts);
    }
    assert_eq!(form(&heard[0].body)["Body"], "481930 ist Ihr Code & mehr");
    let twiml = form(&heard[1].body)["Twiml"].clone();
    // Digits a second apart.
    assert!(twiml.contains(
        "<Say language=\"de-DE\">Ihr Code: 4</Say><Pause length=\"1\"/>\
         <Say language=\"de-DE\">8 &lt;Hangup/&gt;</Say>"
    ));
}

#[tokio::test]
async fn a_hook_is_told_in_its_own_words_and_signed() {
    use hmac::{Hmac, KeyInit, Mac};
    let (there, url) = There::open((202, r#"{"id":"x1"}"#)).await;
    let template = r#"{"msisdn":"{{to}}","content":"{{text}}","kind":"{{way}}","ref":"{{id}}","lang":"{{lang}}"}"#;
    let hook = Hook {
        template: Template::parse(template).expect("a template"),
        secret: Secret::new("key"),
    };
    let gateway = gateway(Kind::Hook(hook), &format!("{url}/send"));
    let sms = delivery(Parcel::Sms("481930 \"Code\"\nzwei"));
    assert_eq!(gateway.send(&sms).await, Ok(Some("x1".to_owned())));
    let [heard] = there.heard().try_into().ok().expect("one");
    assert_eq!(heard.path, "/send");
    let body: serde_json::Value = serde_json::from_str(&heard.body).expect("JSON");
    assert_eq!(
        body,
        serde_json::json!({
            "msisdn": "+491713920008", "content": "481930 \"Code\"\nzwei",
            "kind": "sms", "ref": "0192-row", "lang": "de"
        })
    );
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"key").expect("a key");
    mac.update(format!("1763718120.{}", heard.body).as_bytes());
    let expected = HEXLOWER.encode(&mac.finalize().into_bytes());
    assert_eq!(
        header(&heard, "x-rekey-signature"),
        format!("t=1763718120,v1={expected}")
    );
}

#[tokio::test]
async fn answers_say_whether_another_try_makes_sense() {
    for (status, body, later) in [
        (400, r#"{"code":21211,"message":"no number"}"#, false),
        (422, "not JSON", false),
        (302, "", false),
        (401, "", true),
        (403, "", true),
        (404, "", true),
        (429, "", true),
        (500, "", true),
        (503, "", true),
    ] {
        let (_there, url) = There::open((status, body)).await;
        let sent = gateway(twilio(), &url)
            .send(&delivery(Parcel::Sms("x")))
            .await;
        let Err(error) = sent else {
            panic!("{status} was taken for a success");
        };
        assert_eq!(matches!(error, SendError::Later(_)), later, "{status}");
        let said = error.to_string();
        assert!(said.contains(&status.to_string()), "{said}");
        assert!(!said.contains("no number"), "it quotes nobody: {said}");
    }
    // A try that is repeated names the same message.
    let (there, url) = There::open((500, "")).await;
    let gateway = gateway(twilio(), &url);
    for _ in 0..2 {
        let _ = gateway.send(&delivery(Parcel::Sms("481930"))).await;
    }
    let heard = there.heard();
    let keys: Vec<_> = heard.iter().map(|h| header(h, "idempotency-key")).collect();
    assert_eq!(keys, ["0192-row", "0192-row"]);
    assert_eq!(heard[0].body, heard[1].body);
}

#[tokio::test]
async fn who_is_not_there_or_says_nothing_useful_is_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let sent = gateway(twilio(), &url)
        .send(&delivery(Parcel::Sms("x")))
        .await;
    assert!(matches!(sent, Err(SendError::Later(_))), "{sent:?}");
    // Taken is taken, whatever else was said.
    let (_there, url) = There::open((200, "OK")).await;
    let sent = gateway(twilio(), &url)
        .send(&delivery(Parcel::Sms("x")))
        .await;
    assert_eq!(sent, Ok(None));
}

#[test]
fn codes_go_over_no_open_network() {
    let made = |url| Gateway::new(twilio(), url, || NOW).map(|_| ());
    assert_eq!(made("http://gateway.example/"), Err(GatewayError::Plain));
    assert!(matches!(made("gateway"), Err(GatewayError::Address(_))));
    assert!(matches!(
        made("ftp://gateway.example"),
        Err(GatewayError::Address(_))
    ));
    assert_eq!(made("https://gateway.example/sms"), Ok(()));
    assert_eq!(made("http://[::1]:8000"), Ok(()));
}
