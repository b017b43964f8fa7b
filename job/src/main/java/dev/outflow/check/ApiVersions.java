package dev.outflow.check;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * The requests that a broker supports, each with its versions (KIP-35): the one question that a
 * broker answers before authentication.
 */
record ApiVersions(ApiVersionsResponseData response) {
  /** The version of Produce from which brokers accept zstd (KIP-110, Kafka 2.1). */
  static final int PRODUCE_WITH_ZSTD = 7;

  /** Supported by every broker since 0.10; its body is empty. */
  private static final short VERSION = 0;

  private static final String CLIENT_ID = "outflow-check";
  private static final int MAX_RESPONSE_BYTES = 64 * 1024;
  private static final int TLS_ALERT = 0x15;

  /**
   * Asks a broker.
   *
   * @throws NotKafkaException if something else answers
   * @throws IOException if nothing answers
   */
  static ApiVersions ask(InputStream in, OutputStream out) throws IOException {
    out.write(request());
    out.flush();
    DataInputStream answer = new DataInputStream(in);
    int length = answer.readInt();
    if (length >>> 24 == TLS_ALERT) {
      throw new NotKafkaException("expects TLS");
    }
    if (length < Integer.BYTES || length > MAX_RESPONSE_BYTES) {
      throw new NotKafkaException("is not a Kafka broker");
    }
    byte[] bytes = new byte[length];
    answer.readFully(bytes);
    ByteBuffer body = ByteBuffer.wrap(bytes);
    body.getInt(); // The correlation id: there was one request only.
    ApiVersionsResponseData response = parse(body);
    if (response.errorCode() != Errors.NONE.code()) {
      throw new IOException(Errors.forCode(response.errorCode()).message());
    }
    return new ApiVersions(response);
  }

  private static ApiVersionsResponseData parse(ByteBuffer body) throws NotKafkaException {
    try {
      return new ApiVersionsResponseData(new ByteBufferAccessor(body), VERSION);
    } catch (RuntimeException e) { // Kafka's parser throws several kinds.
      throw new NotKafkaException("is not a Kafka broker");
    }
  }

  private static byte[] request() {
    RequestHeaderData header =
        new RequestHeaderData()
            .setRequestApiKey(ApiKeys.API_VERSIONS.id)
            .setRequestApiVersion(VERSION)
            .setClientId(CLIENT_ID);
    short headerVersion = ApiKeys.API_VERSIONS.requestHeaderVersion(VERSION);
    ObjectSerializationCache cache = new ObjectSerializationCache();
    int size = header.size(cache, headerVersion);
    ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
    header.write(new ByteBufferAccessor(request), cache, headerVersion);
    return request.array();
  }

  /** Returns whether a request can be sent in this version. */
  boolean supports(ApiKeys request, int version) {
    ApiVersion range = response.apiKeys().find(request.id);
    return range != null && range.minVersion() <= version && version <= range.maxVersion();
  }

  /** Returns how many types of requests the broker supports. */
  int requestTypes() {
    return response.apiKeys().size();
  }

  /** {@code 0-13}; {@code none} if the broker does not support the request. */
  String versions(ApiKeys request) {
    ApiVersion range = response.apiKeys().find(request.id);
    return range == null ? "none" : range.minVersion() + "-" + range.maxVersion();
  }

  /** The other side is not a Kafka broker on this port; the message follows its address. */
  static final class NotKafkaException extends IOException {
    private static final long serialVersionUID = 1;

    NotKafkaException(String message) {
      super(message);
    }
  }
}
