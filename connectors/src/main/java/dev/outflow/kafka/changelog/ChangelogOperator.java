package dev.outflow.kafka.changelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The operator that turns the updates and deletions of an upsert input into a changelog. The state
 * consists of whole rows, so its uid contains their type: other columns are another operator.
 *
 * @param input the input's name
 * @param row the type of the rows
 * @param key the positions of the primary key
 * @param time the position of the event time; -1 if there is none
 */
public record ChangelogOperator(String input, RowType row, List<Integer> key, int time) {

  /**
   * Appends the operator to a source.
   *
   * @param uid without the type of the rows; empty if Flink chooses it
   */
  public DataStream<RowData> apply(
      DataStream<RowData> source, TypeInformation<RowData> type, Optional<String> uid) {
    List<RowData.FieldGetter> columns = new ArrayList<>();
    row.getChildren()
        .forEach(column -> columns.add(RowData.createFieldGetter(column, columns.size())));
    SingleOutputStreamOperator<RowData> changes =
        source
            .keyBy(new PrimaryKeySelector(key.stream().map(columns::get).toList()), Types.STRING)
            .process(new ChangelogFunction(type, columns, time), type)
            .name(input + " changelog");
    uid.ifPresent(prefix -> changes.uid(prefix + "_" + rowId()));
    return changes;
  }

  private String rowId() {
    CRC32 crc = new CRC32();
    crc.update(row.asSerializableString().getBytes(UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
