package dev.outflow.keyvault;

import dev.outflow.secret.SecretException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a question was answered lately, be it with a value or a failure. Those who ask at the same
 * time wait for one answer.
 */
final class RecentAnswer {
  /** A failure is told again for so long, so that many clients do not wait for it one by one. */
  private static final Duration FAILURE = Duration.ofSeconds(2);

  private final Supplier<String> question;
  private String value;
  private SecretException failure;
  private long answeredAt;

  RecentAnswer(Supplier<String> question) {
    this.question = question;
  }

  /**
   * The answer, asked again if it is older.
   *
   * @throws SecretException if that is the answer
   */
  synchronized String notOlderThan(Duration maxAge) {
    if (failure != null && age().compareTo(FAILURE) < 0) {
      throw failure;
    }
    if (failure == null && value != null && age().compareTo(maxAge) < 0) {
      return value;
    }
    try {
      value = question.get();
      failure = null;
      return value;
    } catch (SecretException e) {
      failure = e;
      throw e;
    } finally {
      answeredAt = System.nanoTime();
    }
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - answeredAt);
  }
}
