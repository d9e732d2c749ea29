//! How many requests a client may make, per site key and network address.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use axum::http::Method;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use xxhash_rust::xxh3::xxh3_64;

/// Limits per key and address; `None` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitConfig {
    /// Reads per second, of which ten seconds' worth may come at once.
    pub reads_per_second: Option<NonZeroU32>,
    /// Bookings and cancellations per hour, of which a quarter may come at once.
    pub writes_per_hour: Option<NonZeroU32>,
    /// Passwords tried per hour, of which a quarter may come at once. Per address only, and all of a head
    /// office has one.
    pub sign_ins_per_hour: Option<NonZeroU32>,
}

impl Default for LimitConfig {
    fn default() -> Self {
        Self {
            reads_per_second: NonZeroU32::new(50),
            writes_per_hour: NonZeroU32::new(60),
            sign_ins_per_hour: NonZeroU32::new(300),
        }
    }
}

/// What a client wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Read,
    Write,
    SignIn,
}

impl Class {
    /// What a storefront's request counts as.
    pub(crate) fn of(method: &Method) -> Self {
        if method.is_safe() { Self::Read } else { Self::Write }
    }
}

type Client = (u64, IpAddr);

/// Counts requests. Addresses are held in memory only, for as long as they matter.
#[derive(Debug)]
pub(crate) struct Limiter {
    reads: Option<DefaultKeyedRateLimiter<Client>>,
    writes: Option<DefaultKeyedRateLimiter<Client>>,
    sign_ins: Option<DefaultKeyedRateLimiter<Client>>,
}

impl Limiter {
    pub(crate) fn new(config: LimitConfig) -> Self {
        let reads = config.reads_per_second.map(|n| {
            let burst = n.saturating_mul(NonZeroU32::MIN.saturating_add(9));
            RateLimiter::keyed(Quota::per_second(n).allow_burst(burst))
        });
        let hourly = |n: NonZeroU32| {
            let burst = NonZeroU32::new(n.get() / 4).unwrap_or(NonZeroU32::MIN);
            RateLimiter::keyed(Quota::per_hour(n).allow_burst(burst))
        };
        let writes = config.writes_per_hour.map(hourly);
        let sign_ins = config.sign_ins_per_hour.map(hourly);
        Self { reads, writes, sign_ins }
    }

    /// Counts one request; refused, says for how long.
    pub(crate) fn check(&self, class: Class, key: &str, address: IpAddr) -> Result<(), Duration> {
        let limiter = match class {
            Class::Read => &self.reads,
            Class::Write => &self.writes,
            Class::SignIn => &self.sign_ins,
        };
        let Some(limiter) = limiter else { return Ok(()) };
        let client = (xxh3_64(key.as_bytes()), network(address));
        limiter
            .check_key(&client)
            .map_err(|no| no.wait_time_from(governor::clock::DefaultClock::default().now()))
    }

    /// Forgets clients that have been quiet.
    pub(crate) fn forget_idle(&self) {
        for limiter in [&self.reads, &self.writes, &self.sign_ins].into_iter().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// One IPv6 customer has a whole /64 to send from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_per_key_and_network() {
        let config = LimitConfig {
            reads_per_second: None,
            writes_per_hour: NonZeroU32::new(8),
            sign_ins_per_hour: NonZeroU32::new(4),
        };
        let limiter = Limiter::new(config);
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let write = |key: &str, address: &str| limiter.check(Class::Write, key, ip(address));
        assert!(write("a", "2001:db8::1").is_ok());
        assert!(write("a", "2001:db8::2").is_ok());
        let wait = write("a", "2001:db8::3").unwrap_err();
        assert!(wait > Duration::from_secs(400) && wait <= Duration::from_secs(450), "{wait:?}");
        assert!(write("b", "2001:db8::1").is_ok(), "another key");
        assert!(write("a", "2001:db8:0:1::1").is_ok(), "another network");
        assert!(limiter.check(Class::SignIn, "a", ip("2001:db8::1")).is_ok(), "counted apart");
        assert!(limiter.check(Class::SignIn, "a", ip("2001:db8::1")).is_err());
        assert!((0..1000).all(|_| limiter.check(Class::Read, "a", ip("10.0.0.1")).is_ok()));
    }
}
