package io.github.takoapi;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What every call gets: a deadline where it has none, and who is asking. */
final class CallDefaults implements ClientInterceptor {
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Duration timeout;
  private final ClientInterceptor identifying;

  CallDefaults(Duration timeout, String apiKey, String adminToken) {
    this.timeout = timeout;
    Metadata who = new Metadata();
    if (apiKey != null) {
      who.put(API_KEY, apiKey);
    }
    if (adminToken != null) {
      who.put(AUTHORIZATION, "Bearer " + adminToken);
    }
    this.identifying = MetadataUtils.newAttachHeadersInterceptor(who);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    CallOptions limited =
        options.getDeadline() == null ? options.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS) : options;
    return identifying.interceptCall(method, limited, next);
  }
}
