package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Properties of the Kafka client, {@code kafka.*}, that refer to secrets. */
@ExtendWith(KafkaExtension.class)
class KafkaPropertyChecksITCase {
  private final CheckedBroker broker;

  KafkaPropertyChecksITCase(EmbeddedKafka kafka) {
    broker = CheckedBroker.of(kafka);
  }

  @Test
  void resolvesReferencesInKafkaProperties(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("codec"), "lz4");
    Map<String, String> options = broker.options(broker.topic(Map.of()));
    options.put("kafka.compression.type", "${dir:%s:codec}".formatted(folder));
    RecordedCheck.output(options).assertPassed();

    options.put("kafka.security.protocol", "${dir:%s:none}".formatted(folder));
    RecordedCheck check = RecordedCheck.output(options);
    check.assertFailed(CheckStep.SECRETS, "kafka.security.protocol", "");
    assertThat(check.step(CheckStep.KAFKA).outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(check.step(CheckStep.TOPIC).outcome()).isEqualTo(Outcome.NOT_TRIED);
  }
}
