package dev.outflow.sampling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.input.RecordRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The rows that a sample becomes, with masked columns.
 *
 * @param good the rows
 * @param all a line for each row and for each bad one, which is shown without its values: {@code
 *     {"bad-record": ...}}
 * @param badRecords how many records have a bad row
 */
public record SampledRows(List<ObjectNode> good, List<String> all, int badRecords) {
  public SampledRows {
    good = List.copyOf(good);
    all = List.copyOf(all);
  }

  /**
   * Reads the rows.
   *
   * @throws IOException if the records cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  public static SampledRows of(TopicSample sample, RecordRows reader, RowJson json, Masks masks)
      throws IOException {
    List<ObjectNode> good = new ArrayList<>();
    List<String> all = new ArrayList<>();
    int bad = 0;
    for (ConsumerRecord<byte[], byte[]> record : sample.records()) {
      List<RecordProblem> problems =
          reader.read(
              record,
              row -> {
                ObjectNode object = json.of(row);
                masks.apply(object);
                good.add(object);
                all.add(RowJson.line(object));
              });
      problems.forEach(problem -> all.add(RowJson.line(bad(problem, record))));
      bad += problems.isEmpty() ? 0 : 1;
    }
    return new SampledRows(good, all, bad);
  }

  /** Contains no values of the record. */
  private static ObjectNode bad(RecordProblem problem, ConsumerRecord<byte[], byte[]> record) {
    ObjectNode bad = JsonNodeFactory.instance.objectNode();
    bad.put("code", problem.code().toString());
    problem.column().ifPresent(column -> bad.put("column", column));
    bad.put("reason", problem.message());
    bad.put("partition", record.partition());
    bad.put("offset", record.offset());
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set("bad-record", bad);
    return line;
  }
}
