//! The server's own public address: what its own pages are told apart by, and what cookies it may set.

use std::net::Ipv4Addr;

use axum::http::{HeaderMap, HeaderValue, header};
use devanture_api::routes::admin::{COOKIE, LOCAL_COOKIE};
use devanture_storage::{SESSION_ABSOLUTE_MS, SessionToken};

/// The public address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    /// As browsers send it: `https://api.shop.example`.
    origin: String,
    /// Whether cookies travel by https only: everywhere but on the developer's own machine.
    secure: bool,
}

/// Whether browsers keep the session's cookie of a server at this public address: it is reached by https, or
/// on this machine.
pub fn takes_sign_ins(public_url: &str) -> bool {
    let home = Home::of(public_url);
    !home.secure || home.origin.starts_with("https://")
}

impl Home {
    pub(crate) fn of(public_url: &str) -> Self {
        let url = public_url.trim().to_ascii_lowercase();
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url.as_str()));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // Browsers leave out the port that goes without saying.
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).unwrap_or(authority);
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        };
        let is_here = matches!(host, "localhost" | "[::1]")
            || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
        Self { origin: format!("{scheme}://{authority}"), secure: !(scheme == "http" && is_here) }
    }

    /// Whether a request that may change something comes from the server's own pages.
    ///
    /// Browsers say how the asking page stands to the server (`Sec-Fetch-Site`), and no page can make them
    /// say otherwise; where they do not, the page's `Origin` has to be ours. A request with neither is
    /// refused: every browser that sends our cookie sends one of them.
    pub(crate) fn is_asking(&self, headers: &HeaderMap) -> bool {
        match headers.get("sec-fetch-site") {
            Some(site) => site == "same-origin",
            None => headers.get(header::ORIGIN).is_some_and(|origin| *origin == self.origin.as_str()),
        }
    }

    /// The session's token that a browser has sent.
    pub(crate) fn session_token(&self, headers: &HeaderMap) -> Option<SessionToken> {
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        pairs
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(self.cookie_name())?.strip_prefix('='))
            .find_map(SessionToken::parse)
    }

    /// Hands a token to the browser; `None` takes it back.
    ///
    /// Strict costs nothing, since the console is a page without session that then asks from its own origin,
    /// and it keeps the cookie out of every request that another site causes, plain links included.
    pub(crate) fn set_cookie(&self, token: Option<&SessionToken>) -> HeaderValue {
        let name = self.cookie_name();
        let secure = if self.secure { "; Secure" } else { "" };
        let (value, age) = match token {
            Some(token) => (token.to_text(), SESSION_ABSOLUTE_MS / 1000),
            None => (String::new(), 0),
        };
        let text = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}");
        // Letters, digits and punctuation of ASCII throughout.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    fn cookie_name(&self) -> &'static str {
        if self.secure { COOKIE } else { LOCAL_COOKIE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_as_browsers_write_them() {
        for (url, origin, secure) in [
            ("https://API.shop.example:443/devanture", "https://api.shop.example", true),
            ("https://shop.example:8443", "https://shop.example:8443", true),
            ("http://127.0.0.1:4870", "http://127.0.0.1:4870", false),
            ("http://localhost:80", "http://localhost", false),
            ("http://[::1]:4870", "http://[::1]:4870", false),
            ("https://localhost", "https://localhost", true),
            // By plain http elsewhere the cookie is Secure too, and so never kept.
            ("http://shop.example", "http://shop.example", true),
            ("http://127.0.0.1.shop.example", "http://127.0.0.1.shop.example", true),
        ] {
            assert_eq!(Home::of(url), Home { origin: origin.to_owned(), secure }, "{url}");
        }
        assert!(takes_sign_ins("https://shop.example") && takes_sign_ins("http://localhost:1"));
        assert!(!takes_sign_ins("http://0.0.0.0:4870"));
    }

    #[test]
    fn cookies_come_back() {
        let token = SessionToken::from_random([7; 32]);
        for url in ["https://shop.example", "http://127.0.0.1:4870"] {
            let home = Home::of(url);
            let set = home.set_cookie(Some(&token));
            let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, HeaderValue::from_static("a=b; devanture_sessions=x"));
            assert_eq!(home.session_token(&headers), None);
            headers.append(header::COOKIE, HeaderValue::try_from(format!("c=d; {pair}")).unwrap());
            assert_eq!(home.session_token(&headers), Some(token.clone()), "{url}");
        }
    }
}
