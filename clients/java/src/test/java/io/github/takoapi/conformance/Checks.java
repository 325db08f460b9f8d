package io.github.takoapi.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Holds a JSON document against the checks of the table. */
final class Checks {
  private static final Pattern STEP = Pattern.compile("\\[(\\d+|\\*)]|[^.\\[\\]]+");
  private static final int SHOWN = 200;

  private Checks() {}

  /** What is wrong, in words; empty when all checks hold. */
  static List<String> broken(List<Case.Check> checks, JsonElement document) {
    List<String> wrong = new ArrayList<>();
    for (Case.Check check : checks) {
      Optional<JsonElement> found = find(document, steps(check.path()));
      if (!holds(check, found)) {
        String text = found.map(JsonElement::toString).orElse("absent");
        wrong.add(check + ", but it is " + text.substring(0, Math.min(SHOWN, text.length())));
      }
    }
    return wrong;
  }

  private static boolean holds(Case.Check check, Optional<JsonElement> found) {
    if (check.present() != null) {
      return found.isPresent() == check.present();
    }
    if (found.isEmpty()) {
      return false;
    }
    JsonElement value = found.get();
    if (check.equals() != null) {
      return same(value, check.equals());
    }
    if (check.count() != null) {
      return value.isJsonArray() && value.getAsJsonArray().size() == check.count();
    }
    if (check.at_least() != null) {
      return (value.isJsonArray() ? value.getAsJsonArray().size() : value.getAsDouble()) >= check.at_least();
    }
    if (check.ids() != null) {
      return value.isJsonArray() && ids(value.getAsJsonArray()).equals(check.ids());
    }
    JsonElement wanted = Objects.requireNonNull(check.contains(), () -> "no test is named at " + check.path());
    if (value.isJsonArray()) {
      return elements(value).stream().anyMatch(element -> same(element, wanted));
    }
    return value.getAsString().contains(wanted.getAsString());
  }

  /** Numbers are compared as numbers: JSON does not tell 3 from 3.0. */
  private static boolean same(JsonElement one, JsonElement other) {
    if (one instanceof JsonPrimitive a && other instanceof JsonPrimitive b && a.isNumber() && b.isNumber()) {
      return a.getAsDouble() == b.getAsDouble();
    }
    if (one.isJsonArray() && other.isJsonArray()) {
      List<JsonElement> left = elements(one);
      List<JsonElement> right = elements(other);
      return left.size() == right.size()
          && IntStream.range(0, left.size()).allMatch(n -> same(left.get(n), right.get(n)));
    }
    return one.equals(other);
  }

  private static List<String> ids(JsonArray list) {
    return elements(list).stream().map(element -> element.getAsJsonObject().get("id").getAsString()).toList();
  }

  private static List<JsonElement> elements(JsonElement list) {
    return list.isJsonArray() ? StreamSupport.stream(list.getAsJsonArray().spliterator(), false).toList() : List.of();
  }

  private static List<String> steps(String path) {
    return STEP.matcher(path).results().map(MatchResult::group).toList();
  }

  private static Optional<JsonElement> find(JsonElement value, List<String> steps) {
    if (steps.isEmpty()) {
      return Optional.of(value);
    }
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    if (step.equals("[*]")) {
      JsonArray all = new JsonArray();
      for (JsonElement element : elements(value)) {
        Optional<JsonElement> found = find(element, rest);
        if (found.isPresent() && rest.contains("[*]")) {
          all.addAll(found.get().getAsJsonArray());
        } else {
          found.ifPresent(all::add);
        }
      }
      return Optional.of(all);
    }
    if (step.startsWith("[")) {
      int index = Integer.parseInt(step.substring(1, step.length() - 1));
      List<JsonElement> list = elements(value);
      return index < list.size() ? find(list.get(index), rest) : Optional.empty();
    }
    JsonElement member = value.isJsonObject() ? value.getAsJsonObject().get(step) : null;
    return member == null ? Optional.empty() : find(member, rest);
  }
}
