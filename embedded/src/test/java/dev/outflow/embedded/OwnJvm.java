package dev.outflow.embedded;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Java process that a test starts, and its differences from this one.
 *
 * @param environment variables in addition to those of this process
 * @param options JVM options in addition to those of this one for the compiler, for the
 *     verification of bytecode, for the garbage collector unless they name another, and for the
 *     packages opened to Flink
 */
public record OwnJvm(Map<String, String> environment, List<String> options) {
  public static final OwnJvm AS_THIS = new OwnJvm(Map.of(), List.of());

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");
  private static final Pattern PASSED_ON =
      Pattern.compile(
          "--add-opens=.*|-XX:TieredStopAtLevel=.*|-XX:\\+UnlockDiagnosticVMOptions|-XX:-BytecodeVerificationRemote|"
              + COLLECTOR);

  public OwnJvm {
    environment = Map.copyOf(environment);
    options = List.copyOf(options);
  }

  /** Returns a builder for the process; the caller redirects its output. */
  public ProcessBuilder running(String main, List<String> classPath, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(PASSED_ON.asMatchPredicate())
        .filter(argument -> !hasOwnCollector() || !isCollector(argument))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(environment);
    return process;
  }

  /** A JVM does not start with options for two collectors. */
  private boolean hasOwnCollector() {
    return options.stream().anyMatch(OwnJvm::isCollector);
  }

  private static boolean isCollector(String argument) {
    return COLLECTOR.matcher(argument).matches();
  }
}
