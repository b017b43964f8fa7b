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

/** An address of a broker. */
record BrokerAddress(String host, int port) {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** Of {@code bootstrap-servers}, which have been found to be {@code host:port}. */
  static List<BrokerAddress> of(String bootstrapServers) {
    return Arrays.stream(bootstrapServers.split(",", -1))
        .map(String::strip)
        .map(BrokerAddress::one)
        .toList();
  }

  private static BrokerAddress one(String address) {
    if (!address.matches(".+:\\d{1,5}")) {
      throw InvalidOptionsException.of(
          KafkaOptions.BOOTSTRAP_SERVERS.key(),
          "'%s' is not host:port; use e.g. broker:9092".formatted(address));
    }
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("^\\[|\\]$", "");
    return new BrokerAddress(host, Integer.parseInt(address.substring(colon + 1)));
  }

  /** Connects to the first of its addresses that answers, as Kafka's client does. */
  Socket connect() throws IOException {
    IOException failure = new UnknownHostException(host);
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
        socket.setSoTimeout((int) CONNECT.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  /** Why there is no connection, and what to look at. */
  String refusal(Exception failure) {
    if (failure instanceof UnknownHostException) {
      return "the name '%s' does not resolve from here; correct it, or this machine's DNS"
          .formatted(host);
    }
    if (failure instanceof SocketTimeoutException
        || failure instanceof java.util.concurrent.TimeoutException) {
      return "%s does not answer; a firewall or a route drops what is sent there".formatted(this);
    }
    if (failure instanceof NoRouteToHostException) {
      return "there is no route to %s from here".formatted(this);
    }
    if (failure instanceof ConnectException) {
      return "%s refuses connections; nothing listens on that port, or a firewall rejects it"
          .formatted(this);
    }
    return "%s cannot be reached (%s)".formatted(this, failure.getMessage());
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
