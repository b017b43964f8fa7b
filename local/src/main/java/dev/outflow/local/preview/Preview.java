package dev.outflow.local.preview;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.compose.QueryInputs;
import dev.outflow.definition.Draft;
import dev.outflow.definition.JobDefinition;
import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.kafka.RootLocale;
import dev.outflow.sampling.SampledInput;
import dev.outflow.secret.Causes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that reads its real inputs and writes nothing: no checkpoint, no commit of offsets, no
 * transaction, no dead letter. Its parallelism is 1, and it does not restart.
 */
public final class Preview implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Preview.class);
  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final ComposedJob job;
  private final List<PreviewedInput> inputs;
  private final PreviewFeed feed;
  private final boolean fromNow;
  private final InputOutages outages;
  private JobClient client;
  private CompletableFuture<JobExecutionResult> result;

  private Preview(ComposedJob job, List<PreviewedInput> inputs, PreviewFeed feed, boolean fromNow) {
    this.job = job;
    this.inputs = inputs;
    this.feed = feed;
    this.fromNow = fromNow;
    this.outages =
        new InputOutages(
            inputs.stream().map(PreviewedInput::name).toList(),
            name -> feed.input(name).snapshot(),
            name -> SampledInput.of(job.definition(), name).findOutage(CHECK_TIMEOUT));
  }

  /**
   * Plans the job for a cluster in this JVM; nothing runs yet.
   *
   * @param since when its inputs start; empty for now
   * @param aliases the outputs to show; empty for all
   * @param isComplete whether the job waits for the reader of its rows; otherwise old ones are
   *     dropped
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems of the definition
   */
  public static Preview plan(
      Draft written,
      Optional<Instant> since,
      Set<String> aliases,
      boolean isComplete,
      EmbeddedFlink flink) {
    AtomicReference<StreamExecutionEnvironment> environment = new AtomicReference<>();
    ComposedJob job =
        JobComposer.compose(
            PreviewedDefinition.of(written, since),
            new Configuration(),
            options -> {
              environment.set(flink.environment(previewed(options)));
              return environment.get();
            });
    List<String> shown =
        job.results().keySet().stream()
            .filter(alias -> aliases.isEmpty() || aliases.contains(alias))
            .toList();
    List<PreviewedInput> inputs = PreviewedInput.of(job.definition(), read(job, shown));
    PreviewFeed feed =
        PreviewFeed.open(inputs.stream().map(PreviewedInput::name).toList(), shown, isComplete);
    // The composer has checked exactly-once outputs against the checkpoints of the real job.
    environment.get().getCheckpointConfig().disableCheckpointing();
    return new Preview(job, inputs, feed, since.isEmpty());
  }

  /** Starts the job; returns once the cluster has accepted it. */
  public void start() {
    try {
      client = RootLocale.call(() -> new PreviewStatements(job, feed).submit());
    } catch (ValidationException e) { // Its message contains the options of a table.
      throw new IllegalStateException("cannot be previewed: " + Causes.of(e).rootMessage());
    }
    result = client.getJobExecutionResult();
    outages.start();
  }

  private static Configuration previewed(Configuration options) {
    Configuration previewed = new Configuration(options);
    // Consumer groups derive from it: never those of the real job.
    previewed.set(
        PipelineOptions.NAME,
        "%s-preview-%s"
            .formatted(options.get(PipelineOptions.NAME), System.getProperty("user.name")));
    previewed.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    previewed.set(ExecutionConfigOptions.TABLE_EXEC_RESOURCE_DEFAULT_PARALLELISM, 1);
    previewed.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    previewed.removeConfig(StateRecoveryOptions.SAVEPOINT_PATH);
    return previewed;
  }

  /** Returns the Kafka inputs that outputs may depend on. */
  private static Set<String> read(ComposedJob job, List<String> aliases) {
    JobDefinition definition = job.definition();
    Set<String> read = new TreeSet<>();
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              boolean isRead =
                  definition.queries().isEmpty()
                      || aliases.stream()
                          .anyMatch(alias -> QueryInputs.reads(definition.queries(), alias, name));
              if (input.isKafka() && isRead) {
                read.add(name);
              }
            });
    return read;
  }

  /** Returns the job as it was planned. */
  public ComposedJob job() {
    return job;
  }

  PreviewFeed feed() {
    return feed;
  }

  /** Returns the records that the event ordering of each input has adjusted or dropped, by code. */
  Map<String, Map<String, Long>> ordering() {
    Map<String, Map<String, Long>> ordering = new LinkedHashMap<>();
    inputs.forEach(
        input ->
            ordering.put(
                input.name(), OrderingCounts.of(client.getJobID().toString(), input.name())));
    return ordering;
  }

  /** Returns why inputs cannot be read at the moment. */
  Map<String, String> outages() {
    return outages.current();
  }

  boolean isFromNow() {
    return fromNow;
  }

  /** Returns the Kafka inputs that it reads. */
  public List<PreviewedInput> inputs() {
    return inputs;
  }

  /**
   * Returns whether the job has ended by itself, because all its inputs are bounded.
   *
   * @throws IllegalStateException with the root cause, if the job failed
   */
  boolean isFinished() {
    if (!result.isDone()) {
      return false;
    }
    try {
      result.get();
      return true;
    } catch (ExecutionException e) {
      Throwable root = Causes.of(e).root();
      throw new IllegalStateException(
          "the job failed: %s: %s".formatted(root.getClass().getSimpleName(), root.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns where each output would be written, by its alias. */
  Map<String, PreviewedOutput> outputs() {
    Map<String, PreviewedOutput> outputs = new LinkedHashMap<>();
    feed.outputs()
        .keySet()
        .forEach(alias -> outputs.put(alias, PreviewedOutput.of(job.definition(), alias)));
    return outputs;
  }

  @Override
  public void close() {
    feed.close();
    outages.close();
    if (result == null) {
      return;
    }
    cancel();
    OrderingCounts.remove(client.getJobID().toString());
  }

  private void cancel() {
    if (result.isDone()) {
      return;
    }
    try {
      client
          .cancel()
          .thenCompose(accepted -> result.handle((ended, canceled) -> null))
          .get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("Failed to cancel cleanly", e); // The cluster is shutting down anyway.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
