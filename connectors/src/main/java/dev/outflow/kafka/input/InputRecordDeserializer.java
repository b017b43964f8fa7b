package dev.outflow.kafka.input;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.ErrorReporter;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.error.RecordOrigin;
import dev.outflow.kafka.error.RecordProblem;
import java.io.IOException;
import java.time.Clock;
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
  private final MessageReader reader;
  private final DecodeFailureClassifier failures;
  private final RowValidator validator;
  private final RowAssembler assembler;
  private final TypeInformation<RowData> produced;
  private transient ErrorReporter report;
  private transient MessageRows decoded;

  InputRecordDeserializer(
      String input,
      OnError onError,
      MessageReader reader,
      DecodeFailureClassifier failures,
      RowValidator validator,
      RowAssembler assembler,
      TypeInformation<RowData> produced) {
    this.input = input;
    this.onError = onError;
    this.reader = reader;
    this.failures = failures;
    this.validator = validator;
    this.assembler = assembler;
    this.produced = produced;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    reader.open(context);
    decoded = new MessageRows(validator);
    report =
        new ErrorReporter(
            "input '%s'".formatted(input),
            onError,
            ErrorCode.of(ErrorCode.Stage.INPUT),
            context.getMetricGroup(),
            Clock.systemUTC());
  }

  /**
   * {@inheritDoc} With Flink's formats, emits all rows of a record or none; Outflow's report each
   * bad row.
   *
   * @throws dev.outflow.kafka.error.BadRecordException if a row is bad and the policy is to fail
   * @throws IOException if the record cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out)
      throws IOException {
    RecordProblem missing = assembler.problem(record);
    List<RecordProblem> problems = missing == null ? decode(record.value()) : reject(missing);
    if (problems.isEmpty() || emitsGoodRows()) {
      for (RowData row : decoded.good()) {
        out.collect(assembler.row(row, record));
      }
    }
    if (!problems.isEmpty()) {
      handle(problems, record, out);
    }
  }

  private List<RecordProblem> reject(RecordProblem problem) {
    decoded.clear();
    return List.of(problem);
  }

  private boolean emitsGoodRows() {
    return !(reader instanceof FormatMessageReader);
  }

  /** Reports each problem; the record becomes one dead letter. */
  private void handle(
      List<RecordProblem> problems, ConsumerRecord<byte[], byte[]> record, Collector<RowData> out) {
    String origin =
        new RecordOrigin(record.topic(), record.partition(), record.offset()).toString();
    for (RecordProblem problem : problems) {
      report.report(problem, origin);
    }
    if (onError == OnError.DEAD_LETTER) {
      out.collect(assembler.placeholder(problems.get(0), record));
    }
  }

  /** Fills {@link #decoded}; returns no problem if the record is good. */
  private List<RecordProblem> decode(byte[] bytes) throws IOException {
    decoded.clear();
    try {
      reader.read(bytes, decoded);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      decoded.clear();
      if (DecodeFailureClassifier.isTransient(e, bytes)) {
        throw e;
      }
      return List.of(validator.withTimeCode(failures.classify(bytes, e)));
    }
    if (decoded.hasNull() || (decoded.isEmpty() && failures.isBlankError(bytes))) {
      return List.of(failures.undecodable(bytes, ""));
    }
    List<RecordProblem> bad =
        decoded.bad().stream()
            .map(problem -> failures.withNameInOtherCase(problem, bytes))
            .toList();
    return emitsGoodRows() || bad.isEmpty() ? bad : bad.subList(0, 1);
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return produced;
  }
}
