package dev.outflow.kafka.output;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.option.InvalidOptionsException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Finds the topic of a row.
 *
 * @param position the column that names it; -1 if there is a single topic
 */
record TopicColumn(OutputTopic topic, int position) implements Serializable {
  private static final String OPTION = KafkaOutputOptions.TOPIC_FROM.key();

  /**
   * Resolves the column.
   *
   * @throws InvalidOptionsException if it does not exist or is not text
   */
  static TopicColumn find(OutputTopic topic, DataType row) {
    if (topic.column().isEmpty()) {
      return new TopicColumn(topic, -1);
    }
    String column = topic.column().get();
    List<String> existing = DataType.getFieldNames(row);
    OutputColumns.requireKnown(OPTION, List.of(column), existing);
    int position = existing.indexOf(column);
    LogicalType type = row.getLogicalType().getChildren().get(position);
    if (!type.is(LogicalTypeRoot.VARCHAR) && !type.is(LogicalTypeRoot.CHAR)) {
      throw InvalidOptionsException.of(
          OPTION,
          "column '%s' has type %s, but a topic is a STRING; choose another column or CAST it in the query"
              .formatted(column, type.asSummaryString()));
    }
    return new TopicColumn(topic, position);
  }

  /** Returns the topic of a row; null if its column is null. It can be one that is not allowed. */
  String of(RowData row) {
    if (position < 0) {
      return topic.names().get(0);
    }
    return row.isNullAt(position) ? null : row.getString(position).toString();
  }

  /** Explains why a row has no topic that is allowed. */
  RecordProblem problem(String written) {
    return written == null
        ? new RecordProblem(
            ErrorCode.REQUIRED_COLUMN_MISSING,
            topic.column(),
            "is null, but names the topic of the record; set it in the query",
            "")
        : new RecordProblem(
            ErrorCode.OUTPUT_TYPE_CONVERSION,
            topic.column(),
            "names a topic that is not in '%s' (%s); add it there, or change the query"
                .formatted(KafkaOutputOptions.TOPIC_ALLOWED.key(), topic),
            "topic '%s'".formatted(written));
  }
}
