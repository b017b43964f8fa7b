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

/** Runs questions that may hang, each and all together within a time limit. */
final class TimeBudget implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread daemon = new Thread(task, "outflow-check");
            daemon.setDaemon(true);
            return daemon;
          });
  private final long end;

  TimeBudget(Duration total) {
    end = System.nanoTime() + total.toNanos();
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
    return await(start(question), System.nanoTime() + limit.toNanos());
  }

  /** Asks several brokers or vaults concurrently. */
  <A, T> PartialResults<A, T> askAll(Collection<A> asked, Duration limit, Question<A, T> question)
      throws InterruptedException {
    Map<A, Future<T>> pending = new LinkedHashMap<>();
    asked.forEach(one -> pending.put(one, start(() -> question.ask(one))));
    long deadline = System.nanoTime() + limit.toNanos();
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
    long begin = System.nanoTime();
    try {
      return answer.get(Math.max(0, Math.min(deadline, end) - begin), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TimeoutException(
          end < deadline
              ? "timed out: the whole check has taken too long"
              : "timed out after %d s"
                  .formatted(Math.round((System.nanoTime() - begin) / 1_000_000_000.0)));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
