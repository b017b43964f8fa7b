package dev.outflow.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** A format of Flink's that can be written without a tree, and with which options. */
public sealed interface DirectFormat extends Serializable permits JsonOptions, CsvOptions {
  /** With the options of a table, whose format has found them right; empty for other formats. */
  static Optional<DirectFormat> find(String name, Map<String, String> table) {
    return switch (name) {
      case "json" -> Optional.of(JsonOptions.of(table));
      case "csv" -> Optional.of(CsvOptions.of(table));
      default -> Optional.empty();
    };
  }

  /**
   * What writes as {@code flink} does: {@code flink} itself if only it knows how.
   *
   * @param flink Flink's format for the same rows and options
   */
  default SerializationSchema<RowData> like(SerializationSchema<RowData> flink, RowType type) {
    return knows(type) ? new DirectSerializer(flink, type, this) : flink;
  }

  /** Whether all of {@code type} can be written as Flink does. */
  boolean knows(RowType type);

  /** What writes rows of a type that is known, one after the other; not for several threads. */
  FieldWriter writer(RowType type);

  /** What they are written into. */
  JsonGenerator generator(OutputStream bytes, RowType type) throws IOException;

  /** Those of a table's options that belong to one format, without the format's name. */
  static Configuration options(Map<String, String> table, String format) {
    Map<String, String> options = new HashMap<>();
    String prefix = format + ".";
    table.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            options.put(key.substring(prefix.length()), value);
          }
        });
    return Configuration.fromMap(options);
  }
}
