package dev.outflow.testing.rows;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.option.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The names of fields that are columns.
 *
 * @param types the types of the columns, in their order
 */
record FieldNames(Map<String, LogicalType> types) {
  private static final JsonFactory JACKSON = new JsonFactory();

  static FieldNames of(List<Column> columns) {
    return new FieldNames(
        columns.stream()
            .collect(
                toMap(
                    Column::getName,
                    column -> column.getDataType().getLogicalType(),
                    (one, other) -> one,
                    LinkedHashMap::new)));
  }

  boolean contains(String name) {
    return types.containsKey(name);
  }

  /** Adds a problem for each field that is not a column. */
  void rejectOthers(Path file, List<CaseRecord> records, List<Problem> problems) {
    for (CaseRecord record : records) {
      in(record).stream()
          .filter(name -> !contains(name))
          .forEach(name -> problems.add(unknown(record.location(file, name), name)));
    }
  }

  Problem unknown(Location location, String name) {
    return new Problem(location, name, "unknown column" + Suggestion.among(types.keySet(), name));
  }

  /** Describes the fields that are not columns and that an input skips. */
  Optional<String> others(Path file, List<CaseRecord> records) {
    Set<String> skipped = new LinkedHashSet<>();
    records.forEach(record -> skipped.addAll(in(record)));
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

  /** Returns the names of the fields of a record in JSON, as far as it is valid. */
  private static List<String> in(CaseRecord record) {
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
}
