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
 * Something made of secrets that is made anew when they change, and stays as it is when the new
 * ones are bad or cannot be read.
 *
 * @param <T> what is made: credentials, or all that TLS needs
 */
public final class ReloadableSecret<T> {
  /**
   * How old the secrets of a handshake can be. Short, because a connection that is refused for old
   * ones is final for a Kafka client; not zero, so that many connections at once read once.
   */
  public static final Duration FRESH = Duration.ofMillis(400);

  /** How long nobody asks again after a failure. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** How long a handshake waits when there is something to go on with, and when not. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration FIRST = Duration.ofSeconds(30);

  private static final Duration WARN_EVERY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ReloadableSecret.class);

  private final String name;
  private final Supplier<Map<String, String>> secrets;
  private final Function<Map<String, String>, T> make;
  private final Executor reader;
  private final Clock clock;

  private Map<String, String> madeOf;
  private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
  private Instant nextWarning = Instant.MIN;
  private volatile Instant nextLook = Instant.MIN;
  private volatile Status<T> status = new Status<>(null, Instant.MIN, Instant.MIN, 0, 0);

  /**
   * @param name what it is, for the log
   * @param secrets reads the secrets; fails with {@link SecretException}
   * @param make makes it of them; fails with {@link SecretException} if they are no good
   * @param reader where that is done, one after the other
   */
  public ReloadableSecret(
      String name,
      Supplier<Map<String, String>> secrets,
      Function<Map<String, String>, T> make,
      Executor reader,
      Clock clock) {
    this.name = name;
    this.secrets = secrets;
    this.make = make;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * For a handshake: made of secrets that were read at most half a second ago or, if they cannot be
   * read within 3 s, of the last good ones.
   *
   * @throws SecretException if there never were good ones; after 30 s at most
   */
  public T current() {
    if (clock.instant().isBefore(nextLook)) {
      return status.inUse();
    }
    Duration wait = status.inUse() == null ? FIRST : PATIENCE;
    try {
      read().get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (status.inUse() == null) {
        throw new SecretException(
            "%s could not be read within %d s".formatted(name, wait.toSeconds()));
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SecretException known ? known : new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e); // Kafka's own, which sets the thread's flag again.
    }
    return status.inUse();
  }

  /** How it stands, for metrics. */
  public Status<T> status() {
    return status;
  }

  /** Reads now; those who ask meanwhile wait for the same answer. */
  private synchronized CompletableFuture<Void> read() {
    if (reading.isDone()) {
      reading = CompletableFuture.runAsync(this::refresh, reader);
    }
    return reading;
  }

  /**
   * Reads now, in the reader's thread.
   *
   * @throws SecretException if there never were good ones
   */
  public void refresh() {
    Status<T> before = status;
    Instant now = clock.instant();
    try {
      Map<String, String> read = secrets.get();
      boolean same = read.equals(madeOf);
      T made = same ? before.inUse() : make.apply(read);
      status =
          new Status<>(
              made, same ? before.changed() : now, now, before.refreshes() + 1, before.failures());
      nextLook = now.plus(FRESH);
      if (!same && madeOf != null) {
        LOG.info("{}: changed, and in use for every new connection", name);
      }
      madeOf = read;
      warn(made, !same, now);
    } catch (RuntimeException e) {
      status = before.withFailure();
      if (before.inUse() == null) {
        throw e;
      }
      nextLook = now.plus(PAUSE);
      LOG.warn(
          "{}: new connections go on with those of {}. {}",
          name,
          before.changed(),
          String.valueOf(e.getMessage()));
      warn(before.inUse(), false, now);
    }
  }

  private void warn(T made, boolean anew, Instant now) {
    if (made instanceof HasExpiry expiring && (anew || now.isAfter(nextWarning))) {
      nextWarning = now.plus(WARN_EVERY);
      expiring.endingSoon(now).forEach(LOG::warn);
    }
  }

  /**
   * How it stands.
   *
   * @param inUse what is in use; null before the first time
   * @param changed since when
   * @param confirmed when the secrets were last read and good
   * @param refreshes how often they were read and good
   * @param failures how often they could not be read or were bad
   */
  public record Status<T>(
      T inUse, Instant changed, Instant confirmed, long refreshes, long failures) {
    private Status<T> withFailure() {
      return new Status<>(inUse, changed, confirmed, refreshes, failures + 1);
    }
  }
}
