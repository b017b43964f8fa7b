package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSearchTest {
  private static final String SECRET = "Zq8/x+Vé?k~>L2";
  private final SecretSearch search = new SecretSearch(Map.of("password", SECRET));

  @Test
  void findsPlainText() {
    assertThat(search.foundIn("password=" + SECRET + "\n"))
        .containsExactly("password as plain text");
  }

  @Test
  void findsUtf16() {
    assertThat(search.foundIn(("odd" + SECRET).getBytes(UTF_16LE)))
        .contains("password as UTF-16LE");
    assertThat(search.foundIn(("odd" + SECRET).getBytes(UTF_16BE)))
        .contains("password as UTF-16BE");
  }

  @Test
  void findsPartsOfUrls() {
    assertThat(search.foundIn("?p=" + URLEncoder.encode(SECRET, UTF_8) + "&q"))
        .containsExactly("password as part of a URL");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void findsBase64AtAnyOffset(int before) {
    for (int after = 0; after < 3; after++) {
      byte[] whole = ("b".repeat(before) + SECRET + "a".repeat(after)).getBytes(UTF_8);
      assertThat(search.foundIn(Base64.getEncoder().encodeToString(whole)))
          .contains("password as Base64, " + before % 3);
      assertThat(search.foundIn(Base64.getUrlEncoder().encodeToString(whole)))
          .contains("password as Base64 of URLs, " + before % 3);
    }
  }

  @Test
  void ignoresSimilarText() {
    assertThat(search.foundIn(SECRET.substring(1) + SECRET.toUpperCase(java.util.Locale.ROOT)))
        .isEmpty();
  }

  @Test
  void rejectsTextsThatAreTooShort() {
    assertThatThrownBy(() -> new SecretSearch(Map.of("user", "alice")))
        .hasMessage("user is too short: it would be found by chance");
  }

  @Test
  void toStringShowsNoText() {
    assertThat(search).hasToString("SecretSearch[password]");
  }
}
