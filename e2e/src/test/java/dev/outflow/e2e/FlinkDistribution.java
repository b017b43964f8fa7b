package dev.outflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of a Flink distribution.
 *
 * @param lib what its {@code lib/} has: the class path of every Flink process
 * @param opt what the SQL client has besides
 */
public record FlinkDistribution(List<Path> lib, List<Path> opt) {
  private static final Path HOME = Path.of("../e2e/target/flink");

  public FlinkDistribution {
    lib = List.copyOf(lib);
    opt = List.copyOf(opt);
  }

  /** The one that Outflow is built for, as Maven has it. */
  public static FlinkDistribution ofThisBuild() {
    return new FlinkDistribution(jars(HOME.resolve("lib")), jars(HOME.resolve("opt")));
  }

  /** With another jar in {@code lib/}. */
  public FlinkDistribution with(Path jar) {
    return new FlinkDistribution(Stream.concat(lib.stream(), Stream.of(jar)).toList(), opt);
  }

  /** Without the jars of {@code lib/} whose file names match. */
  public FlinkDistribution without(String fileName) {
    return new FlinkDistribution(
        lib.stream().filter(jar -> !jar.getFileName().toString().matches(fileName)).toList(), opt);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException("the build puts Flink's jars into " + folder, e);
    }
  }
}
