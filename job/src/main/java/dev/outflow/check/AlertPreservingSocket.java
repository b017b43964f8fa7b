package dev.outflow.check;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket whose writes do not fail. A broker that rejects a client certificate closes the
 * connection while the client still writes; Java's {@code SSLSocket} would then report a broken
 * pipe, although the broker's TLS alert, with the reason, can still be read. Without one, the read
 * fails as well.
 */
final class AlertPreservingSocket extends Socket {

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          // The next read reports why.
        }
      }
    };
  }
}
