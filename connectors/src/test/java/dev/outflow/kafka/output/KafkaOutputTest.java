package dev.outflow.kafka.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.kafka.option.TableMode;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaOutputTest {
  private static final Map<String, String> LEAST =
      Map.of("bootstrap-servers", "broker:9092", "topic", "orders");
  private static final Map<String, String> EVENT_HUBS =
      Map.of(
          "bootstrap-servers", "my-namespace.servicebus.windows.net:9093",
          "security-protocol", "sasl_ssl",
          "sasl-mechanism", "OAUTHBEARER");

  @Test
  void defaultsToExactlyOnceAndRoundRobin() {
    KafkaOutput output = KafkaOutput.of(LEAST, "job-orders");

    assertThat(output.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(output.partitioner()).isEqualTo(PartitionStrategy.ROUND_ROBIN);
    assertThat(output.compressionType()).isEqualTo(CompressionCodec.NONE);
    assertThat(output.transactionalIdPrefix()).isEqualTo("job-orders");
  }

  @Test
  void defaultsToMurmur2WithAPartitionKey() {
    assertThat(output(Map.of("partition-key", "a;b")).partitioner())
        .isEqualTo(PartitionStrategy.MURMUR2);
    assertThat(output(Map.of("partition-key", "a;b")).partitionKey()).containsExactly("a", "b");
  }

  @Test
  void letsKafkaPropertiesOverrideOptions() {
    KafkaOutput output =
        output(Map.of("compression-type", "zstd", "kafka.compression.type", "gzip"));

    assertThat(output.producerProperties())
        .containsEntry("compression.type", "gzip")
        .containsEntry("bootstrap.servers", "broker:9092");
  }

  @Test
  void waitsForMoreRecordsLongestWithExactlyOnce() {
    assertThat(output(Map.of()).producerProperties()).containsEntry("linger.ms", "100");
    assertThat(output(Map.of("kafka.linger.ms", "7")).producerProperties())
        .containsEntry("linger.ms", "7");
    assertThat(output(Map.of("delivery-guarantee", "at-least-once")).producerProperties())
        .containsEntry("linger.ms", "20");
  }

  @Test
  void fillsBatchesOf64KilobytesUnlessTheirSizeIsSet() {
    assertThat(output(Map.of()).producerProperties()).containsEntry("batch.size", "65536");
    assertThat(output(Map.of("kafka.batch.size", "16384")).producerProperties())
        .containsEntry("batch.size", "16384");
  }

  @ParameterizedTest
  @EnumSource(CompressionCodec.class)
  void readsEveryCompressionTypeInAnyCase(CompressionCodec type) {
    assertThat(output(Map.of("compression-type", type.name())).compressionType()).isEqualTo(type);
    assertThat(output(Map.of("compression-type", type.toString())).compressionType())
        .isEqualTo(type);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () ->
                KafkaOutput.of(
                    Map.of(
                        "bootstrap-servers", "broker, other:9092",
                        "compression-type", "zip",
                        "partitioner", "hash",
                        "delivery-guarantee", "twice",
                        "kafka.transactional.id", "x"),
                    "name"))
        .extracting(InvalidOptionsException::problems)
        .isEqualTo(
            List.of(
                new OptionProblem("topic", "is required"),
                new OptionProblem(
                    "bootstrap-servers",
                    "'broker' is not host:port; use e.g. broker:9092,other-broker:9092"),
                new OptionProblem(
                    "kafka.transactional.id", "cannot be set here; use 'transactional-id-prefix'"),
                new OptionProblem(
                    "partitioner",
                    "'hash' is invalid; expected one of murmur2, crc32, round-robin, sticky"),
                new OptionProblem(
                    "compression-type",
                    "'zip' is invalid; expected one of none, gzip, snappy, lz4, zstd"),
                new OptionProblem(
                    "delivery-guarantee",
                    "'twice' is invalid; expected one of exactly-once, at-least-once, none")));
  }

  @Test
  void requiresAKeyForKeyPartitioners() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> output(Map.of("partitioner", "crc32")))
        .withMessageContaining("partitioner: 'crc32' requires a key; set 'partition-key'");
  }

  @Test
  void reportsAllThatUpsertsCannotHave() {
    Map<String, String> upsert =
        Map.of(
            "mode",
            "upsert",
            "topic.from",
            "target",
            "topic.allowed",
            "a;b",
            "partitioner",
            "sticky",
            "bootstrap-servers",
            "broker:9092",
            "format",
            "json");
    Map<String, String> keyed = new HashMap<>(upsert);
    keyed.put("partition-key", "id");

    assertThatThrownBy(() -> KafkaOutput.of(upsert, "id"))
        .hasMessage(
            "partition-key: is required with mode 'upsert': the columns that identify a row, usually those of GROUP BY");
    assertThatThrownBy(() -> KafkaOutput.of(keyed, "id"))
        .hasMessage(
            "partitioner: 'sticky' spreads the records of a key over partitions, but mode 'upsert' requires them in one, in order; choose murmur2 or crc32\n"
                + "topic.from: column 'target' is not part of 'partition-key', so a row that moves to another topic would never be deleted from the first one, as mode 'upsert' requires; add it to 'partition-key', or use a single topic");
    keyed.put("partition-key", "target;id");
    keyed.put("partitioner", "crc32");
    assertThat(KafkaOutput.of(keyed, "id").mode()).isEqualTo(TableMode.UPSERT);
  }

  @Test
  void rejectsPropertiesThatKafkasProducerWouldReject() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> output(Map.of("kafka.linger.ms", "abc")))
        .withMessageStartingWith("kafka.linger.ms: Invalid value abc for configuration linger.ms");
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> output(Map.of("kafka.enable.idempotence", "false")))
        .withMessageStartingWith("kafka.");
    assertThat(output(Map.of("kafka.linger.ms", "${env:LINGER}")).producerProperties())
        .containsEntry("linger.ms", "${outflow-env:LINGER}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker:0", "broker:99999", "broker", "a:1,,b:2", ""})
  void rejectsInvalidAddress(String servers) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> output(Map.of("bootstrap-servers", servers)))
        .withMessageStartingWith("bootstrap-servers: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"large orders", "..", "größe", ""})
  void rejectsInvalidTopicName(String topic) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> output(Map.of("topic", topic)))
        .withMessageStartingWith("topic: ");
  }

  @Test
  void omitsValuesOfKafkaPropertiesFromToString() {
    assertThat(output(Map.of("kafka.sasl.jaas.config", "hunter2")).toString())
        .contains("sasl.jaas.config")
        .doesNotContain("hunter2");
  }

  @Test
  void needsNoFurtherSettingForEventHubs() {
    KafkaOutput output = output(EVENT_HUBS);

    assertThat(output.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(output.producerProperties())
        .containsEntry("max.request.size", "1000000")
        .containsEntry("request.timeout.ms", "60000")
        .containsEntry("metadata.max.age.ms", "180000")
        .containsEntry("metadata.max.idle.ms", "180000")
        .containsEntry("connections.max.idle.ms", "180000")
        .containsEntry("linger.ms", "20");
  }

  @Test
  void letsKafkaPropertiesOverrideTheDefaultsForEventHubs() {
    assertThat(
            eventHubs(
                    Map.of("kafka.max.request.size", "500000", "kafka.request.timeout.ms", "30000"))
                .producerProperties())
        .containsEntry("max.request.size", "500000")
        .containsEntry("request.timeout.ms", "30000")
        .containsEntry("connections.max.idle.ms", "180000");
  }

  @Test
  void writesExactlyOnceToEventHubsOnlyIfThatIsWritten() {
    KafkaOutput output =
        eventHubs(Map.of("delivery-guarantee", "exactly-once", "transactional-id-prefix", "mine"));

    assertThat(output.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(output.transactionalIdPrefix()).isEqualTo("mine");
  }

  @Test
  void explainsWhyOptionsOfTransactionsHaveNoEffectOnEventHubs() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () ->
                eventHubs(
                    Map.of("transactional-id-prefix", "mine", "on-lost-transaction", "continue")))
        .withMessage(
            """
            transactional-id-prefix: has no effect with delivery-guarantee 'at-least-once', the \
            default for Event Hubs (transactions are a preview, in the Premium and Dedicated tiers \
            only); remove it or set delivery-guarantee to exactly-once
            on-lost-transaction: has no effect with delivery-guarantee 'at-least-once', the default \
            for Event Hubs (transactions are a preview, in the Premium and Dedicated tiers only); \
            remove it or set delivery-guarantee to exactly-once""");
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () ->
                eventHubs(
                    Map.of(
                        "transactional-id-prefix", "mine", "delivery-guarantee", "at-least-once")))
        .withMessage(
            "transactional-id-prefix: has no effect with delivery-guarantee 'at-least-once'; remove it or change delivery-guarantee");
  }

  @Test
  void recognizesEventHubsByAReferenceThatCanBeResolvedHere(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("servers"), "my-namespace.servicebus.windows.net:9093\n");

    assertThat(
            eventHubs(Map.of("bootstrap-servers", "${dir:%s:servers}".formatted(folder)))
                .deliveryGuarantee())
        .isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(
            eventHubs(Map.of("bootstrap-servers", "${dir:%s:missing}".formatted(folder)))
                .deliveryGuarantee())
        .isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
  }

  @Test
  void neverPrintsAnInvalidConnectionString() {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(
            () ->
                eventHubs(
                    Map.of(
                        "sasl-mechanism",
                        "PLAIN",
                        "username",
                        "$ConnectionString",
                        "password",
                        "SharedAccessKeyName=hunter1;SharedAccessKey=hunter2;EntityPath=other")))
        .withMessage(
            """
            password: the connection string has no Endpoint; copy all of it from the shared access policy
            password: the connection string is valid only for event hub 'other' (EntityPath), but \
            'topic' is 'orders'; use a connection string of the namespace, or of that event hub""");
  }

  private static KafkaOutput eventHubs(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(EVENT_HUBS);
    options.putAll(more);
    return output(options);
  }

  private static KafkaOutput output(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(LEAST);
    options.putAll(more);
    return KafkaOutput.of(options, "name");
  }
}
