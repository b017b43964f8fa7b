package dev.outflow.kafka.input;

import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.header.HeaderEncoding;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The headers of a record. Of several headers with the same name, the last counts. */
sealed interface HeaderMetadata extends RecordMetadata {

  /** All headers as text. */
  record AllAsText(HeaderEncoding encoding) implements HeaderMetadata {
    @Override
    public DataType type() {
      return DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()).notNull();
    }

    @Override
    public Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      Map<StringData, StringData> headers = new HashMap<>();
      for (Header header : record.headers()) {
        headers.put(StringData.fromString(header.key()), text(header, encoding));
      }
      return new GenericMapData(headers);
    }
  }

  /** The header with this name as text; null if there is none. */
  record OneAsText(String name, HeaderEncoding encoding) implements HeaderMetadata {
    @Override
    public DataType type() {
      return DataTypes.STRING();
    }

    @Override
    public Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      return text(record.headers().lastHeader(name), encoding);
    }

    @Override
    public String toString() {
      return named(name);
    }
  }

  /** The header with this name as bytes; null if there is none. */
  record One(String name) implements HeaderMetadata {
    @Override
    public DataType type() {
      return DataTypes.BYTES();
    }

    @Override
    public Object of(ConsumerRecord<byte[], byte[]> record, RecordProblem problem) {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    }

    @Override
    public String toString() {
      return named(name);
    }
  }

  private static String named(String header) {
    return "header '%s'".formatted(header);
  }

  private static StringData text(Header header, HeaderEncoding encoding) {
    return header == null || header.value() == null
        ? null
        : StringData.fromString(encoding.decode(header.value()));
  }
}
