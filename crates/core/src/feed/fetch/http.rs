//! A feed on a server.

use std::time::{Duration, Instant};

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect};
use tokio::time::timeout;
use url::Url;

use super::resolve::{PrivateName, Public};
use crate::feed::limits::{Patience, REDIRECTS};
use crate::feed::source::{Answer, FetchError, Source, Traffic};
use crate::feed::stage::Part;

/// How often a pack that broke off is continued at the same address.
const CONTINUED: u32 = 3;

/// A server that holds the tree of a feed.
#[derive(Debug)]
pub struct Http {
    base: Url,
    client: Client,
    patience: Patience,
    traffic: Traffic,
}

/// A redirect that is not followed.
#[derive(Debug, thiserror::Error)]
#[error("leads to {0}")]
struct Elsewhere(String);

impl Http {
    /// Speaks to the server at `base`, whose path ends with a slash. `local` allows an address without encryption
    /// and one inside the local network.
    ///
    /// # Errors
    /// [`FetchError::Private`] when the address needs to be allowed, [`FetchError::Insecure`] when this machine has
    /// no certificates to begin with.
    pub fn new(base: Url, local: bool, patience: Patience) -> Result<Self, FetchError> {
        if !local && crate::feed::source::Address::Web(base.clone()).is_local() {
            return Err(FetchError::Private(base.to_string()));
        }
        let mut builder = Client::builder()
            .user_agent(concat!("scenario-atlas/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers())
            .redirect(same_host())
            .referer(false)
            .no_proxy()
            .https_only(base.scheme() == "https")
            .connect_timeout(patience.connect);
        if !local {
            builder = builder.dns_resolver(Public);
        }
        let client = builder
            .build()
            .map_err(|error| FetchError::Insecure(chain(&error)))?;
        Ok(Self {
            base,
            client,
            patience,
            traffic: Traffic::default(),
        })
    }

    /// Asks for a file; the answer's head is checked.
    async fn ask(&self, path: &str, from: u64) -> Result<Response, FetchError> {
        let url = self
            .base
            .join(path)
            .map_err(|error| FetchError::Unreachable(error.to_string()))?;
        let mut request = self.client.get(url);
        if from > 0 {
            request = request.header(header::RANGE, format!("bytes={from}-"));
        }
        self.traffic.asked();
        let response = timeout(self.patience.connect + self.patience.idle, request.send())
            .await
            .map_err(|_| FetchError::TooSlow)?
            .map_err(|error| failed(&error))?;
        if let Some(encoding) = response.headers().get(header::CONTENT_ENCODING)
            && encoding != "identity"
        {
            let encoding = String::from_utf8_lossy(encoding.as_bytes()).into_owned();
            return Err(FetchError::Encoded(encoding));
        }
        Ok(response)
    }

    async fn small(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, FetchError> {
        let mut response = self.ask(path, 0).await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
            _ => return Err(status(&response)),
        }
        if response.content_length().is_some_and(|length| length > max) {
            return Err(FetchError::TooLarge(max));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = self.piece(&mut response).await? {
            if (bytes.len() + piece.len()) as u64 > max {
                return Err(FetchError::TooLarge(max));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// The next piece of a body.
    async fn piece(&self, response: &mut Response) -> Result<Option<Vec<u8>>, FetchError> {
        let piece = timeout(self.patience.idle, response.chunk())
            .await
            .map_err(|_| FetchError::TooSlow)?
            .map_err(|error| broke_off(&error))?;
        if let Some(piece) = &piece {
            self.traffic.received(piece.len());
        }
        Ok(piece.map(Into::into))
    }

    async fn whole(&self, path: &str, part: &mut Part) -> Result<(), FetchError> {
        let began = Instant::now();
        let mut continued = 0;
        loop {
            match self.more(path, part, began).await {
                Ok(()) => return Ok(()),
                // What came is kept; the next request asks for the rest.
                Err(FetchError::Interrupted(_)) if continued < CONTINUED => continued += 1,
                Err(error) => return Err(error),
            }
        }
    }

    async fn more(&self, path: &str, part: &mut Part, began: Instant) -> Result<(), FetchError> {
        let mut response = self.ask(path, part.len()).await?;
        match response.status() {
            StatusCode::PARTIAL_CONTENT if continues(&response, part) => {}
            // A server that does not continue, or continues something else, begins again.
            StatusCode::OK => part.restart()?,
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                part.restart()?;
                response = self.ask(path, 0).await?;
                if response.status() != StatusCode::OK {
                    return Err(status(&response));
                }
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                return Err(FetchError::Missing(path.to_owned()));
            }
            _ => return Err(status(&response)),
        }
        let (start, had) = (Instant::now(), part.len());
        while let Some(piece) = self.piece(&mut response).await? {
            part.write(&piece)?;
            if began.elapsed() > self.patience.pack || self.crawls(part.len() - had, start) {
                return Err(FetchError::TooSlow);
            }
        }
        if part.is_whole() {
            Ok(())
        } else {
            Err(FetchError::Interrupted("ended early".to_owned()))
        }
    }

    fn crawls(&self, bytes: u64, start: Instant) -> bool {
        let spent = start.elapsed();
        spent > self.patience.grace && bytes < self.patience.rate * spent.as_secs()
    }
}

impl Source for Http {
    fn get<'a>(&'a self, path: &'a str, max: u64) -> Answer<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            timeout(self.patience.metadata, self.small(path, max))
                .await
                .unwrap_or(Err(FetchError::TooSlow))
        })
    }

    fn pack<'a>(&'a self, path: &'a str, part: &'a mut Part) -> Answer<'a, ()> {
        Box::pin(async move {
            // A stalled server is caught by the idle limit, this one catches all else.
            let limit = self.patience.pack + Duration::from_secs(1);
            timeout(limit, self.whole(path, part))
                .await
                .unwrap_or(Err(FetchError::TooSlow))
        })
    }

    fn traffic(&self) -> &Traffic {
        &self.traffic
    }
}

fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::ACCEPT_ENCODING,
        HeaderValue::from_static("identity"),
    );
    headers
}

/// Follows on the same host, port and scheme; whatever else the server says is its own business.
fn same_host() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let first = attempt.previous().first();
        let stays = first.is_some_and(|first| first.origin() == attempt.url().origin());
        if stays && attempt.previous().len() <= REDIRECTS {
            attempt.follow()
        } else {
            let to = attempt.url().to_string();
            attempt.error(Elsewhere(to))
        }
    })
}

/// Whether a partial answer begins where the part ends, and is of a file of the same length.
fn continues(response: &Response, part: &Part) -> bool {
    let expected = format!("bytes {}-{}/{}", part.len(), part.size() - 1, part.size());
    response
        .headers()
        .get(header::CONTENT_RANGE)
        .is_some_and(|range| range.as_bytes() == expected.as_bytes())
}

fn status(response: &Response) -> FetchError {
    // A place that is no web address at all is not even tried.
    if response.status().is_redirection()
        && let Some(to) = response.headers().get(header::LOCATION)
    {
        return FetchError::Redirected(String::from_utf8_lossy(to.as_bytes()).into_owned());
    }
    let after = response.headers().get(header::RETRY_AFTER);
    FetchError::Status {
        status: response.status().as_u16(),
        retry_after: after.and_then(|value| value.to_str().ok()?.trim().parse().ok()),
    }
}

fn cause<'a, T: std::error::Error + 'static>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}

fn failed(error: &reqwest::Error) -> FetchError {
    if let Some(Elsewhere(to)) = cause(error) {
        return FetchError::Redirected(to.clone());
    }
    if let Some(PrivateName(name)) = cause(error) {
        return FetchError::Private(name.clone());
    }
    let text = chain(error);
    if error.is_timeout() {
        FetchError::TooSlow
    } else if error.is_redirect() {
        FetchError::Redirected(text)
    } else if ["certificate", "tls", "handshake", "UnknownIssuer"]
        .iter()
        .any(|word| text.contains(word))
    {
        FetchError::Insecure(text)
    } else if error.is_connect() {
        FetchError::Unreachable(text)
    } else {
        FetchError::Interrupted(text)
    }
}

fn broke_off(error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        FetchError::TooSlow
    } else {
        FetchError::Interrupted(chain(error))
    }
}
