package io.github.takoapi;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.TimeUnit;

/**
 * A typed client of one Tako server: a stub for each domain, and those over all domains. Safe for use by many threads;
 * make one and keep it. It connects at the first call, and again when the connection is lost.
 */
public final class TakoClient implements AutoCloseable {
  private static final long CLOSING_SECONDS = 5;

  private final ManagedChannel channel;

  TakoClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins a client of the server at {@code host:port}, {@code http://host:port} or {@code https://host:port}. Without
   * a scheme it is TLS, unless the server is on this machine.
   */
  public static TakoClientBuilder builder(String address) {
    return new TakoClientBuilder(address);
  }

  /** Building sets, parts, minifigures and other construction toys. */
  public ConstructionToys constructionToys() {
    return new ConstructionToys(channel, CallOptions.DEFAULT);
  }

  /** Books and their authors. */
  public Books books() {
    return new Books(channel, CallOptions.DEFAULT);
  }

  /** Comics: series, issues, people. */
  public Comics comics() {
    return new Comics(channel, CallOptions.DEFAULT);
  }

  /** Anime and manga. */
  public AnimeManga animeManga() {
    return new AnimeManga(channel, CallOptions.DEFAULT);
  }

  /** Films, series and people. */
  public Media media() {
    return new Media(channel, CallOptions.DEFAULT);
  }

  /** Video games and consoles. */
  public VideoGames videoGames() {
    return new VideoGames(channel, CallOptions.DEFAULT);
  }

  /** Board games. */
  public BoardGames boardGames() {
    return new BoardGames(channel, CallOptions.DEFAULT);
  }

  /** Figures and other collectibles. */
  public Collectibles collectibles() {
    return new Collectibles(channel, CallOptions.DEFAULT);
  }

  /** Sticker albums. */
  public StickerAlbums stickerAlbums() {
    return new StickerAlbums(channel, CallOptions.DEFAULT);
  }

  /** Trading cards and their sets. */
  public TradingCards tradingCards() {
    return new TradingCards(channel, CallOptions.DEFAULT);
  }

  /** Albums, tracks, artists, labels. */
  public Music music() {
    return new Music(channel, CallOptions.DEFAULT);
  }

  /** Products of shops, and their prices. */
  public Ecommerce ecommerce() {
    return new Ecommerce(channel, CallOptions.DEFAULT);
  }

  /** Several domains at once: search, stream, batch, look-up. */
  public Catalog catalog() {
    return new Catalog(channel, CallOptions.DEFAULT);
  }

  /** What each provider can do, and whether it can do it here. */
  public Providers providers() {
    return new Providers(channel, CallOptions.DEFAULT);
  }

  /** For whoever runs the server. */
  public Admin admin() {
    return new Admin(channel, CallOptions.DEFAULT);
  }

  /** Whether the whole server is well. Needs no key. */
  public ServingStatus checkHealth() {
    return checkHealth("");
  }

  /** Whether one service, such as {@code tako.v1.BooksService}, is well. NOT_FOUND when there is no such service. */
  public ServingStatus checkHealth(String service) {
    HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(channel);
    HealthCheckRequest request = HealthCheckRequest.newBuilder().setService(service).build();
    return Calls.blocking(stub, HealthGrpc.getCheckMethod(), request).getStatus();
  }

  /** The channel, with key, deadline and retries built in, for generated stubs: {@code BooksServiceGrpc.newStub}. */
  public Channel channel() {
    return channel;
  }

  /** Lets calls that are under way end, for five seconds at most, and ends the connections. */
  @Override
  public void close() {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
