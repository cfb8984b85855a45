//! Addresses that an application registers.

/// Whether a text may be a `client_id`: it stands in addresses and in logs.
pub fn is_client_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// Whether an address may be registered: `https`, or `http` on this machine alone,
/// where no network carries it (RFC 8252, 8.3). No fragment (RFC 6749, 3.1.2), no
/// name and password, nothing that a browser reads in another way than we do.
pub fn is_safe(uri: &str) -> bool {
    let plain = uri
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}#'*".contains(&b));
    if !plain || uri.len() > 512 {
        return false;
    }
    let (loopback_only, rest) = match (uri.strip_prefix("https://"), uri.strip_prefix("http://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return false,
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((host, port)) = split(authority) else {
        return false;
    };
    let port_fits = port.is_none_or(|p| p.parse::<u16>().is_ok_and(|n| n > 0) && p.len() <= 5);
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let is_name = host
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
    let host_fits = is_local || (!loopback_only && is_name);
    port_fits && host_fits && !host.starts_with(['.', '-']) && !host.is_empty()
}

/// Scheme, host and port of an address that [`is_safe`].
pub fn origin(uri: &str) -> &str {
    let start = uri.find("://").map_or(0, |n| n + 3);
    let end = uri[start..]
        .find(['/', '?'])
        .map_or(uri.len(), |n| start + n);
    &uri[..end]
}

/// The host of an [`origin`], without its port.
pub fn host(origin: &str) -> &str {
    let authority = origin.split("://").nth(1).unwrap_or_default();
    split(authority).map_or("", |(host, _)| host)
}

/// Host and port; `None` where somebody would sign in by the address.
fn split(authority: &str) -> Option<(&str, Option<&str>)> {
    if authority.contains('@') {
        return None;
    }
    if let Some(end) = authority.find(']') {
        let (host, rest) = authority.split_at(end + 1);
        return match rest.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None if rest.is_empty() => Some((host, None)),
            None => None,
        };
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((authority, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::{host, is_safe, origin};

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        for (uri, found) in [
            ("https://app.example/start?a=/b", "https://app.example"),
            ("https://app.example:8443?x", "https://app.example:8443"),
            ("http://localhost:9090", "http://localhost:9090"),
        ] {
            assert_eq!(origin(uri), found);
        }
        assert_eq!(host("https://app.example:8443"), "app.example");
        assert_eq!(host("http://[::1]:9090"), "[::1]");
    }

    #[test]
    fn https_or_this_machine() {
        for good in [
            "https://app.example/callback",
            "https://app.example:8443/callback?tenant=1",
            "https://app.example",
            "http://localhost:9090/callback",
            "http://127.0.0.1/callback",
            "http://[::1]:9090/callback",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "http://app.example/callback",
            "https://app.example/callback#part",
            "https://user@app.example/",
            "https://app.example\\@evil.example/",
            "https://*.app.example/",
            "https://",
            "https:///callback",
            "https://App.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://localhost:0/",
            "http://localhost:99999/",
            "https://[::1/",
            "javascript:alert(1)",
            "//app.example/",
            "app.example",
            "https://app.example/a b",
            "",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
