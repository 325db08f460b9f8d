package io.github.takoapi;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a server, and whether its address means TLS: {@code https://} does, {@code http://} does not, and
 * without a scheme every other machine does. Keys should not travel in the clear because somebody forgot a letter.
 */
record Address(String target, boolean tls) {
  private static final Pattern FORM =
      Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:.]+]|[^\\[\\]/?#@:\\s]+)(?::(\\d{1,5}))?/?");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|\\[::1]|127\\.\\d+\\.\\d+\\.\\d+");
  private static final int GRPC_PORT = 50051;
  private static final int HTTPS_PORT = 443;

  /** What an address means. */
  static Address of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      // It is not repeated: a password may be in it, and exceptions are logged.
      throw new IllegalArgumentException("address must be host:port, http://host:port or https://host:port");
    }
    String scheme = parts.group(1);
    String host = parts.group(2).toLowerCase(Locale.ROOT);
    int usual = "https".equals(scheme) ? HTTPS_PORT : GRPC_PORT;
    int port = parts.group(3) == null ? usual : Integer.parseInt(parts.group(3));
    boolean here = LOOPBACK.matcher(host).matches();
    return new Address(host + ":" + port, scheme == null ? !here : scheme.equals("https"));
  }
}
