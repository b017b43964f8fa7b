package dev.outflow.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;

/**
 * TLS over a socket by an engine, which is what Kafka's clients use; sockets of Java's own would
 * not ask the same classes.
 */
final class TlsChannel {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final InputStream in;
  private final OutputStream out;
  private ByteBuffer encrypted = ByteBuffer.allocate(0);
  private ByteBuffer plain = ByteBuffer.allocate(0);

  private TlsChannel(SSLEngine engine, InputStream in, OutputStream out) {
    this.engine = engine;
    this.in = in;
    this.out = out;
  }

  /**
   * Shakes hands.
   *
   * @throws javax.net.ssl.SSLException if one side refuses the other
   * @throws EOFException if the other side goes away instead
   */
  static TlsChannel over(Socket socket, SSLEngine engine) throws IOException {
    TlsChannel channel = new TlsChannel(engine, socket.getInputStream(), socket.getOutputStream());
    engine.beginHandshake();
    for (HandshakeStatus status = engine.getHandshakeStatus();
        status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
        status = engine.getHandshakeStatus()) {
      switch (status) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> channel.wrap(NOTHING);
        default -> channel.unwrap();
      }
    }
    return channel;
  }

  /** What was agreed on. */
  SSLSession session() {
    return engine.getSession();
  }

  /** What the other side sends, decrypted. */
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        while (!plain.hasRemaining()) {
          unwrap();
        }
        int read = Math.min(length, plain.remaining());
        plain.get(bytes, from, read);
        return read;
      }
    };
  }

  /** Encrypts what is written; each call of {@code write} is sent at once. */
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes, from, length);
        while (source.hasRemaining()) {
          wrap(source);
        }
      }
    };
  }

  private void wrap(ByteBuffer source) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(source, packet);
    send(packet);
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      throw new EOFException("TLS was closed");
    }
  }

  /** If it cannot be sent, the other side may have said why it went away. */
  private void send(ByteBuffer packet) throws IOException {
    try {
      byte[] bytes = new byte[packet.position()];
      packet.flip().get(bytes);
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      unwrap();
      throw e;
    }
  }

  /** Decrypts one TLS record, which may be of the handshake and hold nothing for others. */
  private void unwrap() throws IOException {
    while (true) {
      ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
      SSLEngineResult result = engine.unwrap(encrypted, target);
      switch (result.getStatus()) {
        case OK -> {
          plain = target.flip();
          return;
        }
        case BUFFER_UNDERFLOW -> receive();
        default -> throw new EOFException("TLS was closed");
      }
    }
  }

  private void receive() throws IOException {
    byte[] received = new byte[engine.getSession().getPacketBufferSize()];
    int length = in.read(received);
    if (length < 0) {
      throw new EOFException("the connection was closed");
    }
    encrypted =
        ByteBuffer.allocate(encrypted.remaining() + length)
            .put(encrypted)
            .put(received, 0, length)
            .flip();
  }
}
