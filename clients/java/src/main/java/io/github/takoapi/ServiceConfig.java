package io.github.takoapi;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is tried again, and when: the file that Tako ships, in the form that gRPC takes. */
final class ServiceConfig {
  private static final String FILE = "tako_grpc_service_config.json";

  private ServiceConfig() {}

  static Map<String, ?> shipped() {
    try (Reader reader = new InputStreamReader(ServiceConfig.class.getResourceAsStream(FILE), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, new TypeToken<Map<String, Object>>() {});
    } catch (IOException broken) {
      throw new UncheckedIOException(FILE + " can't be read", broken);
    }
  }
}
