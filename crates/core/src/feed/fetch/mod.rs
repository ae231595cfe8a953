//! The network: the only module that talks to it. HTTP, and as little of it as a static file server speaks.
//!
//! Asked for are plain bytes: no cookies, no credentials, no referrer, no proxy, nothing about the user. Redirects
//! lead at most three hops, on the same host. A name that leads into the local network is refused at the moment of
//! connecting, unless the user allowed the address; checking earlier would leave a gap. Tests need no internet: an
//! address on this machine is an address like any other, once allowed.

mod http;
mod resolve;

pub use http::Http;
