package dev.outflow.kafka.input;

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
  private final RecordDecoder decoder;
  private final RowAssembler assembler;
  private final TypeInformation<RowData> produced;
  private transient ErrorReporter report;

  InputRecordDeserializer(
      String input,
      OnError onError,
      RecordDecoder decoder,
      RowAssembler assembler,
      TypeInformation<RowData> produced) {
    this.input = input;
    this.onError = onError;
    this.decoder = decoder;
    this.assembler = assembler;
    this.produced = produced;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) throws Exception {
    decoder.open(context);
    report =
        new ErrorReporter(
            "input '%s'".formatted(input),
            onError,
            ErrorCode.of(ErrorCode.Stage.INPUT),
            context.getMetricGroup(),
            Clock.systemUTC());
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.outflow.kafka.error.BadRecordException if a row is bad and the policy is to fail
   * @throws IOException if the record cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RowData> out)
      throws IOException {
    List<RecordProblem> problems = decoder.decode(record, assembler, out::collect);
    if (!problems.isEmpty()) {
      handle(problems, record, out);
    }
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

  @Override
  public TypeInformation<RowData> getProducedType() {
    return produced;
  }
}
