package dev.outflow.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value built from secrets, rebuilt when they change. While the current secrets are invalid or
 * cannot be read, the last good value stays in use.
 *
 * @param <T> the value: credentials, or trust and keys for TLS
 */
public final class ReloadableSecret<T> {
  /**
   * Maximum age of the secrets that a handshake uses. Short, because Kafka clients treat a rejected
   * connection as fatal; not zero, so that simultaneous connections share one read.
   */
  public static final Duration MAX_AGE = Duration.ofMillis(400);

  /**
   * Pause after secrets could not be read, and between warnings with the same reason, while there
   * is a good value.
   */
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Duration WAIT_FOR_NEWER = Duration.ofSeconds(3);
  private static final Duration WAIT_FOR_FIRST = Duration.ofSeconds(30);
  private static final Duration WARN_EVERY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ReloadableSecret.class);

  private final String name;
  private final Supplier<Map<String, String>> source;
  private final Function<Map<String, String>, T> factory;
  private final Executor executor;
  private final Clock clock;

  private Map<String, String> lastRead;
  private CompletableFuture<Void> pendingRead = CompletableFuture.completedFuture(null);
  private Instant nextExpiryWarning = Instant.MIN;
  private String lastFailure = "";
  private Instant nextFailureWarning = Instant.MIN;
  private volatile Instant nextRead = Instant.MIN;
  private volatile Status<T> status = new Status<>(null, Instant.MIN, Instant.MIN, 0, 0);

  /**
   * Creates it; nothing is read yet.
   *
   * @param name for the log
   * @param source reads the secrets; throws {@link SecretException}
   * @param factory builds the value; throws {@link SecretException} if the secrets are invalid
   * @param executor runs the reads, one at a time
   */
  public ReloadableSecret(
      String name,
      Supplier<Map<String, String>> source,
      Function<Map<String, String>, T> factory,
      Executor executor,
      Clock clock) {
    this.name = name;
    this.source = source;
    this.factory = factory;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Returns the value for a handshake: built from secrets read at most 400 ms ago or, if they
   * cannot be read within 3 s, the last good value. Concurrent callers share one read.
   *
   * @throws SecretException if there is no good value, after at most 30 s
   */
  public T current() {
    if (clock.instant().isBefore(nextRead)) {
      return status.value();
    }
    Duration wait = status.value() == null ? WAIT_FOR_FIRST : WAIT_FOR_NEWER;
    try {
      read().get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (status.value() == null) {
        throw new SecretException(
            "%s could not be read within %d s".formatted(name, wait.toSeconds()));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SecretException known ? known : new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e); // Kafka's own, which restores the thread's interrupt flag.
    }
    return status.value();
  }

  /** Returns the current status, for metrics. Does not read. */
  public Status<T> status() {
    return status;
  }

  private synchronized CompletableFuture<Void> read() {
    if (pendingRead.isDone()) {
      pendingRead = CompletableFuture.runAsync(this::refresh, executor);
    }
    return pendingRead;
  }

  /**
   * Reads the secrets on the executor's thread.
   *
   * @throws SecretException if that fails and there is no good value
   */
  public void refresh() {
    Status<T> before = status;
    Instant now = clock.instant();
    Duration pause = RETRY_AFTER;
    try {
      Map<String, String> secrets = source.get();
      pause = MAX_AGE;
      if (secrets.equals(lastRead)) {
        use(before.value(), before.changed(), now);
        return;
      }
      T value;
      try {
        value = factory.apply(secrets);
      } catch (SecretException e) {
        // Perhaps one of two secrets that belong together was replaced between their reads.
        secrets = source.get();
        value = factory.apply(secrets);
      }
      use(value, now, now);
      if (lastRead != null) {
        LOG.info("{}: changed; new connections use the new version", name);
      }
      lastRead = secrets;
    } catch (RuntimeException e) {
      status = before.withFailure();
      if (before.value() == null) {
        throw e;
      }
      nextRead = now.plus(pause);
      warnOfFailure(String.valueOf(e.getMessage()), before.changed(), now);
      warnOfExpiry(before.value(), false, now);
    }
  }

  private void use(T value, Instant changed, Instant now) {
    boolean isNew = value != status.value();
    status = new Status<>(value, changed, now, status.refreshes() + 1, status.failures());
    nextRead = now.plus(MAX_AGE);
    lastFailure = "";
    warnOfExpiry(value, isNew, now);
  }

  private void warnOfFailure(String reason, Instant changed, Instant now) {
    if (!reason.equals(lastFailure) || now.isAfter(nextFailureWarning)) {
      lastFailure = reason;
      nextFailureWarning = now.plus(RETRY_AFTER);
      LOG.warn("{}: new connections use the secrets read at {}. {}", name, changed, reason);
    }
  }

  private void warnOfExpiry(T value, boolean isNew, Instant now) {
    if (value instanceof HasExpiry expiring && (isNew || now.isAfter(nextExpiryWarning))) {
      nextExpiryWarning = now.plus(WARN_EVERY);
      expiring.expiryWarnings(now).forEach(LOG::warn);
    }
  }

  /**
   * The value in use and its history.
   *
   * @param value the value in use; null before the first successful read
   * @param changed when it came into use
   * @param confirmed when the secrets were last read and valid
   * @param refreshes number of successful reads
   * @param failures number of failed reads, invalid secrets included
   */
  public record Status<T>(
      T value, Instant changed, Instant confirmed, long refreshes, long failures) {
    private Status<T> withFailure() {
      return new Status<>(value, changed, confirmed, refreshes, failures + 1);
    }
  }
}
