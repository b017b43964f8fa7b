package dev.outflow.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.util.Collector;

/** One of Flink's formats for rows of a type. */
record FlinkFormat(
    SerializationSchema<RowData> serializer, DeserializationSchema<RowData> deserializer) {

  private static final ClassLoader CLASSES = FlinkFormat.class.getClassLoader();

  /** Creates a format; the options have no prefix. */
  static FlinkFormat open(String format, Map<String, String> options, RowType type)
      throws Exception {
    SerializationSchema<RowData> serializer = serializer(format, options, type);
    DeserializationSchema<RowData> deserializer =
        FactoryUtil.discoverFactory(CLASSES, DeserializationFormatFactory.class, format)
            .createDecodingFormat(null, Configuration.fromMap(options))
            .createRuntimeDecoder(
                ScanRuntimeProviderContext.INSTANCE, TypeConversions.fromLogicalToDataType(type));
    serializer.open(null);
    deserializer.open(null);
    return new FlinkFormat(serializer, deserializer);
  }

  /** Creates a serializer, which is not open. */
  static SerializationSchema<RowData> serializer(
      String format, Map<String, String> options, RowType type) {
    return FactoryUtil.discoverFactory(CLASSES, SerializationFormatFactory.class, format)
        .createEncodingFormat(null, Configuration.fromMap(options))
        .createRuntimeEncoder(null, TypeConversions.fromLogicalToDataType(type));
  }

  byte[] write(RowData row) {
    return serializer.serialize(row);
  }

  /** Returns the rows of a message. */
  List<RowData> read(byte[] message) throws Exception {
    List<RowData> rows = new ArrayList<>();
    deserializer.deserialize(
        message,
        new Collector<>() {
          @Override
          public void collect(RowData row) {
            rows.add(row);
          }

          @Override
          public void close() {}
        });
    return rows;
  }
}
