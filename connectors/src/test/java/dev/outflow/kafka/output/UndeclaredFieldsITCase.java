package dev.outflow.kafka.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import dev.outflow.kafka.FlinkTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code SELECT *} passes on what is not declared, character by character. */
@ExtendWith({MiniClusterExtension.class, KafkaExtension.class})
class UndeclaredFieldsITCase {
  private static final int GENERATED = 500;
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1.50",
          "1e400",
          "6.02E+23",
          "1E-7",
          "12345678901234567890123456789",
          "0.1000000000000000055511151231257827",
          "\"\"",
          "\"7\"",
          "\"2026-11-24T10:15:00+01:00\"",
          "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"é名前😀\"",
          "\"\\u00e9\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "[]",
          "{}",
          "[[],{}]",
          "{\"id\":1,\"id\":2,\"name\":null}",
          "[1,1.0,{\"a\":[\"}\",\"]\"]}]",
          "{\"\":{\"\":\"\"}}");
  private static final List<String> NAMES =
      List.of(
          "\"a\"",
          "\"b\"",
          "\"ID\"",
          "\"Name\"",
          "\"rest\"",
          "\"\"",
          "\"a b\"",
          "\"$type\"",
          "\"@timestamp\"",
          "\"名前\"",
          "\"😀\"",
          "\"\\u00fc\"",
          "\"x\\\"y\"",
          "\"a.b\"",
          "\"c\\\\\"");

  /** As devices, webhooks and Azure's services send them. */
  private static final List<String> DOCUMENTS =
      List.of(
          """
          "specversion":"1.0","type":"Microsoft.Storage.BlobCreated","source":"/subscriptions/0","time":"2026-11-24T10:15:00.1234567Z","data":{"api":"PutBlockList","contentLength":524288,"url":"https://a.blob.core.windows.net/c/f?x=1&y=2"}""",
          """
          "EventEnqueuedUtcTime":"2026-11-24T10:15:00.1230000Z","PartitionId":3,"IoTHub":{"MessageId":null,"ConnectionDeviceId":"sensor-17","EnqueuedTime":"0001-01-01T00:00:00.0000000"},"temperature":21.50,"humidity":4.1e1""",
          """
          "action":"opened","pull_request":{"number":17,"title":"Größe \\"m²\\"","labels":[{"name":"bug","color":"d73a4a"}],"merged_at":null,"body":"a\\r\\nb"},"sender":{"login":"zoë","site_admin":false}""",
          """
          "op":"u","ts_ms":1795428900123,"before":null,"after":{"amount":"AQI=","price":0.10,"tags":[]}""");

  private final EmbeddedKafka kafka;

  UndeclaredFieldsITCase(EmbeddedKafka kafka) {
    this.kafka = kafka;
  }

  @ParameterizedTest
  @EnumSource(ValueWriter.class)
  void selectingEverythingReturnsEveryValueUnchanged(ValueWriter writer) throws Exception {
    Random random = new Random(7);
    List<List<String>> undeclared = new ArrayList<>();
    DOCUMENTS.forEach(document -> undeclared.add(List.of(document)));
    IntStream.range(0, GENERATED).forEach(number -> undeclared.add(fields(random)));
    TestTopic in = TestTopic.create(kafka, 1);
    TestTopic out = TestTopic.create(kafka, 1);
    in.send(
        IntStream.range(0, undeclared.size())
            .mapToObj(number -> document(number, undeclared.get(number), random))
            .toArray(String[]::new));

    copy(in, out, writer);

    assertThat(out.settled())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactlyElementsOf(
            IntStream.range(0, undeclared.size())
                .mapToObj(number -> expected(number, undeclared.get(number)))
                .toList());
  }

  /** Returns fields with different names in random order. */
  private static List<String> fields(Random random) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    names
        .subList(0, random.nextInt(names.size()))
        .forEach(name -> fields.put(name, VALUES.get(random.nextInt(VALUES.size()))));
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ":" + field.getValue())
        .toList();
  }

  /** Returns an object with the declared fields at random positions. */
  private static String document(int number, List<String> undeclared, Random random) {
    List<String> fields = new ArrayList<>(undeclared);
    fields.add(random.nextInt(fields.size() + 1), "\"id\":" + number);
    fields.add(random.nextInt(fields.size() + 1), "\"name\":\"n%d\"".formatted(number));
    return fields.stream().collect(joining(random.nextBoolean() ? "," : " ,\n ", "{", "}"));
  }

  private static String expected(int number, List<String> undeclared) {
    return Stream.concat(
            Stream.of("\"id\":" + number, "\"name\":\"n%d\"".formatted(number)),
            undeclared.stream())
        .collect(joining(",", "{", "}"));
  }

  private static void copy(TestTopic in, TestTopic out, ValueWriter writer) throws Exception {
    StreamTableEnvironment tables = FlinkTables.create(1);
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE documents (
          id BIGINT, rest STRING METADATA FROM 'undeclared' VIRTUAL, name STRING
        ) WITH (
          'connector' = 'kafka-input', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'start' = 'earliest', 'bounded' = 'true', 'format' = 'json'
        )"""
            .formatted(in.kafka().bootstrapServers(), in.name()));
    tables.executeSql(
        """
        CREATE TEMPORARY TABLE copies (id BIGINT, rest STRING, name STRING) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = '%s', 'topic' = '%s',
          'format' = 'json', 'json.undeclared-column' = 'rest', 'value-writer' = '%s'
        )"""
            .formatted(out.kafka().bootstrapServers(), out.name(), writer));
    FlinkTables.insert(tables.sqlQuery("SELECT * FROM documents"), "copies");
  }
}
