package dev.outflow.functions.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Spikes, dips and changes are found, from the values of a partition in the order of event time.
 */
class AnomaliesTest {
  private static final String SPIKES = "confidence => 95E0, mode => 'spikesanddips'";
  private static final TypeInformation<Row> TYPE =
      Types.ROW_NAMED(
          new String[] {"k", "id", "v", "c", "ts"},
          Types.INT,
          Types.INT,
          Types.DOUBLE,
          Types.BOOLEAN,
          Types.INSTANT);

  private final List<Row> events = new ArrayList<>();

  private record Anomaly(long isAnomaly, double score) {}

  @Test
  void scoresAValueByTheOnesBeforeIt() throws Exception {
    value(0, 1, 1.0);
    value(1, 2, 3.0);
    value(2, 3, 3.0);
    value(3, 4, 9.0);

    Map<Integer, Anomaly> spikes = spikes("confidence => 90E0, mode => 'spikes'", 2, 60);

    assertThat(spikes.get(0)).isEqualTo(new Anomaly(0, 0.5));
    // One value has a width of 1, and 2 is the distance: the history is not complete.
    assertThat(spikes.get(1).score()).isCloseTo(0.02275013, within(1e-8));
    assertThat(spikes.get(1).isAnomaly()).isZero();
    // 1 and 3 have the standard deviation 1.
    assertThat(spikes.get(2).score()).isCloseTo((0.02275013 + 0.5) / 2, within(1e-8));
    assertThat(spikes.get(2).isAnomaly()).isZero();
    // 3 and 3 have none.
    assertThat(spikes.get(3)).isEqualTo(new Anomaly(1, 1e-8));
  }

  @ParameterizedTest
  @CsvSource({"spikes, 1, 0", "dips, 0, 1", "spikesanddips, 1, 1"})
  void findsSpikesAndDips(String mode, int spike, int dip) throws Exception {
    series(0, 100, second -> second == 60 ? 30 : second == 90 ? 10 : 20 + second % 3);

    Map<Integer, Anomaly> anomalies = spikes("confidence => 95E0, mode => '" + mode + "'", 20, 60);

    assertThat(anomalies.get(60).isAnomaly()).isEqualTo(spike);
    assertThat(anomalies.get(90).isAnomaly()).isEqualTo(dip);
    assertThat(anomalies.values().stream().filter(anomaly -> anomaly.isAnomaly() == 1))
        .hasSize(spike + dip);
  }

  @Test
  void findsALevelChangeOnce() throws Exception {
    Random random = new Random(7);
    series(0, 200, second -> (second < 120 ? 20 : 40) + random.nextGaussian());

    Map<Integer, Anomaly> changes = changes(90, 20, 20);

    List<Integer> found =
        changes.entrySet().stream()
            .filter(change -> change.getValue().isAnomaly() == 1)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(found).singleElement().satisfies(id -> assertThat(id).isBetween(120, 125));
    assertThat(changes.get(119).score()).isLessThan(changes.get(122).score() / 1e6);
  }

  @Test
  void keepsPartitionsApart() throws Exception {
    series(0, 100, second -> 20 + second % 3);
    Map<Integer, Anomaly> alone = spikes(SPIKES, 20, 20);
    series(1, 100, second -> 5000 + second % 7 * 100);
    sort();

    assertThat(spikes(SPIKES, 20, 20)).hasSize(200).containsAllEntriesOf(alone);
  }

  @Test
  void leavesOutRowsWithoutAValueOrTheCondition() throws Exception {
    series(0, 100, second -> 20 + second % 3);
    Map<Integer, Anomaly> without = spikes(SPIKES + ", when_true => DESCRIPTOR(c)", 20, 60);
    for (int second = 0; second < 100; second++) {
      events.add(row(0, 1000 + second, null, true, second));
      events.add(row(0, 2000 + second, 900.0, false, second));
      events.add(row(0, 3000 + second, Double.NaN, true, second));
    }
    sort();

    Map<Integer, Anomaly> all = spikes(SPIKES + ", when_true => DESCRIPTOR(c)", 20, 60);

    assertThat(all).hasSize(400).containsAllEntriesOf(without);
    assertThat(all.values().stream().filter(anomaly -> anomaly == null)).hasSize(300);
  }

  /** With a value each 5 s, there are never 20 in 20 s. */
  @Test
  void findsASpikeOfASeriesWithFewerValuesThanTheHistoryHolds() throws Exception {
    for (int id = 0; id < 40; id++) {
      value(id, id * 5, id == 3 || id == 30 ? 90.0 : 20.0 + id % 3);
    }

    Map<Integer, Anomaly> anomalies = spikes(SPIKES, 20, 20);

    assertThat(anomalies.get(3).isAnomaly()).as("the history lasts 10 s only").isZero();
    assertThat(anomalies.get(30).isAnomaly()).isOne();
  }

  @Test
  void startsAgainAfterAPause() throws Exception {
    series(0, 50, second -> 20 + second % 3);
    value(100, 100, 90.0);
    value(101, 101, 20.0);

    Map<Integer, Anomaly> anomalies = spikes(SPIKES, 20, 20);

    assertThat(anomalies.get(100)).isEqualTo(new Anomaly(0, 0.5));
    assertThat(anomalies.get(101).isAnomaly()).isZero();
  }

  @Test
  void comparesInTheOrderOfEventTime() throws Exception {
    Random random = new Random(1);
    series(0, 100, second -> 20 + random.nextGaussian());
    Map<Integer, Anomaly> spikes = spikes(SPIKES, 20, 20);
    Map<Integer, Anomaly> changes = changes(90, 20, 20);
    for (int start = 0; start < 100; start += 4) { // The watermark allows 5 s.
      Collections.shuffle(events.subList(start, start + 4), random);
    }

    assertThat(spikes(SPIKES, 20, 20)).isEqualTo(spikes);
    assertThat(changes(90, 20, 20)).isEqualTo(changes);
    assertThat(spikes.values()).allMatch(spike -> spike.score() > 0 && spike.score() <= 0.5);
    assertThat(changes.values()).allMatch(change -> Double.isFinite(change.score()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v  | 0.5E0 | 20 | '20' | spikes | 'confidence' must be a DOUBLE literal from 1 to 100, such as 95E0",
        "v  | 1E2 + 1 | 20 | '20' | spikes | 'confidence' must be a DOUBLE literal from 1 to 100, such as 95E0",
        "v  | 101E0 | 20 | '20' | spikes | 'confidence' must be a DOUBLE literal from 1 to 100, such as 95E0",
        "v  | 95 | 20 | '20' | spikes | 'confidence' must be a DOUBLE literal from 1 to 100, such as 95E0",
        "v  | 95E0 | 0  | '20' | spikes | 'history_size' must be 1 or more",
        "v  | 95E0 | 20 | '0'  | spikes | 'limit_duration' must be an interval of 1 ms or more",
        "v  | 95E0 | 20 | '20' | both   | 'mode' must be 'spikes', 'dips' or 'spikesanddips'",
        "c  | 95E0 | 20 | '20' | dips   | 'observed_value' must name one numeric column",
        "zz | 95E0 | 20 | '20' | dips   | 'observed_value' must name one numeric column",
      },
      quoteCharacter = '"')
  void rejectsInvalidArguments(
      String column, String confidence, int size, String limit, String mode, String message) {
    String sql =
        """
        SELECT * FROM SPIKE_AND_DIP(input => TABLE events PARTITION BY k ORDER BY ts,
          observed_value => DESCRIPTOR(%s), confidence => %s, history_size => %d,
          limit_duration => INTERVAL %s SECOND, mode => '%s', on_time => DESCRIPTOR(ts), uid => 'u')"""
            .formatted(column, confidence, size, limit, mode);

    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> tables().sqlQuery(sql))
        .havingRootCause()
        .withMessageContaining(message);
  }

  @Test
  void rejectsAConditionThatIsNotBoolean() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> spikes(SPIKES + ", when_true => DESCRIPTOR(id)", 20, 20))
        .havingRootCause()
        .withMessageContaining("'when_true' must name one BOOLEAN column");
  }

  /** Rows of one partition must not make those of others late. */
  private void sort() {
    events.sort(Comparator.comparing(event -> event.<Instant>getFieldAs(4)));
  }

  private void series(int key, int seconds, IntToDoubleFunction value) {
    for (int second = 0; second < seconds; second++) {
      events.add(row(key, key * 1000 + second, value.applyAsDouble(second), true, second));
    }
  }

  private void value(int id, int second, double value) {
    events.add(row(0, id, value, true, second));
  }

  private static Row row(int key, int id, Double value, boolean condition, int second) {
    return Row.of(key, id, value, condition, Instant.ofEpochSecond(1000 + second));
  }

  private Map<Integer, Anomaly> spikes(String arguments, int size, int seconds) throws Exception {
    return anomalies("SPIKE_AND_DIP", arguments, size, seconds);
  }

  private Map<Integer, Anomaly> changes(int confidence, int size, int seconds) throws Exception {
    return anomalies("CHANGE_POINT", "confidence => " + confidence + "E0", size, seconds);
  }

  /** Returns the results by id; null for a row that is not compared. */
  private Map<Integer, Anomaly> anomalies(String function, String arguments, int size, int seconds)
      throws Exception {
    String sql =
        """
        SELECT id, anomaly FROM %s(input => TABLE events PARTITION BY k ORDER BY ts,
          observed_value => DESCRIPTOR(v), history_size => %d, limit_duration => INTERVAL '%d' SECOND(3), %s,
          on_time => DESCRIPTOR(ts), uid => 'u')"""
            .formatted(function, size, seconds, arguments);
    Map<Integer, Anomaly> anomalies = new TreeMap<>();
    try (CloseableIterator<Row> results = tables().sqlQuery(sql).execute().collect()) {
      results.forEachRemaining(
          row -> {
            Row anomaly = row.getFieldAs(1);
            anomalies.put(
                row.getFieldAs(0),
                anomaly == null ? null : new Anomaly(anomaly.getFieldAs(0), anomaly.getFieldAs(1)));
          });
    }
    return anomalies;
  }

  private StreamTableEnvironment tables() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
    tables.executeSql("LOAD MODULE outflow");
    if (events.isEmpty()) {
      value(0, 0, 0);
    }
    tables.createTemporaryView(
        "events",
        environment.fromData(TYPE, events.toArray(Row[]::new)),
        Schema.newBuilder()
            .column("k", "INT")
            .column("id", "INT")
            .column("v", "DOUBLE")
            .column("c", "BOOLEAN")
            .column("ts", "TIMESTAMP_LTZ(3)")
            .watermark("ts", "ts - INTERVAL '5' SECOND")
            .build());
    return tables;
  }
}
