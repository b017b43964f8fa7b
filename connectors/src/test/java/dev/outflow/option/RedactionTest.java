package dev.outflow.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.option.SecretWarnings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "https://ann:hunter2@registry:8081/x, https://******@registry:8081/x",
    "jdbc:postgresql://db/x?user=ann&password=hunter2&ssl=true, jdbc:postgresql://db/x?user=ann&password=******&ssl=true",
    "ann:hunter2@broker:9092, ******@broker:9092",
    "Endpoint=sb://x/;SharedAccessKeyName=ann;SharedAccessKey=hunter2=;EntityPath=e, Endpoint=sb://x/;SharedAccessKeyName=ann;SharedAccessKey=******;EntityPath=e",
    "https://a.blob.core.windows.net/c?sv=1&sig=hunter2, https://a.blob.core.windows.net/c?sv=1&sig=******"
  })
  void masksPasswordInUrlWhateverThePropertyName(String written, String shown) {
    assertThat(Redaction.of(Map.of("url", written))).containsEntry("url", shown);
    assertThat(Redaction.isHidden("url", written)).isTrue();
    assertThat(SecretWarnings.of(Map.of("url", written))).hasSize(1);
  }

  @Test
  void doesNotMaskPublicValuesOrReferences() {
    Map<String, String> options =
        Map.of(
            "url", "https://registry:8081",
            "bootstrap-servers", "broker:9092,broker:9093",
            "path", "abfss://container@account.dfs.core.windows.net/x",
            "password", "${env:P}",
            "other-url", "https://${env:USER}:${env:P}@registry");

    assertThat(Redaction.of(options)).isEqualTo(options);
    assertThat(SecretWarnings.of(Map.of("url", "https://registry:8081"))).isEmpty();
  }
}
