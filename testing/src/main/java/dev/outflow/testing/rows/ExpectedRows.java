package dev.outflow.testing.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.MessageReaders;
import dev.outflow.format.reader.RowConsumer;
import dev.outflow.option.Suggestion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Reads the expected rows of an output: one JSON object per line, by the rules of JSON inputs. */
public final class ExpectedRows {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path file;
  private final List<Column> columns;
  private final Set<String> ignored;
  private final List<ExpectedRow> rows = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ExpectedRows(Path file, List<Column> columns, Set<String> ignored) {
    this.file = file;
    this.columns = columns;
    this.ignored = ignored;
  }

  /**
   * Reads a file. A column that a row leaves out is null.
   *
   * @param columns the columns to read
   * @param ignored other columns that are allowed, and not read
   * @return rows with a value for each of {@code columns}
   * @throws InvalidDefinitionException with the problems of all lines
   */
  public static List<ExpectedRow> read(Path file, List<Column> columns, Set<String> ignored) {
    ExpectedRows reading = new ExpectedRows(file, columns, ignored);
    reading.readOrReject();
    if (!reading.problems.isEmpty()) {
      throw new InvalidDefinitionException(reading.problems);
    }
    return reading.rows;
  }

  /** Reads the lines of a file that are valid; parameters as for {@link #read}. */
  public static List<ExpectedRow> readValid(Path file, List<Column> columns, Set<String> ignored) {
    ExpectedRows reading = new ExpectedRows(file, columns, ignored);
    reading.readOrReject();
    return reading.rows;
  }

  private void readOrReject() {
    columns.forEach(this::checkType);
    if (!problems.isEmpty()) {
      return;
    }
    try {
      read();
    } catch (CharacterCodingException e) {
      reject(Location.of(file.toString()), "", e.getMessage());
    } catch (IOException e) {
      reject(Location.of(file.toString()), "", "cannot be read: " + e.getMessage());
    }
  }

  private void read() throws IOException {
    MessageReader reader = reader();
    for (CaseRecord line : RecordFile.lines(file)) {
      try {
        if (MAPPER.readTree(line.text()) instanceof ObjectNode object) {
          int before = problems.size();
          checkNames(object, line);
          Optional<Row> row = row(reader, object, line);
          if (problems.size() == before) {
            row.ifPresent(valid -> rows.add(new ExpectedRow(valid, line.text())));
          }
        } else {
          reject(line.location(file, ""), "", "is not a JSON object; write one object per line");
        }
      } catch (JsonProcessingException e) {
        int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        reject(
            new Location(file.toString(), line.line(), column),
            "",
            "is not valid JSON: " + RecordFile.withoutPlace(e.getOriginalMessage()));
      }
    }
  }

  private MessageReader reader() {
    MessageReader reader = find(columns).orElseThrow();
    try {
      reader.open(null);
    } catch (Exception e) { // Declared for other formats.
      throw new IllegalStateException("failed to open the reader", e);
    }
    return reader;
  }

  private void checkType(Column column) {
    if (find(List.of(column)).isEmpty()) {
      reject(
          Location.of(file.toString()),
          "",
          "column '%s' of type %s cannot be compared; add it to 'ignore' in test.yaml"
              .formatted(column.getName(), TypeName.of(column.getDataType())));
    }
  }

  private Optional<MessageReader> find(List<Column> some) {
    RowType type =
        RowType.of(
            some.stream()
                .map(column -> column.getDataType().getLogicalType())
                .toArray(LogicalType[]::new),
            some.stream().map(Column::getName).toArray(String[]::new));
    return MessageReaders.find("expected rows", InputFormat.JSON, Map.of(), type);
  }

  private void checkNames(ObjectNode object, CaseRecord line) {
    List<String> known = columns.stream().map(Column::getName).toList();
    for (Map.Entry<String, ?> field : object.properties()) {
      String name = field.getKey();
      if (!known.contains(name) && !ignored.contains(name) && !name.equals(RowText.KIND)) {
        reject(line.location(file, name), name, "unknown column" + Suggestion.among(known, name));
      }
    }
  }

  private Optional<Row> row(MessageReader reader, ObjectNode object, CaseRecord line)
      throws IOException {
    RowKind kind = kind(object, line).orElse(RowKind.INSERT);
    List<Row> read = new ArrayList<>();
    reader.read(
        line.text().getBytes(UTF_8),
        new RowConsumer() {
          @Override
          public void row(RowData row) {
            read.add(ExternalRow.of(row, columns, kind));
          }

          @Override
          public void invalid(int number, InvalidValueException problem) {
            String column = problem.column().orElse("");
            reject(line.location(file, column), column, problem.getMessage());
          }
        });
    return read.stream().findFirst();
  }

  private Optional<RowKind> kind(ObjectNode object, CaseRecord line) {
    if (!object.has(RowText.KIND)) {
      return Optional.empty();
    }
    String written = object.path(RowText.KIND).asText();
    Optional<RowKind> kind =
        Stream.of(RowKind.values())
            .filter(known -> known.shortString().equals(written))
            .findFirst();
    if (kind.isEmpty()) {
      reject(
          line.location(file, RowText.KIND),
          RowText.KIND,
          "'%s' is invalid; expected one of +I, -U, +U, -D".formatted(written));
    }
    return kind;
  }

  private void reject(Location location, String column, String message) {
    problems.add(new Problem(location, column, message));
  }
}
