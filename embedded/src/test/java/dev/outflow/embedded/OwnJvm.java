package dev.outflow.embedded;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a Java process of a test's own differs from this one.
 *
 * @param environment variables besides those of this process
 * @param options of the JVM, besides the packages that it opens to Flink
 */
public record OwnJvm(Map<String, String> environment, List<String> options) {
  public static final OwnJvm AS_THIS = new OwnJvm(Map.of(), List.of());

  public OwnJvm {
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
  }

  /** A process that has not begun; where its output goes is still to be said. */
  public ProcessBuilder running(String main, List<String> classPath, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens="))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(environment);
    return process;
  }
}
