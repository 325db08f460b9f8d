//! What a caller sees of a server that is not there, or does not answer.

use std::time::{Duration, Instant};

use tako_client::v1::BooksSearchRequest;
use tako_client::{Client, Error};
use tokio::net::TcpListener;
use tonic::{Code, Request};

async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

fn question(timeout: Option<Duration>) -> Request<BooksSearchRequest> {
    let mut request = Request::new(BooksSearchRequest { query: "dune".into(), ..Default::default() });
    if let Some(timeout) = timeout {
        request.set_timeout(timeout);
    }
    request
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unavailable_and_worth_another_try() {
    let error = Client::connect(nobody().await).await.unwrap_err();
    assert_eq!((error.code(), error.reason()), (Code::Unavailable, None));
    assert!(error.is_retryable());
    assert!(error.message().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_call_to_a_server_that_is_not_there_is_tried_again_before_it_fails() {
    let client = Client::builder(nobody().await).connect_lazy().unwrap();
    let begun = Instant::now();
    let error = Error::from(client.books().search(question(None)).await.unwrap_err());
    assert_eq!(error.code(), Code::Unavailable);
    // Two waits of 0.2 and 0.4 s, each a fifth shorter at most.
    assert!(begun.elapsed() >= Duration::from_millis(480), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn the_deadline_ends_a_call_that_gets_no_answer() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let patient = Client::builder(&address).connect().await.unwrap();
    let hasty = Client::builder(&address).timeout(Duration::from_millis(200)).connect().await.unwrap();
    for (client, timeout) in [(patient, Some(Duration::from_millis(200))), (hasty, None)] {
        let begun = Instant::now();
        let error = Error::from(client.books().search(question(timeout)).await.unwrap_err());
        assert_eq!(error.code(), Code::DeadlineExceeded);
        assert!(begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn what_is_no_certificate_is_an_error_that_says_so() {
    let error = Client::builder("127.0.0.1:1").ca_certificate("no certificate").connect_lazy().unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert!(error.message().contains("no certificate in it"), "{error}");
}
