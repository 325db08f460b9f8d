package io.github.takoapi;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a {@link TakoClient} is made of. Only the address has to be said. */
public final class TakoClientBuilder {
  /** Time that a call may take when it has no deadline of its own. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  /** Bytes of the largest answer that is taken. */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private final String target;
  private ChannelCredentials credentials;
  private String apiKey;
  private String adminToken;
  private Duration timeout = DEFAULT_TIMEOUT;

  TakoClientBuilder(String address) {
    Address meant = Address.of(address);
    this.target = meant.target();
    this.credentials = meant.tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
  }

  /** A key of the server (TAKO_API_KEYS), sent as {@code x-api-key}. Null is none. */
  public TakoClientBuilder apiKey(String key) {
    this.apiKey = visible("apiKey", key);
    return this;
  }

  /** The operator's token (TAKO_ADMIN_TOKEN), for {@link TakoClient#admin} and {@code refresh}. Null is none. */
  public TakoClientBuilder adminToken(String token) {
    this.adminToken = visible("adminToken", token);
    return this;
  }

  /** Time that a call may take when it has no deadline of its own; 30 s. */
  public TakoClientBuilder timeout(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("timeout must be more than nothing, not " + longest);
    }
    this.timeout = longest;
    return this;
  }

  /** Connects without TLS, whatever the address. Keys and tokens can then be read on the way. */
  public TakoClientBuilder plaintext() {
    return credentials(InsecureChannelCredentials.create());
  }

  /** Connects over TLS, whatever the address, with the authorities that Java trusts. */
  public TakoClientBuilder tls() {
    return credentials(TlsChannelCredentials.create());
  }

  /** Connects over TLS, and trusts the authorities in a PEM file alone. */
  public TakoClientBuilder tls(File authorities) throws IOException {
    return credentials(TlsChannelCredentials.newBuilder().trustManager(authorities).build());
  }

  /** Any other way to secure the channel, such as a certificate of the client's own. */
  public TakoClientBuilder credentials(ChannelCredentials others) {
    this.credentials = Objects.requireNonNull(others, "credentials");
    return this;
  }

  /** The client. Close it. */
  public TakoClient build() {
    ManagedChannelBuilder<?> channel = Grpc.newChannelBuilder(target, credentials)
        .defaultServiceConfig(ServiceConfig.shipped())
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        // A server that has vanished is noticed while a call waits for it.
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .intercept(new CallDefaults(timeout, apiKey, adminToken));
    return new TakoClient(channel.build());
  }

  /** A key that can travel in a header. The text is not repeated: exceptions are logged. */
  private static String visible(String name, String key) {
    if (key != null && !VISIBLE.matcher(key).matches()) {
      throw new IllegalArgumentException(name + " must be visible ASCII characters");
    }
    return key;
  }
}
