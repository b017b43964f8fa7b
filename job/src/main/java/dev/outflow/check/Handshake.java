package dev.outflow.check;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * A broker's response before authentication.
 *
 * @param tls the TLS session, if there is one
 * @param versions the requests it supports; null if it did not respond
 * @param failure why it did not; null if it did
 * @param rejectsClient whether it responds, but closes each connection that begins as that of the
 *     Kafka client in use, which would try again forever
 */
record Handshake(
    Optional<SSLSession> tls, ApiVersions versions, IOException failure, boolean rejectsClient) {
  /** More than one, because a connection can break at any time. */
  private static final int ATTEMPTS = 2;

  /** Opens a connection, secured if need be. */
  @FunctionalInterface
  private interface Opening<T> {
    T with(Dialogue<T> dialogue) throws IOException;
  }

  /** What to say on an open connection. */
  @FunctionalInterface
  private interface Dialogue<T> {
    T on(Socket socket, Optional<SSLSession> tls) throws IOException;
  }

  static Handshake overPlaintext(BrokerAddress broker) throws IOException {
    return with(
        dialogue -> {
          try (Socket socket = broker.connect()) {
            return dialogue.on(socket, Optional.empty());
          }
        });
  }

  /**
   * Connects over TLS.
   *
   * @throws SslAuthenticationException if one side rejects the other: from TLS 1.3 on, a broker
   *     does so only on the first request
   */
  static Handshake overTls(BrokerAddress broker, TlsClient client) throws IOException {
    try {
      return with(
          dialogue -> {
            try (Socket connection = broker.connect();
                SSLSocket socket = client.handshake(connection, broker)) {
              return dialogue.on(socket, Optional.of(socket.getSession()));
            }
          });
    } catch (SSLException e) {
      throw new SslAuthenticationException(e.getMessage(), e);
    }
  }

  private static Handshake with(Opening<Handshake> opening) throws IOException {
    Handshake handshake = opening.with(Handshake::ask);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (handshake.versions == null || !isRejected(opening, handshake)) {
        return handshake;
      }
    }
    return new Handshake(handshake.tls, handshake.versions, null, true);
  }

  /** Returns false if there is no second connection: the first one has worked. */
  private static boolean isRejected(Opening<Handshake> opening, Handshake handshake) {
    try {
      return opening.with(handshake::begin).rejectsClient;
    } catch (IOException e) {
      return false;
    }
  }

  private static Handshake ask(Socket socket, Optional<SSLSession> tls) throws SSLException {
    try {
      return new Handshake(
          tls, ApiVersions.ask(socket.getInputStream(), socket.getOutputStream()), null, false);
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      return new Handshake(tls, null, e, false);
    }
  }

  private Handshake begin(Socket socket, Optional<SSLSession> session) {
    boolean closed = false;
    try {
      ApiVersions.begin(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      closed = isClosed(e) || (e.getCause() instanceof IOException cause && isClosed(cause));
    }
    return new Handshake(session, versions, null, closed);
  }

  private static boolean isClosed(IOException failure) {
    return failure instanceof EOFException || failure instanceof SocketException;
  }
}
