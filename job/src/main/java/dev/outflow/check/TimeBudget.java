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

/** Threads for questions that may hang, and the time that all of them have together. */
final class TimeBudget implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread daemon = new Thread(task, "outflow-check");
            daemon.setDaemon(true);
            return daemon;
          });
  private final long end;

  TimeBudget(Duration altogether) {
    end = System.nanoTime() + altogether.toNanos();
  }

  /** What one of several questions was answered with. */
  @FunctionalInterface
  interface Question<A, T> {
    T ask(A asked) throws Exception;
  }

  <T> Future<T> start(Callable<T> question) {
    return threads.submit(question);
  }

  /**
   * The answer to {@code question}, which goes on in vain if it is late.
   *
   * @throws TimeoutException saying how long was waited
   * @throws Exception that of {@code question}
   */
  <T> T within(Duration limit, Callable<T> question) throws Exception {
    return await(start(question), System.nanoTime() + limit.toNanos());
  }

  /** The answers of all, asked at the same time. */
  <A, T> Results<A, T> ofEach(Collection<A> asked, Duration limit, Question<A, T> question)
      throws InterruptedException {
    Map<A, Future<T>> pending = new LinkedHashMap<>();
    asked.forEach(each -> pending.put(each, start(() -> question.ask(each))));
    long deadline = System.nanoTime() + limit.toNanos();
    Results<A, T> replies = new Results<>(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Map.Entry<A, Future<T>> each : pending.entrySet()) {
      try {
        replies.answers().put(each.getKey(), await(each.getValue(), deadline));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        replies.failures().put(each.getKey(), e);
      }
    }
    return replies;
  }

  private <T> T await(Future<T> answer, long deadline) throws Exception {
    long begin = System.nanoTime();
    try {
      return answer.get(Math.max(0, Math.min(deadline, end) - begin), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TimeoutException(
          end < deadline
              ? "no answer before the time for the whole check was over"
              : "no answer within %d s"
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
