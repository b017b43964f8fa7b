package dev.outflow.kafka.input;

import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorReporter;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.error.RecordOrigin;
import dev.outflow.kafka.error.RecordProblem;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes rows of a Kafka record: the value as its format reads it, and what is known beside it. A
 * record that can never be read is told, and goes where the input's policy says.
 */
final class InputRecordDeserializer implements KafkaRecordDeserializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final OnError onError;
  private final DeserializationSchema<RowData> value;
  private final DecodeFailure failures;
  private final RowRules rules;
  private final InputRow rows;
  private final TypeInformation<RowData> produced;
  private transient ErrorReporter report;
  private transient Rows read;

  InputRecordDeserializer(
      String input,
      OnError onError,
      DeserializationSchema<RowData> value,
      DecodeFailure failures,
      RowRules rules,
      InputRow rows,
      TypeInformation<RowData> produced) {
    this.input = input;
    this.onError = onError;
    this.value = value;
    this.failures = failures;
    this.rules = rules;
    this.rows = rows;
    this.produced = produced;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    value.open(context);
    read = new Rows();
    report =
        new ErrorReporter(
            "input '%s'".formatted(input),
            onError,
            ErrorCode.of(ErrorCode.Stage.INPUT),
            context.getMetricGroup(),
            Clock.systemUTC());
  }

  /**
   * {@inheritDoc} All rows of a record, or none: they are handed on when the whole of it is read.
   *
   * @throws dev.outflow.kafka.error.BadRecordException if the record can never be read, and the job
   *     has to end for it
   * @throws IOException if it cannot be read now, as when the schema registry does not answer
   */
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out)
      throws IOException {
    RecordProblem problem = read(record.value());
    if (problem == null) {
      for (RowData row : read.rows) {
        out.collect(rows.of(row, record));
      }
      return;
    }
    report.report(
        problem, new RecordOrigin(record.topic(), record.partition(), record.offset()).toString());
    if (onError == OnError.DEAD_LETTER) {
      out.collect(rows.of(problem, record));
    }
  }

  /** Null if it can be read. */
  private RecordProblem read(byte[] bytes) throws IOException {
    read.rows.clear();
    try {
      value.deserialize(bytes, read);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (DecodeFailure.isTransient(e, bytes)) {
        throw e;
      }
      return rules.ofTime(failures.explain(bytes, e));
    }
    if (read.rows.contains(null) || (read.rows.isEmpty() && failures.isEmpty(bytes))) {
      return failures.unreadable(bytes, "");
    }
    for (RowData row : read.rows) {
      RecordProblem problem = rules.check(row);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return produced;
  }

  /** What a record was read as; most formats make one row of it. */
  private static final class Rows implements Collector<RowData> {
    /** In some, formats make a null of what they do not like. */
    private final List<RowData> rows = new ArrayList<>();

    @Override
    public void collect(RowData row) {
      rows.add(row);
    }

    @Override
    public void close() {}
  }
}
