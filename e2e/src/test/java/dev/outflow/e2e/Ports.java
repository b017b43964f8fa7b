package dev.outflow.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that may be killed and started again on them. */
final class Ports {
  // Below those that the system gives to connections, which could take one while its server is
  // down.
  private static final int FIRST = 15_000;
  private static final int LAST = 19_999;

  /** A server takes its port some time after it was given one. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A port of 127.0.0.1 that nobody listens on, and that was not given to anybody before. */
  static int free() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (!GIVEN.add(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
  }
}
