//! The connection, and what every call gets on it: who is asking, a deadline, and further tries.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body_util::{BodyExt, Full};
use tokio::time::{Instant, sleep, timeout_at};
use tonic::body::Body;
use tonic::transport::Channel;
use tonic::{Code, Status, TimeoutExpired};
use tower_service::Service;

use crate::builder::chain;
use crate::deadline::{self, TimedBody};
use crate::retry::{PUSHBACK, Tries};

/// Bytes that the server sends at most. tonic alone would refuse everything above 4 MiB.
pub(crate) const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// A deadline that is further away counts as this far: tokio can't add any duration to an instant.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The connection of a [`Client`](crate::Client), as the generated clients of [`v1`](crate::v1) take it.
#[derive(Clone, Debug)]
pub struct Transport {
    channel: Channel,
    identity: HeaderMap,
    timeout: Duration,
}

impl Transport {
    pub(crate) fn new(channel: Channel, identity: HeaderMap, timeout: Duration) -> Self {
        Self { channel, identity, timeout }
    }

    async fn send(self, request: Request<Body>) -> Result<Response<Body>, Status> {
        let (mut head, body) = request.into_parts();
        head.headers.extend(self.identity.clone());
        let time = deadline::requested(&head.headers).unwrap_or(self.timeout);
        let deadline = Instant::now() + time.min(LONGEST);
        let answer =
            timeout_at(deadline, self.tries(head, body, deadline)).await.map_err(|_| deadline::exceeded())??;
        Ok(answer.map(|body| Body::new(TimedBody::new(body, deadline))))
    }

    /// Tries as often as the policy of the method allows. As everywhere in gRPC, an answer that has begun is final.
    async fn tries(self, head: Parts, body: Body, deadline: Instant) -> Result<Response<Body>, Status> {
        // A request of Tako is one message, so it can be kept and sent again.
        let body = body.collect().await?.to_bytes();
        let mut tries = Tries::of(head.uri.path());
        loop {
            let answer = self.try_once(head.clone(), body.clone(), deadline).await;
            let (code, pushback) = end_of(&answer);
            match tries.next(code, pushback) {
                Some(delay) if Instant::now() + delay < deadline => sleep(delay).await,
                _ => return answer,
            }
        }
    }

    async fn try_once(&self, head: Parts, body: Bytes, deadline: Instant) -> Result<Response<Body>, Status> {
        let mut request = Request::from_parts(head, Body::new(Full::new(body)));
        deadline::tell(request.headers_mut(), deadline.saturating_duration_since(Instant::now()));
        let mut channel = self.channel.clone();
        std::future::poll_fn(|context| channel.poll_ready(context)).await.map_err(status_of)?;
        channel.call(request).await.map_err(status_of)
    }
}

impl Service<Request<Body>> for Transport {
    type Response = Response<Body>;
    type Error = Status;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Status>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        // Every try waits for the connection itself, within its deadline.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}

/// The code of an answer that is nothing but an error, and what it says about another try: both are in the headers. Ok
/// for any other.
fn end_of(answer: &Result<Response<Body>, Status>) -> (Code, Option<&HeaderValue>) {
    match answer {
        Ok(response) => {
            let headers = response.headers();
            let code = headers.get("grpc-status").map_or(Code::Ok, |code| Code::from_bytes(code.as_bytes()));
            (code, headers.get(PUSHBACK))
        }
        Err(status) => (status.code(), None),
    }
}

/// What an error of the connection means to a caller.
pub(crate) fn status_of(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Status {
    let error = error.into();
    if timed_out(&*error) {
        return deadline::exceeded();
    }
    let text = chain(&*error);
    let status = Status::from_error(error);
    match status.code() {
        // The caller has not cancelled it, else nobody would be here to see it: the connection went away.
        Code::Unknown | Code::Cancelled | Code::Unavailable => Status::unavailable(text),
        _ => status,
    }
}

/// Whether tonic's own timer was first. It counts the same time.
fn timed_out(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TimeoutExpired>() {
            return true;
        }
        cause = error.source();
    }
    false
}
