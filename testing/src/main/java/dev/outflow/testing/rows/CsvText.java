package dev.outflow.testing.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * CSV with a header as readable text for inputs in other formats.
 *
 * @param columns the columns that the header can name
 */
record CsvText(Path file, FieldNames columns) {
  private static final ObjectMapper MAPPER = new JsonMapper();

  /**
   * Returns each line as a JSON object. An empty field is null; arrays, maps and rows are JSON.
   *
   * @param problems collects problems
   */
  List<CaseRecord> objects(List<Problem> problems) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    Location start = new Location(file.toString(), 1, 1);
    List<CaseRecord> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(RecordFile.text(file), format)) {
      List<String> header = parser.getHeaderNames();
      header.stream()
          .filter(name -> !columns.contains(name))
          .forEach(name -> problems.add(columns.unknown(start, name)));
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
      problems.add(new Problem(start, "", e.getMessage()));
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
    LogicalType type = columns.types().get(name);
    boolean hasParts = type != null && !type.getChildren().isEmpty();
    try {
      return hasParts ? MAPPER.readTree(text) : TextNode.valueOf(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}
