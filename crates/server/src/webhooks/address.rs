//! Where webhooks may go: a network's own address must not make this server ask what only it can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};
use tokio::net::lookup_host;

/// Refuses an address that no webhook can be sent to, and says why.
pub(crate) fn checked(url: &str, private_too: bool) -> Result<Url, &'static str> {
    let url: Url = url.parse().map_err(|_| "is not an address such as https://shop.example/hooks")?;
    let is_scheme = url.scheme() == "https" || (private_too && url.scheme() == "http");
    if !is_scheme {
        return Err("has to begin with https://, since what is sent is personal");
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("has to be without a name, a password and a part after #");
    }
    // A name is looked at when it is looked up, each time anew.
    let literal = match url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']')) {
        None | Some("") => return Err("has to name a host"),
        Some(host) => host.parse::<IpAddr>().ok(),
    };
    if literal.is_some_and(|address| !private_too && !is_public(address)) {
        return Err("is an address of a private network");
    }
    Ok(url)
}

/// Looks names up, and leaves out what is not of the public internet.
pub(super) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            let public: Vec<_> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("leads to a private network".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is of the public internet, by the IANA registries of special-purpose addresses.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let is_special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        // Shared by a provider's customers, protocol assignments, the old 6to4 relays, measurements.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !is_special
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let segments = v6.segments();
    let last = || {
        let [a, b, c, d] = [segments[6].to_be_bytes(), segments[7].to_be_bytes()].concat()[..] else {
            return Ipv4Addr::UNSPECIFIED;
        };
        Ipv4Addr::new(a, b, c, d)
    };
    match segments {
        // An IPv4 address by another name: mapped, and translated.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(last()),
        // Of what is given out so far, without documentation, tunnels and protocol assignments.
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x2002 | 0x3fff, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_in_every_spelling() {
        for private in [
            "http://shop.example/",
            "ftp://shop.example/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://10.0.0.8/",
            "https://172.31.255.255/",
            "https://192.168.1.1:8443/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[fc00::1]/",
            "https://[fe80::1]/",
            "https://[2001:db8::1]/",
            "https://[2002:7f00:1::]/",
            "https://me:secret@shop.example/",
            "https://shop.example/#part",
            "shop.example",
            "https://",
        ] {
            assert!(checked(private, false).is_err(), "{private}");
        }
        for public in [
            "https://shop.example/hooks?x=1",
            "https://93.184.215.14/",
            "https://[2606:2800:21f::1]:8443/",
            "https://[2001:4860:4860::8888]/",
        ] {
            assert!(checked(public, false).is_ok(), "{public}");
        }
        assert!(checked("http://127.0.0.1:9/", true).is_ok());
        assert!(checked("file:///etc/passwd", true).is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside() {
        assert!(PublicOnly.resolve("localhost".parse().unwrap()).await.is_err());
    }
}
