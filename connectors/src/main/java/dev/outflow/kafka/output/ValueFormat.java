package dev.outflow.kafka.output;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.RowData;

/**
 * How rows are written.
 *
 * @param name as in the option {@code format}
 * @param json how a row that it cannot write is written for people
 */
record ValueFormat(
    String name,
    EncodingFormat<SerializationSchema<RowData>> encoding,
    EncodingFormat<SerializationSchema<RowData>> json) {}
