package dev.outflow.sampling.column;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.sampling.TopicSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * What {@code inputs:} of a definition can say about a topic.
 *
 * @param options the format and its options
 * @param columns the columns, which read every good record of the sample
 * @param eventTime the event time, if a column suits
 * @param arrivalDisorder how far the timestamps of the records are out of order
 * @param notes what is unusual, one line each
 */
public record InputProposal(
    Map<String, String> options,
    List<InferredColumn> columns,
    Optional<EventTimeProposal> eventTime,
    Duration arrivalDisorder,
    List<String> notes) {
  private static final String ANY_BROKER = "localhost:9092";

  public InputProposal {
    options = new TreeMap<>(options);
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }

  /**
   * Infers an input from a sample.
   *
   * @param format {@code json}, {@code csv} or {@code avro-confluent}; by default, what the records
   *     look like
   * @param connection the options of the topic, with those of a schema registry if there is one
   * @throws NoColumnsException if columns cannot be inferred
   * @throws InvalidOptionsException if the schema registry is unavailable
   */
  public static InputProposal of(
      TopicSample sample, Optional<String> format, Map<String, String> connection) {
    return RegistryRows.isUsedBy(sample, format, connection)
        ? ofSchema(sample, connection)
        : ofValues(sample, format);
  }

  private static InputProposal ofSchema(TopicSample sample, Map<String, String> connection) {
    RegistryRows rows = RegistryRows.of(sample, connection);
    return new InputProposal(
        Map.of(FactoryUtil.FORMAT.key(), RegistryOptions.FORMAT),
        rows.columns(),
        EventTimeProposal.of(rows.rows(), rows.columns()),
        Disorder.of(rows.rows(), SampleRow::arrival).outOfOrder(),
        notes(rows.notes(), rows.badRecords(), sample));
  }

  private static InputProposal ofValues(TopicSample sample, Optional<String> format) {
    SampleRows rows = SampleRows.of(sample, format);
    ColumnInference.Result inferred = ColumnInference.infer(rows.rows());
    Map<String, String> options = new HashMap<>(rows.options());
    options.put(FactoryUtil.FORMAT.key(), rows.format());
    inferred
        .epochUnit()
        .ifPresent(unit -> options.put(rows.format() + ".epoch-unit", unit.toString()));
    Map<String, String> table = new HashMap<>(options);
    table.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), ANY_BROKER);
    table.put(KafkaOptions.TOPIC.key(), "sample");
    ReadableColumns readable = ReadableColumns.of(inferred.columns(), table, sample.records());
    return new InputProposal(
        options,
        readable.columns(),
        EventTimeProposal.of(rows.rows(), readable.columns()),
        Disorder.of(rows.rows(), SampleRow::arrival).outOfOrder(),
        notes(rows.notes(), readable.badRecords(), sample));
  }

  private static List<String> notes(List<String> notes, int badRecords, TopicSample sample) {
    List<String> all = new ArrayList<>(notes);
    if (badRecords > 0) {
      all.add(
          "bad records: %d of %d; './outflow sample' shows why"
              .formatted(badRecords, sample.records().size()));
    }
    sample.limit().ifPresent(limit -> all.add("the sample is smaller: " + limit));
    return all;
  }
}
