package dev.outflow.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that a test can kill and start again on the same port. */
final class Ports {
  // Below the ephemeral ports: a connection could take one of those while its server is down. Test
  // JVMs that run at the same time take theirs from different ranges; there are up to eight.
  private static final int FIRST =
      13_000 + 2_000 * (Integer.getInteger("outflow.test.fork", 1) % 9);
  private static final int LAST = FIRST + 1_999;

  /** A server binds its port some time after it was handed out. */
  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** Returns a port of 127.0.0.1 that is free and was not handed out before. */
  static int free() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (!HANDED_OUT.add(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // In use: try the next one.
      }
    }
    throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
  }
}
