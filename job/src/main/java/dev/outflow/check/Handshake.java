package dev.outflow.check;

import java.io.IOException;
import java.net.Socket;
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
 */
record Handshake(Optional<SSLSession> tls, ApiVersions versions, IOException failure) {

  static Handshake overPlaintext(BrokerAddress broker) throws IOException {
    try (Socket socket = broker.connect()) {
      return ask(Optional.empty(), socket);
    }
  }

  /**
   * Connects over TLS.
   *
   * @throws SslAuthenticationException if one side rejects the other: from TLS 1.3 on, a broker
   *     does so only on the first request
   */
  static Handshake overTls(BrokerAddress broker, TlsClient client) throws IOException {
    try (Socket connection = broker.connect();
        SSLSocket socket = client.handshake(connection, broker)) {
      return ask(Optional.of(socket.getSession()), socket);
    } catch (SSLException e) {
      throw new SslAuthenticationException(e.getMessage(), e);
    }
  }

  private static Handshake ask(Optional<SSLSession> tls, Socket socket) throws SSLException {
    try {
      return new Handshake(
          tls, ApiVersions.ask(socket.getInputStream(), socket.getOutputStream()), null);
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      return new Handshake(tls, null, e);
    }
  }
}
