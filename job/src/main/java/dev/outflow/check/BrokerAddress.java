package dev.outflow.check;

import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.option.InvalidOptionsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A broker's host and port. */
record BrokerAddress(String host, int port) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

  /**
   * Parses a list like {@code bootstrap-servers}.
   *
   * @throws InvalidOptionsException if one is not {@code host:port}
   */
  static List<BrokerAddress> parse(String bootstrapServers) {
    return Arrays.stream(bootstrapServers.split(",", -1))
        .map(String::strip)
        .map(BrokerAddress::parseOne)
        .toList();
  }

  private static BrokerAddress parseOne(String address) {
    if (!address.matches(".+:\\d{1,5}")) {
      throw InvalidOptionsException.of(
          KafkaOptions.BOOTSTRAP_SERVERS.key(),
          "'%s' is not host:port; use e.g. broker:9092".formatted(address));
    }
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("^\\[|\\]$", "");
    return new BrokerAddress(host, Integer.parseInt(address.substring(colon + 1)));
  }

  /** Connects to the first of the host's addresses that answers, like Kafka's client. */
  Socket connect() throws IOException {
    IOException failure = new UnknownHostException(host);
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new AlertPreservingSocket();
      try {
        socket.connect(new InetSocketAddress(address, port), (int) CONNECT_TIMEOUT.toMillis());
        socket.setSoTimeout((int) READ_TIMEOUT.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  /** Explains why there is no connection, and what to do. */
  String explain(Exception failure) {
    if (failure instanceof UnknownHostException) {
      return "host '%s' cannot be resolved; correct the name or this machine's DNS".formatted(host);
    }
    if (failure instanceof SocketTimeoutException
        || failure instanceof java.util.concurrent.TimeoutException) {
      return "connecting to %s timed out; check firewalls and routes".formatted(this);
    }
    if (failure instanceof NoRouteToHostException) {
      return "there is no route to %s from this machine".formatted(this);
    }
    if (failure instanceof ConnectException) {
      return "%s refused the connection; nothing listens on that port, or a firewall rejects it"
          .formatted(this);
    }
    return "cannot connect to %s (%s)".formatted(this, failure.getMessage());
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
