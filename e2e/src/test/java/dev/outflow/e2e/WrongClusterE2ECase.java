package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.ClusterRest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reports clusters whose libraries conflict with those that Outflow needs. */
@ExtendWith(PrintLogsOnFailure.class)
class WrongClusterE2ECase {
  private static final Path CONNECTOR = wrong("flink-connector-kafka.jar");
  private static final Path NEWER_CLIENTS = wrong("kafka-clients.jar");
  private static final FlinkDistribution FLINK = FlinkDistribution.ofThisBuild();

  @TempDir private Path folder;

  @Test
  void reportsAConnectorInLibThatIsAlsoInTheJar() throws Exception {
    String message = "flink-connector-kafka is bundled with Outflow and also found in file:";
    FlinkSettings settings = settings().withDistribution(FLINK.with(CONNECTOR).with(NEWER_CLIENTS));

    try (FlinkCluster flink = FlinkCluster.start(folder, settings)) {
      assertThat(submitted(flink)).contains(message).contains("target/wrong/flink-connector-kafka");
      assertThat(uploaded(flink)).contains(message);
      assertThat(inSql(flink)).contains(message);
    }
  }

  @Test
  void reportsAnotherKafkaClientThatIsLoadedFirst() throws Exception {
    String message = "Outflow requires kafka-clients 4.2.0 but found 4.3.0 in file:";
    FlinkSettings settings =
        settings()
            .withDistribution(FLINK.with(NEWER_CLIENTS))
            .withOption("classloader.resolve-order", "parent-first");

    try (FlinkCluster flink = FlinkCluster.start(folder, settings)) {
      assertThat(submitted(flink)).contains(message).contains("target/wrong/kafka-clients.jar");
      assertThat(uploaded(flink)).contains(message);
      assertThat(inSql(flink)).contains(message);
    }
  }

  /** Uses a jar that reports an older Flink version. */
  @Test
  void reportsAnOlderFlinkAndTheSupportedVersions() throws Exception {
    FlinkSettings settings =
        settings()
            .withDistribution(
                FLINK.without("flink-annotations-.*").with(wrong("flink-annotations.jar")));

    try (FlinkCluster flink = FlinkCluster.start(folder, settings)) {
      assertThat(submitted(flink))
          .contains(
              "Outflow requires Flink 2.2 to 2.3, but this cluster runs Flink 2.1; upgrade it");
    }
  }

  private static String submitted(FlinkCluster flink) throws Exception {
    JavaCommand.Result result =
        flink.run("-d", ClusterRest.JAR.toAbsolutePath().normalize().toString());
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    return result.output();
  }

  private static String uploaded(FlinkCluster flink) throws Exception {
    return flink.rest().run(flink.rest().upload()).toString();
  }

  private String inSql(FlinkCluster flink) throws Exception {
    Path script = folder.resolve("script.sql");
    Files.writeString(
        script,
        """
        CREATE TABLE words (word STRING) WITH (
          'connector' = 'kafka-output', 'bootstrap-servers' = 'localhost:1', 'topic' = 'words',
          'format' = 'json', 'delivery-guarantee' = 'at-least-once'
        );
        INSERT INTO words VALUES ('unwritten');
        """);
    return flink.sqlClient(script).output();
  }

  /** No job runs, so no TaskManager is needed. */
  private static FlinkSettings settings() {
    return FlinkSettings.defaults().withTaskManagers(0, 1);
  }

  private static Path wrong(String jar) {
    return Path.of("target/wrong").resolve(jar);
  }
}
