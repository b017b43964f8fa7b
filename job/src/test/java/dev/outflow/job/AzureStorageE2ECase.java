package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.embedded.OwnJvm;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files from Azurite, through Flink's plugin, in a JVM of its own. */
class AzureStorageE2ECase {
  @TempDir private Path folder;

  private static final String STORED_FILES =
      """
      name: stored-files
      inputs:
        json: { connector: filesystem, path: FILES/json, format: json, columns: { order_id: STRING, amount: INT } }
        csv: { connector: filesystem, path: FILES/csv, format: csv, columns: { order_id: STRING, amount: INT } }
        parquet: { connector: filesystem, path: FILES/parquet, format: parquet, columns: { order_id: STRING, amount: INT } }
      queries:
        copies: SELECT * FROM `json` UNION ALL SELECT * FROM csv UNION ALL SELECT * FROM parquet
      outputs:
        copies: { bootstrap-servers: "BROKER", topic: copies, format: csv, delivery-guarantee: at-least-once }
      """;

  @Test
  void readsCapturedFilesAndPlainOnesAndReportsMissingFoldersAndCredentialsInOneLineEach()
      throws Exception {
    try (Azurite azurite = Azurite.start(folder);
        FakeBroker broker = FakeBroker.start(BrokerShape.kafka21())) {
      broker.topic("large-orders", 1);
      broker.topic("copies", 1);
      Path captured =
          CapturedFile.write(
              folder,
              3,
              "{\"order_id\": \"a\", \"amount\": 150}",
              "{\"order_id\": \"b\", \"amount\": 50}");
      Path example = folder.resolve("job.yaml");
      Files.writeString(
          example,
          Files.readString(Path.of("../conf/examples/event-hubs-capture.yaml"))
              .replaceFirst(" *monitor-interval.*\n", ""));
      String job =
          "%s|outputs.large_orders.bootstrap-servers=%s|outputs.large_orders.delivery-guarantee=at-least-once|inputs.orders.path="
              .formatted(example, broker.bootstrapServers());
      String files = "wasb://captured@" + azurite.host(Azurite.ACCOUNT);

      String output =
          run(
              azurite,
              captured.toString(),
              files + "/data/" + folder.relativize(captured),
              files + "/plain",
              Files.writeString(
                      folder.resolve("files.yaml"),
                      STORED_FILES
                          .replace("FILES", files + "/plain")
                          .replace("BROKER", broker.bootstrapServers()))
                  .toString(),
              job + files + "/data",
              job + files + "/absent",
              job + "wasb://captured@" + azurite.host("other") + "/data");

      assertThat(output)
          .contains("finished captured-orders")
          .contains("files         1 file, ")
          .doesNotContain(Azurite.KEY);
      assertThat(broker.records("large-orders")).isEqualTo(1);
      assertThat(output).contains("finished stored-files");
      assertThat(broker.records("copies")).isEqualTo(StorageJobs.FORMATS.size());
      assertThat(output.lines().filter(line -> line.contains("FAILED  ")))
          .hasSize(2)
          .anyMatch(
              line ->
                  line.endsWith(
                      "'%s/absent' does not exist, or this machine does not have it"
                          .formatted(files)))
          .anyMatch(
              line ->
                  line.contains("not authorized to list 'wasb://captured@other.blob.localhost:"));
    }
  }

  /** Adds what docs/inputs.md requires for Parquet. */
  private static List<String> classPath() throws IOException {
    List<String> classPath =
        new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    try (Stream<Path> parquet = Files.list(Path.of("target", "parquet"))) {
      parquet.map(Path::toString).forEach(classPath::add);
    }
    return classPath;
  }

  private String run(Azurite azurite, String... arguments) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts,
        "127.0.0.1 localhost\n127.0.0.1 %s\n127.0.0.1 %s.blob.localhost\n127.0.0.1 other.blob.localhost\n"
            .formatted(InetAddress.getLocalHost().getHostName(), Azurite.ACCOUNT));
    Path log = folder.resolve("output");
    List<String> all =
        new ArrayList<>(
            List.of("fs.azure.account.key." + azurite.host(Azurite.ACCOUNT), Azurite.KEY));
    all.addAll(List.of(arguments));
    Process process =
        new OwnJvm(
                Map.of("FLINK_PLUGINS_DIR", Path.of("target", "plugins").toString()),
                List.of("-Djdk.net.hosts.file=" + hosts))
            .running(StorageJobs.class.getName(), classPath(), all.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      assertThat(ended).as(Files.readString(log)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(log);
  }
}
