package dev.outflow.check;

import dev.outflow.compose.ComposedJob;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Azure Stream Analytics' "Test connection" for a whole job: the definition, its plan, and then
 * everything that an input or output needs, step by step. Nothing is submitted, and nothing changes
 * in Kafka.
 */
public final class JobCheck {
  /** The path of the steps about the definition itself. */
  static final String JOB = "job";

  private final CheckScreen screen;
  private final Map<String, List<Step>> steps = new LinkedHashMap<>();
  private final Map<String, String> about = new LinkedHashMap<>();
  private final Set<Problem> told = new HashSet<>();
  private final long begin = System.nanoTime();
  private long asked;

  private JobCheck(CheckScreen screen) {
    this.screen = screen;
  }

  /**
   * Checks a job. After planning, it takes 20 s at most, whatever does not answer.
   *
   * @param file where the definition is, as {@link DefinitionReader#read} has it
   * @param sets overrides in it
   * @param cluster the options of the cluster
   * @param screen is shown each step as soon as it has its answer
   */
  public static CheckReport run(
      String file, List<String> sets, ReadableConfig cluster, CheckScreen screen) {
    return new JobCheck(screen).check(file, sets, cluster);
  }

  private CheckReport check(String file, List<String> sets, ReadableConfig cluster) {
    announce(JOB, file);
    Optional<Draft> draft = ask("definition", () -> DefinitionReader.draft(file, sets));
    draft.ifPresent(this::tellWhatWasRead);
    Optional<ComposedJob> job = draft.flatMap(it -> ask("planning", () -> compose(it, cluster)));
    job.ifPresent(it -> tell("planning", Outcome.OK, "every input, query and output fits"));
    job.ifPresent(it -> it.warnings().forEach(this::warn));
    finish(JOB);
    job.ifPresent(this::askKafka);
    return new CheckReport(
        file,
        about.entrySet().stream()
            .map(it -> new TargetReport(it.getKey(), it.getValue(), steps.get(it.getKey())))
            .toList(),
        since(begin));
  }

  private static ComposedJob compose(Draft draft, ReadableConfig cluster) {
    return JobComposer.compose(draft, cluster, StreamExecutionEnvironment::getExecutionEnvironment);
  }

  private void tellWhatWasRead(Draft draft) {
    JobDefinition definition = draft.definition();
    draft.problems().forEach(problem -> tell("definition", problem));
    if (draft.problems().isEmpty()) {
      tell(
          "definition",
          Outcome.OK,
          "%s: %s, %s"
              .formatted(
                  definition.name(),
                  number(definition.inputs().size(), "input"),
                  number(definition.outputs().size(), "output")));
    }
  }

  /** The answer, or empty and every problem told that is not told yet. */
  private <T> Optional<T> ask(String name, Supplier<T> question) {
    asked = System.nanoTime();
    try {
      return Optional.of(question.get());
    } catch (InvalidDefinitionException e) {
      e.problems().stream().filter(told::add).forEach(problem -> tell(name, problem));
      return Optional.empty();
    }
  }

  private void tell(String name, Problem problem) {
    told.add(problem);
    tell(
        JOB,
        new Step(name, Outcome.FAILED, since(asked), problem.message())
            .at(problem.property(), problem.location().toString()));
  }

  private void tell(String name, Outcome outcome, String answer) {
    tell(JOB, new Step(name, outcome, since(asked), answer));
  }

  private void warn(Problem warning) {
    tell(
        JOB,
        new Step("secrets", Outcome.WARNING, Duration.ZERO, warning.message())
            .at(warning.property(), warning.location().toString()));
  }

  private void askKafka(ComposedJob job) {
    JobDefinition definition = job.definition();
    Map<String, KafkaTable> targets = KafkaTables.of(job);
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              String path = "inputs." + name;
              announce(
                  path,
                  input.isKafka() ? targets.get(path).where() : "connector " + input.connector());
            });
    definition
        .outputs()
        .keySet()
        .forEach(name -> announce("outputs." + name, targets.get("outputs." + name).where()));
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (!input.isKafka()) {
                tell(
                    "inputs." + name,
                    new Step(
                        "connector",
                        Outcome.NOT_TRIED,
                        Duration.ZERO,
                        "not of Kafka: only its planning is checked"));
                finish("inputs." + name);
              }
            });
    try {
      KafkaChecks.run(targets.values(), new InDefinition(definition));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }

  /** Puts each step at the property of the definition that it is about. */
  private final class InDefinition implements CheckListener {
    private final JobDefinition definition;

    InDefinition(JobDefinition definition) {
      this.definition = definition;
    }

    @Override
    public void step(String path, Step step) {
      if (step.property().isEmpty()) {
        tell(path, step);
      } else {
        Problem problem = definition.problem(path + "." + step.property(), step.answer());
        tell(path, step.at(problem.property(), problem.location().toString()));
      }
    }

    @Override
    public void finished(String path) {
      finish(path);
    }
  }

  private void announce(String path, String where) {
    about.put(path, where);
    steps.put(path, new ArrayList<>());
    screen.announce(path, where);
  }

  private void tell(String path, Step step) {
    steps.get(path).add(step);
    screen.step(path, step);
  }

  private void finish(String path) {
    screen.finished(path);
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String number(int count, String what) {
    return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }
}
