package dev.outflow.testing.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Utf8;
import dev.outflow.option.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;

/** The records in a file of a test case. */
public final class RecordFile {
  public static final String JSON_LINES = ".jsonl";
  public static final String CSV = ".csv";
  private static final ObjectMapper MAPPER = new JsonMapper();
  private static final JsonFactory JACKSON = MAPPER.getFactory();

  private final Path file;
  private final Map<String, LogicalType> types;

  /**
   * Names a file.
   *
   * @param columns the columns that its records can have
   */
  RecordFile(Path file, List<Column> columns) {
    this.file = file;
    this.types =
        columns.stream()
            .collect(toMap(Column::getName, column -> column.getDataType().getLogicalType()));
  }

  /** Returns the whole file as a record; none if it is blank. */
  List<CaseRecord> message() throws IOException {
    byte[] content = Files.readAllBytes(file);
    return new String(content, ISO_8859_1).isBlank()
        ? List.of()
        : List.of(CaseRecord.ofFile(content));
  }

  /** Returns each line that is not blank as a record. */
  List<CaseRecord> lines() throws IOException {
    List<String> lines = text().lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index -> !lines.get(index).isBlank())
        .mapToObj(index -> CaseRecord.ofLine(lines.get(index), index + 1))
        .toList();
  }

  /**
   * Returns each line of CSV as a JSON object; the first line has the names. An empty field is
   * null; arrays, maps and rows are JSON.
   */
  List<CaseRecord> linesWithHeader(List<Problem> problems) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CaseRecord> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text(), format)) {
      List<String> header = parser.getHeaderNames();
      header.stream()
          .filter(name -> !types.containsKey(name))
          .forEach(name -> problems.add(unknown(new Location(file.toString(), 1, 1), name)));
      for (CSVRecord record : parser) {
        int line = Math.toIntExact(parser.getCurrentLineNumber());
        if (record.size() == header.size()) {
          records.add(CaseRecord.ofConverted(object(header, record).toString(), line));
        } else {
          problems.add(
              new Problem(
                  new Location(file.toString(), line, 1),
                  "",
                  "expected %d values, as in the header; found %d"
                      .formatted(header.size(), record.size())));
        }
      }
    } catch (UncheckedIOException e) {
      problems.add(
          new Problem(
              Location.of(file.toString()), "", "is not valid CSV: " + e.getCause().getMessage()));
    } catch (IllegalArgumentException e) { // A duplicate name in the header.
      problems.add(new Problem(new Location(file.toString(), 1, 1), "", e.getMessage()));
    }
    return records;
  }

  private ObjectNode object(List<String> header, CSVRecord record) {
    ObjectNode object = MAPPER.createObjectNode();
    header.forEach(name -> object.set(name, field(name, record.get(name))));
    return object;
  }

  private JsonNode field(String name, String text) {
    if (text.isEmpty()) {
      return MAPPER.nullNode();
    }
    LogicalType type = types.get(name);
    boolean hasParts = type != null && !type.getChildren().isEmpty();
    try {
      return hasParts ? MAPPER.readTree(text) : TextNode.valueOf(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** Adds a problem for each field that is not a column. */
  void rejectUnknownFields(List<CaseRecord> records, List<Problem> problems) {
    for (CaseRecord record : records) {
      for (String name : names(record)) {
        if (!types.containsKey(name)) {
          problems.add(unknown(record.location(file, name), name));
        }
      }
    }
  }

  private Problem unknown(Location location, String name) {
    return new Problem(location, name, "unknown column" + Suggestion.among(types.keySet(), name));
  }

  /** Describes the fields that are not columns and that the input skips. */
  Optional<String> skippedFields(List<CaseRecord> records) {
    Set<String> skipped = new LinkedHashSet<>();
    records.forEach(record -> skipped.addAll(names(record)));
    skipped.removeAll(types.keySet());
    return skipped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: skipped fields that are not columns: %s"
                .formatted(file, skipped.stream().map(this::hint).collect(joining(", "))));
  }

  private String hint(String name) {
    return name
        + Suggestion.misspelled(types.keySet(), name)
            .map(" (did you mean '%s'?)"::formatted)
            .orElse("");
  }

  /** Returns the names of the fields of a JSON object, as far as it is valid. */
  private static List<String> names(CaseRecord record) {
    List<String> names = new ArrayList<>();
    try (JsonParser json = JACKSON.createParser(record.value())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(json.currentName());
          json.nextToken();
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      return names; // The format reports it.
    }
    return names;
  }

  /** Returns the message of a JSON parser without the place, which messages of files have. */
  static String withoutPlace(String message) {
    return message.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }

  private String text() throws IOException {
    return Utf8.decode(Files.readAllBytes(file));
  }
}
