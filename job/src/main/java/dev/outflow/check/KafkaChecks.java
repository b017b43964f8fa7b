package dev.outflow.check;

import static java.util.stream.Collectors.groupingBy;

import dev.outflow.check.ConnectionSteps.Connected;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.error.DeadLetterCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Asks Kafka, and all that leads to it, about the tables of a job: connections at the same time,
 * each once, whatever number of tables it has. It changes nothing there.
 */
public final class KafkaChecks {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TimeBudget patience;
  private final CheckListener listener;

  private KafkaChecks(TimeBudget patience, CheckListener listener) {
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Returns when every step of every target has been told; after 20 s at most.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public static void run(Collection<KafkaTable> targets, CheckListener listener)
      throws InterruptedException {
    run(targets, listener, LIMIT);
  }

  static void run(Collection<KafkaTable> targets, CheckListener listener, Duration limit)
      throws InterruptedException {
    try (TimeBudget patience = new TimeBudget(limit)) {
      KafkaChecks checks = new KafkaChecks(patience, listener);
      Map<KafkaConnection, List<KafkaTable>> byConnection =
          targets.stream()
              .collect(groupingBy(KafkaTable::connection, LinkedHashMap::new, Collectors.toList()));
      List<Future<?>> running = new ArrayList<>();
      byConnection.values().forEach(those -> running.add(patience.start(() -> checks.ask(those))));
      awaitAll(running);
    }
  }

  private Void ask(List<KafkaTable> targets) throws Exception {
    KafkaTable first = targets.get(0);
    Steps steps = steps(first);
    Optional<Connected> connected = new ConnectionSteps(steps).run();
    try {
      List<Future<?>> running = new ArrayList<>();
      running.add(patience.start(() -> ask(first, steps, connected)));
      for (KafkaTable other : targets.subList(1, targets.size())) {
        Steps its = steps(other);
        if (connected.isPresent()) {
          its.ask(
              "connection",
              LIMIT,
              () ->
                  StepResult.ok(
                      true, "the same as that of %s, asked once".formatted(first.path())));
        } else {
          its.skip(
              "connection",
              "the connection of %s, which is the same, failed".formatted(first.path()));
        }
        running.add(patience.start(() -> ask(other, its, connected)));
      }
      awaitAll(running);
    } finally {
      connected.map(Connected::admin).ifPresent(admin -> admin.close(Duration.ZERO));
    }
    return null;
  }

  private Void ask(KafkaTable target, Steps steps, Optional<Connected> connected) {
    try {
      new RegistrySteps(steps, target).run();
      TopicSteps topics = new TopicSteps(steps, target.topic());
      Callable<Admin> admin = () -> connected.orElseThrow().admin();
      Optional<TopicDescription> topic = topics.describe(admin, "broker", "connection");
      if (target instanceof KafkaTable.Output output) {
        new OutputSteps(steps, output)
            .run(admin, () -> connected.orElseThrow().versions(), topics, topic);
      } else if (target instanceof KafkaTable.Input input) {
        new InputSteps(steps, input).run(admin, topics, topic);
      }
      target
          .errors()
          .topic()
          .ifPresent(
              letters ->
                  topics.deadLetters(admin, new DeadLetterCheck(target.connection(), letters)));
    } finally {
      synchronized (listener) {
        listener.finished(target.path());
      }
    }
    return null;
  }

  private Steps steps(KafkaTable target) {
    return new Steps(target, patience, step -> tell(target, step));
  }

  private void tell(KafkaTable target, Step step) {
    synchronized (listener) {
      listener.step(target.path(), step);
    }
  }

  private static void awaitAll(List<Future<?>> running) throws InterruptedException {
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the check itself failed", e.getCause());
      }
    }
  }
}
