package dev.outflow.local.project;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outflow.compose.Ddl;
import dev.outflow.sampling.column.InferredColumn;
import dev.outflow.sampling.column.YamlText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A second job that fills the input of a new project with random rows, on localhost only.
 *
 * @param job the name of the project's job
 * @param broker the broker on localhost
 * @param input the name of the input
 * @param topic its topic
 * @param options its format, with options that are valid for outputs too
 * @param columns its columns
 */
record Generator(
    String job,
    String broker,
    String input,
    String topic,
    Map<String, String> options,
    List<InferredColumn> columns) {
  private static final String INDENT = "    ";

  Generator {
    options = Map.copyOf(options);
    columns = List.copyOf(columns);
  }

  /** Returns the name of its file of queries. */
  String queryFile() {
    return "queries/generated_%s.sql".formatted(input);
  }

  private String ticks() {
    return input.equals("ticks") ? "seconds" : "ticks";
  }

  /** Returns its definition. */
  String definition() {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        # yaml-language-server: $schema=job.schema.json
        # './outflow run' runs this next to job.yaml: random rows like those of the sample. It writes to
        # localhost only.
        name: %s-generator

        inputs:
          %s:
            connector: datagen
            rows-per-second: 5
            columns: { n: INT }

        queries:
          %s: %s

        outputs:
          %s:
            bootstrap-servers: %s
        """
            .formatted(
                job, ticks(), YamlText.name(input), queryFile(), YamlText.name(input), broker));
    yaml.append(YamlText.property(INDENT, "topic", topic));
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            option -> yaml.append(YamlText.property(INDENT, option.getKey(), option.getValue())));
    yaml.append(YamlText.property(INDENT, "delivery-guarantee", "at-least-once"));
    return yaml.toString();
  }

  /**
   * Returns its query.
   *
   * @param rows rows of the sample, whose masked columns are masked here too
   */
  String query(List<ObjectNode> rows) {
    return columns.stream()
        .map(column -> "  %s AS %s".formatted(value(column, rows), Ddl.identifier(column.name())))
        .collect(joining(",\n", "SELECT\n", "\nFROM %s\n".formatted(ticks())));
  }

  private static String value(InferredColumn column, List<ObjectNode> rows) {
    List<JsonNode> values =
        rows.stream()
            .filter(row -> row.has(column.name()))
            .map(row -> row.get(column.name()))
            .toList();
    String value = GeneratedValue.sql(column.name(), column.type(), values);
    return column.seen() == column.rows()
        ? value
        : String.format(
            Locale.ROOT,
            "CASE WHEN RAND() < %.2f THEN %s END",
            (double) column.seen() / column.rows(),
            value);
  }
}
