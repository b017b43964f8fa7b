package dev.outflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of a Flink distribution.
 *
 * @param lib the jars of {@code lib/}, the class path of every Flink process
 * @param opt the jars that the SQL client needs in addition
 */
public record FlinkDistribution(List<Path> lib, List<Path> opt) {
  private static final Path HOME = Path.of("../e2e/target/flink");

  public FlinkDistribution {
    lib = List.copyOf(lib);
    opt = List.copyOf(opt);
  }

  /** Returns the version that Outflow is built for, assembled from Maven artifacts. */
  public static FlinkDistribution ofThisBuild() {
    return new FlinkDistribution(jars(HOME.resolve("lib")), jars(HOME.resolve("opt")));
  }

  /** Returns a copy with another jar in {@code lib/}. */
  public FlinkDistribution with(Path jar) {
    return new FlinkDistribution(Stream.concat(lib.stream(), Stream.of(jar)).toList(), opt);
  }

  /** Returns a copy without the jars of {@code lib/} whose file names match. */
  public FlinkDistribution without(String fileName) {
    return new FlinkDistribution(
        lib.stream().filter(jar -> !jar.getFileName().toString().matches(fileName)).toList(), opt);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          "no Flink jars in %s; the build copies them there".formatted(folder), e);
    }
  }
}
