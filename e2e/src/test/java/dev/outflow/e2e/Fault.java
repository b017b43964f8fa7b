package dev.outflow.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A fault that is injected while the job runs. It is over when the job has recovered. */
enum Fault {
  TASK_MANAGER_KILLED(Component.TASK_MANAGER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      Instant begin = Instant.now();
      site.flink().killTaskManager(site.random().nextInt(2));
      site.flink().startTaskManager();
      return site.awaitRecovery(begin);
    }
  },

  /** A replacement takes over, and then the paused process resumes as a zombie. */
  TASK_MANAGER_PAUSED(Component.TASK_MANAGER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      JavaProcess paused = site.flink().taskManagers().get(site.random().nextInt(2));
      Instant begin = Instant.now();
      paused.pause();
      site.flink().startTaskManager();
      Duration recovery = site.awaitRecovery(begin);
      paused.resume();
      FaultContext.last(Duration.ofSeconds(2));
      paused.kill();
      return recovery;
    }
  },

  JOB_MANAGER_KILLED(Component.JOB_MANAGER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      Instant begin = Instant.now();
      site.flink().killJobManager();
      site.flink().restartJobManager();
      return site.awaitRecovery(begin);
    }
  },

  BROKER_KILLED(Component.BROKER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      int broker = site.anyBroker();
      Instant begin = Instant.now();
      site.kafka().kill(broker);
      site.kafka().restart(broker);
      return site.awaitRecovery(begin);
    }
  },

  /** The job continues with two of three brokers. */
  BROKER_LOST(Component.BROKER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      int broker = site.anyBroker();
      Instant begin = Instant.now();
      site.kafka().kill(broker);
      Duration recovery = site.awaitRecovery(begin);
      site.kafka().restart(broker);
      return recovery;
    }
  },

  /** Longer than every client timeout and than the broker session timeout. */
  BROKER_PAUSED(Component.BROKER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      int broker = site.anyBroker();
      site.kafka().pause(broker);
      FaultContext.last(Duration.ofSeconds(10));
      Instant end = Instant.now();
      site.kafka().resume(broker);
      return site.awaitRecovery(end);
    }
  },

  NETWORK_CUT(Component.BROKER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      TcpProxy network = site.networks().get(site.anyBroker());
      network.refuse();
      FaultContext.last(site.atMost(Duration.ofSeconds(10)));
      Instant end = Instant.now();
      network.heal();
      return site.awaitRecovery(end);
    }
  },

  NETWORK_SILENT(Component.BROKER) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      TcpProxy network = site.networks().get(site.anyBroker());
      network.silence();
      FaultContext.last(site.atMost(Duration.ofSeconds(10)));
      Instant end = Instant.now();
      network.heal();
      return site.awaitRecovery(end);
    }
  },

  /** A file replaces the checkpoint directory, so that even root cannot write there. */
  STORAGE_UNWRITABLE(Component.STORAGE) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      Path storage = site.flink().folder().resolve("checkpoints");
      Path away = storage.resolveSibling("checkpoints-away");
      Files.move(storage, away);
      Files.createFile(storage);
      FaultContext.last(site.atMost(Duration.ofSeconds(5)));
      Files.delete(storage);
      Files.move(away, storage);
      return site.awaitRecovery(Instant.now());
    }
  },

  /** Retention deletes records while no task runs. */
  RECORDS_DELETED_WHILE_DOWN(Component.INPUT) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      Instant begin = Instant.now();
      site.flink().killTaskManager(0);
      site.flink().killTaskManager(0);
      site.perishable().write(20);
      site.perishable().keep(10);
      site.flink().startTaskManager();
      site.flink().startTaskManager();
      site.perishable().awaitAlarm(site.flink(), site.perishable().life());
      return site.awaitRecovery(begin);
    }
  },

  /** Retention deletes records while the tasks do not get around to reading them. */
  LAG_OUTGROWS_RETENTION(Component.INPUT) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      List<JavaProcess> paused = site.flink().taskManagers();
      paused.forEach(JavaProcess::pause);
      try {
        site.perishable().write(20);
        site.perishable().keep(10);
      } finally {
        paused.forEach(JavaProcess::resume);
      }
      Instant end = Instant.now();
      site.perishable().awaitAlarm(site.flink(), site.perishable().life());
      return site.awaitRecovery(end);
    }
  },

  TOPIC_RECREATED(Component.INPUT) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      int life = site.perishable().life();
      site.perishable().write(5);
      site.perishable().recreate();
      Instant begin = Instant.now();
      site.perishable().write(10);
      site.perishable().awaitAlarm(site.flink(), life);
      return site.awaitRecovery(begin);
    }
  },

  TWO_AT_ONCE(Component.SEVERAL) {
    @Override
    Duration inject(FaultContext site) throws Exception {
      return site.both(two(site.random()));
    }
  };

  /** The component that fails. Two faults at once hit different components. */
  private enum Component {
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER,
    STORAGE,
    /** Loses records, which is verified one fault at a time. */
    INPUT,
    SEVERAL
  }

  private final Component component;

  Fault(Component component) {
    this.component = component;
  }

  /**
   * Injects the fault and ends it.
   *
   * @return the recovery time of the job, from the start of the fault, or from its end where the
   *     test decides how long the fault lasts
   */
  abstract Duration inject(FaultContext site) throws Exception;

  /** Draws faults in random order, each kind at least once if {@code number} allows. */
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
    drawn.removeIf(
        fault -> fault.component == Component.SEVERAL || fault.component == Component.INPUT);
    Fault first = drawn.get(0);
    Fault second =
        drawn.stream().filter(other -> first.canCoincideWith(other)).findFirst().orElseThrow();
    return List.of(first, second);
  }

  private boolean canCoincideWith(Fault other) {
    return component != other.component;
  }
}
