package dev.outflow.check;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Runs questions that may hang, each and all together within a limit of {@link RunningTime}. */
final class TimeBudget implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread daemon = new Thread(task, "outflow-check");
            daemon.setDaemon(true);
            return daemon;
          });
  private final RunningTime time;
  private final long end;

  TimeBudget(Duration total) {
    this(total, System::nanoTime);
  }

  TimeBudget(Duration total, LongSupplier clock) {
    time = new RunningTime(clock);
    end = total.toNanos();
  }

  /** A question for several brokers or vaults. */
  @FunctionalInterface
  interface Question<A, T> {
    T ask(A asked) throws Exception;
  }

  <T> Future<T> start(Callable<T> question) {
    return threads.submit(question);
  }

  /**
   * Returns the answer to {@code question}.
   *
   * @throws TimeoutException if it takes too long; the question is interrupted
   * @throws Exception that of {@code question}
   */
  <T> T within(Duration limit, Callable<T> question) throws Exception {
    return await(start(question), time.nanos() + limit.toNanos());
  }

  /** Asks several brokers or vaults concurrently. */
  <A, T> PartialResults<A, T> askAll(Collection<A> asked, Duration limit, Question<A, T> question)
      throws InterruptedException {
    Map<A, Future<T>> pending = new LinkedHashMap<>();
    asked.forEach(one -> pending.put(one, start(() -> question.ask(one))));
    long deadline = time.nanos() + limit.toNanos();
    PartialResults<A, T> answers =
        new PartialResults<>(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Map.Entry<A, Future<T>> answer : pending.entrySet()) {
      try {
        answers.results().put(answer.getKey(), await(answer.getValue(), deadline));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        answers.failures().put(answer.getKey(), e);
      }
    }
    return answers;
  }

  private <T> T await(Future<T> answer, long deadline) throws Exception {
    long begin = time.nanos();
    long limit = Math.min(deadline, end);
    for (long left = limit - begin; ; left = limit - time.nanos()) {
      try {
        return answer.get(
            Math.max(0, Math.min(left, RunningTime.INTERVAL.toNanos())), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= 0) {
          answer.cancel(true);
          throw new TimeoutException(
              end < deadline
                  ? "timed out: the whole check has taken too long"
                  : "timed out after %d s"
                      .formatted(Math.round((limit - begin) / 1_000_000_000.0)));
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
