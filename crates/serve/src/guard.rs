//! The guard: refuses whom it does not concern, and gives every answer its rules for the browser.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::response::plain;
use crate::site::Site;

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 4 * 1024;

/// Wrong tokens that are answered at once; from then on each waits, until a right one comes.
const FREE_FAILURES: u32 = 5;
const FAILURE_DELAY: Duration = Duration::from_secs(1);

/// The headers of every answer. A page loads, runs and sends things only from and to this server. Others may not frame
/// an answer, guess its type, or learn its address.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Answers requests that are allowed and refuses the others, and adds the headers to every answer.
pub(crate) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let mut response = match refuse(&site, &request) {
        Some(refusal) => {
            // Who shows a wrong token again and again guesses.
            let guessed = refusal.status() == StatusCode::UNAUTHORIZED && shown(request.headers()).is_some();
            if guessed && site.count_failure() > FREE_FAILURES {
                tokio::time::sleep(FAILURE_DELAY).await;
            }
            refusal
        }
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(site: &Site, request: &Request) -> Option<Response> {
    let headers = request.headers();
    // A page elsewhere whose name was made to mean this machine (DNS rebinding) still calls it by its own name.
    if !host(headers).is_some_and(|host| is_ours(host, &site.hosts)) {
        return Some(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "This server does not go by that name. Use its address in digits, localhost, or a name given with --host.\n",
        ));
    }
    if request.uri().to_string().len() > LONGEST_ADDRESS {
        return Some(plain(StatusCode::URI_TOO_LONG, "The address is too long.\n"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET, HEAD and POST.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        return Some(response);
    }
    if is_from_elsewhere(request) {
        return Some(plain(
            StatusCode::FORBIDDEN,
            "A page elsewhere may lead here, but not ask on its own. Open the address itself.\n",
        ));
    }
    if site.wants_token() && !shown(headers).is_some_and(|token| site.is_token(&token)) {
        let mut response =
            plain(StatusCode::UNAUTHORIZED, "This takes the token, as password or as bearer.\n");
        let ask = HeaderValue::from_static("Basic realm=\"Readout\", charset=\"UTF-8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
        return Some(response);
    }
    None
}

/// Whether a page elsewhere sent the request. A person who follows a link to a page does not count. The browser's own
/// header decides, which pages at other ports of this machine cannot change either.
fn is_from_elsewhere(request: &Request) -> bool {
    let headers = request.headers();
    if !matches!(text(headers, "sec-fetch-site"), Some("cross-site" | "same-site")) {
        return false;
    }
    let leads = text(headers, "sec-fetch-mode") == Some("navigate")
        && text(headers, "sec-fetch-dest") == Some("document")
        && matches!(*request.method(), Method::GET | Method::HEAD)
        && !request.uri().path().starts_with("/api/");
    !leads
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Returns the name by which the server was called; `None` where there is none, or more than one.
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::HOST).iter();
    let (first, second) = (all.next()?, all.next());
    second.is_none().then(|| first.to_str().ok()).flatten()
}

/// Whether `host` (a name or address, and perhaps a port) is one of ours. Digits are nobody's name, so that no page
/// elsewhere can have them.
fn is_ours(host: &str, names: &[String]) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        return rest
            .split_once(']')
            .is_some_and(|(it, port)| it.parse::<Ipv6Addr>().is_ok() && is_port(port));
    }
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let name = name.to_ascii_lowercase();
    is_port(port) && (name == "localhost" || name.parse::<IpAddr>().is_ok() || names.contains(&name))
}

fn is_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|it| it.parse::<u16>().is_ok())
}

/// Returns the token that a client shows: `Bearer TOKEN`, or the password that a browser asked for.
fn shown(headers: &HeaderMap) -> Option<String> {
    let (scheme, value) = text(headers, header::AUTHORIZATION)?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(value.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(base64(value.trim())?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

/// Decodes `text` from base 64 (RFC 4648, with or without padding).
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

/// Whether a form was sent from a page of this very server: by the browser's own word, by a cookie that other sites
/// cannot send, and by a seal in the form that other sites cannot read.
pub(crate) fn is_own_form(site: &Site, headers: &HeaderMap, sealed: Option<&str>) -> bool {
    if text(headers, "sec-fetch-site").is_some_and(|it| it != "same-origin") {
        return false;
    }
    // A browser that tells no referrer tells the origin of a form as `null`; then the others decide.
    let origin = text(headers, header::ORIGIN).filter(|it| *it != "null");
    let called = host(headers).unwrap_or_default();
    let is_own = |it: &str| match it.split_once("://") {
        // Before this server another one may stand that speaks TLS.
        Some(("http" | "https", name)) => name == called,
        _ => false,
    };
    if origin.is_some_and(|it| !is_own(it)) {
        return false;
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut ours = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().strip_prefix("readout="));
    let cookie = ours.next().is_some_and(|it| site.is_seal("cookie", it));
    cookie && sealed.is_some_and(|it| site.is_seal("form", it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_names_are_answered() {
        let names = ["desk.example".to_owned()];
        for host in
            ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:80", "192.168.1.2", "desk.example:8080"]
        {
            assert!(is_ours(host, &names), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "localhost:",
            "127.0.0.1.evil.example",
            "[::1",
            "a:b:c",
            "[desk.example]",
        ] {
            assert!(!is_ours(host, &names), "{host}");
        }
    }

    #[test]
    fn tokens_are_read_from_both_schemes() {
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            headers
        };
        assert_eq!(shown(&headers("Bearer abc")).as_deref(), Some("abc"));
        assert_eq!(shown(&headers("Basic bWU6YTpi")).as_deref(), Some("a:b"));
        assert_eq!(shown(&headers("Basic bWU6YQ==")).as_deref(), Some("a"));
        for wrong in ["Basic %%", "Basic bWU", "Digest x", "abc"] {
            assert_eq!(shown(&headers(wrong)), None, "{wrong}");
        }
    }
}
