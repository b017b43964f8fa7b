package dev.outflow.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.outflow.check.ConnectionChecks.OpenConnection;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.broker.BrokerCapabilities;
import dev.outflow.kafka.retention.TopicRetention;
import dev.outflow.kafka.transaction.TransactionTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Checks the Kafka tables of a job and everything on the way to them: connections concurrently, and
 * each once, however many tables use it. Kafka is not modified.
 */
final class KafkaChecks {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Collection<KafkaTable> tables;
  private final CheckScope scope;
  private final UnaryOperator<String> locations;
  private final CheckRecorder recorder;
  private final TimeBudget budget;
  private final Map<String, TransactionTimeout> transactionTimeouts = new ConcurrentSkipListMap<>();
  private final Map<String, TopicRetention> retentions = new ConcurrentSkipListMap<>();

  private KafkaChecks(
      Collection<KafkaTable> tables,
      CheckScope scope,
      UnaryOperator<String> locations,
      CheckRecorder recorder,
      TimeBudget budget) {
    this.tables = tables;
    this.scope = scope;
    this.locations = locations;
    this.recorder = recorder;
    this.budget = budget;
  }

  /**
   * Returns when every step of every table has been reported, after at most 20 s.
   *
   * @param locations from the path of a property to its location
   * @param recorder to which the tables have been announced
   * @return how long the job may be down
   * @throws IllegalStateException if the thread is interrupted in the meantime
   */
  static SafeDowntime run(
      Collection<KafkaTable> tables,
      CheckScope scope,
      UnaryOperator<String> locations,
      CheckRecorder recorder) {
    return run(tables, scope, locations, recorder, LIMIT);
  }

  static SafeDowntime run(
      Collection<KafkaTable> tables,
      CheckScope scope,
      UnaryOperator<String> locations,
      CheckRecorder recorder,
      Duration limit) {
    try (TimeBudget budget = new TimeBudget(limit)) {
      KafkaChecks checks = new KafkaChecks(tables, scope, locations, recorder, budget);
      Map<KafkaConnection, List<KafkaTable>> byConnection =
          tables.stream().collect(groupingBy(KafkaTable::connection, LinkedHashMap::new, toList()));
      List<Future<?>> running = new ArrayList<>();
      byConnection
          .values()
          .forEach(shared -> running.add(budget.start(() -> checks.checkConnection(shared))));
      awaitAll(running);
      return new SafeDowntime(checks.transactionTimeouts, checks.retentions);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }

  private Void checkConnection(List<KafkaTable> tables) throws Exception {
    KafkaTable first = tables.get(0);
    StepRunner steps = runner(first);
    Optional<OpenConnection> connection = new ConnectionChecks(steps, tables).run();
    try {
      List<Future<?>> running = new ArrayList<>();
      running.add(budget.start(() -> checkTable(first, steps, connection)));
      for (KafkaTable other : tables.subList(1, tables.size())) {
        StepRunner otherSteps = runner(other);
        if (connection.isPresent()) {
          otherSteps.run(
              CheckStep.CONNECTION, () -> StepResult.ok(true, "same as that of " + first.path()));
        } else if (scope == CheckScope.BEFORE_START) {
          otherSteps.failLike(steps);
        } else {
          otherSteps.skip(
              CheckStep.CONNECTION, "same connection as %s, which failed".formatted(first.path()));
        }
        running.add(budget.start(() -> checkTable(other, otherSteps, connection)));
      }
      awaitAll(running);
    } finally {
      connection.map(OpenConnection::admin).ifPresent(admin -> admin.close(Duration.ZERO));
    }
    return null;
  }

  private Void checkTable(KafkaTable table, StepRunner steps, Optional<OpenConnection> connection) {
    try {
      new RegistryChecks(steps, table).run();
      Callable<Admin> admin = () -> connection.orElseThrow().admin();
      Callable<Optional<BrokerCapabilities>> capabilities =
          () -> connection.orElseThrow().capabilities();
      List<String> names = new TopicPatternChecks(steps, table, tables).run(admin);
      List<TopicChecks> others =
          names.stream()
              .skip(1)
              .map(other -> new TopicChecks(steps.forTopic(other), other, admin))
              .toList();
      TopicChecks topics = new TopicChecks(steps, names.get(0), admin);
      Optional<TopicDescription> topic = topics.describe();
      if (table instanceof KafkaTable.Output output) {
        new OutputChecks(steps, output, timeout -> transactionTimeouts.put(table.name(), timeout))
            .run(admin, capabilities, topics, topic, others);
      } else if (table instanceof KafkaTable.Input input) {
        new InputChecks(
                steps,
                input,
                (read, retention) ->
                    retentions.put("%s (topic '%s')".formatted(table.name(), read), retention))
            .run(admin, topics, topic, others);
      }
      new DeadLetterChecks(
              steps,
              table,
              timeout -> transactionTimeouts.put(table.name() + " dead letters", timeout))
          .run(admin, capabilities);
    } finally {
      recorder.finish(table.path());
    }
    return null;
  }

  private StepRunner runner(KafkaTable table) {
    return new StepRunner(
        table, scope, budget, report -> recorder.record(table.path(), located(table, report)));
  }

  private StepReport located(KafkaTable table, StepReport report) {
    if (report.property().isEmpty()) {
      return report;
    }
    String path = table.path() + "." + table.option(report.property());
    return report.at(path, locations.apply(path));
  }

  private static void awaitAll(List<Future<?>> running) throws InterruptedException {
    for (Future<?> check : running) {
      try {
        check.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the check itself failed", e.getCause());
      }
    }
  }
}
