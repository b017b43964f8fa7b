package dev.outflow.check;

import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Checks which topics match {@code topic-pattern}.
 *
 * @param tables all tables of the job
 */
record TopicPatternChecks(StepRunner steps, KafkaTable table, Collection<KafkaTable> tables) {
  /** How many topics of a pattern are checked one by one: the time for a check is limited. */
  static final int CHECKED = 100;

  private static final int LISTED = 10;

  /**
   * Returns the topics to check: those that have names or, of a pattern, the first that match. If
   * they cannot be determined, it is the pattern, whose steps are not tried.
   */
  List<String> run(Callable<Admin> admin) {
    if (!(table.topics() instanceof TopicSubscription.TopicPattern pattern)) {
      return table.topics().names();
    }
    Optional<List<String>> found = steps.run(CheckStep.TOPICS, () -> find(pattern, admin.call()));
    return found
        .map(names -> names.stream().limit(CHECKED).toList())
        .orElse(List.of(pattern.toString()));
  }

  private StepResult<List<String>> find(TopicSubscription.TopicPattern pattern, Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> names = List.copyOf(pattern.find(admin).keySet());
    if (names.isEmpty()) {
      throw InvalidOptionsException.of(
          KafkaInputOptions.TOPIC_PATTERN.key(),
          pattern.noMatch(steps.connection(), new TreeSet<>(admin.listTopics().names().get())));
    }
    String found =
        "%d topic%s '%s': %s%s"
            .formatted(
                names.size(),
                names.size() == 1 ? " matches" : "s match",
                pattern.pattern(),
                list(names),
                names.size() > CHECKED ? "; the first %d are checked".formatted(CHECKED) : "");
    String overlaps = overlaps(names).collect(Collectors.joining("; "));
    return overlaps.isEmpty()
        ? StepResult.ok(names, found)
        : StepResult.warning(
            names,
            KafkaInputOptions.TOPIC_PATTERN.key(),
            "%s; %s: each input reads all records, so a query that combines them has these records twice; make the patterns narrower"
                .formatted(found, overlaps));
  }

  /** Describes the topics that other inputs read as well. */
  private Stream<String> overlaps(List<String> names) {
    return tables.stream()
        .filter(other -> other instanceof KafkaTable.Input && !other.path().equals(table.path()))
        .filter(other -> other.connection().sharesServers(table.connection()))
        .flatMap(
            other -> {
              List<String> shared = names.stream().filter(other.topics()::contains).toList();
              return shared.isEmpty()
                  ? Stream.empty()
                  : Stream.of("%s also reads %s".formatted(other.path(), list(shared)));
            });
  }

  private static String list(List<String> names) {
    String listed = names.stream().limit(LISTED).collect(Collectors.joining(", "));
    return names.size() > LISTED
        ? "%s and %d more".formatted(listed, names.size() - LISTED)
        : listed;
  }
}
