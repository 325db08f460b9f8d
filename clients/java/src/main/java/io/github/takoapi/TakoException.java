package io.github.takoapi;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call that failed. Every blocking call throws this, and every asynchronous one completes with it. */
public final class TakoException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A field of the request that breaks its rule. */
  public record Violation(String field, String description) implements Serializable {}

  /** What has to be changed at the server before the call can work, such as a setting that is missing. */
  public record Precondition(String type, String subject, String description) implements Serializable {}

  /** The thing that was asked for and is not there. */
  public record Resource(String type, String name, String description) implements Serializable {}

  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private final com.google.rpc.Status status;
  private final String requestId;

  private TakoException(com.google.rpc.Status status, Throwable cause) {
    super(Status.fromCodeValue(status.getCode()).getCode() + ": " + status.getMessage(), cause);
    this.status = status;
    Metadata trailers = cause == null ? null : Status.trailersFromThrowable(cause);
    String told = trailers == null ? null : trailers.get(REQUEST_ID);
    this.requestId = detail(RequestInfo.class).map(RequestInfo::getRequestId).orElse(told);
  }

  /** The exception for what a generated stub has thrown. */
  public static TakoException of(Throwable thrown) {
    if (thrown instanceof TakoException known) {
      return known;
    }
    com.google.rpc.Status rich = StatusProto.fromThrowable(thrown);
    if (rich != null) {
      return new TakoException(rich, thrown);
    }
    Status plain = Status.fromThrowable(thrown);
    com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder().setCode(plain.getCode().value());
    Optional.ofNullable(plain.getDescription()).ifPresent(status::setMessage);
    return new TakoException(status.build(), thrown);
  }

  /** The exception for an error that stands in an answer, as those of BatchDetail do. */
  public static TakoException of(com.google.rpc.Status status) {
    return new TakoException(status, null);
  }

  /** The gRPC code, such as NOT_FOUND. */
  public Status.Code code() {
    return Status.fromCodeValue(status.getCode()).getCode();
  }

  /** The whole status, as the server sent it. */
  public com.google.rpc.Status status() {
    return status;
  }

  /**
   * Why, for programs, such as {@code ITEM_NOT_FOUND}; docs/errors.md lists them. Absent when the error was made by
   * gRPC or on the way, and not by Tako.
   */
  public Optional<String> reason() {
    return detail(ErrorInfo.class).map(ErrorInfo::getReason);
  }

  /** Whose reason it is: {@code tako}. */
  public Optional<String> domain() {
    return detail(ErrorInfo.class).map(ErrorInfo::getDomain);
  }

  /** What the reason is about, such as {@code provider}. */
  public Map<String, String> metadata() {
    return detail(ErrorInfo.class).map(ErrorInfo::getMetadataMap).orElse(Map.of());
  }

  /** Fields of the request that are wrong. */
  public List<Violation> violations() {
    return detail(BadRequest.class).stream()
        .flatMap(detail -> detail.getFieldViolationsList().stream())
        .map(each -> new Violation(each.getField(), each.getDescription()))
        .toList();
  }

  /** What is missing at the server. */
  public List<Precondition> preconditions() {
    return detail(PreconditionFailure.class).stream()
        .flatMap(detail -> detail.getViolationsList().stream())
        .map(each -> new Precondition(each.getType(), each.getSubject(), each.getDescription()))
        .toList();
  }

  /** What was not found. */
  public Optional<Resource> resource() {
    return detail(ResourceInfo.class)
        .map(detail -> new Resource(detail.getResourceType(), detail.getResourceName(), detail.getDescription()));
  }

  /** How long to wait before another try, when the server says so. */
  public Optional<Duration> retryAfter() {
    return detail(RetryInfo.class)
        .map(RetryInfo::getRetryDelay)
        .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
  }

  /** Id of the call in the server's log. Absent when nobody answered. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** Whether another try may help: the server says when, or nobody answered. */
  public boolean isRetryable() {
    return retryAfter().isPresent() || (code() == Status.Code.UNAVAILABLE && reason().isEmpty());
  }

  private <T extends Message> Optional<T> detail(Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException broken) {
          return Optional.empty(); // a detail that can't be read must not hide the error itself
        }
      }
    }
    return Optional.empty();
  }
}
