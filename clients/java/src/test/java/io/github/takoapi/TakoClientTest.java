package io.github.takoapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.takoapi.v1.BooksSearchRequest;
import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.Item;
import io.github.takoapi.v1.RunJobRequest;
import io.github.takoapi.v1.SearchResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the layer adds to gRPC, against a server of the test's own. */
@Timeout(30)
class TakoClientTest {
  private static final BooksSearchRequest QUESTION = BooksSearchRequest.newBuilder().setQuery("dune").build();
  private static final SearchResponse ANSWER = page("", "one");

  private LoopbackServer server;
  private TakoClient client;

  private TakoClient client(Function<BooksSearchRequest, SearchResponse> answers) throws IOException {
    server = new LoopbackServer(answers);
    client = TakoClient.builder(server.address()).build();
    return client;
  }

  @AfterEach
  void close() throws InterruptedException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static SearchResponse page(String next, String... ids) {
    SearchResponse.Builder page = SearchResponse.newBuilder().setNextPageToken(next);
    List.of(ids).forEach(id -> page.addItems(Item.newBuilder().setId(id)));
    return page.build();
  }

  @Test
  void aCallWithoutADeadlineGetsThirtySeconds() throws IOException {
    assertEquals(ANSWER, client(request -> ANSWER).books().search(QUESTION));
    long left = server.asked.get(0).deadline().timeRemaining(TimeUnit.SECONDS);
    assertTrue(left > 20 && left <= 30, () -> left + " s");
  }

  @Test
  void aCallsOwnDeadlineCounts() throws IOException {
    client(request -> null);
    Books hurried = client.books().withDeadlineAfter(Duration.ofMillis(200));
    TakoException late = assertThrows(TakoException.class, () -> hurried.search(QUESTION));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.code());
    assertTrue(late.reason().isEmpty());
  }

  @Test
  void keyAndTokenGoWithEveryCall() throws IOException {
    server = new LoopbackServer(request -> ANSWER);
    client = TakoClient.builder("http://" + server.address()).apiKey("key").adminToken("token").build();
    client.books().search(QUESTION);
    Metadata headers = server.asked.get(0).headers();
    assertEquals("key", headers.get(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER)));
    assertEquals("Bearer token", headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
  }

  @Test
  void aKeyThatCannotTravelIsRefusedAndNotRepeated() {
    TakoClientBuilder builder = TakoClient.builder("localhost:1");
    String told = assertThrows(IllegalArgumentException.class, () -> builder.apiKey("sécret\n")).getMessage();
    assertEquals("apiKey must be visible ASCII characters", told);
  }

  @Test
  void aReadThatNobodyAnsweredIsTriedTwiceMore() throws IOException {
    client(request -> {
      if (server.asked.size() < 3) {
        throw LoopbackServer.error(Status.Code.UNAVAILABLE, "PROVIDER_UNREACHABLE");
      }
      return ANSWER;
    });
    assertEquals(ANSWER, client.books().search(QUESTION));
    assertEquals(3, server.asked.size());
  }

  @Test
  void whatChangesSomethingIsNotTriedAgain() throws IOException {
    client(request -> ANSWER);
    Admin admin = client.admin();
    assertThrows(TakoException.class, () -> admin.runJob(RunJobRequest.getDefaultInstance()));
    assertEquals(1, server.asked.size());
  }

  @Test
  void allPagesAreAskedOneAfterTheOtherAndOnlyWhenNeeded() throws IOException {
    client(request -> switch (request.getPageToken()) {
      case "" -> page("second", "1", "2");
      case "second" -> page("third"); // a page may be empty, and another may follow
      default -> page("", "3");
    });
    Pages<SearchResponse, Item> all = client.books().searchAll(QUESTION);
    assertEquals(0, server.asked.size());
    Iterator<Item> items = all.iterator();
    assertEquals("1", items.next().getId());
    assertEquals(1, server.asked.size());
    assertEquals(List.of("1", "2", "3"), all.stream().map(Item::getId).toList());
    assertEquals(QUESTION.toBuilder().setPageToken("third").build(), server.asked.get(3).request());
    assertEquals(List.of(2, 0, 1), sizes(all));
  }

  private static List<Integer> sizes(Pages<SearchResponse, Item> all) {
    List<Integer> sizes = new ArrayList<>();
    all.pages().forEach(page -> sizes.add(page.getItemsCount()));
    return sizes;
  }

  @Test
  void closingAStreamEndsTheCall() throws Exception {
    client(request -> ANSWER);
    try (EventStream events = client.catalog().searchStream(CatalogSearchRequest.getDefaultInstance())) {
      assertTrue(events.hasNext());
      assertTrue(events.next().hasStarted());
    }
    assertTrue(server.sawACancel());
  }

  @Test
  void anAsynchronousCallGivesTheAnswerOrTheException() throws Exception {
    client(request -> {
      if (request.getQuery().isEmpty()) {
        throw LoopbackServer.error(Status.Code.INVALID_ARGUMENT, "INVALID_FIELD");
      }
      return ANSWER;
    });
    assertEquals(ANSWER, client.books().searchAsync(QUESTION).get(10, TimeUnit.SECONDS));
    CompletableFuture<SearchResponse> wrong = client.books().searchAsync(BooksSearchRequest.getDefaultInstance());
    Throwable cause = assertThrows(ExecutionException.class, () -> wrong.get(10, TimeUnit.SECONDS)).getCause();
    assertEquals("INVALID_FIELD", assertInstanceOf(TakoException.class, cause).reason().orElseThrow());
  }

  @Test
  void cancellingTheFutureCancelsTheCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    client(request -> {
      asked.countDown();
      return null;
    });
    CompletableFuture<SearchResponse> answer = client.books().searchAsync(QUESTION);
    assertTrue(asked.await(10, TimeUnit.SECONDS));
    assertTrue(answer.cancel(true));
    assertTrue(server.sawACancel());
  }

  @Test
  void aServerThatIsNotThereIsRetryable() {
    try (TakoClient nobody = TakoClient.builder("127.0.0.1:1").build()) {
      Books books = nobody.books();
      TakoException error = assertThrows(TakoException.class, () -> books.search(QUESTION));
      assertEquals(Status.Code.UNAVAILABLE, error.code());
      assertTrue(error.isRetryable());
      assertNull(error.reason().orElse(null));
    }
  }
}
