package io.github.takoapi.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.takoapi.TakoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What an answer or an error lacks of what the table expects. */
final class Judging {
  private static final Gson GSON = new Gson();

  private Judging() {}

  /** What is wrong with an answer; empty when all is as expected. */
  static List<String> answer(Case one, JsonElement answer) {
    List<Case.Check> checks = one.expect().answer();
    return checks == null ? List.of("an answer came, and an error was expected") : Checks.broken(checks, answer);
  }

  /** What is wrong with an error; empty when all is as expected. */
  static List<String> error(Case one, TakoException error) {
    Case.ExpectedError wanted = one.expect().error();
    if (wanted == null) {
      return List.of(error.getMessage() + " " + error.reason());
    }
    List<String> wrong = new ArrayList<>();
    compare(wrong, "code", error.code().name(), wanted.code());
    compare(wrong, "reason", error.reason().orElse(null), wanted.reason());
    compare(wrong, "domain", error.domain().orElse(null), wanted.domain());
    compare(wrong, "retryable", error.isRetryable(), wanted.retryable());
    for (Case.Detail detail : Optional.ofNullable(wanted.details()).orElse(List.of())) {
      Optional<JsonElement> found = detail(error, detail.type());
      if (found.isEmpty()) {
        wrong.add(detail.type() + " is missing");
      } else {
        wrong.addAll(Checks.broken(detail.checks(), found.get()));
      }
    }
    return wrong;
  }

  private static void compare(List<String> wrong, String what, Object is, Object should) {
    if (should != null && !Objects.equals(is, should)) {
      wrong.add(what + " is " + is + ", not " + should);
    }
  }

  /** A detail as JSON, made from what the typed exception says: so the table proves that nothing was lost. */
  private static Optional<JsonElement> detail(TakoException error, String type) {
    return switch (type) {
      case "google.rpc.ErrorInfo" -> error.reason().map(reason -> {
        JsonObject info = new JsonObject();
        info.addProperty("reason", reason);
        info.add("metadata", GSON.toJsonTree(error.metadata()));
        return info;
      });
      case "google.rpc.BadRequest" -> list("fieldViolations", error.violations());
      case "google.rpc.PreconditionFailure" -> list("violations", error.preconditions());
      case "google.rpc.ResourceInfo" -> error.resource().map(resource -> GSON.toJsonTree(Map.of(
          "resourceType", resource.type(),
          "resourceName", resource.name(),
          "description", resource.description())));
      case "google.rpc.RetryInfo" -> error.retryAfter().map(delay ->
          GSON.toJsonTree(Map.of("retryDelay", seconds(delay))));
      case "google.rpc.RequestInfo" -> error.requestId().map(id -> GSON.toJsonTree(Map.of("requestId", id)));
      default -> Optional.empty();
    };
  }

  private static Optional<JsonElement> list(String name, List<?> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(GSON.toJsonTree(Map.of(name, all)));
  }

  /** As proto3 JSON writes it: {@code 7s}, {@code 0.500s}. */
  private static String seconds(Duration delay) {
    return delay.getNano() == 0 ? delay.getSeconds() + "s" : delay.toMillis() / 1000.0 + "s";
  }
}
