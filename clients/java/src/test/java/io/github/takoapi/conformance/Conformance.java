package io.github.takoapi.conformance;

import com.google.gson.Gson;
import io.github.takoapi.TakoClient;
import io.github.takoapi.TakoClientBuilder;
import io.github.takoapi.TakoException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Runs the table: a line for each case that failed, and one for all. {@code make clients-test} starts the servers. */
public final class Conformance {
  private record Table(List<Case> cases) {}

  private Conformance() {}

  public static void main(String[] arguments) throws IOException {
    Table table = new Gson().fromJson(Files.readString(Path.of(setting("TAKO_TEST_CASES"))), Table.class);
    int failed = 0;
    for (Case one : table.cases()) {
      List<String> wrong = run(one);
      if (!wrong.isEmpty()) {
        failed++;
        System.out.println("failed " + one.id() + ": " + String.join("; ", wrong));
      }
    }
    System.out.println("java: " + (table.cases().size() - failed) + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  /** What is wrong; empty when the case passes. */
  private static List<String> run(Case one) throws IOException {
    try (TakoClient client = client(one)) {
      return Judging.answer(one, new Asking(client, one).ask());
    } catch (TakoException error) {
      return Judging.error(one, error);
    }
  }

  private static TakoClient client(Case one) throws IOException {
    String address = setting("TAKO_TEST_" + one.server().toUpperCase(Locale.ROOT));
    TakoClientBuilder builder = TakoClient.builder(address)
        .apiKey(resolved(one.options().api_key()))
        .adminToken(resolved(one.options().admin_token()));
    return one.server().equals("tls") ? builder.tls(new File(setting("TAKO_TEST_CA"))).build() : builder.build();
  }

  /** {@code $NAME} is that variable of the environment. */
  private static String resolved(String value) {
    return value != null && value.startsWith("$") ? setting(value.substring(1)) : value;
  }

  private static String setting(String name) {
    return Objects.requireNonNull(System.getenv(name), name + " is not set; `make clients-test` sets it");
  }
}
