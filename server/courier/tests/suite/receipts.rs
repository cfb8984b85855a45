//! What gateways tell of messages later: believed when it is signed by them, for as long as
//! that is fresh, and refused in every other way.

use courier::gateway::{Gateway, Hook, Kind, Post, ReceiptError, Template, Twilio};
use data_encoding::{BASE64, HEXLOWER};
use domain::{
    Timestamp,
    delivery::{Receipt, Told, Why},
    secret::Secret,
};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;

const NOW: Timestamp = Timestamp::from_millis(1_763_718_120_000);
const URL: &str = "https://portal.example/gateway/receipts/0192-row";

fn twilio() -> Gateway {
    let twilio = Twilio {
        account: "AC42".to_owned(),
        token: Secret::new("12345"),
        from: "+4989555013".to_owned(),
        receipts: None,
    };
    Gateway::new(Kind::Twilio(twilio), "https://gateway.example", || NOW).expect("a gateway")
}

fn hook() -> Gateway {
    let hook = Hook {
        template: Template::parse(r#"{"to":"{{to}}","m":"{{text}}"}"#).expect("a template"),
        secret: Secret::new("key"),
    };
    Gateway::new(Kind::Hook(hook), "https://gateway.example", || NOW).expect("a gateway")
}

fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in all {
        headers.append(*name, value.parse().expect("a value"));
    }
    headers
}

type Read = Result<Option<Receipt>, ReceiptError>;

/// A post as Twilio signs it.
fn told(gateway: &Gateway, body: &str, signed: &str, message: &str) -> Read {
    let mut fields: Vec<_> = url::form_urlencoded::parse(signed.as_bytes()).collect();
    fields.sort();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(b"12345").expect("a key");
    mac.update(URL.as_bytes());
    for (name, value) in fields {
        mac.update(format!("{name}{value}").as_bytes());
    }
    let signature = BASE64.encode(&mac.finalize().into_bytes());
    let headers = headers(&[("x-twilio-signature", &signature)]);
    gateway.receipt(&Post {
        url: URL,
        message,
        headers: &headers,
        body: body.as_bytes(),
    })
}

fn hooked(key: &[u8], at: i64, body: &str, signed: &str) -> Read {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).expect("a key");
    mac.update(format!("{at}.{signed}").as_bytes());
    let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
    let headers = headers(&[("x-rekey-signature", &format!("t={at},v1={signature}"))]);
    hook().receipt(&Post {
        url: URL,
        message: "",
        headers: &headers,
        body: body.as_bytes(),
    })
}

#[test]
fn the_example_of_twilios_own_documentation_is_believed() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let body = "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234\
                &From=%2B12349013030&To=%2B18005551212";
    let headers = headers(&[("x-twilio-signature", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=")]);
    let post = |url, body: &'static str| {
        twilio().receipt(&Post {
            url,
            message: "",
            headers: &headers,
            body: body.as_bytes(),
        })
    };
    // It says nothing of how far the call has come.
    assert_eq!(post(url, body), Ok(None));
    let other = "https://mycompany.com/myapp.php?foo=1&bar=3";
    assert_eq!(post(other, body), Err(ReceiptError::Forged));
    assert_eq!(post(url, "CallSid=CA1"), Err(ReceiptError::Forged));
}

#[test]
fn twilio_tells_of_messages_and_calls() {
    let gateway = twilio();
    for (body, expected) in [
        ("MessageSid=SM1&MessageStatus=queued", Some(Told::Accepted)),
        ("MessageSid=SM1&MessageStatus=sent", Some(Told::Accepted)),
        (
            "MessageSid=SM1&MessageStatus=delivered",
            Some(Told::Delivered),
        ),
        (
            "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003",
            Some(Told::Failed(Why::Unreachable)),
        ),
        (
            "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30007",
            Some(Told::Failed(Why::Blocked)),
        ),
        (
            "MessageSid=SM1&MessageStatus=failed&ErrorCode=30005",
            Some(Told::Failed(Why::NoSuchNumber)),
        ),
        (
            "MessageSid=SM1&MessageStatus=failed",
            Some(Told::Failed(Why::Unknown)),
        ),
        ("MessageSid=SM1&MessageStatus=dreaming", None),
        ("CallSid=CA1&CallStatus=ringing", Some(Told::Accepted)),
        ("CallSid=CA1&CallStatus=completed", Some(Told::Delivered)),
        (
            "CallSid=CA1&CallStatus=no-answer",
            Some(Told::Failed(Why::NoAnswer)),
        ),
        (
            "CallSid=CA1&CallStatus=busy",
            Some(Told::Failed(Why::NoAnswer)),
        ),
        (
            "CallSid=CA1&CallStatus=failed",
            Some(Told::Failed(Why::NoSuchNumber)),
        ),
    ] {
        let read = told(&gateway, body, body, "0192-row").expect("signed");
        assert_eq!(read.as_ref().map(|r| r.told), expected, "{body}");
        if let Some(receipt) = read {
            assert_eq!(receipt.id, "0192-row");
            assert!(["SM1", "CA1"].contains(&receipt.carrier.as_str()));
        }
    }
    // Where the address names no message, the gateway's own name is all there is.
    let body = "MessageSid=SM1&MessageStatus=sent";
    let read = told(&gateway, body, body, "").expect("signed");
    let receipt = read.expect("a receipt");
    assert_eq!((receipt.id.as_str(), receipt.carrier.as_str()), ("SM1", ""));
    let body = "Hello=1";
    let read = told(&gateway, body, body, "");
    assert_eq!(read, Err(ReceiptError::Unreadable));
}

#[test]
fn what_twilio_did_not_sign_is_no_receipt() {
    let gateway = twilio();
    let body = "MessageSid=SM1&MessageStatus=delivered";
    let altered = "MessageSid=SM2&MessageStatus=delivered";
    let more = "MessageSid=SM1&MessageStatus=delivered&MessageStatus=failed";
    for signed in [altered, more, ""] {
        let read = told(&gateway, body, signed, "");
        assert_eq!(read, Err(ReceiptError::Forged), "{signed}");
    }
    for signatures in [
        [].as_slice(),
        &[("x-twilio-signature", "")],
        &[("x-twilio-signature", "AAAA")],
        &[("x-twilio-signature", "no base64")],
        &[("x-rekey-signature", "t=1,v1=00")],
    ] {
        let headers = headers(signatures);
        let read = gateway.receipt(&Post {
            url: URL,
            message: "",
            headers: &headers,
            body: body.as_bytes(),
        });
        assert_eq!(read, Err(ReceiptError::Forged), "{signatures:?}");
    }
}

#[test]
fn a_hook_tells_in_json_signed_as_we_sign() {
    let now = NOW.seconds();
    for (body, expected) in [
        (
            r#"{"id":"0192-row","state":"accepted"}"#,
            Some(Told::Accepted),
        ),
        (
            r#"{"id":"0192-row","state":"delivered","reason":"x"}"#,
            Some(Told::Delivered),
        ),
        (
            r#"{"id":"0192-row","state":"failed","reason":"no_answer"}"#,
            Some(Told::Failed(Why::NoAnswer)),
        ),
        (
            r#"{"id":"0192-row","state":"failed"}"#,
            Some(Told::Failed(Why::Unknown)),
        ),
        (r#"{"id":"0192-row","state":"seen"}"#, None),
    ] {
        let read = hooked(b"key", now, body, body).expect("signed");
        assert_eq!(read.as_ref().map(|r| r.told), expected, "{body}");
        assert!(read.is_none_or(|r| r.id == "0192-row" && r.carrier.is_empty()));
    }
    for body in [
        "",
        "[]",
        "{}",
        r#"{"id":""}"#,
        r#"{"id":7,"state":"delivered"}"#,
    ] {
        let read = hooked(b"key", now, body, body);
        assert_eq!(read, Err(ReceiptError::Unreadable), "{body}");
    }
}

#[test]
fn what_is_old_altered_or_signed_by_another_is_no_receipt() {
    let (now, body) = (NOW.seconds(), r#"{"id":"m","state":"delivered"}"#);
    for (at, refused) in [(-300, None), (300, None), (-301, Some(())), (301, Some(()))] {
        let read = hooked(b"key", now + at, body, body);
        assert_eq!(read.err(), refused.map(|()| ReceiptError::Old), "{at}");
    }
    let other = r#"{"id":"m","state":"failed"}"#;
    assert_eq!(hooked(b"key", now, body, other), Err(ReceiptError::Forged));
    assert_eq!(hooked(b"kex", now, body, body), Err(ReceiptError::Forged));
    let signed = "t=1763718120,v1=00";
    for signatures in [
        [].as_slice(),
        &[("x-rekey-signature", "")],
        &[("x-rekey-signature", signed)],
        &[("x-rekey-signature", "t=x,v1=00")],
        &[("x-rekey-signature", "t=-1,v1=00")],
        &[("x-rekey-signature", "t=9223372036854775807,v1=00")],
        &[("x-rekey-signature", signed), ("x-rekey-signature", signed)],
    ] {
        let headers = headers(signatures);
        let read = hook().receipt(&Post {
            url: URL,
            message: "",
            headers: &headers,
            body: body.as_bytes(),
        });
        assert_eq!(read, Err(ReceiptError::Forged), "{signatures:?}");
    }
}
