package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports topic configuration that conflicts with the table. */
@ExtendWith(KafkaExtension.class)
class TopicConfigurationChecksITCase {
  private final CheckedBroker broker;

  TopicConfigurationChecksITCase(EmbeddedKafka kafka) {
    broker = CheckedBroker.of(kafka);
  }

  @Test
  void reportsTopicConfigurationThatConflictsWithTheOutput() throws Exception {
    String topic =
        broker.topic(
            Map.of(
                "max.message.bytes",
                "100000",
                "message.timestamp.type",
                "LogAppendTime",
                "compression.type",
                "gzip",
                "cleanup.policy",
                "compact"));
    RecordedCheck keyed =
        RecordedCheck.output(
            broker.options(topic), "partition-key", "id", "compression-type", "zstd");

    keyed.assertWarning(
        CheckStep.RECORD_SIZE,
        "max.message.bytes 100000 is less than the producer's max.request.size 1048576");
    keyed.assertWarning(
        CheckStep.TIMESTAMPS, "LogAppendTime: Kafka replaces each record's event time");
    keyed.assertWarning(CheckStep.COMPRESSION, "zstd, but the topic's compression.type is gzip");
    assertThat(keyed.step(CheckStep.COMPRESSION).property())
        .isEqualTo(keyed.property("compression-type"));
    RecordedCheck.output(broker.options(topic))
        .assertFailed(CheckStep.KEYS, "partition-key", "rejects records without a key");
    String[] upserts = {"mode", "upsert", "partition-key", "id"};
    assertThat(RecordedCheck.output(broker.options(topic), upserts).step(CheckStep.KEYS).answer())
        .isEqualTo("partition-key id; the topic keeps the last record of each key (compact)");
    for (String policy : List.of("delete", "compact,delete")) {
      RecordedCheck.output(broker.options(broker.topic(Map.of("cleanup.policy", policy))), upserts)
          .assertWarning(CheckStep.KEYS, "has cleanup.policy %s: Kafka deletes".formatted(policy));
    }
    assertThat(RecordedCheck.input(broker.options(topic)).step(CheckStep.CODEC).answer())
        .isEqualTo("can decompress gzip");
  }

  @Test
  void warnsOfTopicsThatDoNotKeepTheRowsOfAnUpsertInput() throws Exception {
    StepReport kept =
        RecordedCheck.input(
                broker.options(broker.topic(Map.of("cleanup.policy", "compact"))), "mode", "upsert")
            .step(CheckStep.RETENTION);
    assertThat(kept.outcome()).isEqualTo(Outcome.OK);
    assertThat(kept.answer())
        .isEqualTo(
            "cleanup.policy compact: the topic keeps the last record of each key; downtime of up to 86400 s misses no tombstone (delete.retention.ms 86400000)");

    for (String policy : List.of("delete", "compact,delete")) {
      StepReport deleted =
          RecordedCheck.input(
                  broker.options(
                      broker.topic(Map.of("cleanup.policy", policy, "retention.ms", "604800000"))),
                  "mode",
                  "upsert")
              .step(CheckStep.RETENTION);
      assertThat(deleted.outcome()).isEqualTo(Outcome.WARNING);
      assertThat(deleted.answer())
          .startsWith("upsert, but cleanup.policy %s and retention delete".formatted(policy));
    }
  }

  @Test
  void reportsTooFewInSyncReplicas() throws Exception {
    RecordedCheck.output(broker.options(broker.topic(Map.of("min.insync.replicas", "2"))))
        .assertFailed(
            CheckStep.REPLICAS,
            "topic",
            "1 of its replicas are in sync, but min.insync.replicas is 2");
  }
}
