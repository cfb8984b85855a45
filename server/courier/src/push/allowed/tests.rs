use super::*;
use proptest::prelude::*;

fn judged(text: &str) -> Result<(), EndpointError> {
    Allowed::of_browsers().endpoint(text).map(|_| ())
}

#[test]
fn the_endpoints_of_browsers_are_allowed() {
    for (text, origin, target) in [
        (
            "https://fcm.googleapis.com/fcm/send/dQw4w9:APA91bH-x_y",
            "https://fcm.googleapis.com",
            "/fcm/send/dQw4w9:APA91bH-x_y",
        ),
        (
            "https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB",
            "https://updates.push.services.mozilla.com",
            "/wpush/v2/gAAAAAB",
        ),
        (
            "https://web.push.apple.com/QGuQyavXutnMH",
            "https://web.push.apple.com",
            "/QGuQyavXutnMH",
        ),
        (
            "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2bx%3d%3d",
            "https://wns2-par02p.notify.windows.com",
            "/w/?token=BQYAAAD%2bx%3d%3d",
        ),
        (
            "https://FCM.GoogleAPIs.com:443/fcm/send/x",
            "https://fcm.googleapis.com",
            "/fcm/send/x",
        ),
    ] {
        let endpoint = Allowed::of_browsers().endpoint(text).unwrap();
        assert_eq!(endpoint.origin, origin);
        assert_eq!(endpoint.target, target);
        assert_eq!(endpoint.site, Site::Named);
    }
}

#[test]
fn look_alikes_are_unknown() {
    for host in [
        "fcm.googleapis.com.evil.example",
        "evilfcm.googleapis.com",
        "evil.fcm.googleapis.com",
        "googleapis.com",
        "fcm-googleapis.com",
        "fcm.googleapis.com.",
        "fcm.googleapis.co",
        "notify.windows.com",
        "evilnotify.windows.com",
        "notify.windows.com.evil.example",
        "wns2.notify.windows.com.",
        "push.apple.com",
        "evilpush.apple.com",
        "web.push.apple.com.evil.example",
        ".push.apple.com",
        "a..push.apple.com",
        "-.push.apple.com",
        "xn--fcm-hoa.googleapis.com",
        "xn--cm-mmc.googleapis.com",
        "localhost",
        "metadata.google.internal",
    ] {
        let found = judged(&format!("https://{host}/x"));
        assert!(
            matches!(
                found,
                Err(EndpointError::UnknownService | EndpointError::Address)
            ),
            "{host}: {found:?}"
        );
    }
}

#[test]
fn only_https_without_user_and_port() {
    for (text, error) in [
        ("http://fcm.googleapis.com/x", EndpointError::NotHttps),
        ("HTTPS://fcm.googleapis.com/x", EndpointError::NotHttps),
        ("ftp://fcm.googleapis.com/x", EndpointError::NotHttps),
        ("wss://fcm.googleapis.com/x", EndpointError::NotHttps),
        ("file:///etc/passwd", EndpointError::NotHttps),
        ("https:fcm.googleapis.com/x", EndpointError::Address),
        ("//fcm.googleapis.com/x", EndpointError::Address),
        ("", EndpointError::Address),
        ("https://", EndpointError::Address),
        ("https:///fcm.googleapis.com/x", EndpointError::Address),
        ("https://me@fcm.googleapis.com/x", EndpointError::UserInfo),
        ("https://@fcm.googleapis.com/x", EndpointError::UserInfo),
        (
            "https://me:pw@fcm.googleapis.com/x",
            EndpointError::UserInfo,
        ),
        (
            "https://fcm.googleapis.com@evil.example/x",
            EndpointError::UserInfo,
        ),
        (
            "https://fcm.googleapis.com:443@evil.example/",
            EndpointError::UserInfo,
        ),
        ("https://fcm.googleapis.com:80/x", EndpointError::Port),
        ("https://fcm.googleapis.com:8443/x", EndpointError::Port),
        ("https://fcm.googleapis.com:0/x", EndpointError::Port),
        ("https://fcm.googleapis.com:/x", EndpointError::Address),
        ("https://fcm.googleapis.com:0443/x", EndpointError::Address),
        ("https://fcm.googleapis.com:99999/x", EndpointError::Address),
        ("https://fcm%2egoogleapis.com/x", EndpointError::Address),
        (
            "https://evil.example%2f.push.apple.com/x",
            EndpointError::Address,
        ),
        (
            "https://evil.example\\.push.apple.com/x",
            EndpointError::Address,
        ),
        (
            "https://fcm.googleapis.com\\@evil.example/x",
            EndpointError::Address,
        ),
        ("https://fcm\t.googleapis.com/x", EndpointError::Address),
        (" https://fcm.googleapis.com/x", EndpointError::Address),
        (
            "https://fcm.googleapis.com/x\r\nX-Evil: 1",
            EndpointError::Address,
        ),
        ("https://fcm.googleapis.com/x#y", EndpointError::Address),
        // Letters and dots that a reader, or IDNA, takes for the real ones.
        ("https://ｆcm.googleapis.com/x", EndpointError::Address),
        ("https://fcm。googleapis.com/x", EndpointError::Address),
        ("https://fсm.googleapis.com/x", EndpointError::Address),
    ] {
        assert_eq!(judged(text), Err(error), "{text:?}");
    }
    let long = format!(
        "https://fcm.googleapis.com/{}",
        "x".repeat(LONGEST_ENDPOINT)
    );
    assert_eq!(judged(&long), Err(EndpointError::Address));
}

#[test]
fn an_address_is_no_name_however_it_is_written() {
    let open = Allowed::of_browsers().and(".example").map(|_| ());
    assert!(open.is_err(), "one label is no rule");
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "0",
        "169.254.169.254",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1]",
        "8.8.8.8",
    ] {
        assert_eq!(
            judged(&format!("https://{host}/x")),
            Err(EndpointError::Literal),
            "{host}"
        );
    }
    for host in ["[fe80::1%25eth0]", "[::1", "::1", "256.1.1.1", "1.1.1.1.1"] {
        assert!(judged(&format!("https://{host}/x")).is_err(), "{host}");
    }
}

#[test]
fn rules_of_an_operator() {
    let own = Allowed::none()
        .and("push.example.com")
        .and_then(|own| own.and(".below.example.org"))
        .unwrap();
    for (host, fits) in [
        ("push.example.com", true),
        ("a.push.example.com", false),
        ("a.below.example.org", true),
        ("a.b.below.example.org", true),
        ("below.example.org", false),
        ("abelow.example.org", false),
        ("fcm.googleapis.com", false),
    ] {
        assert_eq!(
            own.endpoint(&format!("https://{host}/x")).is_ok(),
            fits,
            "{host}"
        );
    }
    for rule in [
        "",
        ".",
        "..",
        "com",
        ".com",
        "localhost",
        "Push.example.com",
        "push.example.com.",
        "..example.com",
        "*.example.com",
        "https://push.example.com",
        "push.example.com/x",
        "push.example.com:443",
        "127.0.0.1",
        "10.1",
        "0x7f.1",
        "[::1]",
        "bücher.example",
        "-a.example",
        "a_b.example",
        "a b.example",
        "me@push.example.com",
    ] {
        assert_eq!(
            Allowed::none().and(rule),
            Err(RuleError(rule.to_owned())),
            "{rule}"
        );
    }
}

#[test]
fn a_local_endpoint_is_for_tests_and_exact() {
    let own = Allowed::of_browsers().and_local_for_tests("127.0.0.1:4000".parse().unwrap());
    let endpoint = own.endpoint("http://127.0.0.1:4000/push/x?y").unwrap();
    assert_eq!(endpoint.origin, "http://127.0.0.1:4000");
    assert_eq!(endpoint.target, "/push/x?y");
    for text in [
        "http://127.0.0.1:4001/x",
        "http://127.0.0.1:40000/x",
        "http://127.0.0.1/x",
        "http://127.0.0.1:4000@evil.example/x",
        "http://127.0.0.1:4000.evil.example/x",
        "https://127.0.0.1:4000/x",
        "http://localhost:4000/x",
    ] {
        assert!(own.endpoint(text).is_err(), "{text}");
    }
    assert_eq!(
        judged("http://127.0.0.1:4000/x"),
        Err(EndpointError::NotHttps)
    );
}

#[test]
#[should_panic(expected = "is not this machine")]
fn a_local_endpoint_is_on_this_machine() {
    let _ = Allowed::none().and_local_for_tests("10.0.0.1:80".parse().unwrap());
}

/// Parts that endpoints are made of, good and bad, in any order.
fn parts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("https://"),
        Just("http://"),
        Just("fcm.googleapis.com"),
        Just("fcm"),
        Just(".googleapis.com"),
        Just(".push.apple.com"),
        Just(".notify.windows.com"),
        Just("evil.example"),
        Just("127.0.0.1"),
        Just("[::1]"),
        Just("."),
        Just("@"),
        Just(":"),
        Just(":443"),
        Just("/"),
        Just("\\"),
        Just("?"),
        Just("#"),
        Just("%2e"),
        Just("%00"),
        Just("\t"),
        Just("\u{3002}"),
        Just("\u{ad}"),
        Just("xn--"),
        Just("a"),
        Just("-"),
    ];
    proptest::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// The property that everything rests on, said without the parser: what is
    /// allowed begins with https, the name of a service, and a slash.
    #[test]
    fn whatever_is_allowed_is_a_push_service(text in prop_oneof![
        parts(),
        parts().prop_map(|end| format!("https://fcm.googleapis.com{end}")),
        parts().prop_map(|start| format!("https://{start}.push.apple.com/x")),
        "https://[a-z0-9.:@%\\[\\]-]{1,30}/x",
    ]) {
        if let Ok(endpoint) = Allowed::of_browsers().endpoint(&text) {
            let lower = text.to_ascii_lowercase();
            let host = lower.strip_prefix("https://").unwrap();
            let host = &host[..host.find(['/', '?']).unwrap_or(host.len())];
            let host = host.strip_suffix(":443").unwrap_or(host);
            prop_assert_eq!(host, &endpoint.host);
            prop_assert!(host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)));
            prop_assert!(host == "fcm.googleapis.com"
                || [".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"]
                    .iter().any(|end| host.ends_with(end) && host.len() > end.len()));
            prop_assert!(endpoint.target.starts_with('/'));
            prop_assert!(endpoint.target.bytes().all(|b| b.is_ascii_graphic()));
        }
    }

    #[test]
    fn every_port_but_one_is_refused(port: u16) {
        let found = judged(&format!("https://fcm.googleapis.com:{port}/x"));
        prop_assert_eq!(found, if port == 443 { Ok(()) } else { Err(EndpointError::Port) });
    }

    #[test]
    fn no_address_is_allowed(bits: u32, wide: u128) {
        let v4 = std::net::Ipv4Addr::from_bits(bits);
        let [a, b, c, d] = v4.octets();
        for host in [
            v4.to_string(),
            bits.to_string(),
            format!("{bits:#x}"),
            format!("{bits:#o}").replace("0o", "0"),
            format!("{a:#x}.{b}.{c}.{d:#x}"),
            format!("{a}.{}", bits & 0x00ff_ffff),
            format!("[{}]", v4.to_ipv6_mapped()),
            format!("[{}]", std::net::Ipv6Addr::from_bits(wide)),
        ] {
            prop_assert_eq!(judged(&format!("https://{host}/x")), Err(EndpointError::Literal), "{}", host);
        }
    }

    #[test]
    fn upper_case_is_the_same_name(mask in proptest::collection::vec(any::<bool>(), 18)) {
        let host: String = "fcm.googleapis.com".chars().zip(mask)
            .map(|(c, up)| if up { c.to_ascii_uppercase() } else { c }).collect();
        let endpoint = Allowed::of_browsers().endpoint(&format!("https://{host}/x")).unwrap();
        prop_assert_eq!(endpoint.host, "fcm.googleapis.com");
    }
}
