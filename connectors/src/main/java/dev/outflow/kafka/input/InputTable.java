package dev.outflow.kafka.input;

import dev.outflow.format.reader.MessageReader;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * The definition of an input table, independent of the query that reads it.
 *
 * @param name the input's name, which its operators carry
 * @param columns the columns of the format, and of the primary key
 * @param key the primary key of an upsert input
 * @param metadata the metadata that its columns can have
 * @param timeColumn the event time column, if the table has one
 * @param failures classifies what the format cannot decode
 * @param format Flink's format
 * @param reader Outflow's implementation of the format, if it is to be used
 */
record InputTable(
    String name,
    KafkaInput input,
    DataType columns,
    Optional<UpsertKey> key,
    ReadableMetadata metadata,
    Optional<Column> timeColumn,
    DecodeFailureClassifier failures,
    DecodingFormat<DeserializationSchema<RowData>> format,
    Optional<MessageReader> reader) {

  /**
   * Returns the columns of values.
   *
   * @param row the columns of keys and values
   */
  DataType valueColumns(DataType row) {
    return key.map(primary -> primary.valueColumns(row)).orElse(row);
  }
}
