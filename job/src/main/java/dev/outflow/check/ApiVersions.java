package dev.outflow.check;

import dev.outflow.kafka.broker.BrokerCapabilities;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * The requests that a broker supports, each with its versions (KIP-35): the one question that a
 * broker answers before authentication.
 */
record ApiVersions(ApiVersionsResponseData response) {
  /** The version with which the Kafka client in use begins a connection. */
  static final short OF_CLIENT = ApiKeys.API_VERSIONS.latestVersion();

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
    out.write(request(VERSION));
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

  /**
   * Begins a connection as the Kafka client in use does. Brokers answer a version that they do not
   * support with an error in version 0, and the client continues with another (KIP-511).
   *
   * @throws IOException if there is no answer
   */
  static void begin(InputStream in, OutputStream out) throws IOException {
    out.write(request(OF_CLIENT));
    out.flush();
    new DataInputStream(in).readInt();
  }

  private static ApiVersionsResponseData parse(ByteBuffer body) throws NotKafkaException {
    try {
      return new ApiVersionsResponseData(new ByteBufferAccessor(body), VERSION);
    } catch (RuntimeException e) { // Kafka's parser throws several kinds.
      throw new NotKafkaException("is not a Kafka broker");
    }
  }

  private static byte[] request(short version) {
    RequestHeaderData header =
        new RequestHeaderData()
            .setRequestApiKey(ApiKeys.API_VERSIONS.id)
            .setRequestApiVersion(version)
            .setClientId(CLIENT_ID);
    ApiVersionsRequestData body =
        new ApiVersionsRequestData()
            .setClientSoftwareName(CLIENT_ID)
            .setClientSoftwareVersion(AppInfoParser.getVersion());
    short headerVersion = ApiKeys.API_VERSIONS.requestHeaderVersion(version);
    ObjectSerializationCache cache = new ObjectSerializationCache();
    int size = header.size(cache, headerVersion) + body.size(cache, version);
    ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + size).putInt(size);
    header.write(new ByteBufferAccessor(request), cache, headerVersion);
    body.write(new ByteBufferAccessor(request), cache, version);
    return request.array();
  }

  /** Returns the requests that the broker supports. */
  BrokerCapabilities capabilities() {
    return BrokerCapabilities.of(response);
  }

  /** Returns how many types of requests the broker supports. */
  int requestTypes() {
    return response.apiKeys().size();
  }

  /** {@code 0-13}; {@code none} if the broker does not support the request. */
  String versions(ApiKeys request) {
    return capabilities().versions(request);
  }

  /** The other side is not a Kafka broker on this port; the message follows its address. */
  static final class NotKafkaException extends IOException {
    private static final long serialVersionUID = 1;

    NotKafkaException(String message) {
      super(message);
    }
  }
}
