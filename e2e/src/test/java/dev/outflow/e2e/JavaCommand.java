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
 * The command line of a Java process.
 *
 * @param name its name in messages
 * @param jvm its environment and JVM options
 * @param classPath jars and folders
 * @param main the name of its main class
 * @param arguments the arguments of the main class
 * @param folder its working directory
 * @param log the file that its output is appended to
 */
public record JavaCommand(
    String name,
    OwnJvm jvm,
    List<Path> classPath,
    String main,
    List<String> arguments,
    Path folder,
    Path log) {
  static final Path TEST_CLASSES = Path.of("../e2e/target/test-classes");

  public JavaCommand {
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /**
   * The result of a finished process.
   *
   * @param output its output and error output
   */
  public record Result(int exitCode, String output) {}

  /** Starts it as a server that ends with this JVM. */
  public JavaProcess start() throws IOException {
    Stream<String> all = Stream.concat(Stream.of(main), arguments.stream());
    return JavaProcess.of(
        this,
        process(
                Stream.concat(Stream.of(TEST_CLASSES), classPath.stream()),
                ParentWatch.class.getName(),
                all)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Starts it with its standard input and output connected to this JVM. */
  JavaProcess startWithPipes() throws IOException {
    return JavaProcess.of(
        this,
        process(classPath.stream(), main, arguments.stream())
            .redirectErrorStream(false)
            .redirectError(log.toFile())
            .start());
  }

  /**
   * Runs it to completion.
   *
   * @throws IllegalStateException if it does not finish within {@code atMost}
   */
  public Result run(Duration atMost) throws IOException, InterruptedException {
    ProcessBuilder builder =
        process(classPath.stream(), main, arguments.stream())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    try (JavaProcess process = JavaProcess.of(this, builder.start())) {
      if (!process.handle().waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "%s did not finish within %s:%n%s".formatted(name, atMost, process.log()));
      }
      return new Result(process.handle().exitValue(), Files.readString(log));
    }
  }

  private ProcessBuilder process(Stream<Path> classes, String main, Stream<String> arguments)
      throws IOException {
    Files.createDirectories(log.getParent());
    List<String> absolute = classes.map(path -> path.toAbsolutePath().toString()).toList();
    return jvm.running(main, absolute, arguments.toArray(String[]::new))
        .directory(folder.toFile())
        .redirectErrorStream(true);
  }
}
