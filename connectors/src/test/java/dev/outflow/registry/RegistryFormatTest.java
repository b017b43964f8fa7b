package dev.outflow.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.outflow.format.reader.MessageReader;
import dev.outflow.format.reader.ReadRows;
import dev.outflow.kafka.error.InvalidHeaderException;
import dev.outflow.values.ValueReaders;
import dev.outflow.values.ValueWriters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads and writes records whose schemas a registry has. */
class RegistryFormatTest {
  private static final String FORMAT = RegistryFormatFactory.IDENTIFIER;
  private static final RowType COLUMNS =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("n", DataTypes.BIGINT().notNull()),
                  DataTypes.FIELD("name", DataTypes.STRING()))
              .getLogicalType();

  /** The schemas by their path. */
  private final Map<String, String> schemas = new TreeMap<>();

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    schemas.put("/schemas/ids/7", schema("{'name':'x','type':'int'},{'name':'n','type':'int'}"));
    schemas.put(
        "/schemas/ids/8", schema("{'name':'name','type':'string'},{'name':'n','type':'long'}"));
    schemas.put("/schemas/ids/9", schema("{'name':'n','type':'string'}"));
    schemas.put("/schemas/ids/10", schema("{'name':'name','type':'string'}"));
    schemas.put("/schemas/ids/11", "{\"schema\":\"\\\"string\\\"\"}");
    schemas.put("/subjects/orders-value", "{\"id\":258}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          String answer = schemas.get(exchange.getRequestURI().getPath());
          byte[] body = (answer == null ? "{\"error_code\":40403}" : answer).getBytes(UTF_8);
          exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static String schema(String fields) {
    return "{\"schema\":\"{'type':'record','name':'Order','namespace':'com.example','fields':[%s]}\"}"
        .formatted(fields)
        .replace("'", "\\\"");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsEachRecordByItsOwnSchema() throws Exception {
    MessageReader reader = reader();
    ReadRows read = new ReadRows();
    for (int round = 0; round < 2; round++) {
      reader.read(new byte[] {0, 0, 0, 0, 7, 2, 10}, read);
      reader.read(new byte[] {0, 0, 0, 0, 8, 2, 'a', 12}, read);
    }
    reader.read(null, read);

    RowData first = GenericRowData.of(5L, null);
    RowData second = GenericRowData.of(6L, StringData.fromString("a"));
    assertThat(read.rows()).containsExactly(first, second, first, second);
    assertThat(read.problems()).isEmpty();
    assertThat(requests).as("one for each schema").hasValue(2);
  }

  @Test
  void namesTheColumnThatTheSchemaDoesNotMatch() throws Exception {
    assertThat(problems(0, 0, 0, 0, 9, 2, 'a'))
        .containsExactly("1 CONVERSION n: a value of Avro type string is not a valid BIGINT");
    assertThat(problems(0, 0, 0, 0, 10, 2, 'a'))
        .containsExactly(
            "1 MISSING n: is declared NOT NULL, but the schema of the record does not have it");
  }

  @Test
  void rejectsRecordsThatAreNotOfTheirSchema() throws Exception {
    for (int[] record :
        List.of(
            new int[] {0, 0, 0, 0, 8},
            new int[] {0, 0, 0, 0, 8, 4, 'a'},
            new int[] {0, 0, 0, 0, 8, 2, 'a', 12, 0},
            new int[] {0, 0, 0, 0, 9, 2, 'a', 0},
            new int[] {0, 0, 0, 0, 11, 2, 'a'})) {
      assertThat(problems(record))
          .containsExactly(
              "1 MALFORMED -: cannot decode %d bytes as avro-confluent".formatted(record.length));
    }
    assertThatThrownBy(() -> problems(0, 0, 0, 0, 12, 2))
        .isInstanceOf(InvalidHeaderException.class);
    assertThatThrownBy(() -> problems('{', '}')).isInstanceOf(InvalidHeaderException.class);
  }

  private List<String> problems(int... message) throws Exception {
    ReadRows read = new ReadRows();
    byte[] bytes = new byte[message.length];
    for (int at = 0; at < message.length; at++) {
      bytes[at] = (byte) message[at];
    }
    reader().read(bytes, read);
    return read.texts();
  }

  private MessageReader reader() throws Exception {
    MessageReader reader =
        InstantiationUtil.clone(
            ValueReaders.find("input 'i'", FORMAT, options(), COLUMNS, false).orElseThrow());
    reader.open(null);
    return reader;
  }

  @Test
  void writesTheHeaderBeforeTheRecordAndRegistersOnce() throws Exception {
    SerializationSchema<RowData> writer =
        ValueWriters.serializer(
            FORMAT,
            options(),
            COLUMNS,
            () -> {
              throw new AssertionError("Flink's format is not needed");
            });
    writer.open(null);
    SerializationSchema<RowData> copy = InstantiationUtil.clone(writer);
    copy.open(null);

    for (SerializationSchema<RowData> either : List.of(writer, copy)) {
      assertThat(either.serialize(GenericRowData.of(5L, StringData.fromString("a"))))
          .containsExactly(0, 0, 0, 1, 2, 10, 2, 2, 'a');
    }
    assertThat(requests).hasValue(1);
  }

  private Map<String, String> options() {
    return Map.of(
        "format",
        FORMAT,
        FORMAT + ".url",
        "http://localhost:" + server.getAddress().getPort(),
        FORMAT + ".subject",
        "orders-value");
  }
}
