package dev.outflow.sampling.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import dev.outflow.kafka.input.RecordRows;
import dev.outflow.sampling.TopicSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class InputProposalTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final int TOPICS = 100;

  @Test
  void infersTheColumnsOfAtLeast95Of100Topics() {
    List<String> wrong = new ArrayList<>();
    for (int seed = 0; seed < TOPICS; seed++) {
      GeneratedTopic topic = GeneratedTopic.of(seed);
      Map<String, String> found =
          InputProposal.of(topic.sample(), Optional.empty(), Map.of()).columns().stream()
              .collect(Collectors.toMap(InferredColumn::name, column -> column.type().sql()));
      if (!found.equals(topic.expected())) {
        wrong.add("topic %d: expected %s, found %s".formatted(seed, topic.expected(), found));
      }
    }

    assertThat(wrong).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void readsEveryValueOfTheSampleWithTheProposedColumns() throws Exception {
    for (int seed = 0; seed < TOPICS; seed++) {
      TopicSample sample = GeneratedTopic.of(seed).sample();
      InputProposal proposal = InputProposal.of(sample, Optional.empty(), Map.of());
      Map<String, String> options = new HashMap<>(proposal.options());
      options.put("bootstrap-servers", "localhost:9092");
      options.put("topic", "topic");
      RecordRows rows = RecordRows.of("topic", ReadableColumns.schema(proposal.columns()), options);
      for (ConsumerRecord<byte[], byte[]> record : sample.records()) {
        assertThat(rows.read(record, row -> {})).as("topic %d", seed).isEmpty();
      }
    }
  }

  @Test
  void countsValuesAndRequiresThoseThatAllRowsHave() {
    InputProposal proposal =
        json(
            IntStream.range(0, 100)
                .mapToObj(i -> i % 33 == 1 ? "{\"a\": 1}" : "{\"a\": 1, \"b\": \"x\"}")
                .toList());

    assertThat(proposal.columns())
        .extracting(InferredColumn::sql, InferredColumn::seen, InferredColumn::rows)
        .containsExactly(tuple("BIGINT NOT NULL", 100, 100), tuple("STRING", 97, 100));
  }

  @Test
  void keepsDigitsThatDoubleWouldLose() {
    assertThat(types("0.12345678901234567890123")).containsExactly("DECIMAL(38, 23)");
    assertThat(types("9223372036854775808")).containsExactly("DECIMAL(38, 0)");
    assertThat(types("1e400")).containsExactly("STRING");
    assertThat(types("21.0", "21.5")).containsExactly("DOUBLE");
    assertThat(types("21.50", "21.55")).containsExactly("DECIMAL(18, 2)");
    assertThat(types("1", "2.5")).containsExactly("DOUBLE");
  }

  @Test
  void readsTimesOfAnyUnitAndLeavesOtherNumbersAlone() {
    long seconds = TIME.getEpochSecond();

    assertThat(inferred("n", seconds)).isEqualTo("s: TIMESTAMP_LTZ(3)");
    assertThat(inferred("n", seconds * 1_000)).isEqualTo("ms: TIMESTAMP_LTZ(3)");
    assertThat(inferred("n", seconds * 1_000_000)).isEqualTo("us: TIMESTAMP_LTZ(6)");
    assertThat(inferred("order_id", 1_234_567_890)).isEqualTo("null: BIGINT");
    assertThat(inferred("paidAt", 1_234_567_890)).isEqualTo("s: TIMESTAMP_LTZ(3)");
  }

  @Test
  void degradesWhatTheReaderRejectsToText() {
    InputProposal proposal = json(List.of("{\"d\": \"2026-02-30\"}", "{\"d\": \"2026-02-27\"}"));

    assertThat(proposal.columns()).extracting(InferredColumn::sql).containsExactly("STRING");
    assertThat(proposal.columns().get(0).note()).isEqualTo("not every value is DATE");
  }

  @Test
  void reportsTwoShapesAndWhatTellsThemApart() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      values.add("{\"kind\": \"order\", \"id\": 1, \"amount\": 2.5, \"city\": \"x\"}");
      values.add("{\"kind\": \"login\", \"user\": \"u\", \"device\": \"d\", \"ok\": true}");
    }

    assertThat(json(values).notes())
        .containsExactly(
            "2 shapes of rows in one topic: 30 rows with kind, id, amount, city; 30 rows with kind, user, device, ok; column 'kind' tells them apart; split them in queries");
  }

  @Test
  void measuresHowLateAndOutOfOrderEventsAre() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Instant event = TIME.plusSeconds(i % 10 == 3 ? i - 4 : i);
      records.add(
          GeneratedTopic.record(
              i,
              TIME.plusSeconds(i + 1),
              "{\"updated_at\": \"%s\", \"placed_at\": \"%s\"}"
                  .formatted(TIME.plusSeconds(i + 1), event)));
    }
    EventTimeProposal time = propose(records).eventTime().orElseThrow();

    assertThat(time.column()).isEqualTo("placed_at");
    assertThat(time.disorder().late()).hasSeconds(5);
    assertThat(time.disorder().outOfOrder()).hasSeconds(3);
  }

  @Test
  void findsNamesAndDelimiterOfCsv() {
    InputProposal proposal =
        InputProposal.of(
            sample(
                List.of(
                    "code;amount;when\n007;1.50;2026-11-24T10:00:00Z\n",
                    "code;amount;when\n008;2.25;2026-11-24T10:00:01Z\n")),
            Optional.empty(),
            Map.of());

    assertThat(proposal.options())
        .containsEntry("format", "csv")
        .containsEntry("csv.header", "true")
        .containsEntry("csv.field-delimiter", ";");
    assertThat(proposal.columns())
        .extracting(column -> column.name() + " " + column.sql())
        .containsExactly("code STRING", "amount DECIMAL(18, 2)", "when TIMESTAMP_LTZ(3)");
  }

  @Test
  void rejectsOtherFormatsWithTheReason() {
    assertThat(rejected(0, 0, 0, 0, 7, 1, 2))
        .startsWith("1 of 1 records start with the id of a schema")
        .contains("avro-confluent: { url: ");
    assertThat(rejected(0x1f, 0x8b, 8, 0))
        .isEqualTo(
            "1 of 1 records are compressed with gzip by their producer; set its compression.type instead, so that Kafka's clients decompress them");
    assertThat(rejected(0x28, 0xb5, 0x2f, 0xfd, 4)).contains("compressed with zstd");
    assertThat(rejected(0x04, 0x22, 0x4d, 0x18, 4)).contains("compressed with lz4");
    assertThat(rejected(0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0)).contains("with snappy");
    assertThat(rejected('O', 'b', 'j', 1, 4)).contains("are Avro files");
    assertThat(rejected(8, 0x96, 1, 0x12, 2, 'h', 'i')).contains("look like Protobuf");
    assertThat(rejected(8, 0x96, 1, 0x12, 3, 'h', 'i'))
        .startsWith("the records are binary; columns can be inferred from JSON, CSV and Avro");
    assertThatThrownBy(() -> InputProposal.of(sample(List.of("<a/>")), Optional.empty(), Map.of()))
        .hasMessageStartingWith("the records are XML");
    assertThatThrownBy(
            () -> InputProposal.of(sample(List.of("a,b", "c,d")), Optional.of("json"), Map.of()))
        .hasMessage("2 of 2 records are not json");
  }

  private static String rejected(int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      value[index] = (byte) bytes[index];
    }
    return catchThrowable(() -> propose(List.of(GeneratedTopic.record(0, TIME, value))))
        .getMessage();
  }

  private static List<String> types(String... numbers) {
    return json(List.of(numbers).stream().map("{\"n\": %s}"::formatted).toList()).columns().stream()
        .map(InferredColumn::sql)
        .toList();
  }

  private static String inferred(String name, long value) {
    InputProposal proposal = json(List.of("{\"%s\": %d}".formatted(name, value)));
    return proposal.options().get("json.epoch-unit") + ": " + proposal.columns().get(0).sql();
  }

  private static InputProposal json(List<String> values) {
    return InputProposal.of(sample(values), Optional.empty(), Map.of());
  }

  private static InputProposal propose(List<ConsumerRecord<byte[], byte[]>> records) {
    return InputProposal.of(
        new TopicSample(records, 1, Optional.empty()), Optional.empty(), Map.of());
  }

  private static TopicSample sample(List<String> values) {
    return new TopicSample(
        IntStream.range(0, values.size())
            .mapToObj(i -> GeneratedTopic.record(i, TIME.plusSeconds(i), values.get(i)))
            .toList(),
        1,
        Optional.empty());
  }
}
