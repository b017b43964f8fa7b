package dev.outflow.local.preview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The latest rows of an output as a table: the fields of their values as they would be written,
 * preceded by the change, topic, key and headers if there are any.
 */
record OutputRows(List<PreviewEvent.Written> rows, RecordJson json) {
  private static final String VALUE = "value";

  /** Longer values are cut before their width is measured. */
  private static final int MAX_CELL = 500;

  /**
   * Returns the table.
   *
   * @param hasTopics whether a column names the topic
   */
  TextTable table(boolean hasTopics) {
    List<Map<String, String>> cells = rows.stream().map(row -> cells(row, hasTopics)).toList();
    Set<String> columns = new LinkedHashSet<>();
    for (String first : List.of("op", "topic", "key", "headers")) {
      if (cells.stream().anyMatch(row -> row.containsKey(marked(first)))) {
        columns.add(marked(first));
      }
    }
    cells.forEach(row -> columns.addAll(row.keySet()));
    return new TextTable(
        columns.stream().map(OutputRows::unmarked).toList(),
        cells.stream()
            .map(row -> columns.stream().map(column -> row.getOrDefault(column, "")).toList())
            .toList());
  }

  private Map<String, String> cells(PreviewEvent.Written row, boolean hasTopics) {
    ProducerRecord<byte[], byte[]> record = row.record();
    Map<String, String> cells = new LinkedHashMap<>();
    if (isChangelog()) {
      cells.put(marked("op"), row.change().shortString());
    }
    if (hasTopics) {
      cells.put(marked("topic"), record.topic());
    }
    if (record.key() != null) {
      cells.put(marked("key"), cell(RecordJson.text(record.key())));
    }
    if (record.headers().iterator().hasNext()) {
      cells.put(
          marked("headers"),
          cell(
              StreamSupport.stream(record.headers().spliterator(), false)
                  .map(header -> header.key() + "=" + RecordJson.text(header.value()))
                  .collect(Collectors.joining(", "))));
    }
    JsonNode value = json.value(row);
    if (value.isObject()) {
      value.properties().forEach(field -> cells.put(field.getKey(), cell(text(field.getValue()))));
    } else {
      cells.put(VALUE, cell(text(value)));
    }
    return cells;
  }

  private boolean isChangelog() {
    return rows.stream().anyMatch(row -> !row.change().shortString().equals("+I"));
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String cell(String text) {
    return DisplayWidth.printable(text.substring(0, Math.min(text.length(), MAX_CELL)));
  }

  /** Tells columns of the record from fields of the same name. */
  private static String marked(String column) {
    return "\0" + column;
  }

  private static String unmarked(String column) {
    return column.startsWith("\0") ? column.substring(1) : column;
  }
}
