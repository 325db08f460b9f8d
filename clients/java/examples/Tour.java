import io.github.takoapi.EventStream;
import io.github.takoapi.TakoClient;
import io.github.takoapi.TakoException;
import io.github.takoapi.v1.BooksDetailRequest;
import io.github.takoapi.v1.BooksSearchRequest;
import io.github.takoapi.v1.BooksTrendingRequest;
import io.github.takoapi.v1.CatalogSearchRequest;
import io.github.takoapi.v1.Feed;
import io.github.takoapi.v1.Item;
import io.github.takoapi.v1.ProviderOutcome;
import io.github.takoapi.v1.SearchEvent;
import io.github.takoapi.v1.SearchResponse;
import java.time.Duration;

/** Search, stream, detail, trending, an error, health. Run it against `make demo`. */
public final class Tour {
  public static void main(String[] arguments) {
    String address = arguments.length > 0 ? arguments[0] : "127.0.0.1:50051";
    try (TakoClient tako = TakoClient.builder(address).build()) {
      BooksSearchRequest question =
          BooksSearchRequest.newBuilder().setQuery("sample lighthouse").addProviders("openlibrary").build();
      SearchResponse found = tako.books().search(question);
      for (Item item : found.getItemsList()) {
        System.out.println(item.getKind() + " " + item.getId() + " " + item.getTitle() + " " + item.getYear());
      }
      for (ProviderOutcome outcome : found.getOutcomesList()) {
        System.out.println(outcome.getProvider() + " " + outcome.getStatus());
      }

      // All pages, each asked when the iteration gets there.
      long count = tako.books().searchAll(question.toBuilder().setPageSize(1).build()).stream().count();
      System.out.println("all pages: " + count);

      // Each provider's items the moment it answers. Closing the stream ends the call.
      CatalogSearchRequest everywhere =
          CatalogSearchRequest.newBuilder().setQuery("sample lighthouse").addDomains("books").build();
      try (EventStream events = tako.catalog().searchStream(everywhere)) {
        for (SearchEvent event : events) {
          if (event.hasItems()) {
            System.out.println(
                "stream: " + event.getItems().getProvider() + " " + event.getItems().getItemsCount() + " items");
          } else if (event.hasOutcome()) {
            System.out.println("stream: " + event.getOutcome().getProvider() + " " + event.getOutcome().getStatus());
          }
        }
      }

      // Without waiting: every call has a twin that gives a CompletableFuture.
      BooksDetailRequest one = BooksDetailRequest.newBuilder().setId(found.getItems(0).getId()).build();
      tako.books()
          .detailAsync(one)
          .thenAccept(
              answer ->
                  System.out.println(
                      "detail: " + answer.getItem().getTitle() + " has "
                          + answer.getItem().getBook().getPageCount() + " pages"))
          .join();

      BooksTrendingRequest feed =
          BooksTrendingRequest.newBuilder().setFeed(Feed.Type.TRENDING).addProviders("openlibrary").build();
      for (Item item : tako.books().trending(feed).getItemsList()) {
        System.out.println("trending: " + item.getContext().getPosition() + " " + item.getTitle());
      }

      try {
        tako.books()
            .withDeadlineAfter(Duration.ofSeconds(5))
            .search(BooksSearchRequest.newBuilder().setQuery("x").setPageSize(-1).build());
      } catch (TakoException error) {
        System.out.println(
            "error: " + error.reason().orElse("none") + " " + error.violations().get(0).field()
                + " retryable: " + error.isRetryable());
      }

      System.out.println("health: " + tako.checkHealth());
    }
  }
}
