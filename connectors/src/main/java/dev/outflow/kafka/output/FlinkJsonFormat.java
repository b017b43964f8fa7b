package dev.outflow.kafka.output;

import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.option.PrefixedOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** Flink's {@code json} for keys and dead letters, independent of the table's own format. */
final class FlinkJsonFormat {
  static final String NAME = "json";

  private FlinkJsonFormat() {}

  /** With Outflow's defaults and {@code more}, whose keys do not begin with {@code json.}. */
  static EncodingFormat<SerializationSchema<RowData>> find(
      DynamicTableFactory.Context table, Map<String, String> more) {
    Map<String, String> options =
        new HashMap<>(PrefixedOptions.of(FormatDefaults.of(NAME), NAME + "."));
    options.putAll(more);
    return FactoryUtil.discoverFactory(
            table.getClassLoader(), SerializationFormatFactory.class, NAME)
        .createEncodingFormat(table, Configuration.fromMap(options));
  }
}
