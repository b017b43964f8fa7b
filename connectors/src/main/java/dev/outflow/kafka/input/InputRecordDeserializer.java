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
 * Deserializes a Kafka record to rows: the columns of its format, then metadata. A bad record is
 * reported and handled by the input's {@code on-error} policy.
 */
final class InputRecordDeserializer implements KafkaRecordDeserializationSchema<RowData> {
  private static final long serialVersionUID = 1;

  private final String input;
  private final OnError onError;
  private final DeserializationSchema<RowData> format;
  private final DecodeFailureClassifier failures;
  private final RowValidator validator;
  private final RowAssembler assembler;
  private final TypeInformation<RowData> produced;
  private transient ErrorReporter report;
  private transient Rows decoded;

  InputRecordDeserializer(
      String input,
      OnError onError,
      DeserializationSchema<RowData> format,
      DecodeFailureClassifier failures,
      RowValidator validator,
      RowAssembler assembler,
      TypeInformation<RowData> produced) {
    this.input = input;
    this.onError = onError;
    this.format = format;
    this.failures = failures;
    this.validator = validator;
    this.assembler = assembler;
    this.produced = produced;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    format.open(context);
    decoded = new Rows();
    report =
        new ErrorReporter(
            "input '%s'".formatted(input),
            onError,
            ErrorCode.of(ErrorCode.Stage.INPUT),
            context.getMetricGroup(),
            Clock.systemUTC());
  }

  /**
   * {@inheritDoc} Emits all rows of a record or none: only after the whole record is decoded.
   *
   * @throws dev.outflow.kafka.error.BadRecordException if the record is bad and the policy is to
   *     fail
   * @throws IOException if it cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out)
      throws IOException {
    RecordProblem problem = decode(record.value());
    if (problem == null) {
      for (RowData row : decoded.rows) {
        out.collect(assembler.row(row, record));
      }
      return;
    }
    report.report(
        problem, new RecordOrigin(record.topic(), record.partition(), record.offset()).toString());
    if (onError == OnError.DEAD_LETTER) {
      out.collect(assembler.placeholder(problem, record));
    }
  }

  /** Fills {@link #decoded}; returns null if the record is good. */
  private RecordProblem decode(byte[] bytes) throws IOException {
    decoded.rows.clear();
    try {
      format.deserialize(bytes, decoded);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      if (DecodeFailureClassifier.isTransient(e, bytes)) {
        throw e;
      }
      return validator.withTimeCode(failures.classify(bytes, e));
    }
    if (decoded.rows.contains(null) || (decoded.rows.isEmpty() && failures.isBlankError(bytes))) {
      return failures.undecodable(bytes, "");
    }
    for (RowData row : decoded.rows) {
      RecordProblem problem = validator.check(row);
      if (problem != null) {
        return failures.withNameInOtherCase(problem, bytes);
      }
    }
    return null;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return produced;
  }

  /** The rows of a record; most formats produce one. */
  private static final class Rows implements Collector<RowData> {
    /** Some formats emit null for what they cannot decode. */
    private final List<RowData> rows = new ArrayList<>();

    @Override
    public void collect(RowData row) {
      rows.add(row);
    }

    @Override
    public void close() {}
  }
}
