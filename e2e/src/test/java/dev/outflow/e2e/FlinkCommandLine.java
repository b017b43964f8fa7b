package dev.outflow.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * {@code flink} on a command line. All commands run in one process, one after the other, because a
 * new JVM for each would use more CPU time than the command itself.
 */
final class FlinkCommandLine implements AutoCloseable {
  private static final Duration COMMAND = Duration.ofMinutes(3);

  private final JavaProcess process;
  private final Writer commands;
  private final BufferedReader exitCodes;
  private int number;

  private FlinkCommandLine(JavaProcess process) {
    this.process = process;
    this.commands = process.handle().outputWriter();
    this.exitCodes = process.handle().inputReader();
  }

  /** Starts the process; its main class is {@link FlinkCommandLoop}. */
  static FlinkCommandLine start(JavaCommand command) throws IOException {
    return new FlinkCommandLine(command.startWithPipes());
  }

  /**
   * Runs {@code flink ARGUMENTS} to completion.
   *
   * @throws IllegalStateException if it does not finish within 3 min
   */
  synchronized JavaCommand.Result run(List<String> arguments)
      throws IOException, InterruptedException {
    String name = "flink-%s-%d".formatted(arguments.get(0), ++number);
    Path output = process.command().log().resolveSibling(name + ".log");
    commands.write(output + FlinkCommandLoop.SEPARATOR);
    commands.write(String.join(FlinkCommandLoop.SEPARATOR, arguments) + "\n");
    commands.flush();
    BackgroundTask<String> exitCode = BackgroundTask.start(exitCodes::readLine);
    try {
      return new JavaCommand.Result(
          Integer.parseInt(exitCode.get(COMMAND)), Files.readString(output));
    } catch (ExecutionException | TimeoutException | NumberFormatException e) {
      throw new IllegalStateException(
          "%s did not finish within %d s:%n%s%s"
              .formatted(name, COMMAND.toSeconds(), Files.readString(output), process.log()),
          e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
