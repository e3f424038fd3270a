//! Who is asking, for the purpose of sharing the service out: an address, not a person.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use poem::Request;
use poem::http::HeaderMap;

use super::settings::Network;

/// What the rate limit counts by: an IPv4 address, or the /64 that a subscriber's IPv6 addresses share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientKey(IpAddr);

impl ClientKey {
    /// As text.
    pub(crate) fn address(self) -> String {
        self.0.to_string()
    }
}

/// The client of a request. `X-Forwarded-For` counts only as far as trusted proxies wrote it: read from
/// the right, the first address that is not a trusted proxy's is the client's.
pub(crate) fn key(request: &Request, trusted: &[Network]) -> ClientKey {
    // A Unix socket has no address; whoever may open it is one client.
    let peer = request
        .remote_addr()
        .as_socket_addr()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), SocketAddr::ip);
    from_chain(peer, request.headers(), trusted)
}

fn from_chain(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> ClientKey {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer;
    if is_trusted(peer) {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim);
        for hop in forwarded.rev() {
            let Ok(address) = hop.parse::<IpAddr>() else {
                break;
            };
            client = address;
            if !is_trusted(address) {
                break;
            }
        }
    }
    ClientKey(match client.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(
            address.to_bits() & !u128::from(u64::MAX),
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(peer: &str, forwarded: &[&'static str], expected: &str) {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        assert_eq!(
            from_chain(peer.parse().unwrap(), &headers, &trusted),
            ClientKey(expected.parse().unwrap()),
            "{peer} {forwarded:?}"
        );
    }

    #[test]
    fn a_stranger_cannot_say_who_it_is() {
        check("192.0.2.1", &["198.51.100.9"], "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_says_who_it_serves() {
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.9"], "198.51.100.9");
        check("::1", &["198.51.100.9, 10.0.0.2"], "198.51.100.9");
        check(
            "10.0.0.1",
            &["203.0.113.5, 198.51.100.9", "10.0.0.2"],
            "198.51.100.9",
        );
        check("10.0.0.1", &["198.51.100.9, nonsense"], "10.0.0.1");
    }

    #[test]
    fn the_addresses_of_one_ipv6_subscriber_are_one_client() {
        check("2001:db8:1:2:3:4:5:6", &[], "2001:db8:1:2::");
        check("::ffff:192.0.2.1", &[], "192.0.2.1");
    }
}
