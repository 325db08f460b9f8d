//! How a client is made: address, keys, TLS, deadline.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use tonic::Status;
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint};

use crate::address::Address;
use crate::transport::Transport;
use crate::{Client, Error, VERSION};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A server that has vanished is noticed while a call waits for it.
const KEEPALIVE: Duration = Duration::from_secs(60);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(20);

/// Makes a [`Client`]. [`Client::builder`] begins one.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    address: String,
    timeout: Duration,
    api_key: Option<String>,
    admin_token: Option<String>,
    ca_certificate: Option<Vec<u8>>,
    tls: Option<bool>,
    user_agent: String,
}

impl ClientBuilder {
    pub(crate) fn new(address: String) -> Self {
        Self {
            address,
            timeout: DEFAULT_TIMEOUT,
            api_key: None,
            admin_token: None,
            ca_certificate: None,
            tls: None,
            user_agent: format!("tako-rust/{VERSION}"),
        }
    }

    /// The time that a call gets when its request has no timeout of its own. 30 seconds when it is not said.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// A key of the server, sent with every call.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The operator's token, sent with every call.
    pub fn admin_token(mut self, token: impl Into<String>) -> Self {
        self.admin_token = Some(token.into());
        self
    }

    /// Connects over TLS, whatever the address.
    pub fn tls(mut self) -> Self {
        self.tls = Some(true);
        self
    }

    /// Connects over TLS, and trusts the authority in this PEM instead of those of the system.
    pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_certificate = Some(pem.into());
        self.tls()
    }

    /// Connects without TLS, whatever the address. Keys and tokens can then be read on the way.
    pub fn plaintext(mut self) -> Self {
        self.tls = Some(false);
        self
    }

    /// The name of your program, put before that of this client.
    pub fn user_agent(mut self, name: &str) -> Self {
        self.user_agent = format!("{name} {}", self.user_agent);
        self
    }

    /// Connects. Fails when nobody listens there.
    ///
    /// # Errors
    /// INVALID_ARGUMENT for an address, key or PEM that is none, UNAVAILABLE when there is no connection.
    pub async fn connect(self) -> Result<Client, Error> {
        let endpoint = self.endpoint()?;
        let channel = endpoint.connect().await.map_err(crate::transport::status_of)?;
        Ok(Client::new(Transport::new(channel, self.identity()?, self.timeout)))
    }

    /// Makes the client now, and the connection with the first call. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// INVALID_ARGUMENT for an address, key or PEM that is none.
    pub fn connect_lazy(self) -> Result<Client, Error> {
        let channel = self.endpoint()?.connect_lazy();
        Ok(Client::new(Transport::new(channel, self.identity()?, self.timeout)))
    }

    fn endpoint(&self) -> Result<Endpoint, Status> {
        let Address { authority, tls } = Address::parse(&self.address)?;
        let tls = self.tls.unwrap_or(tls);
        let url = format!("{}://{authority}", if tls { "https" } else { "http" });
        let endpoint = Endpoint::from_shared(url)
            .and_then(|endpoint| endpoint.user_agent(self.user_agent.as_str()))
            .map_err(|error| Status::invalid_argument(format!("can't connect to {authority:?}: {}", chain(&error))))?
            .connect_timeout(CONNECT_TIMEOUT)
            .http2_keep_alive_interval(KEEPALIVE)
            .keep_alive_timeout(KEEPALIVE_TIMEOUT);
        if !tls {
            return Ok(endpoint);
        }
        let trusted = match &self.ca_certificate {
            // rustls would take it as no authority at all, and then trust nobody, without saying why.
            Some(pem) if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") => {
                return Err(Status::invalid_argument("the PEM of the authority has no certificate in it"));
            }
            Some(pem) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem)),
            None => ClientTlsConfig::new().with_native_roots(),
        };
        endpoint
            .tls_config(trusted)
            .map_err(|error| Status::invalid_argument(format!("TLS can't be set up: {}", chain(&error))))
    }

    /// What says with every call who is asking.
    fn identity(&self) -> Result<HeaderMap, Status> {
        let mut headers = HeaderMap::new();
        for (name, scheme, secret) in
            [("x-api-key", "", &self.api_key), ("authorization", "Bearer ", &self.admin_token)]
        {
            let Some(secret) = secret else {
                continue;
            };
            let sendable = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic());
            let header = sendable.then(|| HeaderValue::try_from(format!("{scheme}{secret}")).ok()).flatten();
            // Its text is not repeated: errors are logged.
            let refused =
                || Status::invalid_argument(format!("what is sent as {name} must be visible ASCII characters"));
            let mut value = header.ok_or_else(refused)?;
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(headers)
    }
}

/// Without key and token, and without the address: a password may be in that by mistake.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("timeout", &self.timeout)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// An error with what caused it: tonic's own text says "transport error", and no more.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let builder = Client::builder("me:hush@x:1").api_key("hush").admin_token("secret");
        let headers = builder.identity().unwrap();
        let shown = format!("{headers:?} {builder:?}");
        assert!(!shown.contains("hush") && !shown.contains("secret"), "{shown}");
        assert_eq!(headers["authorization"], "Bearer secret");
    }

    #[test]
    fn what_can_not_be_sent_is_an_error() {
        for key in ["two\nlines", "two words", "twö"] {
            let error = Client::builder("x:1").api_key(key).identity().unwrap_err();
            assert_eq!(error.code(), tonic::Code::InvalidArgument);
            assert!(error.message().contains("x-api-key") && !error.message().contains("tw"));
        }
    }
}
