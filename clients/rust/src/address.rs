//! Where the server is, and whether it is asked over TLS.

use std::net::IpAddr;

use http::Uri;
use tonic::Status;

const PORT: u16 = 50051;
const HTTPS_PORT: u16 = 443;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// `host:port`.
    pub(crate) authority: String,
    pub(crate) tls: bool,
}

impl Address {
    /// Reads `host`, `host:port`, `http://host:port` or `https://host:port`.
    ///
    /// Without a scheme it is TLS, unless the server is on this machine: a key should not travel in the clear because
    /// somebody forgot a letter.
    pub(crate) fn parse(text: &str) -> Result<Self, Status> {
        // It is not repeated: a password may be in it, and errors are logged.
        let not_one =
            || Status::invalid_argument("the address must be host:port, http://host:port or https://host:port");
        let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
        let uri: Uri = format!("http://{rest}").parse().map_err(|_| not_one())?;
        let (Some(host), "/", None) = (uri.host().filter(|host| !host.is_empty()), uri.path(), uri.query()) else {
            return Err(not_one());
        };
        // The parser of http takes more than an address, such as a user, or a port that is no number.
        let told = rest.strip_suffix('/').unwrap_or(rest);
        if told != host && uri.port_u16().is_none_or(|port| told != format!("{host}:{port}")) {
            return Err(not_one());
        }
        let (tls, port) = match scheme {
            Some("https") => (true, HTTPS_PORT),
            Some("http") => (false, PORT),
            None => (!is_loopback(host), PORT),
            Some(_) => return Err(not_one()),
        };
        Ok(Self { authority: format!("{host}:{}", uri.port_u16().unwrap_or(port)), tls })
    }
}

fn is_loopback(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_asked_in_plaintext_and_any_other_over_tls() {
        for (text, authority, tls) in [
            ("127.0.0.1:50061", "127.0.0.1:50061", false),
            ("localhost", "localhost:50051", false),
            ("[::1]:50061", "[::1]:50061", false),
            ("tako.example.org:443", "tako.example.org:443", true),
            ("tako.example.org", "tako.example.org:50051", true),
            ("127.0.0.1.example.org:443", "127.0.0.1.example.org:443", true),
            ("http://tako:50051", "tako:50051", false),
            ("https://127.0.0.1/", "127.0.0.1:443", true),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address, Address { authority: authority.to_owned(), tls }, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_an_error_that_says_how_one_looks() {
        for text in ["", ":50051", "ftp://x", "x:port", "https://", "x/path", "user@x:1", "x?y", "a b"] {
            let error = Address::parse(text).unwrap_err();
            assert!(error.message().contains("must be host:port"), "{text}: {error}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_repeated() {
        for text in ["me:hush@x:1", "https://me:hush@x", "http://me:hush @x", "ftp://me:hush@x", "x/?key=hush"] {
            let error = Address::parse(text).unwrap_err();
            assert!(!error.message().contains("hush"), "{text}: {error}");
        }
    }
}
