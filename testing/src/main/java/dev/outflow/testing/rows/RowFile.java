package dev.outflow.testing.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Utf8;
import dev.outflow.option.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Reads a file of rows: one JSON object per line, or CSV with a header. */
public final class RowFile {
  public static final String JSON_LINES = ".jsonl";
  public static final String CSV = ".csv";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Path file;
  private final List<Column> columns;
  private final Set<String> ignored;
  private final List<Row> rows = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private RowFile(Path file, List<Column> columns, Set<String> ignored) {
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
  public static List<Row> read(Path file, List<Column> columns, Set<String> ignored) {
    RowFile reading = new RowFile(file, columns, ignored);
    try {
      if (file.toString().endsWith(CSV)) {
        reading.readCsv();
      } else {
        reading.readJsonLines();
      }
    } catch (CharacterCodingException e) {
      reading.problems.add(new Problem(Location.of(file.toString()), "", e.getMessage()));
    } catch (IOException e) {
      reading.problems.add(
          new Problem(Location.of(file.toString()), "", "cannot be read: " + e.getMessage()));
    }
    if (!reading.problems.isEmpty()) {
      throw new InvalidDefinitionException(reading.problems);
    }
    return reading.rows;
  }

  private void readJsonLines() throws IOException {
    List<String> lines = text().lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.isBlank()) {
        continue;
      }
      try {
        if (MAPPER.readTree(line) instanceof ObjectNode object) {
          add(object, number, line);
        } else {
          reject(number, 1, "", "is not a JSON object; write one object per line");
        }
      } catch (JsonProcessingException e) {
        int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        reject(number, column, "", "is not valid JSON: " + withoutSource(e.getOriginalMessage()));
      }
    }
  }

  private static String withoutSource(String message) {
    return message.replaceFirst("(?s) \\(start marker at .*", "");
  }

  private String text() throws IOException {
    return Utf8.decode(Files.readAllBytes(file));
  }

  private void readCsv() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text(), format)) {
      List<String> header = parser.getHeaderNames();
      for (CSVRecord record : parser) {
        int line = Math.toIntExact(parser.getCurrentLineNumber());
        if (record.size() != header.size()) {
          reject(
              line,
              1,
              "",
              "expected %d values, as in the header; found %d"
                  .formatted(header.size(), record.size()));
          continue;
        }
        ObjectNode object = MAPPER.createObjectNode();
        header.forEach(name -> object.set(name, cell(name, record.get(name))));
        add(object, line, "");
      }
    } catch (UncheckedIOException e) {
      reject(Math.max(1, rows.size() + 1), 1, "", "is not valid CSV: " + e.getMessage());
    } catch (IllegalArgumentException e) { // A duplicate name in the header.
      reject(1, 1, "", e.getMessage());
    }
  }

  /** An empty field is null. CSV has no quotes where JSON requires them. */
  private JsonNode cell(String name, String text) {
    if (text.isEmpty()) {
      return MAPPER.nullNode();
    }
    boolean isQuoted =
        column(name).map(column -> column.getDataType().getLogicalType()).stream()
            .anyMatch(
                type ->
                    Stream.of(
                            LogicalTypeFamily.CHARACTER_STRING,
                            LogicalTypeFamily.BINARY_STRING,
                            LogicalTypeFamily.DATETIME)
                        .anyMatch(type::is));
    try {
      return isQuoted ? TextNode.valueOf(text) : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.getName().equals(name)).findFirst();
  }

  private void add(ObjectNode object, int number, String line) {
    int before = problems.size();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      if (column(name).isEmpty() && !ignored.contains(name) && !name.equals(RowText.KIND)) {
        List<String> known = columns.stream().map(Column::getName).toList();
        reject(number, line, name, "unknown column" + Suggestion.among(known, name));
      }
    }
    Row row = Row.withPositions(columns.size());
    for (int index = 0; index < columns.size(); index++) {
      Column column = columns.get(index);
      try {
        row.setField(index, JsonValue.read(object.path(column.getName()), column.getDataType()));
      } catch (TypeMismatchException e) {
        reject(number, line, column.getName(), e.getMessage());
      }
    }
    kind(object, number, line).ifPresent(row::setKind);
    if (problems.size() == before) {
      rows.add(row);
    }
  }

  private Optional<RowKind> kind(ObjectNode object, int number, String line) {
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
          number,
          line,
          RowText.KIND,
          "'%s' is invalid; expected one of +I, -U, +U, -D".formatted(written));
    }
    return kind;
  }

  private void reject(int number, String line, String column, String message) {
    reject(number, Math.max(0, line.indexOf('"' + column + '"')) + 1, column, message);
  }

  private void reject(int number, int at, String column, String message) {
    problems.add(new Problem(new Location(file.toString(), number, at), column, message));
  }
}
