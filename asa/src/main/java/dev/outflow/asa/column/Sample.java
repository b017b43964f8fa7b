package dev.outflow.asa.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.sampling.column.ColumnType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Sample records of an input.
 *
 * @param file as the user named it, or another source
 * @param records the records
 * @param columns the type of each column, by its spelling
 * @param mixed the columns whose values have several types, which are STRING
 */
public record Sample(
    String file, List<ObjectNode> records, Map<String, ColumnType> columns, Set<String> mixed) {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?Z");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  public Sample {
    records = List.copyOf(records);
  }

  /**
   * Reads a file: JSON, as an array or as lines, or CSV with a header.
   *
   * @throws IOException if the file cannot be read or is neither
   */
  public static Sample read(Path path, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    String text = new String(bytes, UTF_8).replace("\ufeff", "").strip();
    return of(text.startsWith("{") || text.startsWith("[") ? json(text) : csv(text), file);
  }

  /**
   * Reads the values of records; leaves out those that are not JSON.
   *
   * @param source where they come from, for messages
   * @throws IOException if none is JSON
   */
  public static Sample ofRecords(List<String> values, String source) throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    Optional<IOException> invalid = Optional.empty();
    for (String value : values) {
      try {
        records.addAll(json(value));
      } catch (IOException e) {
        invalid = Optional.of(e);
      }
    }
    if (records.isEmpty()) {
      String reason = invalid.map(IOException::getMessage).orElse("is not a JSON object");
      throw new IOException(
          "%s has no JSON in %d records; one %s".formatted(source, values.size(), reason));
    }
    return of(records, source);
  }

  private static Sample of(List<ObjectNode> records, String source) {
    Set<String> mixed = new TreeSet<>();
    ColumnType.Row row = row("", records, mixed);
    return new Sample(source, records, row.fields(), mixed);
  }

  private static List<ObjectNode> json(String text) throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes =
        JSON.readerFor(JsonNode.class).readValues(new StringReader(text))) {
      while (nodes.hasNextValue()) {
        JsonNode node = nodes.nextValue();
        if (node.isArray()) {
          node.forEach(element -> add(records, element));
        } else {
          add(records, node);
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException("is not valid JSON: " + e.getOriginalMessage(), e);
    }
    return records;
  }

  private static void add(List<ObjectNode> records, JsonNode node) {
    if (node instanceof ObjectNode object) {
      records.add(object);
    }
  }

  private static List<ObjectNode> csv(String text) throws IOException {
    String header = text.lines().findFirst().orElse("");
    char delimiter = header.contains("\t") ? '\t' : header.contains(";") ? ';' : ',';
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    List<ObjectNode> records = new ArrayList<>();
    try (CSVParser rows = CSVParser.parse(text, format)) {
      for (CSVRecord row : rows) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        row.toMap().forEach((name, value) -> put(record, name, value));
        records.add(record);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("is not valid CSV: " + e.getMessage(), e);
    }
    return records;
  }

  private static void put(ObjectNode record, String name, String value) {
    if (value.matches("-?\\d{1,18}")) {
      record.put(name, Long.parseLong(value));
    } else if (value.matches("-?\\d+\\.\\d+([eE][-+]?\\d+)?")) {
      record.put(name, Double.parseDouble(value));
    } else {
      record.put(name, value);
    }
  }

  private static ColumnType.Row row(String path, List<ObjectNode> records, Set<String> mixed) {
    Map<String, List<JsonNode>> values = new LinkedHashMap<>();
    for (ObjectNode record : records) {
      record
          .properties()
          .forEach(
              field ->
                  values
                      .computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                      .add(field.getValue()));
    }
    Map<String, ColumnType> types = new LinkedHashMap<>();
    values.forEach((name, all) -> types.put(name, type(path + name, all, mixed)));
    return new ColumnType.Row(types);
  }

  private static ColumnType type(String path, List<JsonNode> values, Set<String> mixed) {
    List<JsonNode> given = values.stream().filter(value -> !value.isNull()).toList();
    if (!given.isEmpty() && given.stream().allMatch(JsonNode::isObject)) {
      ColumnType.Row row =
          row(path + ".", given.stream().map(ObjectNode.class::cast).toList(), mixed);
      return row.fields().isEmpty() ? ColumnType.Scalar.STRING : row;
    }
    if (!given.isEmpty() && given.stream().allMatch(JsonNode::isArray)) {
      List<JsonNode> elements = new ArrayList<>();
      given.forEach(array -> array.forEach(elements::add));
      return new ColumnType.Array(type(path + "[]", elements, mixed));
    }
    if (given.isEmpty()) {
      return ColumnType.Scalar.STRING;
    }
    if (given.stream().allMatch(JsonNode::isBoolean)) {
      return ColumnType.Scalar.BOOLEAN;
    }
    if (given.stream().allMatch(value -> value.isIntegralNumber() && value.canConvertToLong())) {
      return ColumnType.Scalar.BIGINT;
    }
    if (given.stream().allMatch(JsonNode::isNumber)) {
      return ColumnType.Scalar.DOUBLE;
    }
    if (given.stream().allMatch(value -> TIME.matcher(value.asText()).matches())) {
      return ColumnType.Scalar.TIME;
    }
    if (!given.stream().allMatch(JsonNode::isTextual)) {
      mixed.add(path);
    }
    return ColumnType.Scalar.STRING;
  }
}
