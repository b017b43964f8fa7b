package dev.outflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;

/**
 * A broker in memory that offers the requests of a {@link BrokerShape} in exactly its versions, and
 * fails as asked: a stand-in for services that cannot run on this machine. Kafka's own clients
 * produce, consume, and use transactions with it; consumer groups store offsets, without members.
 *
 * <p>As a broker does, it closes the connection of a client that sends a request in a version that
 * it does not offer, except for ApiVersions, which it answers with UNSUPPORTED_VERSION in version
 * 0.
 */
public final class FakeBroker implements KafkaAddress, AutoCloseable {
  static final String CLUSTER_ID = "fake-cluster";

  private final BrokerShape shape;
  private final String host;
  private final ServerSocket server;
  private final FakeBrokerRequests requests = new FakeBrokerRequests(this);
  private final ConcurrentMap<String, FakeTopic> topics = new ConcurrentHashMap<>();
  private final ConcurrentMap<ApiKeys, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Set<FakeConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger tooLarge = new AtomicInteger();
  private final AtomicInteger failingProduces = new AtomicInteger();
  private volatile Errors produceError = Errors.NONE;
  private volatile Errors settingsError = Errors.NONE;
  private volatile Set<CompressionType> codecs = Set.of(CompressionType.values());
  private volatile FakeSasl sasl = FakeSasl.NONE;
  private volatile boolean resetsVersion4;
  private volatile boolean hidesTopics;
  private volatile int maxRequestBytes = Integer.MAX_VALUE;
  private volatile Duration idleTimeout = Duration.ZERO;
  private volatile Duration throttle = Duration.ZERO;

  private FakeBroker(BrokerShape shape, String host, ServerSocket server) {
    this.shape = shape;
    this.host = host;
    this.server = server;
    daemon("fake-broker", this::accept).start();
  }

  /** Starts a broker without TLS on a free port of 127.0.0.1. */
  public static FakeBroker start(BrokerShape shape) {
    return start(shape, "localhost", loopback(), 0);
  }

  /**
   * Starts a broker without TLS.
   *
   * @param host the name that it advertises, which clients must resolve to {@code address}
   * @param port 0 for a free one
   */
  public static FakeBroker start(BrokerShape shape, String host, InetAddress address, int port) {
    try {
      return new FakeBroker(shape, host, new ServerSocket(port, 50, address));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  /** Starts a broker with TLS on a free port, and 127.0.0.1 as {@code localhost}. */
  public static FakeBroker startTls(BrokerShape shape, TestCertificate certificate) {
    return startTls(shape, certificate, "localhost", loopback(), 0);
  }

  /**
   * Starts a broker with TLS.
   *
   * @param host the name that it advertises, which clients must resolve to {@code address}
   * @param port 0 for a free one
   */
  public static FakeBroker startTls(
      BrokerShape shape, TestCertificate certificate, String host, InetAddress address, int port) {
    try {
      return new FakeBroker(
          shape,
          host,
          JvmTrust.server(certificate)
              .getServerSocketFactory()
              .createServerSocket(port, 50, address));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  @Override
  public String bootstrapServers() {
    return host + ":" + port();
  }

  /** Creates a topic. */
  public TestTopic topic(String name, int partitions) {
    return topic(name, partitions, Map.of());
  }

  /** Creates a topic with these settings; DescribeConfigs returns no others. */
  public TestTopic topic(String name, int partitions, Map<String, String> settings) {
    topics.put(name, FakeTopic.of(name, partitions, settings));
    return new TestTopic(this, name, partitions);
  }

  /**
   * Accepts only this password with SASL/PLAIN, for connections that are opened from now on. All
   * connections must then authenticate.
   */
  public FakeBroker requirePassword(String username, String password) {
    sasl = sasl.with(FakeSasl.plain(username, password));
    return this;
  }

  /** Like {@link #requirePassword}, for a token with SASL/OAUTHBEARER. */
  public FakeBroker requireToken(String token) {
    sasl = sasl.with(FakeSasl.bearer(token));
    return this;
  }

  /** Resets a connection that begins with ApiVersions 4 or later. */
  public FakeBroker resetApiVersions4() {
    resetsVersion4 = true;
    return this;
  }

  /** Closes the connection after a request of more bytes. */
  public FakeBroker closeAbove(int bytes) {
    maxRequestBytes = bytes;
    return this;
  }

  /** Resets connections without a request for this long. */
  public FakeBroker cutAfterIdle(Duration duration) {
    idleTimeout = duration;
    return this;
  }

  /** Rejects batches with other codecs: UNSUPPORTED_COMPRESSION_TYPE. */
  public FakeBroker acceptCodecs(CompressionType... accepted) {
    codecs = Set.of(accepted);
    return this;
  }

  /** Fails the next {@code times} batches. */
  public FakeBroker failProduce(Errors error, int times) {
    produceError = error;
    failingProduces.set(times);
    return this;
  }

  /** Fails every question about settings. */
  public FakeBroker refuseSettings(Errors error) {
    settingsError = error;
    return this;
  }

  /** Lists no topics for clients that ask for all: they may only see those that they name. */
  public FakeBroker hideTopics() {
    hidesTopics = true;
    return this;
  }

  /** Asks producers and consumers to wait this long after each response. */
  public FakeBroker throttle(Duration duration) {
    throttle = duration;
    return this;
  }

  /** Resets all open connections. */
  public FakeBroker cutConnections() {
    List.copyOf(connections).forEach(FakeConnection::reset);
    return this;
  }

  /** Returns how many requests of this type were answered. */
  public int requests(ApiKeys type) {
    AtomicInteger count = counts.get(type);
    return count == null ? 0 : count.get();
  }

  /** Adds records to the first partition of a topic. */
  public void append(String topic, String... values) {
    SimpleRecord[] records =
        Arrays.stream(values)
            .map(value -> new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)))
            .toArray(SimpleRecord[]::new);
    MemoryRecords.withRecords(Compression.NONE, records)
        .batches()
        .forEach(topics.get(topic).partitions().get(0)::append);
  }

  /** Returns how many offsets a topic has: its records, and the ends of transactions. */
  public long records(String topic) {
    return topics.get(topic).partitions().stream().mapToLong(FakePartition::end).sum();
  }

  /** Returns how many connections were closed because of {@link #closeAbove}. */
  public int closedAsTooLarge() {
    return tooLarge.get();
  }

  /** Returns how many connections were opened. */
  public int connections() {
    return accepted.get();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutConnections();
  }

  BrokerShape shape() {
    return shape;
  }

  String host() {
    return host;
  }

  int port() {
    return server.getLocalPort();
  }

  FakeBrokerRequests answers() {
    return requests;
  }

  boolean hidesTopics() {
    return hidesTopics;
  }

  Collection<FakeTopic> topics() {
    return topics.values();
  }

  Optional<FakeTopic> topic(String name, Uuid id) {
    return id.equals(Uuid.ZERO_UUID)
        ? Optional.ofNullable(name).map(topics::get)
        : topics.values().stream().filter(topic -> topic.id().equals(id)).findFirst();
  }

  FakeSasl sasl() {
    return sasl;
  }

  boolean resets(ApiKeys request, int version) {
    return resetsVersion4 && request == ApiKeys.API_VERSIONS && version >= 4;
  }

  /** Returns whether a request of this size closes its connection. */
  boolean isTooLarge(int bytes) {
    if (bytes <= maxRequestBytes) {
      return false;
    }
    tooLarge.incrementAndGet();
    return true;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  int throttleMs() {
    return (int) throttle.toMillis();
  }

  Errors settingsError() {
    return settingsError;
  }

  /** Returns the error of a batch with this codec; NONE to store it. */
  Errors produceError(CompressionType codec) {
    if (!codecs.contains(codec)) {
      return Errors.UNSUPPORTED_COMPRESSION_TYPE;
    }
    return failingProduces.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        ? produceError
        : Errors.NONE;
  }

  void count(ApiKeys request) {
    counts.computeIfAbsent(request, type -> new AtomicInteger()).incrementAndGet();
  }

  void closed(FakeConnection connection) {
    connections.remove(connection);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        FakeConnection connection = new FakeConnection(this, socket);
        connections.add(connection);
        daemon("fake-broker-connection", connection).start();
      } catch (IOException e) {
        // Closed, or a client that gave up: the next one may connect.
      }
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }
}
