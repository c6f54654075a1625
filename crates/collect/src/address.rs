//! Addresses: those of the web, and those of machines that anybody may reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The reason why an address is not asked.
pub(crate) const PRIVATE: &str = "leads to this machine or a private network";

/// Reads an address of the web. The error is the reason why it is not asked.
///
/// Marks within the page, behind `#`, are left out: they are not sent.
pub(crate) fn read(words: &str, private: bool) -> Result<Url, String> {
    let url = Url::parse(words.trim()).map_err(|error| format!("no address of the web ({error})"))?;
    check(url, private)
}

/// Returns the address that `words` mean on the page `from`. The error is the reason why it is not asked.
pub(crate) fn join(from: &Url, words: &str, private: bool) -> Result<Url, String> {
    let url = from.join(words.trim()).map_err(|error| format!("no address of the web ({error})"))?;
    check(url, private)
}

fn check(mut url: Url, private: bool) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("{}: is not asked, only http and https are", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a name or a password in it, which would be kept with the captures".to_owned());
    }
    url.set_fragment(None);
    let public = match url.host() {
        None => return Err("names no host".to_owned()),
        Some(Host::Ipv4(ip)) => is_public(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_public(IpAddr::V6(ip)),
        // Its addresses are checked when it is resolved.
        Some(Host::Domain(_)) => true,
    };
    if public || private { Ok(url) } else { Err(PRIVATE.to_owned()) }
}

/// Whether an address is one of the public network, by the registries of special-purpose addresses of IANA (RFC 6890).
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    match (a, b, c) {
        // This network, private, loopback, multicast and reserved.
        (0 | 10 | 127 | 224.., _, _) => false,
        // Carriers', link-local, private, benchmarks.
        (100, 64..128, _) | (169, 254, _) | (172, 16..32, _) | (192, 168, _) | (198, 18..20, _) => false,
        // Protocols, documentation, relays of 6to4.
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) => false,
        _ => true,
    }
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [a, b, c, d, e, f, g, h] = ip.segments();
    if [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0] {
        // An address of version 4 behind a translator (RFC 6052).
        let [[g1, g2], [h1, h2]] = [g.to_be_bytes(), h.to_be_bytes()];
        return is_public_v4(Ipv4Addr::new(g1, g2, h1, h2));
    }
    // Global unicast, without protocols and tunnels (2001::/23), documentation and 6to4.
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    (0x2000..0x4000).contains(&a) && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_told_from_the_public_one() {
        for ip in [
            "8.8.8.8",
            "100.128.0.1",
            "172.32.0.1",
            "2a00:1450:4001::1",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn what_is_no_public_address_of_the_web_is_refused() {
        for words in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "https://ann:secret@example.org/",
            "example.org",
            "",
        ] {
            assert!(read(words, false).is_err(), "{words}");
        }
        assert_eq!(read(" https://example.org/a?b#c ", false).unwrap().as_str(), "https://example.org/a?b");
        assert!(read("http://127.0.0.1/", true).is_ok());
        let from = read("https://example.org/feeds/all.xml", false).unwrap();
        assert_eq!(join(&from, "../a", false).unwrap().as_str(), "https://example.org/a");
        assert!(join(&from, "//10.0.0.1/", false).is_err());
    }
}
