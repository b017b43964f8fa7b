package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A Flink cluster on 127.0.0.1 with its JobManager and TaskManagers as separate processes.
 *
 * <p>Each can be killed and restarted. All processes end with the test.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);
  private static final Duration SUBMITTING = Duration.ofMinutes(3);
  private static final List<String> TASK_MANAGER_MEMORY =
      List.of("-Xmx384m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m");

  /** Jobs do not depend on the locale and the time zone of TaskManagers, which differ from ours. */
  private static final List<String> ELSEWHERE =
      List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kolkata");

  private final FlinkHome home;
  private final ClusterRest rest;
  private final JavaCommand jobManagerCommand;
  private final List<JavaProcess> taskManagers = new ArrayList<>();
  private JavaProcess jobManager;
  private int taskManagersStarted;
  private FlinkCommandLine commandLine;

  private FlinkCluster(FlinkHome home, int restPort, JavaCommand jobManagerCommand) {
    this.home = home;
    this.rest = new ClusterRest(URI.create("http://127.0.0.1:" + restPort));
    this.jobManagerCommand = jobManagerCommand;
  }

  /** Starts a cluster with one TaskManager and two slots and waits until it is ready. */
  public static FlinkCluster start(Path folder) throws IOException {
    return start(folder, FlinkSettings.defaults());
  }

  /** Starts a cluster and waits until every TaskManager has registered. */
  public static FlinkCluster start(Path folder, FlinkSettings settings) throws IOException {
    return start(
        folder,
        settings,
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        List.of());
  }

  /**
   * Starts a cluster in application mode, as {@code standalone-job.sh start-foreground ARGUMENTS}
   * does. The jar is in the {@code usrlib/} of its folder. The job can still be starting when this
   * returns.
   */
  public static FlinkCluster standaloneJob(
      Path folder, FlinkSettings settings, List<String> arguments) throws IOException {
    return start(
        folder,
        settings,
        "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
        arguments);
  }

  private static FlinkCluster start(
      Path folder, FlinkSettings settings, String entryPoint, List<String> arguments)
      throws IOException {
    int restPort = Ports.free();
    FlinkHome home = FlinkHome.create(folder, settings, Ports.free(), restPort);
    JavaCommand command = home.server("JobManager", entryPoint, List.of("-Xmx512m"), arguments);
    FlinkCluster cluster = new FlinkCluster(home, restPort, command);
    try {
      cluster.jobManager = command.start();
      for (int i = 0; i < settings.taskManagers(); i++) {
        cluster.launchTaskManager();
      }
      cluster.awaitTaskManagers();
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns the client of its REST API. */
  public ClusterRest rest() {
    return rest;
  }

  /** Returns the folder with {@code conf/}, logs and checkpoints. */
  public Path folder() {
    return home.path();
  }

  public JavaProcess jobManager() {
    return jobManager;
  }

  /** Returns the running TaskManagers in the order of their start. */
  public List<JavaProcess> taskManagers() {
    return taskManagers.stream().filter(JavaProcess::isAlive).toList();
  }

  /** Starts another TaskManager and waits until it has registered. */
  public JavaProcess startTaskManager() throws IOException {
    JavaProcess started = launchTaskManager();
    String id = "tm-" + taskManagersStarted;
    until(id + " has registered", STARTING, () -> taskManagerIds().contains(id));
    return started;
  }

  /** Sends SIGKILL to the TaskManager at this index of {@link #taskManagers()}. */
  public void killTaskManager(int index) {
    taskManagers().get(index).kill();
  }

  /** Sends SIGKILL to the JobManager; the TaskManagers keep running. */
  public void killJobManager() {
    jobManager.kill();
  }

  /** Restarts the killed JobManager on the same ports and waits until it responds. */
  public void restartJobManager() throws IOException {
    jobManager.kill();
    jobManager = jobManagerCommand.start();
    until("the JobManager responds", STARTING, () -> rest.json("/overview").has("slots-total"));
  }

  /** Runs {@code flink run ARGUMENTS} to completion. */
  public JavaCommand.Result run(String... arguments) throws IOException, InterruptedException {
    return flink(Stream.concat(Stream.of("run"), Stream.of(arguments)).toList());
  }

  /** Runs {@code flink ARGUMENTS} to completion. */
  public JavaCommand.Result flink(List<String> arguments) throws IOException, InterruptedException {
    return commandLine().run(arguments);
  }

  /**
   * Runs {@code sql-client.sh -j outflow.jar -f SCRIPT ARGUMENTS} to completion. It stops at the
   * first failing statement, which only its output shows: the exit code is 0.
   */
  public JavaCommand.Result sqlClient(Path script, String... arguments)
      throws IOException, InterruptedException {
    FlinkDistribution flink = home.settings().distribution();
    return home.client(
            "SQL client",
            Stream.concat(flink.lib().stream(), flink.opt().stream()).toList(),
            "org.apache.flink.table.client.SqlClient",
            Stream.concat(
                    Stream.of(
                        "-j",
                        ClusterRest.JAR.toAbsolutePath().normalize().toString(),
                        "-f",
                        script.toString()),
                    Stream.of(arguments))
                .toList())
        .run(SUBMITTING);
  }

  /** Waits until a job is in this state ({@code JobStatus}). */
  public void awaitState(String job, String state, Duration atMost) {
    until("job " + job + " is " + state, atMost, () -> rest.state(job).equals(state));
  }

  /** Waits until all tasks of a job run, without which no savepoint can be taken. */
  public void awaitRunning(String job, Duration atMost) {
    until(
        "all tasks of job " + job + " are RUNNING",
        atMost,
        () ->
            Set.copyOf(rest.json("/jobs/" + job).path("vertices").findValuesAsText("status"))
                .equals(Set.of("RUNNING")));
  }

  /** Waits until a job has completed this many more checkpoints. */
  public void awaitCheckpoints(String job, int more, Duration atMost)
      throws IOException, InterruptedException {
    long before = rest.completedCheckpoints(job);
    until(
        more + " more checkpoints of " + job,
        atMost,
        () -> rest.completedCheckpoints(job) >= before + more);
  }

  /** Cancels all jobs and waits until their slots are free. */
  public void cancelAll() throws IOException, InterruptedException {
    for (String job : rest.jobs().keySet()) {
      rest.cancel(job);
    }
    until(
        "all slots are free",
        STARTING,
        () -> {
          JsonNode overview = rest.json("/overview");
          return overview.path("slots-available").equals(overview.path("slots-total"));
        });
  }

  /** Takes a savepoint of a job that keeps running; returns its path. */
  public String savepoint(String job) throws IOException, InterruptedException {
    return savepoint(job, rest.beginSavepoint(job, home.savepoints()));
  }

  /** Stops a job with a savepoint; returns its path. */
  public String stop(String job) throws IOException, InterruptedException {
    String location = savepoint(job, rest.beginStop(job, home.savepoints()));
    awaitState(job, "FINISHED", STARTING);
    return location;
  }

  @Override
  public void close() {
    processes().forEach(JavaProcess::close);
    if (commandLine != null) {
      commandLine.close();
    }
  }

  private String savepoint(String job, String request) throws IOException, InterruptedException {
    until("a savepoint of " + job, STARTING, () -> !rest.savepointLocation(job, request).isEmpty());
    return rest.savepointLocation(job, request);
  }

  private synchronized FlinkCommandLine commandLine() throws IOException {
    if (commandLine == null) {
      commandLine = FlinkCommandLine.start(home.commandLine());
    }
    return commandLine;
  }

  private JavaProcess launchTaskManager() throws IOException {
    String id = "tm-" + ++taskManagersStarted;
    JavaProcess started =
        home.server(
                id,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                Stream.concat(TASK_MANAGER_MEMORY.stream(), ELSEWHERE.stream()).toList(),
                List.of("-D", "taskmanager.resource-id=" + id))
            .start();
    taskManagers.add(started);
    return started;
  }

  private void awaitTaskManagers() {
    until(
        "the TaskManagers have registered",
        STARTING,
        () ->
            rest.json("/taskmanagers").has("taskmanagers")
                && taskManagerIds().size() == home.settings().taskManagers());
  }

  private List<String> taskManagerIds() throws IOException, InterruptedException {
    return rest.json("/taskmanagers").path("taskmanagers").findValuesAsText("id");
  }

  private List<JavaProcess> processes() {
    return Stream.concat(Stream.ofNullable(jobManager), taskManagers.stream()).toList();
  }

  private void until(String what, Duration atMost, Callable<Boolean> condition) {
    Await.until(what, atMost, processes(), condition);
  }
}
