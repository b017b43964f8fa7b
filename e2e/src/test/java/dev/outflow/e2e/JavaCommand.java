package dev.outflow.e2e;

import dev.outflow.embedded.OwnJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a Java process is started with.
 *
 * @param name what it is called in messages
 * @param jvm its environment and the options of its JVM
 * @param classPath jars and folders
 * @param main the name of its main class
 * @param arguments of the main class
 * @param folder where it works
 * @param log the file that all its output is added to
 */
public record JavaCommand(
    String name,
    OwnJvm jvm,
    List<Path> classPath,
    String main,
    List<String> arguments,
    Path folder,
    Path log) {
  private static final Path TETHER = Path.of("../e2e/target/test-classes");

  public JavaCommand {
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /**
   * How a process ended.
   *
   * @param output all that it printed, errors too
   */
  public record Result(int exitCode, String output) {}

  /** Starts it as a server, which ends with this JVM at the latest. */
  public JavaProcess start() throws IOException {
    Stream<String> all = Stream.concat(Stream.of(main), arguments.stream());
    return JavaProcess.of(
        this,
        process(Stream.concat(Stream.of(TETHER), classPath.stream()), Tether.class.getName(), all)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException if it has not ended after {@code atMost}
   */
  public Result run(Duration atMost) throws IOException, InterruptedException {
    ProcessBuilder builder =
        process(classPath.stream(), main, arguments.stream())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    try (JavaProcess process = JavaProcess.of(this, builder.start())) {
      if (!process.handle().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%s has not ended after %s:%n%s".formatted(name, atMost, process.log()));
      }
      return new Result(process.handle().exitValue(), Files.readString(log));
    }
  }

  private ProcessBuilder process(Stream<Path> classes, String main, Stream<String> arguments)
      throws IOException {
    Files.createDirectories(log.getParent());
    List<String> absolute = classes.map(each -> each.toAbsolutePath().toString()).toList();
    return jvm.running(main, absolute, arguments.toArray(String[]::new))
        .directory(folder.toFile())
        .redirectErrorStream(true);
  }
}
