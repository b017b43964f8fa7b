package dev.outflow.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryConnectionTest {
  @Test
  void resolvesReferencesInUserInfoOnce(@TempDir Path folder) throws IOException {
    String secret = "pa\"ss;w\\ö=rd ${env:HOME}";
    Files.writeString(folder.resolve("password"), secret + "\n");

    assertThat(
            user(
                Map.of(
                    "url",
                    "https://registry:8081",
                    "basic-auth.user-info",
                    "ann:${dir:%s:password}".formatted(folder))))
        .isEqualTo("ann:" + secret);
  }

  @Test
  void doesNotResolveUserOfUrl() {
    assertThat(user(Map.of("url", "https://ann:%24%7Benv:HOME%7D@registry:8081")))
        .isEqualTo("ann:${env:HOME}");
  }

  private static String user(Map<String, String> options) {
    String header = RegistryConnection.of(Configuration.fromMap(options)).authorization();
    return new String(Base64.getDecoder().decode(header.replaceFirst("^Basic ", "")), UTF_8);
  }
}
