//! Answers that a browser may keep: `ETag`, `Cache-Control`, 304.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use xxhash_rust::xxh3::xxh3_128;

/// Bytes with the tag that stands for them.
#[derive(Clone, Debug)]
pub(crate) struct Tagged {
    pub(crate) body: Bytes,
    tag: HeaderValue,
}

impl Tagged {
    pub(crate) fn new(body: impl Into<Bytes>) -> Self {
        let body = body.into();
        Self { tag: tag(&body), body }
    }

    /// With a tag that stands for a part of it only: what is else may change without being worth sending.
    pub(crate) fn of(body: impl Into<Bytes>, part: &[u8]) -> Self {
        Self { body: body.into(), tag: tag(part) }
    }

    /// 200 with the bytes, or 304 when the client has them already.
    pub(crate) fn respond(
        &self,
        request: &HeaderMap,
        content_type: &'static str,
        cache_control: &'static str,
    ) -> Response {
        let unchanged = request.get_all(header::IF_NONE_MATCH).iter().any(|value| self.matches(value));
        let mut response = if unchanged {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            let mut response = Response::new(Body::from(self.body.clone()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
        response
    }

    /// RFC 9110, 13.1.2: any of the tags listed, compared weakly.
    fn matches(&self, value: &HeaderValue) -> bool {
        let (Ok(value), Ok(tag)) = (value.to_str(), self.tag.to_str()) else { return false };
        let opaque = tag.trim_start_matches("W/");
        value.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == opaque)
    }
}

fn tag(bytes: &[u8]) -> HeaderValue {
    let mut text = *b"W/\"00000000000000000000000000000000\"";
    for (i, byte) in xxh3_128(bytes).to_be_bytes().into_iter().enumerate() {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        text[3 + 2 * i] = HEX[usize::from(byte >> 4)];
        text[4 + 2 * i] = HEX[usize::from(byte & 15)];
    }
    // Weak, since the same tag stands for the compressed forms too.
    HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("W/\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        let tagged = Tagged::new("a");
        let tag = tagged.tag.to_str().unwrap().to_owned();
        let strong = tag.trim_start_matches("W/").to_owned();
        let is = |text: &str| tagged.matches(&HeaderValue::from_str(text).unwrap());
        assert!(is(&tag) && is(&strong) && is("*") && is(&format!("\"x\", {tag}")));
        assert!(!is("\"x\"") && !is(""));
        assert_ne!(Tagged::new("b").tag, tagged.tag);
    }
}
