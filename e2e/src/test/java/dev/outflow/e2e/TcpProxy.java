package dev.outflow.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy in front of a server on 127.0.0.1, which can refuse or drop traffic. */
final class TcpProxy implements AutoCloseable {
  private enum State {
    OPEN,
    /** Connections stay open, but bytes are dropped. */
    SILENT,
    REFUSING
  }

  private final int port = Ports.free();
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.OPEN;
  private volatile ServerSocket server;

  private TcpProxy(int target) {
    this.target = target;
  }

  /** Starts a proxy to a port, on which the server can start later. */
  static TcpProxy to(int target) {
    TcpProxy proxy = new TcpProxy(target);
    proxy.listen();
    return proxy;
  }

  /** Returns the port for clients. */
  int port() {
    return port;
  }

  /** Closes all connections and refuses new ones, as if the server's machine were down. */
  void refuse() {
    state = State.REFUSING;
    close();
  }

  /**
   * Drops all bytes: connections stay open and new ones are accepted, but no response arrives, as
   * behind a firewall that drops packets.
   */
  void silence() {
    state = State.SILENT;
  }

  /** Forwards new connections again; closes those that lost bytes. */
  void heal() {
    State before = state;
    state = State.OPEN;
    if (before == State.REFUSING) {
      listen();
    } else {
      sockets.forEach(this::end);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(this::end);
  }

  private void listen() {
    try {
      ServerSocket listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server = listening;
      inBackground(() -> accept(listening));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        inBackground(() -> connect(client));
      } catch (IOException e) {
        // Closed: no more connections.
      }
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    try {
      Socket targeted = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(targeted);
      if (state == State.REFUSING) {
        end(client);
        end(targeted);
      }
      inBackground(() -> pump(targeted, client));
      pump(client, targeted);
    } catch (IOException e) {
      end(client); // The server is down.
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (state == State.OPEN) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // Closed by one side; close the other.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
