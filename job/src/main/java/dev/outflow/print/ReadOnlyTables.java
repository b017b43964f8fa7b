package dev.outflow.print;

import static java.util.stream.Collectors.joining;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.Ddl;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.input.KafkaInputTableFactory;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.kafka.output.KafkaOutputOptions;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Generates tables for browsing a job's data: its inputs, and its outputs as readable tables. Each
 * reads committed records from the beginning of its topic without the job's consumer group, so it
 * does not affect the running job.
 */
public final class ReadOnlyTables {
  private static final String KAFKA = "kafka";
  private static final Set<String> OUTPUT_ONLY = outputOnly();

  private ReadOnlyTables() {}

  /** Returns a script for Flink's SQL client, with secrets redacted that are not references. */
  public static String of(ComposedJob job) {
    Map<String, InputDefinition> tables = new LinkedHashMap<>();
    job.definition()
        .inputs()
        .forEach((name, input) -> tables.put(name, input.isKafka() ? fromEarliest(input) : input));
    job.outputColumns()
        .forEach((alias, columns) -> addReaders(tables, alias, columns, job.definition()));
    return SqlScript.ofTables(tables);
  }

  private static InputDefinition fromEarliest(InputDefinition input) {
    Map<String, String> options = new HashMap<>(input.options());
    options.remove(KafkaOptions.CONSUMER_GROUP_ID.key());
    options.put(KafkaInputOptions.START.key(), KafkaInputOptions.EARLIEST);
    options.remove(ErrorPolicy.DEAD_LETTER_TOPIC.key());
    options.computeIfPresent(ErrorPolicy.ON_ERROR.key(), (key, value) -> OnError.DROP.toString());
    return new InputDefinition(
        KAFKA, input.columns(), input.primaryKey(), input.eventTime(), options);
  }

  /** Adds a table for each topic of an output, named after the topic too if there are several. */
  private static void addReaders(
      Map<String, InputDefinition> tables,
      String alias,
      ResolvedSchema columns,
      JobDefinition definition) {
    Map<String, String> written = definition.outputs().get(alias).options();
    KafkaOutput output = KafkaOutput.of(written, alias);
    boolean isUpsert =
        TableMode.UPSERT.toString().equalsIgnoreCase(written.get(KafkaInputOptions.MODE.key()));
    List<String> key = isUpsert ? output.partitionKey() : List.of();
    Map<String, String> types = types(columns, output, key);
    String onlyInKey =
        output.excludeFromValue().stream().filter(key::contains).collect(joining(";"));
    for (String topic : output.topic().names()) {
      Map<String, String> options = new HashMap<>(written);
      options.keySet().removeIf(ReadOnlyTables::isOutputOnly);
      options.putIfAbsent(KafkaOptions.TOPIC.key(), topic);
      if (isUpsert) {
        options.put(KafkaInputOptions.MODE.key(), TableMode.UPSERT.toString());
      }
      if (!onlyInKey.isEmpty()) {
        options.put(KafkaInputOptions.EXCLUDE_FROM_VALUE.key(), onlyInKey);
      }
      tables.put(
          output.topic().names().size() == 1 ? alias : alias + "$" + topic,
          fromEarliest(new InputDefinition(KAFKA, types, key, Optional.empty(), options)));
    }
  }

  /** Leaves out the columns that neither the value nor the primary key contains. */
  private static Map<String, String> types(
      ResolvedSchema columns, KafkaOutput output, List<String> key) {
    Map<String, String> types = new LinkedHashMap<>();
    columns.getColumns().stream()
        .filter(Column::isPersisted)
        .filter(
            column ->
                key.contains(column.getName())
                    || !output.excludeFromValue().contains(column.getName()))
        .forEach(column -> types.put(column.getName(), Ddl.type(column)));
    return types;
  }

  private static boolean isOutputOnly(String key) {
    return key.startsWith(KafkaOptions.KAFKA_PREFIX)
        ? !ConsumerConfig.configNames().contains(key.substring(KafkaOptions.KAFKA_PREFIX.length()))
        : OUTPUT_ONLY.contains(key) || KafkaOutputOptions.namesColumns(key);
  }

  private static Set<String> outputOnly() {
    Set<String> keys = keys(new KafkaOutputTableFactory().optionalOptions());
    keys.removeAll(keys(new KafkaInputTableFactory().optionalOptions()));
    keys.add(KafkaOutputOptions.MODE.key()); // Readers see each record of an output.
    return keys;
  }

  private static Set<String> keys(Set<ConfigOption<?>> options) {
    Set<String> keys = new HashSet<>();
    options.forEach(option -> keys.add(option.key()));
    return keys;
  }
}
