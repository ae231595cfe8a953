//! Where a feed is read from: a server, a folder, a bundle. All three hold the same tree of files.
//!
//! A source is asked for paths that the product computes, never for names that somebody sent, and nothing that
//! it answers is trusted. "Not there" is an answer; everything else that goes wrong is a [`FetchError`].

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use url::{Host, Url};

use super::stage::Part;

/// Why something could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No network, no such host, connection refused.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke off.
    #[error("broke off: {0}")]
    Interrupted(String),
    /// Too slow, by one of the limits.
    #[error("too slow")]
    TooSlow,
    /// The server refused; with the seconds after which it wants to be asked again.
    #[error("server answered {status}")]
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds to wait, if the server said so.
        retry_after: Option<u32>,
    },
    /// The encrypted connection could not be set up.
    #[error("no secure connection: {0}")]
    Insecure(String),
    /// A redirect that is not followed.
    #[error("leads elsewhere: {0}")]
    Redirected(String),
    /// The server changed the bytes on the way.
    #[error("content encoding {0}")]
    Encoded(String),
    /// The name leads into the local network.
    #[error("{0} is inside the local network")]
    Private(String),
    /// Larger than allowed or announced.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// A pack that is not there.
    #[error("missing: {0}")]
    Missing(String),
    /// A pack that is not what its name says.
    #[error("not what was announced: {0}")]
    Mismatch(String),
    /// A file or bundle that cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The staging folder cannot be written.
    #[error("staging {}", .0.display())]
    Staging(PathBuf, #[source] std::io::Error),
}

/// An answer that is on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, FetchError>> + Send + 'a>>;

/// Something that holds the tree of a feed.
pub trait Source: Send + Sync {
    /// Reads a small file of at most `max` bytes; `None` when it is not there.
    fn get<'a>(&'a self, path: &'a str, max: u64) -> Answer<'a, Option<Vec<u8>>>;

    /// Appends what is missing of a pack.
    fn pack<'a>(&'a self, path: &'a str, part: &'a mut Part) -> Answer<'a, ()>;

    /// What was asked and received so far.
    fn traffic(&self) -> &Traffic;
}

/// Requests made and bytes received.
#[derive(Debug, Default)]
pub struct Traffic {
    requests: AtomicU32,
    received: AtomicU64,
}

impl Traffic {
    /// Counts a request.
    pub fn asked(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts bytes.
    pub fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Requests and bytes.
    pub fn total(&self) -> (u32, u64) {
        (
            self.requests.load(Ordering::Relaxed),
            self.received.load(Ordering::Relaxed),
        )
    }
}

/// Where a feed lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// On a server; the address ends with a slash.
    Web(Url),
    /// In a folder.
    Folder(PathBuf),
    /// In a bundle.
    Bundle(PathBuf),
}

/// The text is no address of a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no https address, folder or bundle")]
pub struct AddressError(pub String);

impl Address {
    /// Reads an address: `https://…`, `http://…`, an absolute folder, or an absolute path of a bundle.
    ///
    /// # Errors
    /// [`AddressError`] for anything else, addresses with a user, query or fragment among it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let error = || AddressError(text.to_owned());
        let path = PathBuf::from(text);
        if path.is_absolute() {
            return Ok(if path.is_dir() {
                Self::Folder(path)
            } else {
                Self::Bundle(path)
            });
        }
        let mut url = Url::parse(text.trim()).map_err(|_| error())?;
        let plain = matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !plain {
            return Err(error());
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self::Web(url))
    }

    /// Whether it is without encryption or names a place inside the local network, so that the user has to allow it.
    pub fn is_local(&self) -> bool {
        let Self::Web(url) = self else {
            return false;
        };
        let private = match url.host() {
            Some(Host::Ipv4(ip)) => !is_public(ip.into()),
            Some(Host::Ipv6(ip)) => !is_public(ip.into()),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => true,
        };
        url.scheme() != "https" || private
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Web(url) => f.write_str(url.as_str()),
            Self::Folder(path) | Self::Bundle(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Whether an address is one of the public internet. What is special in any way is not.
pub fn is_public(ip: std::net::IpAddr) -> bool {
    use std::net::{IpAddr, Ipv4Addr};
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_multicast()
                || ip.is_broadcast()
                || ip.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(ip) => {
            let parts = ip.segments();
            let embedded = |high: u16, low: u16| {
                is_public(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)).into())
            };
            if let Some(mapped) = ip.to_ipv4_mapped() {
                return is_public(mapped.into());
            }
            match parts[0] {
                // Only 2000::/3 is handed out; in it 6to4 carries an old address, and 2001:db8:: is for examples.
                0x2002 => embedded(parts[1], parts[2]),
                0x2001 if parts[1] == 0xdb8 || parts[1] < 0x200 => false,
                0x2000..=0x3fff => true,
                0x64 if parts[1] == 0xff9b => embedded(parts[6], parts[7]),
                _ => false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_anything_else_is_refused() {
        let web = |text: &str| Address::parse(text).map(|address| address.to_string());
        assert_eq!(
            web("https://example.org/a").as_deref(),
            Ok("https://example.org/a/")
        );
        for bad in [
            "",
            "example.org",
            "ftp://example.org/",
            "file:///etc",
            "javascript:alert(1)",
            "data:text/plain,x",
            "https://user@example.org/",
            "https://example.org/?a",
            "https://example.org/#a",
            "relative/folder",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn whatever_is_not_public_needs_permission() {
        for local in [
            "http://example.org/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://10.1.2.3/",
            "https://192.168.1.1/",
            "https://169.254.169.254/",
            "https://[::1]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://0.0.0.0/",
            "https://[::ffff:10.0.0.1]/",
            "https://[2002:0a00:0001::]/",
            "https://[64:ff9b::7f00:1]/",
            "https://100.64.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
        ] {
            assert!(Address::parse(local).unwrap().is_local(), "{local}");
        }
        for public in [
            "https://example.org/",
            "https://1.1.1.1/",
            "https://[2606:4700::1111]/",
        ] {
            assert!(!Address::parse(public).unwrap().is_local(), "{public}");
        }
    }
}
