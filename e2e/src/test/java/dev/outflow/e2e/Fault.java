package dev.outflow.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What goes wrong around a job that runs. Each is over when the job is well again. */
enum Fault {
  TASK_MANAGER_KILLED(Part.TASK_MANAGER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      Instant begin = Instant.now();
      site.flink().killTaskManager(site.random().nextInt(2));
      site.flink().startTaskManager();
      return site.awaitRecovery(begin);
    }
  },

  /** Another one takes over, and then the first goes on as if nothing had happened. */
  TASK_MANAGER_PAUSED(Part.TASK_MANAGER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      JavaProcess paused = site.flink().taskManagers().get(site.random().nextInt(2));
      Instant begin = Instant.now();
      paused.pause();
      site.flink().startTaskManager();
      Duration recovery = site.awaitRecovery(begin);
      paused.resume();
      FaultSite.last(Duration.ofSeconds(2));
      paused.kill();
      return recovery;
    }
  },

  JOB_MANAGER_KILLED(Part.JOB_MANAGER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      Instant begin = Instant.now();
      site.flink().killJobManager();
      site.flink().restartJobManager();
      return site.awaitRecovery(begin);
    }
  },

  BROKER_KILLED(Part.BROKER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      int broker = site.anyBroker();
      Instant begin = Instant.now();
      site.kafka().kill(broker);
      site.kafka().restart(broker);
      return site.awaitRecovery(begin);
    }
  },

  /** The job goes on with two of three. */
  BROKER_LOST(Part.BROKER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      int broker = site.anyBroker();
      Instant begin = Instant.now();
      site.kafka().kill(broker);
      Duration recovery = site.awaitRecovery(begin);
      site.kafka().restart(broker);
      return recovery;
    }
  },

  /** For longer than every timeout of its clients and than the other brokers wait for it. */
  BROKER_PAUSED(Part.BROKER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      int broker = site.anyBroker();
      site.kafka().pause(broker);
      FaultSite.last(Duration.ofSeconds(10));
      Instant end = Instant.now();
      site.kafka().resume(broker);
      return site.awaitRecovery(end);
    }
  },

  NETWORK_CUT(Part.BROKER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      TcpProxy network = site.networks().get(site.anyBroker());
      network.refuse();
      FaultSite.last(site.atMost(Duration.ofSeconds(10)));
      Instant end = Instant.now();
      network.heal();
      return site.awaitRecovery(end);
    }
  },

  NETWORK_SILENT(Part.BROKER) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      TcpProxy network = site.networks().get(site.anyBroker());
      network.silence();
      FaultSite.last(site.atMost(Duration.ofSeconds(10)));
      Instant end = Instant.now();
      network.heal();
      return site.awaitRecovery(end);
    }
  },

  /** A file is where the folder of checkpoints should be: even root cannot write there. */
  STORAGE_UNWRITABLE(Part.STORAGE) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      Path storage = site.flink().folder().resolve("checkpoints");
      Path away = storage.resolveSibling("checkpoints-away");
      Files.move(storage, away);
      Files.createFile(storage);
      FaultSite.last(site.atMost(Duration.ofSeconds(5)));
      Files.delete(storage);
      Files.move(away, storage);
      return site.awaitRecovery(Instant.now());
    }
  },

  TWO_AT_ONCE(Part.SEVERAL) {
    @Override
    Duration strike(FaultSite site) throws Exception {
      return site.both(two(site.random()));
    }
  };

  /** What it befalls: no two at once befall the same, of which the job needs the rest. */
  private enum Part {
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER,
    STORAGE,
    SEVERAL
  }

  private final Part part;

  Fault(Part part) {
    this.part = part;
  }

  /**
   * Happens and passes.
   *
   * @return how long the job took to be well again, from when the fault began, or ended if that is
   *     for others to decide
   */
  abstract Duration strike(FaultSite site) throws Exception;

  /** Each at least once if {@code number} allows, in random order. */
  static List<Fault> draw(int number, Random random) {
    List<Fault> drawn = new ArrayList<>(List.of(values()));
    Collections.shuffle(drawn, random);
    while (drawn.size() < number) {
      drawn.add(values()[random.nextInt(values().length)]);
    }
    return drawn.subList(0, number);
  }

  private static List<Fault> two(Random random) {
    List<Fault> drawn = draw(values().length, random);
    drawn.remove(TWO_AT_ONCE);
    Fault first = drawn.get(0);
    Fault second = drawn.stream().filter(other -> first.mayMeet(other)).findFirst().orElseThrow();
    return List.of(first, second);
  }

  private boolean mayMeet(Fault other) {
    return part != other.part;
  }
}
