//! The configuration that operators take: what it has to say so that no client forges.
//! That it works is tested by a real nginx (`end2end/tests/forward-auth.spec.ts`).

const CONF: &str = include_str!("../../../packaging/nginx/forward-auth.conf");
const CADDY: &str = include_str!("../../../packaging/caddy/forward-auth.caddyfile");
const TRAEFIK: &str = include_str!("../../../packaging/traefik/forward-auth.yml");

/// The lines of a block that begins so, without those of blocks in it.
fn block(begins: &str) -> Vec<&'static str> {
    let mut depth = 0;
    let mut out = Vec::new();
    for line in CONF.lines().skip_while(|l| l.trim() != begins) {
        let line = line.trim();
        if depth == 1 && !line.ends_with('{') && !line.starts_with('#') {
            out.push(line);
        }
        depth += i32::from(line.ends_with('{')) - i32::from(line == "}");
        if depth == 0 {
            break;
        }
    }
    assert!(!out.is_empty(), "{begins}");
    out
}

/// Everything that is believed of a proxy is set by it, for every place that asks.
#[test]
fn what_a_client_sends_to_us_is_replaced() {
    let server = block("server {");
    for name in [
        "Host",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Uri",
        "X-Forwarded-Method",
    ] {
        let sets = format!("proxy_set_header {name} ");
        assert!(server.iter().any(|l| l.starts_with(&sets)), "{name}");
    }
    // A block that sets one header inherits none.
    for place in [
        "location = /.rekey-check {",
        "location @sign-in {",
        "location /.rekey/ {",
    ] {
        let lines = block(place);
        assert!(
            !lines.iter().any(|l| l.starts_with("proxy_set_header")),
            "{place}"
        );
        assert!(lines.contains(&"proxy_pass_request_body off;"), "{place}");
    }
    assert!(block("location = /.rekey-check {").contains(&"internal;"));
}

/// Everything that the application believes is ours, or taken away.
#[test]
fn what_a_client_sends_to_the_application_is_replaced() {
    let pages = block("location / {");
    for name in ["User", "Id", "Name", "Email"] {
        let variable = format!("$rekey_{}", name.to_lowercase());
        let sets = format!("proxy_set_header Remote-{name} {variable};");
        assert!(pages.contains(&sets.as_str()), "{sets}");
        let reads = format!(
            "auth_request_set {variable} $upstream_http_remote_{};",
            name.to_lowercase()
        );
        assert!(pages.contains(&reads.as_str()), "{reads}");
        assert!(CADDY.contains(&format!("request_header -Remote-{name}")));
        assert!(TRAEFIK.contains(&format!("Remote-{name}")));
    }
    assert!(pages.contains(&"proxy_set_header Remote-Groups \"\";"));
    assert!(pages.contains(&"proxy_set_header Cookie $cookies_but_ours;"));
}
