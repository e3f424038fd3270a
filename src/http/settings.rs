//! What an operator may set about the server. Limits of documents are fixed: `gate::limits`.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// Timeouts, sizes and the rate of one server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A connection on which no request has begun is closed after this. At most 30 s.
    pub idle_timeout: Duration,
    /// The head of a request must be whole this long after its first byte, or the connection is closed.
    pub header_timeout: Duration,
    /// A body must be whole this long after its head, or the request is refused.
    pub body_timeout: Duration,
    /// An operation that takes longer is given up and answered as unavailable.
    pub execution_timeout: Duration,
    /// An answer must begin this long after the head of its request, and go on being read by the client
    /// without a longer pause, or the connection is closed. Longer than the two above together.
    pub answer_timeout: Duration,
    /// After the signal to stop, clients that are connected are still answered for this long, each with
    /// the word to close the connection, so that none sends a request into a connection that is closed.
    pub drain: Duration,
    /// After draining, running requests may take this long to end.
    pub shutdown_timeout: Duration,
    /// Connections held at a time; more wait to be accepted.
    pub max_connections: usize,
    /// Operations under way at a time; more are refused with 503.
    pub max_in_flight: usize,
    /// Bytes of a file that is handed in.
    pub evidence_bytes: u64,
    /// The body of a file must be whole this long after its head; between two pieces of it no more may
    /// pass than [`Self::body_timeout`].
    pub upload_timeout: Duration,
    /// Files coming in at a time; more are refused with 503.
    pub max_uploads: usize,
    /// A socket whose client has not said by then who it is is closed.
    pub socket_init_timeout: Duration,
    /// How often a socket's client is asked whether it is there.
    pub socket_ping: Duration,
    /// Sockets open at a time, in all and of one client.
    pub max_sockets: usize,
    /// Of one client.
    pub max_sockets_per_client: usize,
    /// A socket on which its client has said nothing for so long, not even in answer to a ping, is closed.
    pub socket_idle: Duration,
    /// What one client may spend; `None` is no limit.
    pub rate: Option<Rate>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Do browsers reach this server by an encrypted connection, which a proxy ends? Cookies are for
    /// such only then, and wherever it listens on more than a loopback address.
    pub is_public_encrypted: bool,
}

/// A bucket of points and how quickly it fills again. What costs how much: docs/limits.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Points that an idle client has to spend.
    pub burst: NonZeroU32,
    /// Points that come back each second.
    pub per_second: NonZeroU32,
}

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// A text that is not a [`Network`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address range such as 10.0.0.0/8")]
pub struct InvalidNetwork(String);

impl Default for Settings {
    fn default() -> Self {
        Self {
            idle_timeout: Duration::from_secs(30),
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            execution_timeout: Duration::from_secs(10),
            answer_timeout: Duration::from_secs(30),
            drain: Duration::from_millis(500),
            shutdown_timeout: Duration::from_secs(4),
            // Below the 1,024 file descriptors that many systems give a process.
            max_connections: 768,
            max_in_flight: 64,
            evidence_bytes: domain::evidence::FILE_BYTES,
            upload_timeout: Duration::from_mins(2),
            max_uploads: 8,
            socket_init_timeout: Duration::from_secs(10),
            socket_ping: Duration::from_secs(15),
            max_sockets: 256,
            max_sockets_per_client: 20,
            socket_idle: Duration::from_secs(45),
            rate: Some(Rate::default()),
            trusted_proxies: Vec::new(),
            is_public_encrypted: false,
        }
    }
}

impl Default for Rate {
    fn default() -> Self {
        const BURST: NonZeroU32 = NonZeroU32::new(1_000).expect("not zero");
        const PER_SECOND: NonZeroU32 = NonZeroU32::new(50).expect("not zero");
        Self {
            burst: BURST,
            per_second: PER_SECOND,
        }
    }
}

impl Network {
    /// Is the address one of the range? An IPv4 address may come dressed as IPv6.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (ours, theirs) = (bits(self.address), bits(address));
        let width = if self.address.is_ipv4() { 32 } else { 128 };
        self.address.is_ipv4() == address.to_canonical().is_ipv4()
            && (self.prefix == 0 || (ours ^ theirs) >> (width - u32::from(self.prefix)) == 0)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let address = address.to_canonical();
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| invalid())?,
            None => width,
        };
        if prefix > width {
            return Err(invalid());
        }
        Ok(Self { address, prefix })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        for (network, address, expected) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("10.0.0.0/8", "::1", false),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("::/0", "2001:db9::1", true),
        ] {
            let network: Network = network.parse().unwrap();
            let address = address.parse().unwrap();
            assert_eq!(network.contains(address), expected, "{network:?} {address}");
        }
    }

    #[test]
    fn what_is_not_a_network_is_refused() {
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "::/129",
            "host",
            "10.0.0.0/",
        ] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
