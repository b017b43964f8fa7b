package dev.outflow.kafka.input;

import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * What a table's definition says of it, whatever is read from it.
 *
 * @param name the input's name: its operator's
 * @param columns those that the format reads
 * @param timeColumn the column with the event time, if the table has one
 * @param failures explains what the format cannot read
 */
record InputTable(
    String name,
    KafkaInput input,
    DataType columns,
    Optional<Column> timeColumn,
    DecodeFailure failures,
    DecodingFormat<DeserializationSchema<RowData>> format) {}
