package dev.outflow.kafka.broker;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An address in {@code bootstrap-servers}.
 *
 * @param host in lower case, without the trailing dot of a fully qualified name
 * @param port as written; empty if there is none
 */
record BootstrapServer(String host, String port) {

  /** Reads a list of addresses; incomplete ones are included as far as they go. */
  static List<BootstrapServer> list(String bootstrapServers) {
    return Arrays.stream(bootstrapServers.split(",", -1))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .map(BootstrapServer::of)
        .toList();
  }

  private static BootstrapServer of(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    return new BootstrapServer(
        (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT),
        colon < 0 ? "" : address.substring(colon + 1));
  }

  @Override
  public String toString() {
    return port.isEmpty() ? host : host + ":" + port;
  }
}
