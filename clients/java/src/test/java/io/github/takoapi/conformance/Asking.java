package io.github.takoapi.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.github.takoapi.EventStream;
import io.github.takoapi.TakoClient;
import io.github.takoapi.v1.BatchDetailRequest;
import io.github.takoapi.v1.BoardGamesSearchRequest;
import io.github.takoapi.v1.BooksDetailRequest;
import io.github.takoapi.v1.BooksRelatedRequest;
import io.github.takoapi.v1.BooksSearchRequest;
import io.github.takoapi.v1.BooksTrendingRequest;
import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.GetCacheStatsRequest;
import io.github.takoapi.v1.GetProviderRequest;
import io.github.takoapi.v1.LookupRequest;
import io.github.takoapi.v1.MusicTermsRequest;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One case, asked through the client as its users have it. */
final class Asking {
  /** BatchDetail has errors in its answer, whose details JSON can only show when it knows them. */
  private static final TypeRegistry DETAILS = TypeRegistry.newBuilder()
      .add(ErrorInfo.getDescriptor())
      .add(BadRequest.getDescriptor())
      .add(PreconditionFailure.getDescriptor())
      .add(ResourceInfo.getDescriptor())
      .add(RetryInfo.getDescriptor())
      .build();

  private final TakoClient client;
  private final Case one;

  Asking(TakoClient client, Case one) {
    this.client = client;
    this.one = one;
  }

  /** The answer as proto3 JSON: one object, or the list of a stream's events. */
  JsonElement ask() throws InvalidProtocolBufferException {
    return switch (one.kind()) {
      case "health" -> health();
      case "pages" -> pages();
      case "stream" -> events(false);
      case "cancel" -> one.call().endsWith("Stream") ? events(true) : cancelled();
      default -> json(unary());
    };
  }

  private JsonElement health() {
    JsonObject answer = new JsonObject();
    answer.addProperty("status", client.checkHealth(one.request().get("service").getAsString()).name());
    return answer;
  }

  private Message unary() throws InvalidProtocolBufferException {
    return switch (one.call()) {
      case "tako.v1.BooksService/Search" -> with(client.books()).search(books());
      case "tako.v1.BooksService/Detail" ->
          with(client.books()).detail(request(BooksDetailRequest.newBuilder()).build());
      case "tako.v1.BooksService/Trending" ->
          with(client.books()).trending(request(BooksTrendingRequest.newBuilder()).build());
      case "tako.v1.BooksService/Related" ->
          with(client.books()).related(request(BooksRelatedRequest.newBuilder()).build());
      case "tako.v1.BoardGamesService/Search" ->
          with(client.boardGames()).search(request(BoardGamesSearchRequest.newBuilder()).build());
      case "tako.v1.MusicService/Terms" ->
          with(client.music()).terms(request(MusicTermsRequest.newBuilder()).build());
      case "tako.v1.CatalogService/BatchDetail" ->
          with(client.catalog()).batchDetail(request(BatchDetailRequest.newBuilder()).build());
      case "tako.v1.CatalogService/Lookup" ->
          with(client.catalog()).lookup(request(LookupRequest.newBuilder()).build());
      case "tako.v1.ProviderService/GetProvider" ->
          with(client.providers()).getProvider(request(GetProviderRequest.newBuilder()).build());
      case "tako.v1.AdminService/GetCacheStats" ->
          with(client.admin()).getCacheStats(request(GetCacheStatsRequest.newBuilder()).build());
      default -> throw new IllegalArgumentException(one.call() + " is not among those in use");
    };
  }

  private JsonElement pages() throws InvalidProtocolBufferException {
    JsonArray items = new JsonArray();
    for (Message item : with(client.books()).searchAll(books())) {
      items.add(json(item));
    }
    JsonObject answer = new JsonObject();
    answer.add("items", items);
    return answer;
  }

  private JsonElement events(boolean onlyTheFirst) throws InvalidProtocolBufferException {
    JsonArray seen = new JsonArray();
    CatalogSearchRequest request = request(CatalogSearchRequest.newBuilder()).build();
    try (EventStream events = with(client.catalog()).searchStream(request)) {
      while (events.hasNext()) {
        seen.add(json(events.next()));
        if (onlyTheFirst) {
          events.close(); // the next look at the stream tells that it was cancelled
        }
      }
    }
    return seen;
  }

  /** A blocking call is cancelled by its context. */
  private JsonElement cancelled() throws InvalidProtocolBufferException {
    Context.CancellableContext context = Context.current().withCancellation();
    CompletableFuture.delayedExecutor(one.options().cancel_after_ms(), TimeUnit.MILLISECONDS)
        .execute(() -> context.cancel(null));
    Context before = context.attach();
    try {
      return json(unary());
    } finally {
      context.detach(before);
    }
  }

  private BooksSearchRequest books() throws InvalidProtocolBufferException {
    return request(BooksSearchRequest.newBuilder()).build();
  }

  private <B extends Message.Builder> B request(B builder) throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(one.request().toString(), builder);
    return builder;
  }

  private <S extends AbstractStub<S>> S with(S stub) {
    Case.Options options = one.options();
    if (options.metadata() != null) {
      Metadata metadata = new Metadata();
      options.metadata().forEach(
          (name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
      ClientInterceptor sending = MetadataUtils.newAttachHeadersInterceptor(metadata);
      stub = stub.withInterceptors(sending);
    }
    return options.timeout_ms() == null ? stub : stub.withDeadlineAfter(Duration.ofMillis(options.timeout_ms()));
  }

  private static JsonElement json(MessageOrBuilder message) throws InvalidProtocolBufferException {
    return JsonParser.parseString(JsonFormat.printer().usingTypeRegistry(DETAILS).print(message));
  }
}
