package dev.outflow.check;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * What a broker says to anybody who connects, before it is told who that is.
 *
 * @param tls what was agreed on, if it speaks TLS
 * @param versions which requests it knows; null if it gave no such answer
 * @param failure why not; null if it did
 */
record Handshake(Optional<SSLSession> tls, ApiVersions versions, IOException failure) {

  static Handshake inTheOpen(BrokerAddress server) throws IOException {
    try (Socket socket = server.connect()) {
      return of(
          Optional.empty(),
          () -> ApiVersions.ask(socket.getInputStream(), socket.getOutputStream()));
    }
  }

  /**
   * Over TLS.
   *
   * @throws SslAuthenticationException if one side refuses the other: from TLS 1.3 on, the broker
   *     does so only when it is asked something
   */
  static Handshake overTls(BrokerAddress server, TlsEngines engines) throws IOException {
    try (Socket socket = server.connect()) {
      TlsChannel channel = TlsChannel.over(socket, engines.to(server));
      return of(
          Optional.of(channel.session()), () -> ApiVersions.ask(channel.input(), channel.output()));
    } catch (SSLException e) {
      throw new SslAuthenticationException(e.getMessage(), e);
    }
  }

  private interface Question {
    ApiVersions ask() throws IOException;
  }

  private static Handshake of(Optional<SSLSession> tls, Question question) throws SSLException {
    try {
      return new Handshake(tls, question.ask(), null);
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      return new Handshake(tls, null, e);
    }
  }
}
