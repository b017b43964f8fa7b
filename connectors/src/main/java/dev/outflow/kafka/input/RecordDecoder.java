package dev.outflow.kafka.input;

import dev.outflow.format.reader.MessageReader;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.kafka.error.RecordProblem;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes the values of records: the rows to emit, and what is wrong with the others. With Flink's
 * formats, all rows of a record are emitted or none.
 *
 * <p>Not thread-safe.
 */
final class RecordDecoder implements Serializable {
  private static final long serialVersionUID = 1;

  private final MessageReader reader;
  private final DecodeFailureClassifier failures;
  private final RowValidator validator;
  private final UpsertRows upserts;
  private transient MessageRows decoded;

  /**
   * Creates a decoder.
   *
   * @param upserts creates the rows of an upsert input; null if each record is rows of its own
   */
  RecordDecoder(
      MessageReader reader,
      DecodeFailureClassifier failures,
      RowValidator validator,
      UpsertRows upserts) {
    this.reader = reader;
    this.failures = failures;
    this.validator = validator;
    this.upserts = upserts;
  }

  void open(DeserializationSchema.InitializationContext context) throws Exception {
    reader.open(context);
    if (upserts != null) {
      upserts.open(context);
    }
    decoded = new MessageRows(validator);
  }

  /**
   * Decodes a record and passes the rows to emit, with its metadata, to {@code rows}.
   *
   * @return as {@link #decode(byte[], Consumer)}; also what is wrong with the key or the metadata
   */
  List<RecordProblem> decode(
      ConsumerRecord<byte[], byte[]> record, RowAssembler assembler, Consumer<RowData> rows)
      throws IOException {
    RecordProblem missing = assembler.problem(record);
    if (missing != null) {
      return List.of(missing);
    }
    return upserts == null
        ? decode(record.value(), row -> rows.accept(assembler.row(row, record)))
        : decodeUpsert(record, row -> rows.accept(assembler.row(row, record)));
  }

  private List<RecordProblem> decodeUpsert(
      ConsumerRecord<byte[], byte[]> record, Consumer<RowData> rows) throws IOException {
    Optional<RecordProblem> ofKey = upserts.read(record);
    if (ofKey.isPresent()) {
      return List.of(ofKey.get());
    }
    if (record.value() == null) {
      rows.accept(upserts.deletion(record));
      return List.of();
    }
    List<RecordProblem> problems = decode(record.value());
    if (!problems.isEmpty() || (decoded.isEmpty() && failures.ignoresParseErrors())) {
      return problems;
    }
    List<RowData> found = decoded.good();
    if (found.size() != 1) {
      return List.of(
          new RecordProblem(
              ErrorCode.INVALID_DATA,
              "the value has %d rows instead of one, the row of the record's key"
                  .formatted(found.size())));
    }
    rows.accept(upserts.update(found.get(0)));
    return List.of();
  }

  /**
   * Decodes a value and passes the rows to emit to {@code rows}.
   *
   * @param bytes the value; null, a tombstone, has no rows
   * @return what is wrong with the record, or with each of its bad rows; empty if it is good
   * @throws IOException if the value cannot be decoded now, e.g. because the schema registry is
   *     unavailable
   */
  List<RecordProblem> decode(byte[] bytes, Consumer<RowData> rows) throws IOException {
    List<RecordProblem> problems = decode(bytes);
    if (problems.isEmpty() || emitsGoodRows()) {
      decoded.emit(rows);
    }
    return problems;
  }

  private boolean emitsGoodRows() {
    return !(reader instanceof FormatMessageReader);
  }

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
    if (decoded.isGood()) {
      return List.of();
    }
    List<RecordProblem> bad = new ArrayList<>(decoded.bad());
    // The first one only: each parses the whole record, which can have thousands of bad rows.
    bad.set(0, failures.withNameInOtherCase(bad.get(0), bytes));
    return emitsGoodRows() ? bad : bad.subList(0, 1);
  }
}
