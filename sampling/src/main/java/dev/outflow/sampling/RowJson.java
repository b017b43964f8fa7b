package dev.outflow.sampling;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.format.DirectFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * Rows as JSON objects: values are written as an output with {@code format: json} writes them.
 *
 * <p>Not thread-safe.
 */
public final class RowJson {
  /** As in the row files of test cases. */
  private static final String KIND = "row-kind";

  private static final String JSON = "json";
  private static final String TIMESTAMPS = "json.timestamp-format.standard";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final SerializationSchema<RowData> serializer;
  private final List<String> order;

  /**
   * Prepares to write rows.
   *
   * @param type the type of the rows
   * @param order the names of their columns in the order to write
   * @param options those of the input: its {@code json.timestamp-format.standard} is kept, so that
   *     the input can read what is written
   */
  public RowJson(RowType type, List<String> order, Map<String, String> options) {
    this.order = List.copyOf(order);
    // ISO-8601 is what people and other tools expect; Flink's default is SQL.
    String timestamps = options.getOrDefault(TIMESTAMPS, "ISO-8601");
    this.serializer =
        DirectFormats.serializer(
            DirectFormats.find(
                    JSON,
                    Map.of(TIMESTAMPS, timestamps, "json.encode.decimal-as-plain-number", "true"))
                .orElseThrow(),
            row -> {
              throw new IllegalStateException("a column has a type that JSON cannot represent");
            },
            type);
    try {
      serializer.open(null);
    } catch (Exception e) { // Declared for Flink's formats.
      throw new IllegalStateException("failed to open the format", e);
    }
  }

  /**
   * Returns an object with a field for each column; for a deletion, one with {@code row-kind} and a
   * field for each column that is not null.
   */
  public ObjectNode of(RowData row) {
    try {
      ObjectNode unordered = (ObjectNode) MAPPER.readTree(serializer.serialize(row));
      ObjectNode ordered = MAPPER.createObjectNode();
      boolean isDeletion = row.getRowKind() == RowKind.DELETE;
      if (isDeletion) {
        ordered.put(KIND, row.getRowKind().shortString());
      }
      order.stream()
          .filter(name -> !isDeletion || unordered.hasNonNull(name))
          .forEach(name -> ordered.set(name, unordered.get(name)));
      return ordered;
    } catch (IOException e) {
      throw new UncheckedIOException("a row's own JSON can always be read", e);
    }
  }

  /** Returns an object as one line. */
  public static String line(ObjectNode object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory can always be written", e);
    }
  }
}
