package dev.outflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Java process of a test's own, which can be killed and paused as the real world does it. */
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

  /** Every process that this JVM has started, the ended ones too. */
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

  /** SIGKILL; the process is gone when this returns. */
  public void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGSTOP: it lives and does nothing, as in a long pause of its machine. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT: it goes on as if nothing had happened. */
  public void resume() {
    signal("CONT");
  }

  /** All that it has printed and logged. */
  public String log() {
    try {
      return new String(Files.readAllBytes(command.log()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of {@link #log()} under a heading; empty if the log is gone. */
  public String logTail(int lines) {
    if (!Files.exists(command.log())) {
      return "";
    }
    List<String> all = log().lines().toList();
    String state = isAlive() ? "alive" : "ended with exit code " + process.exitValue();
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
        throw new IllegalStateException("%s cannot be sent %s".formatted(command.name(), name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
