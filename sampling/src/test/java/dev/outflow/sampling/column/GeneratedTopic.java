package dev.outflow.sampling.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.outflow.sampling.TopicSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A topic with random columns, whose types are known.
 *
 * @param expected the SQL type of each column, in the order of their first values
 */
record GeneratedTopic(TopicSample sample, boolean isCsv, Map<String, String> expected) {
  private static final int RECORDS = 100;
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  /** A column: its type, and a value of a record as JSON. */
  private record Column(String name, String type, Values values, double missing) {}

  private interface Values {
    String json(Random random, Instant time);
  }

  static GeneratedTopic of(int seed) {
    Random random = new Random(seed);
    boolean csv = seed % 4 == 3;
    List<Column> columns = new ArrayList<>();
    int count = 3 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      columns.add(column(random, i, csv, 0));
    }
    columns.add(new Column("id", "STRING", (values, time) -> text(uuid(values)), 0));
    columns.add(new Column("event_time", "TIMESTAMP_LTZ(3)", (values, time) -> text("" + time), 0));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      Instant time = START.plusMillis(i * 1000L + random.nextInt(900) + 1);
      String value = csv ? csv(columns, random, time) : json(columns, random, time);
      records.add(record(i, time.plusMillis(random.nextInt(2000)), value));
    }
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      expected.put(csv ? "column_" + (i + 1) : columns.get(i).name(), columns.get(i).type());
    }
    return new GeneratedTopic(new TopicSample(records, 1, Optional.empty()), csv, expected);
  }

  static ConsumerRecord<byte[], byte[]> record(int offset, Instant time, String value) {
    return record(offset, time, value.getBytes(UTF_8));
  }

  static ConsumerRecord<byte[], byte[]> record(int offset, Instant time, byte[] value) {
    return new ConsumerRecord<>(
        "topic",
        0,
        offset,
        time.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        null,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static Column column(Random random, int number, boolean csv, int depth) {
    double missing = !csv && random.nextInt(3) == 0 ? random.nextDouble() / 2 : 0;
    String name = "c%d".formatted(number);
    int kinds = csv ? 10 : depth < 2 ? 15 : 10;
    return switch (random.nextInt(kinds)) {
      case 0 -> new Column(name, "BIGINT", (values, time) -> "" + values.nextInt(-5, 100), missing);
      case 1 -> new Column(name, "BIGINT", (values, time) -> "" + values.nextLong(), missing);
      case 2 ->
          new Column(
              name, "DOUBLE", (values, time) -> "" + (values.nextInt(10_000) + 0.5) / 8, missing);
      case 3 ->
          new Column(
              name,
              "DECIMAL(18, 2)",
              (values, time) -> "%d.%d0".formatted(values.nextInt(1000), values.nextInt(10)),
              missing);
      case 4 -> new Column(name, "BOOLEAN", (values, time) -> "" + values.nextBoolean(), missing);
      case 5 -> new Column(name, "STRING", (values, time) -> text(word(values)), missing);
      case 6 ->
          new Column(
              name,
              "STRING",
              (values, time) -> text("%05d".formatted(values.nextInt(10_000))),
              missing);
      case 7 ->
          new Column(
              name,
              "DATE",
              (values, time) -> text("2026-%02d-11".formatted(values.nextInt(1, 13))),
              missing);
      case 8 ->
          new Column(
              name,
              "TIMESTAMP_LTZ(6)",
              (values, time) ->
                  text(time.plusNanos(123_000L + values.nextInt(1, 800) * 1000L) + ""),
              missing);
      case 9 ->
          new Column(
              "sent_at_" + name,
              "BIGINT",
              (values, time) -> "" + values.nextInt(1000, 100_000),
              missing);
      case 10 -> array(random, name, missing, depth);
      case 13 ->
          new Column(
              "paid_%s_at".formatted(name),
              "TIMESTAMP_LTZ(3)",
              (values, time) -> "" + time.minusSeconds(values.nextInt(1_000_000)).toEpochMilli(),
              missing);
      case 11, 12 -> row(random, name, missing, depth);
      default ->
          new Column(
              name,
              "STRING",
              (values, time) -> values.nextBoolean() ? "" + values.nextInt(9) : text(word(values)),
              missing);
    };
  }

  private static Column array(Random random, String name, double missing, int depth) {
    Column element = column(random, 0, false, depth + 1);
    return new Column(
        name,
        "ARRAY<%s>".formatted(element.type()),
        (values, time) ->
            values
                .ints(1 + values.nextInt(3))
                .mapToObj(any -> element.values().json(values, time))
                .collect(joining(", ", "[", "]")),
        missing);
  }

  private static Column row(Random random, String name, double missing, int depth) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      Column field = column(random, i, false, depth + 1);
      fields.add(new Column(field.name(), field.type(), field.values(), 0));
    }
    return new Column(
        name,
        fields.stream()
            .map(field -> "`%s` %s".formatted(field.name(), field.type()))
            .collect(joining(", ", "ROW<", ">")),
        (values, time) ->
            fields.stream()
                .map(
                    field ->
                        "\"%s\": %s".formatted(field.name(), field.values().json(values, time)))
                .collect(joining(", ", "{", "}")),
        missing);
  }

  private static String json(List<Column> columns, Random random, Instant time) {
    List<String> fields = new ArrayList<>();
    for (Column column : columns) {
      if (random.nextDouble() >= column.missing()) {
        fields.add("\"%s\": %s".formatted(column.name(), column.values().json(random, time)));
      } else if (random.nextBoolean()) {
        fields.add("\"%s\": null".formatted(column.name()));
      }
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static String csv(List<Column> columns, Random random, Instant time) {
    return columns.stream()
        .map(column -> column.values().json(random, time).replace("\"", ""))
        .collect(joining(";"));
  }

  private static String text(String value) {
    return '"' + value + '"';
  }

  private static String word(Random random) {
    return random
        .ints(1 + random.nextInt(10), 'a', 'z')
        .mapToObj(Character::toString)
        .collect(joining("", "w", ""));
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
