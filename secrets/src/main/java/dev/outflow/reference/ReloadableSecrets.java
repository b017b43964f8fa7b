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
 * One {@link ReloadableSecret} for all Kafka clients of a process that have the same secrets, read
 * again at their interval by a thread of its own as long as any of them is open.
 */
public final class ReloadableSecrets {
  private static final Map<DeferredSecrets, Shared<?>> OPEN = new HashMap<>();

  private ReloadableSecrets() {}

  /**
   * Begins to use what {@code make} makes of {@code secrets}. Nothing is read yet.
   *
   * @param make always the same for the same properties
   */
  public static <T> Lease<T> open(DeferredSecrets secrets, Function<Map<String, String>, T> make) {
    synchronized (OPEN) {
      @SuppressWarnings("unchecked") // The properties tell what is made of them.
      Shared<T> shared =
          (Shared<T>) OPEN.computeIfAbsent(secrets, key -> new Shared<>(secrets, make));
      shared.users++;
      return new Lease<>(shared.rotating, () -> release(secrets));
    }
  }

  /**
   * The same, with everything read for the first time; after 30 s at most.
   *
   * @throws dev.outflow.secret.SecretException if anything is missing or no good
   */
  public static <T> Lease<T> openAndRead(
      DeferredSecrets secrets, Function<Map<String, String>, T> make) {
    Lease<T> lease = open(secrets, make);
    try {
      lease.rotating().current();
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private static void release(DeferredSecrets secrets) {
    synchronized (OPEN) {
      Shared<?> shared = OPEN.get(secrets);
      if (--shared.users == 0) {
        shared.thread.shutdownNow();
        OPEN.remove(secrets);
      }
    }
  }

  /** The use of a {@link ReloadableSecret} by one Kafka client, which closes it. */
  public static final class Lease<T> implements AutoCloseable {
    private final ReloadableSecret<T> rotating;
    private Runnable release;

    private Lease(ReloadableSecret<T> rotating, Runnable release) {
      this.rotating = rotating;
      this.release = release;
    }

    public ReloadableSecret<T> rotating() {
      return rotating;
    }

    @Override
    public synchronized void close() {
      release.run();
      release = () -> {};
    }
  }

  private static final class Shared<T> {
    private final ReloadableSecret<T> rotating;
    private final ScheduledExecutorService thread;
    private int users;

    Shared(DeferredSecrets secrets, Function<Map<String, String>, T> make) {
      String name = secrets.toString();
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread daemon = new Thread(task, name);
                daemon.setDaemon(true);
                return daemon;
              });
      rotating = new ReloadableSecret<>(name, secrets::read, make, thread, Clock.systemUTC());
      long interval = secrets.refreshInterval().toMillis();
      ScheduledFuture<?> unused =
          thread.scheduleWithFixedDelay(this::readAgain, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** What was never good is left to those who need it, and are told why not. */
    private void readAgain() {
      if (rotating.status().inUse() != null) {
        rotating.refresh();
      }
    }
  }
}
