package dev.outflow.compose;

import static java.util.stream.Collectors.joining;

import dev.outflow.definition.EventTime;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Generates the SQL of a definition. Every table of a job is created with it, so {@code ./outflow
 * ddl} prints what runs.
 */
public final class Ddl {
  private Ddl() {}

  /** Returns the {@code CREATE TEMPORARY TABLE} of an input. */
  public static String createInput(String name, InputDefinition input) {
    List<String> columns = new ArrayList<>();
    input.columns().forEach((column, type) -> columns.add(identifier(column) + " " + type));
    if (!input.primaryKey().isEmpty()) {
      columns.add(
          "PRIMARY KEY (%s) NOT ENFORCED"
              .formatted(input.primaryKey().stream().map(Ddl::identifier).collect(joining(", "))));
    }
    Map<String, String> options = new TreeMap<>(input.options());
    input
        .eventTime()
        .ifPresent(
            time -> {
              columns.add(watermark(time, input.isKafka()));
              options.putAll(input.isKafka() ? time.options() : Map.of());
            });
    String connector = input.isKafka() ? KafkaInputTableFactory.IDENTIFIER : input.connector();
    return createTable(name, columns, connector, options);
  }

  /** Returns the {@code CREATE TEMPORARY TABLE} of an output with the columns of a result. */
  static String createOutput(String alias, ResolvedSchema columns, OutputDefinition output) {
    List<String> derived = new ArrayList<>();
    columns.getColumns().stream()
        .filter(Column::isPersisted)
        .map(column -> identifier(column.getName()) + " " + type(column))
        .forEach(derived::add);
    List<String> key = primaryKey(columns, output);
    if (!key.isEmpty()) {
      derived.add(
          "PRIMARY KEY (%s) NOT ENFORCED"
              .formatted(key.stream().map(Ddl::identifier).collect(joining(", "))));
    }
    return createTable(
        alias, derived, KafkaOutputTableFactory.IDENTIFIER, new TreeMap<>(output.options()));
  }

  /**
   * Returns the columns of the primary key of an output; empty without {@code mode: upsert}, or if
   * a column is missing, which the output reports.
   */
  static List<String> primaryKey(ResolvedSchema columns, OutputDefinition output) {
    return output.isUpsert() && columns.getColumnNames().containsAll(output.key())
        ? output.key()
        : List.of();
  }

  /** Returns a column's SQL type. */
  public static String type(Column column) {
    return SqlType.of(column.getDataType().getLogicalType());
  }

  /** Returns {@code `name`}, escaped. */
  public static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Returns a {@code CREATE TEMPORARY TABLE}. */
  static String createTable(
      String name, List<String> columns, String connector, Map<String, String> options) {
    String with =
        options.entrySet().stream()
            .map(option -> ",\n  " + literal(option.getKey()) + " = " + literal(option.getValue()))
            .collect(joining());
    return "CREATE TEMPORARY TABLE %s (\n  %s\n) WITH (\n  %s = %s%s\n)"
        .formatted(
            identifier(name),
            String.join(",\n  ", columns),
            literal(FactoryUtil.CONNECTOR.key()),
            literal(connector),
            with);
  }

  private static String watermark(EventTime time, boolean isKafka) {
    if (isKafka && time.isOrdered()) {
      return "WATERMARK FOR %s AS SOURCE_WATERMARK()".formatted(identifier(time.column()));
    }
    Duration delay = time.outOfOrder();
    return String.format(
        Locale.ROOT,
        "WATERMARK FOR %1$s AS %1$s - INTERVAL '%2$d %3$02d:%4$02d:%5$02d.%6$03d' DAY(3) TO SECOND(3)",
        identifier(time.column()),
        delay.toDays(),
        delay.toHoursPart(),
        delay.toMinutesPart(),
        delay.toSecondsPart(),
        delay.toMillisPart());
  }

  /** Returns {@code 'text'}, escaped. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
