package dev.outflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Java process started by a test, which can be killed, paused and resumed. */
public final class JavaProcess implements AutoCloseable {
  private static final List<JavaProcess> STARTED = new CopyOnWriteArrayList<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> STARTED.forEach(JavaProcess::kill), "end processes"));
  }

  private final JavaCommand command;
  private final Process process;

  private JavaProcess(JavaCommand command, Process process) {
    this.command = command;
    this.process = process;
  }

  public static JavaProcess of(JavaCommand command, Process process) {
    JavaProcess started = new JavaProcess(command, process);
    STARTED.add(started);
    return started;
  }

  /** Returns every process that this JVM has started, including those that have ended. */
  public static List<JavaProcess> started() {
    return List.copyOf(STARTED);
  }

  public JavaCommand command() {
    return command;
  }

  public Process handle() {
    return process;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL and waits until the process is gone. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends SIGSTOP, which looks like a long pause of its machine. */
  public void pause() {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Returns its output and log. */
  public String log() {
    try {
      return new String(Files.readAllBytes(command.log()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the last lines of {@link #log()} with a heading; empty if the log was deleted. */
  public String logTail(int lines) {
    if (!Files.exists(command.log())) {
      return "";
    }
    List<String> all = log().lines().toList();
    String state = isAlive() ? "running" : "exited with code " + process.exitValue();
    return "---- %s (pid %d, %s): %s%n%s%n"
        .formatted(
            command.name(),
            pid(),
            state,
            command.log(),
            String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())));
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("cannot send SIG%s to %s".formatted(name, command.name()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
