package dev.outflow.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests a broker knows: the one question that Kafka answers to anybody, before a client
 * says who it is.
 *
 * @param newest the newest version of each request, by the number that the protocol gives it
 */
record ApiVersions(Map<Integer, Integer> newest) {
  static final int PRODUCE = 0;
  private static final int FETCH = 1;
  private static final int API_VERSIONS = 18;
  private static final int INIT_PRODUCER_ID = 22;
  private static final int DESCRIBE_TRANSACTIONS = 65;

  /** Since when brokers know zstd (KIP-110), by the version of their PRODUCE. */
  static final int PRODUCE_WITH_ZSTD = 7;

  private static final int LARGEST = 64 * 1024;
  private static final int TLS_ALERT = 0x15;

  /** What came with a release (KIPs 98, 110, 664, 516, 903, 951, 853), newest first. */
  private static final List<Release> RELEASES =
      List.of(
          new Release("3.9", FETCH, 17),
          new Release("3.7", FETCH, 16),
          new Release("3.5", FETCH, 15),
          new Release("3.1", FETCH, 13),
          new Release("3.0", DESCRIBE_TRANSACTIONS, 0),
          new Release("2.1", PRODUCE, PRODUCE_WITH_ZSTD),
          new Release("0.11", INIT_PRODUCER_ID, 0));

  private record Release(String name, int request, int version) {}

  ApiVersions {
    newest = Map.copyOf(newest);
  }

  /**
   * Asks.
   *
   * @throws NotKafkaException if something else answers
   * @throws IOException if nothing does
   */
  static ApiVersions ask(InputStream in, OutputStream out) throws IOException {
    out.write(request());
    out.flush();
    DataInputStream answer = new DataInputStream(in);
    int length = answer.readInt();
    if (length >>> 24 == TLS_ALERT) {
      throw new NotKafkaException("speaks TLS");
    }
    if (length < 4 || length > LARGEST) {
      throw new NotKafkaException("is no Kafka broker");
    }
    DataInputStream body = new DataInputStream(new ByteArrayInputStream(read(answer, length)));
    body.readInt(); // The number of the request.
    body.readShort(); // The error, of which there is none for the oldest version.
    Map<Integer, Integer> newest = new HashMap<>();
    for (int left = body.readInt(); left > 0; left--) {
      int request = body.readShort();
      body.readShort(); // The oldest.
      newest.put(request, (int) body.readShort());
    }
    return new ApiVersions(newest);
  }

  private static byte[] read(DataInputStream answer, int length) throws IOException {
    byte[] bytes = new byte[length];
    answer.readFully(bytes);
    return bytes;
  }

  /** Version 0 of the request, which every broker since 0.10 knows. */
  private static byte[] request() throws IOException {
    byte[] client = "outflow-check".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream request = new DataOutputStream(bytes);
    request.writeInt(10 + client.length);
    request.writeShort(API_VERSIONS);
    request.writeShort(0);
    request.writeInt(1);
    request.writeShort(client.length);
    request.write(client);
    return bytes.toByteArray();
  }

  boolean has(int request, int version) {
    return newest.getOrDefault(request, -1) >= version;
  }

  /** The oldest release of Kafka that it can be. */
  Optional<String> release() {
    return RELEASES.stream()
        .filter(it -> has(it.request(), it.version()))
        .map(Release::name)
        .findFirst();
  }

  /** Something answers, and it is no broker; the message goes on after the server's address. */
  static final class NotKafkaException extends IOException {
    private static final long serialVersionUID = 1;

    NotKafkaException(String message) {
      super(message);
    }
  }
}
