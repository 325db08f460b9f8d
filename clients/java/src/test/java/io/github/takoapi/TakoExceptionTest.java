package io.github.takoapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RequestInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakoExceptionTest {
  private static final ErrorInfo INFO =
      ErrorInfo.newBuilder().setReason("PROVIDER_BLOCKED").setDomain("tako").putMetadata("provider", "lego").build();

  private static com.google.rpc.Status.Builder status(Status.Code code) {
    return com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("LEGO answers with a wall");
  }

  @Test
  void everyDetailHasItsPlace() {
    com.google.rpc.Status status = status(Status.Code.UNAVAILABLE)
        .addDetails(Any.pack(INFO))
        .addDetails(Any.pack(RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(60).setNanos(500_000_000)).build()))
        .addDetails(Any.pack(BadRequest.newBuilder().addFieldViolations(
            BadRequest.FieldViolation.newBuilder().setField("page_size").setDescription("must be more")).build()))
        .addDetails(Any.pack(PreconditionFailure.newBuilder().addViolations(
            PreconditionFailure.Violation.newBuilder().setType("SETTING").setSubject("KEY")).build()))
        .addDetails(Any.pack(
            ResourceInfo.newBuilder().setResourceType("tako.v1.Item").setResourceName("a/b/1").build()))
        .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId("mine").build()))
        .build();
    TakoException error = TakoException.of(status);
    assertEquals(Status.Code.UNAVAILABLE, error.code());
    assertEquals("UNAVAILABLE: LEGO answers with a wall", error.getMessage());
    assertEquals(Optional.of("PROVIDER_BLOCKED"), error.reason());
    assertEquals(Optional.of("tako"), error.domain());
    assertEquals(Map.of("provider", "lego"), error.metadata());
    assertEquals(Optional.of(Duration.ofMillis(60_500)), error.retryAfter());
    assertEquals(List.of(new TakoException.Violation("page_size", "must be more")), error.violations());
    assertEquals(List.of(new TakoException.Precondition("SETTING", "KEY", "")), error.preconditions());
    assertEquals(Optional.of(new TakoException.Resource("tako.v1.Item", "a/b/1", "")), error.resource());
    assertEquals(Optional.of("mine"), error.requestId());
    assertTrue(error.isRetryable());
  }

  @Test
  void theRequestIdIsThatOfTheTrailerWhereNoDetailHasOne() {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "mine");
    TakoException plain = TakoException.of(Status.NOT_FOUND.asRuntimeException(trailers));
    assertEquals(Optional.of("mine"), plain.requestId());
    com.google.rpc.Status status = status(Status.Code.UNAVAILABLE).addDetails(Any.pack(INFO)).build();
    TakoException rich = TakoException.of(StatusProto.toStatusRuntimeException(status, trailers));
    assertEquals(Optional.of("mine"), rich.requestId());
    assertEquals(Optional.empty(), TakoException.of(Status.UNAVAILABLE.asRuntimeException()).requestId());
  }

  @Test
  void unavailableForAReasonAndWithoutATimeIsNotRetryable() {
    assertFalse(TakoException.of(status(Status.Code.UNAVAILABLE).addDetails(Any.pack(INFO)).build()).isRetryable());
  }

  @Test
  void aDetailThatIsBrokenHidesNothingElse() {
    Any broken = Any.newBuilder()
        .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo").setValue(ByteString.copyFromUtf8("\u0001")).build();
    TakoException error =
        TakoException.of(status(Status.Code.NOT_FOUND).addDetails(broken).addDetails(Any.pack(INFO)).build());
    assertEquals(Optional.empty(), error.retryAfter());
    assertEquals(Optional.of("PROVIDER_BLOCKED"), error.reason());
  }

  @Test
  void whatIsNotOfGrpcIsUnknownAndKeepsItsCause() {
    IllegalStateException cause = new IllegalStateException("odd");
    TakoException error = TakoException.of(cause);
    assertEquals(Status.Code.UNKNOWN, error.code());
    assertSame(cause, error.getCause());
    assertSame(error, TakoException.of(error));
  }

  @Test
  void itCanBeSerialized() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(TakoException.of(status(Status.Code.UNAVAILABLE).addDetails(Any.pack(INFO)).build()));
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(Optional.of("PROVIDER_BLOCKED"), ((TakoException) in.readObject()).reason());
    }
  }
}
