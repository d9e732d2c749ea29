//! Signatures of Standard Webhooks, those that we make and those that we are sent.

use axum::http::HeaderMap;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use devanture_api::event::{ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use devanture_domain::civil::UtcMs;
use ring::hmac;

/// How far the sender's clock may be from ours, either way, and how long a request can be sent again by who overheard it.
const TOLERANCE_MS: UtcMs = 5 * 60_000;
const VERSION: &str = "v1,";

/// Why a request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// A header is missing or not of its form.
    Malformed,
    /// The timestamp is too far from now.
    Late,
    /// No signature is of this secret, id, time and body.
    Forged,
}

/// `v1,` and the signature.
pub(crate) fn sign(key: &[u8], id: &str, seconds: i64, body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &signed(id, &seconds.to_string(), body));
    format!("{VERSION}{}", BASE64_STANDARD.encode(tag))
}

/// Whether a request was made by who has the key, and of late.
pub(crate) fn verify(key: &[u8], headers: &HeaderMap, body: &[u8], now: UtcMs) -> Result<(), Doubt> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Doubt::Malformed);
    let (id, sent, signatures) = (header(ID_HEADER)?, header(TIMESTAMP_HEADER)?, header(SIGNATURE_HEADER)?);
    let sent_at = sent.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
    let sent_at = sent_at.filter(|_| !id.is_empty()).ok_or(Doubt::Malformed)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let signed = signed(id, sent, body);
    // Several where the sender changes its secret. Each is compared in constant time.
    let is_theirs = signatures
        .split(' ')
        .filter_map(|one| one.strip_prefix(VERSION))
        .any(|one| BASE64_STANDARD.decode(one).is_ok_and(|tag| hmac::verify(&key, &signed, &tag).is_ok()));
    if !is_theirs {
        return Err(Doubt::Forged);
    }
    if sent_at.abs_diff(now) > TOLERANCE_MS.unsigned_abs() {
        return Err(Doubt::Late);
    }
    Ok(())
}

fn signed(id: &str, seconds: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", seconds.as_bytes(), b".", body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const SECONDS: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn key() -> Vec<u8> {
        BASE64_STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
    }

    fn headers(id: &str, seconds: &str, signature: &str) -> HeaderMap {
        [(ID_HEADER, id), (TIMESTAMP_HEADER, seconds), (SIGNATURE_HEADER, signature)]
            .into_iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    /// The example that the reference libraries are tested with.
    #[test]
    fn as_others_sign() {
        assert_eq!(sign(&key(), ID, SECONDS, BODY), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn believed_only_with_the_secret_and_in_time() {
        let (good, now) = (sign(&key(), ID, SECONDS, BODY), SECONDS * 1000);
        let sent = SECONDS.to_string();
        let check = |headers: &HeaderMap, body: &[u8], now| verify(&key(), headers, body, now);
        let right = headers(ID, &sent, &good);
        for apart in [-300_000, 0, 300_000] {
            assert_eq!(check(&right, BODY, now + apart), Ok(()));
        }
        for apart in [-300_001, 300_001] {
            assert_eq!(check(&right, BODY, now + apart), Err(Doubt::Late));
        }
        let several = format!("v1a,AAAA v1,AAAA {good}");
        assert_eq!(check(&headers(ID, &sent, &several), BODY, now), Ok(()));
        for (headers, body) in [
            (headers("msg_other", &sent, &good), BODY),
            (headers(ID, &(SECONDS + 1).to_string(), &good), BODY),
            (right.clone(), &b"{}"[..]),
            (headers(ID, &sent, &good.replace("v1,", "v1a,")), BODY),
            (headers(ID, &sent, &sign(b"another secret", ID, SECONDS, BODY)), BODY),
            (headers(ID, &sent, "v1,"), BODY),
            (headers(ID, &sent, ""), BODY),
        ] {
            assert_eq!(check(&headers, body, now), Err(Doubt::Forged), "{headers:?}");
        }
        for bad in ["", "now", "99999999999999999999", "9223372036854775807"] {
            assert_eq!(check(&headers(ID, bad, &good), BODY, now), Err(Doubt::Malformed), "{bad}");
        }
        assert_eq!(check(&HeaderMap::new(), BODY, now), Err(Doubt::Malformed));
    }
}
