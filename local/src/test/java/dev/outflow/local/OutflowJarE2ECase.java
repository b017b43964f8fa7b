package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.embedded.ClusterRest;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The content of outflow.jar, and a run on a cluster. */
@ExtendWith(KafkaExtension.class)
class OutflowJarE2ECase {
  private static final long MAX_BYTES = 37_000_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void containsWhatAClusterLacksAndNothingElse() throws IOException {
    assertThat(Files.size(ClusterRest.JAR)).isLessThan(MAX_BYTES);
    try (JarFile jar = new JarFile(ClusterRest.JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("dev.outflow.job.StreamingJob");
      List<String> files = jar.stream().map(ZipEntry::getName).toList();
      assertThat(files)
          .contains(
              "job.schema.json",
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "org/apache/kafka/clients/producer/KafkaProducer.class",
              "com/azure/security/keyvault/secrets/SecretClient.class",
              "dev/outflow/tls/KeyVaultTruststoreInitializer.class",
              "org/apache/flink/connector/kafka/sink/KafkaSink.class",
              "org/apache/flink/formats/avro/AvroFormatFactory.class")
          .noneMatch(file -> file.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
          .noneMatch(file -> file.startsWith("com/fasterxml/jackson/"))
          .noneMatch(file -> file.startsWith("reactor/"))
          .noneMatch(file -> file.startsWith("com/sun/jna/"))
          .noneMatch(file -> file.startsWith("org/slf4j/"))
          .noneMatch(file -> file.startsWith("org/apache/flink/streaming/api/environment/"))
          .noneMatch(file -> file.startsWith("org/apache/flink/table/api/"))
          .noneMatch(file -> file.startsWith("org/apache/flink/formats/json/"));
      assertThat(text(jar, "META-INF/services/org.apache.flink.table.factories.Factory"))
          .contains(
              "dev.outflow.kafka.output.KafkaOutputTableFactory",
              "dev.outflow.kafka.input.KafkaInputTableFactory",
              "dev.outflow.registry.RegistryFormatFactory",
              "dev.outflow.lookup.ReferenceFileTableFactory",
              "dev.outflow.capture.EventHubsCaptureTableFactory",
              "dev.outflow.functions.OutflowModuleFactory",
              "org.apache.flink.formats.avro.AvroFormatFactory",
              "org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicTableFactory");
    }
  }

  @Test
  void passesTheVerifierOfTheJvm() throws IOException {
    assertThat(JarVerification.of(ClusterRest.JAR)).matches("1\\d{4} classes\n");
  }

  @Test
  void runsOnAClusterAfterUpload(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
    TestTopic topic = TestTopic.create(kafka, 1);
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: uploaded
        queries: { greetings: "SELECT 'hello' AS greeting" }
        outputs:
          greetings:
            bootstrap-servers: %s
            topic: elsewhere
            format: json
            compression-type: zstd
        """
            .formatted(kafka.bootstrapServers()));

    try (ClusterProcess flink = ClusterProcess.start()) {
      ClusterRest rest = new ClusterRest(flink.webUi());
      JsonNode answer =
          rest.run(
              rest.upload(),
              "--config",
              job.toString(),
              "--set",
              "outputs.greetings.topic=" + topic.name());
      assertThat(answer.path("jobid").asText()).as(answer.toString()).hasSize(32);
      Awaitility.await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(topic.committed())
                      .extracting(record -> new String(record.value(), UTF_8))
                      .containsExactly("{\"greeting\":\"hello\"}"));
    }
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
  }
}
