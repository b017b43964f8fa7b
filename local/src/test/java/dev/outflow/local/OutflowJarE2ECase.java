package dev.outflow.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import dev.outflow.embedded.TestTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that users submit: what is in it, and that a cluster runs it. */
@ExtendWith(KafkaExtension.class)
class OutflowJarE2ECase {
  private static final Path JAR = Path.of("../job/target/outflow.jar");
  private static final long LARGEST = 34_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void holdsWhatAClusterLacksAndNothingThatItHas() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(LARGEST);
    try (JarFile jar = new JarFile(JAR.toFile())) {
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
              "dev/outflow/security/tls/KeyVaultTruststoreInitializer.class",
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
              "org.apache.flink.formats.avro.AvroFormatFactory",
              "org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicTableFactory");
    }
  }

  @Test
  void runsWhenItIsUploadedToACluster(EmbeddedKafka kafka, @TempDir Path folder) throws Exception {
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
      String jar = upload(flink.webUi());
      JsonNode answer =
          post(
              flink.webUi().resolve("/jars/" + jar + "/run"),
              "application/json",
              JSON.writeValueAsBytes(
                  Map.of(
                      "programArgsList",
                      List.of(
                          "--config",
                          job.toString(),
                          "--set",
                          "outputs.greetings.topic=" + topic.name()))));
      assertThat(answer.path("jobid").asText()).as(answer.toString()).hasSize(32);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(topic.committed())
                      .extracting(record -> new String(record.value(), UTF_8))
                      .containsExactly("{\"greeting\":\"hello\"}"));
    }
  }

  /** Returns the id by which the cluster knows the jar. */
  private static String upload(URI webUi) throws Exception {
    String boundary = "----outflow";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                + " filename=\"outflow.jar\"\r\nContent-Type: application/java-archive\r\n\r\n")
            .getBytes(UTF_8));
    body.writeBytes(Files.readAllBytes(JAR));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
    JsonNode answer =
        post(
            webUi.resolve("/jars/upload"),
            "multipart/form-data; boundary=" + boundary,
            body.toByteArray());
    return Path.of(answer.get("filename").asText()).getFileName().toString();
  }

  private static JsonNode post(URI address, String type, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
  }
}
