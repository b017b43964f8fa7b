package dev.outflow.local.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.JobDefinition;
import dev.outflow.sampling.TopicSample;
import dev.outflow.sampling.column.InputProposal;
import dev.outflow.testing.TransformationTester;
import dev.outflow.testing.cases.CaseReader;
import dev.outflow.testing.cases.CaseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterProjectTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final String ORDER =
      """
      {"order id": "o-%1$d", "city": "%2$s", "amount": %1$d.50, "count": %1$d, "big": 90071992547409%1$02d, "ratio": %1$d.125,
       "express": true, "day": "2026-11-24", "at": "%3$s", "micros": "2026-11-24T10:00:00.123456Z",
       "customer": {"name": "Ann", "tags": ["it's"]}, "lines": [{"sku": "s%1$d", "pieces": 2}], "none": null%4$s}
      """;

  @TempDir private Path folder;

  @Test
  void writesAJobThatPassesItsTestCaseAndAGeneratorOfRowsThatTheJobReads() throws Exception {
    StarterProject project = project("shop", "shop-orders", Map.of(), orders());
    project.write(orders(), List.of("customer.name"));

    Path testCase = folder.resolve(StarterProject.TEST_CASE);
    CaseResult accepted = CaseReader.readToAccept(List.of(testCase), Optional.empty()).get(0).run();
    assertThat(accepted.failure()).isEmpty();
    accepted.accept();
    assertThat(CaseReader.read(List.of(testCase)).get(0).run().isPassed()).isTrue();
    assertThat(testCase.resolve("expected/shop.jsonl")).content().hasLineCount(20);

    List<Row> generated =
        TransformationTester.of(folder.resolve("conf/generator.yaml"))
            .input("ticks", IntStream.range(0, 50).mapToObj(Row::of).toArray(Row[]::new))
            .run()
            .output("shop_orders");
    assertThat(generated).hasSize(50);
    assertThat(generated.get(0).getArity()).isEqualTo(14);
    assertThat(generated.stream().map(row -> row.getField(1)).distinct())
        .containsExactlyInAnyOrder("Bergen", "Porto");
    assertThat(generated.stream().map(row -> row.getField(13)).distinct())
        .contains("only some", (Object) null);
  }

  @Test
  void writesTheRealConnectionIntoAnEnvironmentOnly() throws Exception {
    Map<String, String> connection =
        Map.of(
            "security-protocol",
            "sasl_ssl",
            "username",
            "reader",
            "password",
            "${env:KAFKA_PASSWORD}",
            "kafka.client.rack",
            "a",
            "consumer-group-id",
            "readers");
    project("shop-orders", "shop-orders", connection, orders()).write(orders(), List.of());

    JobDefinition local = read("job.yaml", Optional.empty());
    assertThat(local.inputs().get("shop_orders").options())
        .containsEntry("bootstrap-servers", "localhost:9092")
        .doesNotContainKey("security-protocol");
    assertThat(local.outputs().get("shop_orders_out").options())
        .containsEntry("topic", "shop-orders-out")
        .containsEntry("bootstrap-servers", "localhost:9092");
    JobDefinition real = read("job.yaml", Optional.of("cluster"));
    assertThat(real.inputs().get("shop_orders").options())
        .containsEntry("bootstrap-servers", "broker:9092")
        .containsAllEntriesOf(connection);
    assertThat(real.outputs().get("shop_orders_out").options())
        .containsEntry("password", "${env:KAFKA_PASSWORD}")
        .containsEntry("kafka.client.rack", "a")
        .doesNotContainKey("consumer-group-id");
  }

  @Test
  void trialRunsDoNotUseTheBrokerOfTheTopicOnLocalhost() {
    InputProposal proposal = InputProposal.of(orders(), Optional.empty(), Map.of());
    StarterJob job = new StarterJob("shop", "127.0.0.1:9092", "shop-orders", Map.of(), proposal);

    assertThat(job.files().get("conf/job.yaml"))
        .contains("bootstrap-servers: localhost:19092")
        .doesNotContain(":9092");
    assertThat(job.generator().definition())
        .contains("bootstrap-servers: localhost:19092")
        .doesNotContain(":9092");
  }

  @Test
  void writesNoMaskedValueAndRejectsAnUnknownMask() throws Exception {
    StarterProject project = project("shop", "shop-orders", Map.of(), orders());

    assertThatThrownBy(() -> project.write(orders(), List.of("custmer")))
        .hasMessage("--mask custmer: unknown column; did you mean 'customer'?");
    project.write(orders(), List.of("customer.name", "city", "amount"));

    assertThat(texts()).doesNotContain("Ann", "Bergen", "Porto", "7.50");
  }

  @Test
  void readsCsvWithAHeaderInTheRealTopicOnly() throws Exception {
    TopicSample csv =
        sample(
            IntStream.range(0, 30)
                .mapToObj(
                    i -> "id;when;n\n%d;%s;1.5\n%d;;2\n".formatted(i, TIME.plusSeconds(i), i)));
    project("codes", "codes.v1", Map.of(), csv).write(csv, List.of());

    assertThat(read("job.yaml", Optional.empty()).inputs().get("codes_v1").options())
        .containsEntry("format", "json")
        .doesNotContainKey("csv.header");
    assertThat(read("job.yaml", Optional.of("cluster")).inputs().get("codes_v1").options())
        .containsEntry("format", "csv")
        .containsEntry("csv.header", "true")
        .containsEntry("csv.field-delimiter", ";");
  }

  private JobDefinition read(String file, Optional<String> environment) {
    return DefinitionReader.read(
        new DefinitionSource(
            folder.resolve("conf").resolve(file).toString(), environment, List.of()));
  }

  private String texts() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(StarterProjectTest::text).collect(joining());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private StarterProject project(
      String name, String topic, Map<String, String> connection, TopicSample sample) {
    return new StarterProject(
        folder,
        new StarterJob(
            name,
            "broker:9092",
            topic,
            connection,
            InputProposal.of(sample, Optional.empty(), Map.of())));
  }

  private static TopicSample orders() {
    return sample(
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    ORDER.formatted(
                        i,
                        i % 3 == 0 ? "Bergen" : "Porto",
                        TIME.plusSeconds(i),
                        i % 4 == 0 ? "" : ", \"some\": \"only some\"")));
  }

  private static TopicSample sample(Stream<String> values) {
    List<String> texts = values.toList();
    return new TopicSample(
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    new ConsumerRecord<byte[], byte[]>(
                        "topic",
                        0,
                        i,
                        TIME.plusSeconds(i).toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        -1,
                        texts.get(i).length(),
                        null,
                        texts.get(i).getBytes(UTF_8),
                        new RecordHeaders(),
                        Optional.empty()))
            .toList(),
        1,
        Optional.empty());
  }
}
