//! Where sources may be. A name or a redirect could lead to what only this machine can reach, so each address is looked at when
//! it is connected to.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// What the operator allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Private addresses: 10.0.0.0/8 and the like.
    pub private: bool,
    /// Plain http to other machines than this one.
    pub http: bool,
}

/// Why a source may not be there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReachError {
    /// Not a URL with a host.
    #[error("is no https URL")]
    NoUrl,
    /// It names somebody.
    #[error("holds a name or password; send them with --authorization")]
    Credentials,
    /// Not encrypted.
    #[error("is not https; plain http goes to this machine only, or with --allow-http-sources")]
    Http,
    /// Not for everybody.
    #[error("is a private address; the operator may allow these with --allow-private-sources")]
    Private,
}

/// What one source may reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    reach: Reach,
    /// Whoever named this machine meant it; who is led to it did not.
    this_machine: bool,
}

/// Whether a source may be at this URL.
pub fn check_url(text: &str, reach: Reach) -> Result<Url, ReachError> {
    let url = Url::parse(text).map_err(|_| ReachError::NoUrl)?;
    Allowed::of(&url, reach).check(&url)?;
    Ok(url)
}

impl Allowed {
    pub(super) fn of(url: &Url, reach: Reach) -> Self {
        let host = url.host_str().unwrap_or_default();
        let this_machine = host == "localhost" || address(host).is_some_and(|address| address.is_loopback());
        Self { reach, this_machine }
    }

    pub(super) fn check(self, url: &Url) -> Result<(), ReachError> {
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(ReachError::NoUrl)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ReachError::Credentials);
        }
        let loopback = host == "localhost" || address(host).is_some_and(|address| address.is_loopback());
        match url.scheme() {
            "https" => {}
            "http" if self.reach.http || loopback && self.this_machine => {}
            "http" => return Err(ReachError::Http),
            _ => return Err(ReachError::NoUrl),
        }
        match address(host) {
            Some(address) if !self.covers(address) => Err(ReachError::Private),
            _ => Ok(()),
        }
    }

    fn covers(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.reach.private || self.this_machine && address.is_loopback()
    }
}

/// Of a host that is one; IPv6 stands between brackets.
fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Names are looked up by the system; of the addresses those that are not allowed are left out.
impl Resolve for Allowed {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = *self;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let kept: Vec<SocketAddr> =
                found.into_iter().filter(|found| allowed.covers(found.ip())).collect();
            if kept.is_empty() {
                return Err(io::Error::other(ReachError::Private).into());
            }
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

impl Allowed {
    pub(super) fn resolver(self) -> Arc<Self> {
        Arc::new(self)
    }
}

/// Whether an address is one that anybody may reach, by IANA's registries of special-purpose addresses.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    !(v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && matches!(b, 18 | 19))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99))
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let within = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match v6.segments() {
        // What is translated to IPv4 is judged by that.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => within(high, low),
        // 2001::/23 are protocols, 2001:db8::/32 and 3fff::/20 documentation.
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x3fff, second, ..] => second >= 0x1000,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses() {
        for text in
            ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "2a01::1", "192.88.98.1"]
        {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:db8::1",
            "2001::1",
            "64:ff9b:1::1",
            "fec0::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn urls() {
        let none = Reach::default();
        let check = |text: &str, reach| check_url(text, reach).map(drop);
        assert_eq!(check("https://erp.example/stock.csv?day=1", none), Ok(()));
        for (text, error) in [
            ("stock.csv", ReachError::NoUrl),
            ("file:///etc/passwd", ReachError::NoUrl),
            ("ftp://erp.example/", ReachError::NoUrl),
            ("https://me:secret@erp.example/", ReachError::Credentials),
            ("http://erp.example/", ReachError::Http),
            ("https://10.0.0.1/", ReachError::Private),
            ("https://[fd00::1]/", ReachError::Private),
            ("https://[::ffff:10.0.0.1]/", ReachError::Private),
            ("https://0x7f.1/", ReachError::Private),
            ("https://2130706433/x", ReachError::Private),
            ("https://169.254.169.254/latest", ReachError::Private),
        ] {
            // Whoever writes this machine's own address in some other way means it as well.
            let found = check(text, none);
            let this_machine = text.contains("0x7f") || text.contains("2130706433");
            assert_eq!(found, if this_machine { Ok(()) } else { Err(error) }, "{text}");
        }
        assert_eq!(check("http://127.0.0.1:8080/x", none), Ok(()));
        assert_eq!(check("http://localhost/x", none), Ok(()));
        assert_eq!(check("http://erp.example/", Reach { http: true, ..none }), Ok(()));
        assert_eq!(check("https://10.0.0.1/", Reach { private: true, ..none }), Ok(()));
        assert_eq!(check("http://10.0.0.1/", Reach { private: true, ..none }), Err(ReachError::Http));
        // Whoever is led here was not meant to come.
        let outside = Allowed::of(&Url::parse("https://erp.example").unwrap(), none);
        assert_eq!(outside.check(&Url::parse("https://127.0.0.1/").unwrap()), Err(ReachError::Private));
        assert_eq!(outside.check(&Url::parse("http://localhost/").unwrap()), Err(ReachError::Http));
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine() {
        let url = |text| Url::parse(text).unwrap();
        let outside = Allowed::of(&url("https://erp.example"), Reach::default());
        let refused = outside.resolve("localhost".parse().unwrap()).await.map(drop).unwrap_err();
        assert!(refused.to_string().contains("private address"), "{refused}");
        let meant = Allowed::of(&url("http://localhost"), Reach::default());
        assert!(meant.resolve("localhost".parse().unwrap()).await.unwrap().count() > 0);
    }
}
