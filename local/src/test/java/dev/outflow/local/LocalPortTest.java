package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LocalPortTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheProcessThatListens() throws IOException {
    LocalPort port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = new LocalPort(socket.getLocalPort());

      assertThat(port.isInUse()).isTrue();
      assertThat(port.inUse())
          .isEqualTo(
              "port %d is in use by java (pid %d)"
                  .formatted(port.number(), ProcessHandle.current().pid()));
    }
    assertThat(port.isInUse()).isFalse();
  }

  @Test
  void doesNotNameAProcessIfNoneListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      socket.close();

      assertThat(new LocalPort(port).inUse())
          .isEqualTo("port %d is in use by another process".formatted(port));
    }
  }
}
