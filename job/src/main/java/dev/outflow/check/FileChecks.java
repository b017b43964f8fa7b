package dev.outflow.check;

import dev.outflow.definition.JobDefinition;
import dev.outflow.option.OptionProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Lists the files of inputs, all at the same time, while Kafka is checked. */
final class FileChecks implements AutoCloseable {
  private final TimeBudget budget = new TimeBudget(CheckStep.FILES.limit());
  private final List<Future<?>> running = new ArrayList<>();
  private final JobDefinition definition;
  private final CheckRecorder recorder;

  private FileChecks(JobDefinition definition, CheckRecorder recorder) {
    this.definition = definition;
    this.recorder = recorder;
  }

  /**
   * Starts the checks of a job.
   *
   * @param recorder to which the inputs have been announced
   */
  static FileChecks start(JobDefinition definition, CheckRecorder recorder) {
    FileChecks checks = new FileChecks(definition, recorder);
    definition
        .inputs()
        .forEach(
            (name, input) -> {
              if (FileInput.is(input)) {
                FileInput files = new FileInput(name, input);
                checks.running.add(
                    checks.budget.start(
                        () -> {
                          checks.check(files);
                          return null;
                        }));
              }
            });
    return checks;
  }

  private void check(FileInput files) throws InterruptedException {
    long begin = System.nanoTime();
    String path = "inputs." + files.name();
    try {
      StepResult<Boolean> result = budget.within(CheckStep.FILES.limit(), files::list);
      record(path, begin, result.outcome(), new OptionProblem(result.property(), result.text()));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      record(
          path,
          begin,
          Outcome.FAILED,
          new OptionProblem(FileInput.PATH, FileFailure.explain(files.path(), e)));
    } finally {
      recorder.finish(path);
    }
  }

  private void record(String path, long begin, Outcome outcome, OptionProblem answer) {
    StepReport report =
        new StepReport(
            CheckStep.FILES,
            outcome,
            Duration.ofNanos(System.nanoTime() - begin),
            answer.message());
    String property = path + "." + answer.key();
    recorder.record(
        path,
        answer.key().isEmpty()
            ? report
            : report.at(property, definition.problem(property, "").location().toString()));
  }

  /**
   * Waits until all are done, at most as long as the step may take.
   *
   * @throws IllegalStateException if the thread is interrupted in the meantime
   */
  @Override
  public void close() {
    try (budget) {
      for (Future<?> check : running) {
        check.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listing files", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check itself failed", e.getCause());
    }
  }
}
