package dev.outflow.reference;

import dev.outflow.secret.ReloadableSecret;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shares one {@link ReloadableSecret} among all Kafka clients of a process with the same secrets,
 * and re-reads it at their refresh interval while any of these clients is open.
 */
public final class ReloadableSecrets {
  private static final Map<SecretProperties, Shared<?>> OPEN = new HashMap<>();

  private ReloadableSecrets() {}

  /**
   * Returns a lease on the value that {@code factory} builds from {@code properties}. Nothing is
   * read yet.
   *
   * @param factory always the same for the same properties
   */
  public static <T> Lease<T> open(
      SecretProperties properties, Function<Map<String, String>, T> factory) {
    synchronized (OPEN) {
      @SuppressWarnings("unchecked") // The names of the properties determine the type.
      Shared<T> shared =
          (Shared<T>) OPEN.computeIfAbsent(properties, key -> new Shared<>(properties, factory));
      shared.users++;
      return new Lease<>(shared.secret, () -> release(properties));
    }
  }

  /**
   * Like {@link #open}, but also reads the secrets; waits for at most 30 s.
   *
   * @throws dev.outflow.secret.SecretException if a secret cannot be read or is invalid
   */
  public static <T> Lease<T> openAndRead(
      SecretProperties properties, Function<Map<String, String>, T> factory) {
    Lease<T> lease = open(properties, factory);
    try {
      lease.secret().current();
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private static void release(SecretProperties properties) {
    synchronized (OPEN) {
      Shared<?> shared = OPEN.get(properties);
      if (--shared.users == 0) {
        shared.executor.shutdownNow();
        OPEN.remove(properties);
      }
    }
  }

  /** The use of a {@link ReloadableSecret} by one Kafka client, which closes it. */
  public static final class Lease<T> implements AutoCloseable {
    private final ReloadableSecret<T> secret;
    private Runnable release;

    private Lease(ReloadableSecret<T> secret, Runnable release) {
      this.secret = secret;
      this.release = release;
    }

    public ReloadableSecret<T> secret() {
      return secret;
    }

    @Override
    public synchronized void close() {
      release.run();
      release = () -> {};
    }
  }

  private static final class Shared<T> {
    private final ReloadableSecret<T> secret;
    private final ScheduledExecutorService executor;
    private int users;

    Shared(SecretProperties properties, Function<Map<String, String>, T> factory) {
      String name = properties.toString();
      executor =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread daemon = new Thread(task, name);
                daemon.setDaemon(true);
                return daemon;
              });
      secret = new ReloadableSecret<>(name, properties::read, factory, executor, Clock.systemUTC());
      long interval = properties.refreshInterval().toMillis();
      ScheduledFuture<?> unused =
          executor.scheduleWithFixedDelay(this::refresh, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Leaves a first read to a client, which reports its failure. */
    private void refresh() {
      if (secret.status().value() != null) {
        secret.refresh();
      }
    }
  }
}
