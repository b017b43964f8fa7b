package dev.outflow.sampling.column;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.outflow.sampling.TopicSample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows in a sample of a topic.
 *
 * @param format {@code json} or {@code csv}
 * @param options the options of the format that the rows need
 * @param rows the rows, in the order of the sample
 * @param unreadable how many records are not in the format
 * @param notes what is unusual, one line each
 */
public record SampleRows(
    String format,
    Map<String, String> options,
    List<SampleRow> rows,
    int unreadable,
    List<String> notes) {
  static final String JSON = "json";
  static final String CSV = "csv";

  /** If fewer records are readable, the format is another. */
  private static final double MIN_READABLE = 0.5;

  public SampleRows {
    options = Map.copyOf(options);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * Reads the rows of a sample. Records without a value are skipped.
   *
   * @param format {@code json} or {@code csv}; by default, what the records look like
   * @throws NoColumnsException if most records are not in such a format
   */
  public static SampleRows of(TopicSample sample, Optional<String> format) {
    List<ConsumerRecord<byte[], byte[]>> records =
        sample.records().stream().filter(record -> record.value() != null).toList();
    if (records.isEmpty()) {
      throw new NoColumnsException("the records have no values (they are tombstones)");
    }
    Map<ConsumerRecord<byte[], byte[]>, String> texts = new LinkedHashMap<>();
    records.forEach(
        record -> SampleText.of(record.value()).ifPresent(text -> texts.put(record, text)));
    if (texts.size() < MIN_READABLE * records.size()) {
      throw new NoColumnsException(binary(records));
    }
    if (texts.values().stream().filter(SampleText::isXml).count()
        >= MIN_READABLE * records.size()) {
      throw new NoColumnsException(
          "the records are XML; columns can be inferred from JSON, CSV and Avro with a schema registry");
    }
    long json = texts.values().stream().filter(SampleText::isJson).count();
    String found = format.orElse(json >= MIN_READABLE * texts.size() ? JSON : CSV);
    SampleRows rows =
        found.equals(JSON) ? JsonRows.of(texts, records.size()) : CsvRows.of(texts, records.size());
    if (rows.unreadable() > (1 - MIN_READABLE) * records.size() || rows.rows().isEmpty()) {
      throw new NoColumnsException(
          "%d of %d records are not %s%s"
              .formatted(
                  rows.unreadable(),
                  records.size(),
                  found,
                  format.isPresent() ? "" : "; if they have another format, declare the columns"));
    }
    return rows;
  }

  private static String binary(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .flatMap(record -> BinaryFormat.of(record.value()).stream())
        .collect(groupingBy(format -> format, counting()))
        .entrySet()
        .stream()
        .filter(format -> format.getValue() >= MIN_READABLE * records.size())
        .max(Map.Entry.comparingByValue())
        .map(format -> format.getKey().explanation(format.getValue(), records.size()))
        .orElse(
            "the records are binary; columns can be inferred from JSON, CSV and Avro with a schema registry");
  }
}
