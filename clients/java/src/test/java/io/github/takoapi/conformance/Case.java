package io.github.takoapi.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** One case of the table; the names are those of the file. */
record Case(
    String id, String kind, String server, String call, JsonObject request, Options options, Expect expect) {
  record Options(
      Integer timeout_ms, Integer cancel_after_ms, String api_key, String admin_token, Map<String, String> metadata) {}

  record Expect(List<Check> response, List<Check> events, ExpectedError error) {
    List<Check> answer() {
      return response == null ? events : response;
    }
  }

  record ExpectedError(String code, String reason, String domain, List<Detail> details, Boolean retryable) {}

  record Detail(String type, List<Check> checks) {}

  record Check(
      String path,
      JsonElement equals,
      Boolean present,
      Integer count,
      JsonElement contains,
      Double at_least,
      List<String> ids) {}
}
