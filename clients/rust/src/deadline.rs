//! The deadline of a call, from its first try to the last byte of its answer.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep_until};
use tonic::Status;
use tonic::body::Body;

use crate::transport::status_of;

const GRPC_TIMEOUT: &str = "grpc-timeout";

/// The time that the caller gave, by `tonic::Request::set_timeout`.
pub(crate) fn requested(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(GRPC_TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = digits.parse().ok()?;
    match unit {
        "H" => number.checked_mul(3600).map(Duration::from_secs),
        "M" => number.checked_mul(60).map(Duration::from_secs),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

/// Tells the server how much time is left.
pub(crate) fn tell(headers: &mut HeaderMap, left: Duration) {
    // Not less than is left: the connection counts it too, and would end the call before its time. The protocol allows
    // eight digits.
    let text = match left.as_nanos().div_ceil(1_000_000) {
        millis @ 0..100_000_000 => format!("{millis}m"),
        _ => format!("{}S", left.as_secs().min(99_999_999)),
    };
    let value = HeaderValue::try_from(text).expect("digits and a letter are a header");
    headers.insert(GRPC_TIMEOUT, value);
}

pub(crate) fn exceeded() -> Status {
    Status::deadline_exceeded("the deadline of the call passed before the answer was there")
}

/// The body of an answer, which ends with an error at the deadline.
pub(crate) struct TimedBody {
    body: Option<Body>,
    deadline: Pin<Box<Sleep>>,
}

impl TimedBody {
    pub(crate) fn new(body: Body, deadline: Instant) -> Self {
        Self { body: Some(body), deadline: Box::pin(sleep_until(deadline)) }
    }
}

impl http_body::Body for TimedBody {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let Some(body) = self.body.as_mut() else {
            return Poll::Ready(None);
        };
        if let Poll::Ready(frame) = Pin::new(body).poll_frame(context) {
            return Poll::Ready(frame.map(|read| read.map_err(status_of)));
        }
        ready!(self.deadline.as_mut().poll(context));
        // The server learns it by the end of the stream.
        self.body = None;
        Poll::Ready(Some(Err(exceeded())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(http_body::Body::is_end_stream)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream::{self, StreamExt};
    use http_body_util::{BodyExt, StreamBody};

    use super::*;

    #[test]
    fn what_is_told_is_what_was_requested() {
        let mut request = tonic::Request::new(());
        request.set_timeout(Duration::from_millis(1500));
        let mut headers = request.metadata().clone().into_headers();
        assert_eq!(requested(&headers), Some(Duration::from_millis(1500)));
        tell(&mut headers, Duration::from_millis(700));
        assert_eq!(headers[GRPC_TIMEOUT], "700m");
        assert_eq!(requested(&headers), Some(Duration::from_millis(700)));
    }

    #[test]
    fn what_is_told_is_not_less_than_what_is_left() {
        let mut headers = HeaderMap::new();
        for (left, told) in [(Duration::from_micros(699_001), "700m"), (Duration::from_nanos(1), "1m")] {
            tell(&mut headers, left);
            assert_eq!(headers[GRPC_TIMEOUT], told);
        }
    }

    #[test]
    fn a_long_time_fits_into_eight_digits() {
        let mut headers = HeaderMap::new();
        tell(&mut headers, Duration::from_secs(200_000));
        assert_eq!(headers[GRPC_TIMEOUT], "200000S");
        tell(&mut headers, Duration::MAX);
        assert_eq!(headers[GRPC_TIMEOUT], "99999999S");
    }

    #[test]
    fn what_is_no_timeout_is_none() {
        for text in ["", "5", "m", "5x", "-1S", "99999999999999999999S"] {
            let headers = HeaderMap::from_iter([(
                http::HeaderName::from_static(GRPC_TIMEOUT),
                HeaderValue::from_str(text).unwrap(),
            )]);
            assert_eq!(requested(&headers), None, "{text:?}");
        }
    }

    #[tokio::test]
    async fn a_body_that_stops_in_the_middle_ends_with_the_deadline() {
        let begun = stream::iter([Ok::<_, Status>(Frame::data(Bytes::from_static(b"begun")))]);
        let stuck = Body::new(StreamBody::new(begun.chain(stream::pending())));
        let mut body = TimedBody::new(stuck, Instant::now() + Duration::from_millis(50));
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "begun");
        assert_eq!(body.frame().await.unwrap().unwrap_err().code(), tonic::Code::DeadlineExceeded);
        assert!(body.frame().await.is_none());
    }
}
