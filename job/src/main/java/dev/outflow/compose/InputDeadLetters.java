package dev.outflow.compose;

import static dev.outflow.compose.Ddl.identifier;

import dev.outflow.definition.InputDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.kafka.output.DeadLetterColumn;
import dev.outflow.kafka.output.DeadLetterTableFactory;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.transaction.CheckpointTimes;
import dev.outflow.security.SecurityOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Generates the SQL of an input with a dead-letter topic: a table with all its records, a view of
 * the good ones with the input's name, and a table for the dead letters with an INSERT of its own.
 * Flink reads the topic once for both.
 */
public record InputDeadLetters(String name, InputDefinition input) {
  private static final String DEAD_LETTERS = "$dead_letters";

  /** Returns the SQL of an input; empty unless it has {@code on-error: dead-letter} and a topic. */
  public static Optional<InputDeadLetters> of(String name, InputDefinition input) {
    return input.hasDeadLetters()
        ? Optional.of(new InputDeadLetters(name, input))
        : Optional.empty();
  }

  /** Returns the statements that create the tables and the view, by their names. */
  Map<String, String> create() {
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put(records(), Ddl.createInput(records(), withMetadata()));
    statements.put(name, view());
    statements.put(deadLetters(), createDeadLetters());
    return statements;
  }

  /** Returns the statement that writes the dead letters. */
  public String insert() {
    String columns =
        Stream.of(DeadLetterColumn.values())
            .map(InputDeadLetters::column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s\nSELECT %s\nFROM %s\nWHERE %s IS NOT NULL"
        .formatted(
            identifier(deadLetters()),
            columns,
            identifier(records()),
            column(DeadLetterColumn.CODE));
  }

  private String view() {
    String columns =
        input.columns().keySet().stream().map(Ddl::identifier).collect(Collectors.joining(", "));
    return "CREATE TEMPORARY VIEW %s AS\nSELECT %s\nFROM %s\nWHERE %s IS NULL"
        .formatted(identifier(name), columns, identifier(records()), column(DeadLetterColumn.CODE));
  }

  private InputDefinition withMetadata() {
    Map<String, String> columns = new LinkedHashMap<>(input.columns());
    for (DeadLetterColumn column : DeadLetterColumn.values()) {
      columns.put(
          columnName(column),
          "%s METADATA FROM %s VIRTUAL".formatted(column.type(), Ddl.literal(column.metadata())));
    }
    return new InputDefinition(
        input.connector(), columns, input.primaryKey(), input.eventTime(), input.options());
  }

  private String createDeadLetters() {
    List<String> columns =
        Stream.of(DeadLetterColumn.values())
            .map(column -> column(column) + " " + column.type())
            .toList();
    return Ddl.createTable(
        deadLetters(), columns, DeadLetterTableFactory.IDENTIFIER, deadLetterOptions());
  }

  /** Returns the Kafka output that writes the dead letters. */
  public KafkaOutput output(String jobName, CheckpointTimes checkpoints) {
    return DeadLetterTableFactory.output(
        ResolvedOptions.of(deadLetterOptions()), Optional.of(jobName), checkpoints);
  }

  /** Returns the input's connection and those of its Kafka properties that a producer supports. */
  private Map<String, String> deadLetterOptions() {
    Set<String> shared =
        SecurityOptions.all().stream().map(ConfigOption::key).collect(Collectors.toSet());
    shared.add(KafkaOptions.BOOTSTRAP_SERVERS.key());
    Map<String, String> options = new TreeMap<>(input.options());
    options
        .keySet()
        .removeIf(
            key ->
                key.startsWith(KafkaOptions.KAFKA_PREFIX)
                    ? !ProducerConfig.configNames()
                        .contains(key.substring(KafkaOptions.KAFKA_PREFIX.length()))
                    : !shared.contains(key));
    // A consumer's interceptors do not fit a producer.
    options.remove(KafkaOptions.KAFKA_PREFIX + ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    options.put(KafkaOptions.TOPIC.key(), input.options().get(ErrorPolicy.DEAD_LETTER_TOPIC.key()));
    options.put(DeadLetterTableFactory.INPUT.key(), name);
    return options;
  }

  /** Returns the name of the operator that reads or writes a table. */
  static String operator(String table) {
    return table.endsWith(DEAD_LETTERS) ? table.replace(DEAD_LETTERS, " dead letters") : table;
  }

  private String records() {
    return name + KafkaInputTableFactory.RECORDS;
  }

  private String deadLetters() {
    return name + DEAD_LETTERS;
  }

  private static String column(DeadLetterColumn column) {
    return identifier(columnName(column));
  }

  /** Returns the name of a column in the table with all records of an input. */
  public static String columnName(DeadLetterColumn column) {
    return "$" + column.metadata();
  }
}
