package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.BrokerShape;
import dev.outflow.embedded.FakeBroker;
import dev.outflow.embedded.FakeKeyVault;
import dev.outflow.embedded.FakeManagedIdentity;
import dev.outflow.embedded.OwnJvm;
import dev.outflow.embedded.TestAuthority;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped jobs for Event Hubs, IoT Hub and HDInsight, with and without mistakes, run in a JVM
 * that resolves their host names to stand-ins on other loopback addresses, which only Linux has.
 */
@EnabledOnOs(OS.LINUX)
class AzureBrokersE2ECase {
  private static final String HOST = "my-namespace.servicebus.windows.net";
  private static final String ADDRESS = "127.0.90.93";
  private static final String BASIC_HOST = "basic.servicebus.windows.net";
  private static final String BASIC_ADDRESS = "127.0.90.94";
  private static final int PORT = 9093;
  private static final String WORKER_NODE = "wn0-kafka.abc123.cx.internal.cloudapp.net";
  private static final String WORKER_NODE_ADDRESS = "127.0.90.95";
  private static final String EXAMPLES = "../conf/examples/";
  private static final String TOKEN = "header.payload.signature";
  private static final String[] ORDERS = {
    "{\"order_id\": \"a\", \"amount\": 150}", "{\"order_id\": \"b\", \"amount\": 50}"
  };
  private static final String CONNECTION_STRING =
      "Endpoint=sb://%s/;SharedAccessKeyName=outflow;SharedAccessKey=c2VjcmV0".formatted(HOST);

  @TempDir private Path folder;

  @Test
  void runsTheJobsForAzureAndReportsMistakesInOneLineEach() throws Exception {
    TestAuthority authority = TestAuthority.create("Microsoft");
    try (FakeManagedIdentity identity = FakeManagedIdentity.start().giving(TOKEN);
        FakeKeyVault vault =
            FakeKeyVault.start()
                .put("event-hubs-connection-string", CONNECTION_STRING)
                .put("iot-telemetry-connection-string", CONNECTION_STRING)
                .put("expired", CONNECTION_STRING.replace("c2VjcmV0", "ZXhwaXJlZA=="))
                .put("basic", CONNECTION_STRING.replace(HOST, BASIC_HOST));
        FakeBroker broker =
            FakeBroker.startTls(
                BrokerShape.eventHubs(),
                authority.server("*.servicebus.windows.net"),
                HOST,
                InetAddress.getByName(ADDRESS),
                PORT);
        FakeBroker basic =
            FakeBroker.startTls(
                BrokerShape.eventHubs(),
                authority.server("*.servicebus.windows.net"),
                BASIC_HOST,
                InetAddress.getByName(BASIC_ADDRESS),
                PORT);
        FakeBroker hdInsight =
            FakeBroker.start(
                BrokerShape.kafka21(),
                WORKER_NODE,
                InetAddress.getByName(WORKER_NODE_ADDRESS),
                9092)) {
      basic.closeAbove(0);
      broker.requirePassword("$ConnectionString", CONNECTION_STRING).requireToken(TOKEN);
      broker.acceptCodecs(CompressionType.NONE).closeAbove(1_046_528);
      broker.topic("orders", 1);
      broker.topic("large-orders", 1);
      broker.topic("iot-telemetry", 1);
      broker.topic("hot-devices", 1);
      broker.append("orders", ORDERS);
      broker.append(
          "iot-telemetry",
          "{\"device_id\": \"a\", \"temperature\": 81.5}",
          "{\"device_id\": \"b\", \"temperature\": 20.5}");
      hdInsight.topic("orders", 1);
      hdInsight.topic("large-orders", 1);
      hdInsight.append("orders", ORDERS);
      TestAuthority.writeTruststore(folder.resolve("trust.p12"), authority, vault.authority());

      String output = run(vault);

      assertThat(output)
          .contains("finished event-hubs-connection-string", "finished event-hubs-managed-identity")
          .contains("finished iot-hub", "finished hdinsight")
          .contains(
              "write: unknown: Event Hubs does not report permissions; if the job is not authorized, assign the role 'Azure Event Hubs Data Sender', or use a connection string with the Send claim")
          .contains(
              "throughput    a throughput unit of Event Hubs allows 1 MB/s or 1000 events/s in, for all producers of the namespace; 'large-orders' received 0.")
          .contains("authenticated (PLAIN)", "authenticated (OAUTHBEARER)")
          .contains("up to 1000000 bytes (max.request.size)")
          .doesNotContain("c2VjcmV0", "ZXhwaXJlZA", TOKEN);
      assertThat(broker.records("large-orders")).isEqualTo(2);
      assertThat(broker.records("hot-devices")).isEqualTo(1);
      assertThat(hdInsight.records("large-orders"))
          .isEqualTo(2); // With the end of its transaction.
      assertThat(output.lines().filter(line -> line.contains("FAILED  ")))
          .hasSize(3)
          .anyMatch(
              line ->
                  line.endsWith(
                      " topic 'absent' does not exist on my-namespace.servicebus.windows.net:9093; create it or correct the name"))
          .anyMatch(
              line ->
                  line.endsWith(
                      " my-namespace.servicebus.windows.net:9093 rejected the connection string (Authentication failed); copy a current one from the namespace's or event hub's shared access policies"))
          .anyMatch(
              line ->
                  line.endsWith(
                      " basic.servicebus.windows.net:9093 closed the connection; is it the namespace of this job? The Basic tier of Event Hubs does not support Kafka"));
    }
  }

  /** Runs both jobs in one process and returns its output. */
  private String run(FakeKeyVault vault) throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts,
        "127.0.0.1 localhost\n127.0.0.1 %s\n%s %s\n%s %s\n%s %s %s\n"
            .formatted(
                InetAddress.getLocalHost().getHostName(),
                ADDRESS,
                HOST,
                BASIC_ADDRESS,
                BASIC_HOST,
                WORKER_NODE_ADDRESS,
                WORKER_NODE,
                WORKER_NODE.replace("wn0", "wn1")));
    OwnJvm jvm =
        new OwnJvm(
            Map.of(
                "IDENTITY_ENDPOINT", System.getenv("IDENTITY_ENDPOINT"),
                "IDENTITY_HEADER", System.getenv("IDENTITY_HEADER")),
            List.of(
                "-Djdk.net.hosts.file=" + hosts,
                "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + TestAuthority.TRUSTSTORE_PASSWORD));
    String bounded = "|inputs.orders.start=earliest|inputs.orders.bounded=true";
    String example = EXAMPLES + "event-hubs-connection-string.yaml" + bounded;
    String valid = example + password(vault, "event-hubs-connection-string");
    Path log = folder.resolve("output");
    Process process =
        jvm.running(
                ExampleJobs.class.getName(),
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                valid,
                EXAMPLES + "event-hubs-managed-identity.yaml" + bounded,
                EXAMPLES
                    + "iot-hub.yaml"
                    + bounded.replace("orders", "telemetry")
                    + "|inputs.telemetry.password=${keyvault:%1$s:iot-telemetry-connection-string}|outputs.hot_devices.password=${keyvault:%1$s:event-hubs-connection-string}"
                        .formatted(vault.url()),
                EXAMPLES + "hdinsight.yaml" + bounded,
                valid + "|outputs.large_orders.topic=absent",
                example + password(vault, "expired"),
                example
                    + password(vault, "basic")
                    + "|inputs.orders.bootstrap-servers=%1$s|outputs.large_orders.bootstrap-servers=%1$s"
                        .formatted(BASIC_HOST + ":" + PORT))
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

  private static String password(FakeKeyVault vault, String secret) {
    return "|inputs.orders.password=%1$s|outputs.large_orders.password=%1$s"
        .formatted("${keyvault:%s:%s}".formatted(vault.url(), secret));
  }
}
