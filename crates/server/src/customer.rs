//! Customers of the shop, who have signed in there: their ids, signed by it with a secret of `devanture webhook add --customers`.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use devanture_domain::civil::UtcMs;
use devanture_storage::WebhookSecret;
use ring::hmac;

use crate::webhooks::signature::Doubt;

/// How long a signature is believed: pages are left open.
const LASTS_MS: UtcMs = 24 * 3_600_000;
/// How far ahead the shop's clock may be.
const AHEAD_MS: UtcMs = 5 * 60_000;
/// The longest id.
const MAX_ID: usize = 128;

/// The id that `<id>.<unix seconds>.<base64url HMAC-SHA256>` is of, if one of the secrets has signed it of late. The signature is over all
/// before its dot.
pub(crate) fn customer<'a>(secrets: &[WebhookSecret], text: &'a str, now: UtcMs) -> Result<&'a str, Doubt> {
    let (signed, tag) = text.rsplit_once('.').ok_or(Doubt::Malformed)?;
    // An id may be a mail address.
    let (id, seconds) = signed.rsplit_once('.').ok_or(Doubt::Malformed)?;
    let is_id = (1..=MAX_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    let signed_at = seconds.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
    let signed_at = signed_at.filter(|_| is_id).ok_or(Doubt::Malformed)?;
    let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).map_err(|_| Doubt::Malformed)?;
    // Several while the shop changes its secret. Each is compared in constant time.
    let is_theirs = secrets.iter().any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.key());
        hmac::verify(&key, signed.as_bytes(), &tag).is_ok()
    });
    if !is_theirs {
        return Err(Doubt::Forged);
    }
    if !(signed_at.saturating_sub(AHEAD_MS)..=signed_at.saturating_add(LASTS_MS)).contains(&now) {
        return Err(Doubt::Late);
    }
    Ok(id)
}

/// What the shop's server writes into its page.
#[cfg(test)]
pub(crate) fn sign(secret: &WebhookSecret, id: &str, seconds: i64) -> String {
    let signed = format!("{id}.{seconds}");
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.key()), signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: i64 = 1_795_255_200;
    const NOW: UtcMs = SECONDS * 1000;

    fn secret(number: u8) -> WebhookSecret {
        WebhookSecret::from_random([number; 32])
    }

    /// By OpenSSL: `printf zoe@example.com.1795255200 | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…`.
    #[test]
    fn as_others_sign() {
        let others = "zoe@example.com.1795255200.EeKvU4rsRMzpNoqDTHP7l8EMsXYNXSVVsGAvwaMxvzM";
        assert_eq!(sign(&secret(7), "zoe@example.com", SECONDS), others);
    }

    #[test]
    fn believed_only_with_the_secret_and_in_time() {
        let good = sign(&secret(7), "c.1", SECONDS);
        let secrets = [secret(6), secret(7)];
        for apart in [-300_000, 0, 86_400_000] {
            assert_eq!(customer(&secrets, &good, NOW + apart), Ok("c.1"));
        }
        for apart in [-300_001, 86_400_001] {
            assert_eq!(customer(&secrets, &good, NOW + apart), Err(Doubt::Late));
        }
        let tag = good.rsplit_once('.').unwrap().1;
        for forged in
            [format!("c.2.{SECONDS}.{tag}"), format!("c.1.{}.{tag}", SECONDS + 1), format!("c.1.{SECONDS}.")]
        {
            assert_eq!(customer(&secrets, &forged, NOW), Err(Doubt::Forged), "{forged}");
        }
        assert_eq!(customer(&secrets[..1], &good, NOW), Err(Doubt::Forged));
        assert_eq!(customer(&[], &good, NOW), Err(Doubt::Forged));
        let long = sign(&secret(7), &"c".repeat(129), SECONDS);
        let spaced = sign(&secret(7), "c 1", SECONDS);
        let far = format!("c.9223372036854775.{tag}");
        assert_eq!(customer(&secrets, &far, NOW), Err(Doubt::Forged));
        for bad in [
            "",
            "c",
            "c.1",
            &format!("c.now.{tag}"),
            &format!(".1.{tag}"),
            &format!("c.1.{tag}="),
            &long,
            &spaced,
        ] {
            assert_eq!(customer(&secrets, bad, NOW), Err(Doubt::Malformed), "{bad}");
        }
    }
}
