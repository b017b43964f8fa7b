package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AlertPreservingSocketTest {
  private static final int ALERT = 0x15;

  @Test
  void readsWhatTheOtherSideSentBeforeItResetTheConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket();
        Socket socket = new AlertPreservingSocket()) {
      sendAlertAndReset(server, plain);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> plain.getOutputStream().write(new byte[100]))
                      .isInstanceOf(IOException.class));

      sendAlertAndReset(server, socket);
      for (int time = 0; time < 100; time++) {
        socket.getOutputStream().write(new byte[100]);
      }
      assertThat(socket.getInputStream().read()).isEqualTo(ALERT);
    }
  }

  private static void sendAlertAndReset(ServerSocket server, Socket client) throws IOException {
    client.connect(server.getLocalSocketAddress());
    try (Socket accepted = server.accept()) {
      accepted.getOutputStream().write(ALERT);
      accepted.setSoLinger(true, 0);
    }
  }
}
