package dev.outflow.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that may be killed and started again on them. */
final class Ports {
  // Below those that the system gives to connections, which could take one while its server is
  // down.
  private static final int FIRST = 15_000;
  private static final int LAST = 19_999;

  private Ports() {}

  /** A port of 127.0.0.1 that nobody listens on. */
  static int free() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
  }
}
