package dev.outflow.sampling.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.sampling.TopicSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns of Avro records, with a stub of a schema registry. */
class RegistryRowsTest {
  private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");
  private static final Schema ORDER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "fields": [
                {"name": "id", "type": "string"},
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
                {"name": "placed_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "note", "type": ["null", "string"]},
                {"name": "score", "type": "float"},
                {"name": "customer", "type": {"type": "record", "name": "Customer", "fields": [{"name": "city", "type": "string"}]}}
              ]}
              """);

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(
        "/schemas/ids/7",
        JsonNodeFactory.instance.objectNode().put("schema", ORDER.toString()).toString());
    answer("/schemas/ids/8", "{\"schema\": \"syntax\", \"schemaType\": \"PROTOBUF\"}");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void takesColumnsFromTheSchemaAndMeasuresEventTime() {
    InputProposal proposal =
        InputProposal.of(sample(30, RegistryRowsTest::order), Optional.empty(), connection());

    assertThat(proposal.options()).isEqualTo(Map.of("format", "avro-confluent"));
    assertThat(proposal.columns())
        .extracting(column -> column.name() + " " + column.sql())
        .containsExactly(
            "id STRING NOT NULL",
            "amount DECIMAL(10, 2) NOT NULL",
            "placed_at TIMESTAMP_LTZ(3) NOT NULL",
            "note STRING",
            "score FLOAT NOT NULL",
            "customer ROW<`city` STRING> NOT NULL");
    EventTimeProposal time = proposal.eventTime().orElseThrow();
    assertThat(time.column()).isEqualTo("placed_at");
    assertThat(time.disorder().late()).hasSeconds(1);
  }

  @Test
  void explainsWhatTheRegistryCannotAnswer() {
    assertThatThrownBy(
            () -> InputProposal.of(sample(1, i -> header(8)), Optional.empty(), connection()))
        .hasMessageStartingWith("columns cannot be inferred: the record's schema, id 8 at ")
        .hasMessageContaining("has type PROTOBUF");
    assertThatThrownBy(
            () ->
                InputProposal.of(
                    sample(1, i -> header(7)), Optional.of("avro-confluent"), Map.of()))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("avro-confluent.url");
    String stopped = url();
    server.stop(0);
    assertThatThrownBy(
            () ->
                InputProposal.of(
                    sample(1, i -> header(7)),
                    Optional.empty(),
                    Map.of("avro-confluent.url", stopped)))
        .isInstanceOf(InvalidOptionsException.class)
        .hasMessageContaining("no schema registry responded at");
  }

  private void answer(String path, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private Map<String, String> connection() {
    return Map.of("avro-confluent.url", url());
  }

  private static TopicSample sample(int records, Function<Integer, byte[]> value) {
    return new TopicSample(
        IntStream.range(0, records)
            .mapToObj(i -> GeneratedTopic.record(i, TIME.plusSeconds(i + 1), value.apply(i)))
            .toList(),
        1,
        Optional.empty());
  }

  private static byte[] header(int id) {
    return new byte[] {0, 0, 0, 0, (byte) id, 0};
  }

  private static byte[] order(int number) {
    GenericRecord order = new GenericData.Record(ORDER);
    order.put("id", "order-" + number);
    order.put("amount", ByteBuffer.wrap(new byte[] {5, (byte) number}));
    order.put("placed_at", TIME.plusSeconds(number).toEpochMilli());
    order.put("note", number % 2 == 0 ? null : "x");
    order.put("score", 1.5f);
    GenericRecord customer = new GenericData.Record(ORDER.getField("customer").schema());
    customer.put("city", "Oslo");
    order.put("customer", customer);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0, 0, 0, 0, 7});
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(ORDER).write(order, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }
}
