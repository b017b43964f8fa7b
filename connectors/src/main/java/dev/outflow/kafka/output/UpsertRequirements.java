package dev.outflow.kafka.output;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.option.TableMode;
import dev.outflow.option.OptionProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What {@code mode: upsert} requires of other options: all records of a key are in one partition,
 * in their order.
 */
final class UpsertRequirements {
  private static final String UPSERT =
      "%s '%s'".formatted(KafkaOutputOptions.MODE.key(), TableMode.UPSERT);

  private UpsertRequirements() {}

  /**
   * Returns a problem for each option that an output with {@code mode: upsert} cannot have.
   *
   * @param topic null if it is invalid
   * @param kafka the properties of Kafka's clients that the user sets
   */
  static List<OptionProblem> problems(
      OutputTopic topic,
      List<String> partitionKey,
      PartitionStrategy partitioner,
      Map<String, String> kafka) {
    List<OptionProblem> problems = new ArrayList<>();
    if (partitionKey.isEmpty()) {
      problems.add(
          new OptionProblem(
              KafkaOutputOptions.PARTITION_KEY.key(),
              "is required with %s: the columns that identify a row, usually those of GROUP BY"
                  .formatted(UPSERT)));
      return problems;
    }
    if (!partitioner.needsKey()) {
      problems.add(
          new OptionProblem(
              KafkaOutputOptions.PARTITIONER.key(),
              "'%s' spreads the records of a key over partitions, but %s requires them in one, in order; choose murmur2 or crc32"
                  .formatted(partitioner, UPSERT)));
    }
    if (Boolean.parseBoolean(kafka.get(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG))) {
      problems.add(
          new OptionProblem(
              KafkaOptions.KAFKA_PREFIX + ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
              "spreads the records of a key over partitions, but %s requires them in one, in order; remove it"
                  .formatted(UPSERT)));
    }
    Optional.ofNullable(topic)
        .flatMap(OutputTopic::column)
        .filter(column -> !partitionKey.contains(column))
        .ifPresent(
            column ->
                problems.add(
                    new OptionProblem(
                        KafkaOutputOptions.TOPIC_FROM.key(),
                        "column '%s' is not part of '%s', so a row that moves to another topic would never be deleted from the first one, as %s requires; add it to '%s', or use a single topic"
                            .formatted(
                                column,
                                KafkaOutputOptions.PARTITION_KEY.key(),
                                UPSERT,
                                KafkaOutputOptions.PARTITION_KEY.key()))));
    return problems;
  }

  /**
   * Returns a problem if the format writes changes itself.
   *
   * @param format its name
   * @param changes the changes that it writes
   */
  static Optional<OptionProblem> formatProblem(String format, ChangelogMode changes) {
    return changes.containsOnly(RowKind.INSERT)
        ? Optional.empty()
        : Optional.of(
            new OptionProblem(
                KafkaOutputOptions.MODE.key(),
                "'%s' cannot be used with format '%s', which writes updates and deletions into the value; remove 'mode', or use e.g. json"
                    .formatted(TableMode.UPSERT, format)));
  }

  /** Returns a problem if the table's primary key is not the key of its records. */
  static Optional<OptionProblem> keyProblem(
      List<String> partitionKey, Optional<UniqueConstraint> primaryKey) {
    Set<String> key = primaryKey.map(found -> Set.copyOf(found.getColumns())).orElse(Set.of());
    return key.equals(new HashSet<>(partitionKey))
        ? Optional.empty()
        : Optional.of(
            new OptionProblem(
                KafkaOutputOptions.PARTITION_KEY.key(),
                "'%s' must be the primary key with %s; declare PRIMARY KEY (%s) NOT ENFORCED in the table"
                    .formatted(
                        String.join(";", partitionKey), UPSERT, String.join(", ", partitionKey))));
  }
}
