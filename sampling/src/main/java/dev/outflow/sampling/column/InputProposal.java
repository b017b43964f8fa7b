package dev.outflow.sampling.column;

import dev.outflow.kafka.option.KafkaOptions;
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
   * @param format {@code json} or {@code csv}; by default, what the records look like
   * @throws NoColumnsException if columns cannot be inferred
   */
  public static InputProposal of(TopicSample sample, Optional<String> format) {
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
    List<String> notes = new ArrayList<>(rows.notes());
    if (readable.badRecords() > 0) {
      notes.add(
          "bad records: %d of %d; './outflow sample' shows why"
              .formatted(readable.badRecords(), sample.records().size()));
    }
    sample.limit().ifPresent(limit -> notes.add("the sample is smaller: " + limit));
    return new InputProposal(
        options,
        readable.columns(),
        EventTimeProposal.of(rows.rows(), readable.columns()),
        Disorder.of(rows.rows(), SampleRow::arrival).outOfOrder(),
        notes);
  }
}
