package io.github.takoapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:50051, 127.0.0.1:50051, false",
    "localhost, localhost:50051, false",
    "[::1]:1, [::1]:1, false",
    "tako.example.org:443, tako.example.org:443, true",
    "127.0.0.1.example.org:1, 127.0.0.1.example.org:1, true",
    "http://tako:50051, tako:50051, false",
    "http://tako/, tako:50051, false",
    "https://Tako.example.org, tako.example.org:443, true",
    "https://localhost:50051, localhost:50051, true",
  })
  void anAddressSaysHostPortAndTls(String text, String target, boolean tls) {
    assertEquals(new Address(target, tls), Address.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://tako:1", "tako:port", "https://tako/path", "user@tako:1", "::1", "tako:123456"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Address.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"me:hush@tako:1", "https://me:hush@tako", "http://me:hush @tako", "ftp://me:hush@tako"})
  void aPasswordIsNotRepeated(String text) {
    String told = assertThrows(IllegalArgumentException.class, () -> Address.of(text)).getMessage();
    assertFalse(told.contains("hush"), told);
  }
}
