package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outflow.embedded.EmbeddedFlink;
import dev.outflow.embedded.OwnJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Flink cluster in a process of its own. Its class path is that of a Flink distribution, without
 * the content of outflow.jar. It stops with the test, even if the test is killed.
 */
final class ClusterProcess implements AutoCloseable {
  private static final Path LIBRARIES = Path.of("target/lib");
  private static final String IN_OUTFLOW_JAR =
      "(flink-connector-kafka|flink-avro|avro|kafka|jackson|json-schema|itu|zstd|snakeyaml-[0-9]|picocli"
          + "|azure|msal4j|reactor|reactive|rhino|outflow-(job|connectors|javascript|secrets|local)).*";

  private final Process process;
  private final URI webUi;

  private ClusterProcess(Process process, URI webUi) {
    this.process = process;
    this.webUi = webUi;
  }

  static ClusterProcess start() throws IOException {
    return start(OwnJvm.AS_THIS);
  }

  /** Starts a cluster with two slots in the JVM that {@code jvm} describes. */
  static ClusterProcess start(OwnJvm jvm) throws IOException {
    Process process =
        jvm.running(ClusterProcess.class.getName(), classPath())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String address = out.readLine();
    if (address == null) {
      throw new IllegalStateException("the cluster did not start");
    }
    return new ClusterProcess(process, URI.create(address));
  }

  /** Runs the cluster: prints its address, and exits when standard input is closed. */
  public static void main(String[] args) throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(2, "0")) {
      System.out.println(flink.webUi());
      System.in.transferTo(System.out);
    }
  }

  URI webUi() {
    return webUi;
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    process.waitFor(10, TimeUnit.SECONDS);
    process.destroyForcibly();
  }

  /** Returns the class path of a Flink distribution. */
  static List<String> classPath() throws IOException {
    try (Stream<Path> libraries = Files.list(LIBRARIES)) {
      return Stream.concat(
              Stream.of("target/test-classes"),
              libraries
                  .filter(library -> !library.getFileName().toString().matches(IN_OUTFLOW_JAR))
                  .map(Path::toString))
          .toList();
    }
  }
}
