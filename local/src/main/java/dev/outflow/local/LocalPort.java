package dev.outflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A TCP port of this machine. */
record LocalPort(int number) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN = "0A";
  private static final int CONNECT_MS = 500;

  /** Returns whether a process listens on it, on the loopback address. */
  boolean isInUse() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns {@code port 9092 is in use by java (pid 4711)}; the process is only known on Linux. */
  String inUse() {
    return "port %d is in use by %s".formatted(number, owner().orElse("another process"));
  }

  private Optional<String> owner() {
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(PROC.resolve("net").resolve(table)).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(this::isListening)
        .map(columns -> "socket:[%s]".formatted(columns[9]))
        .flatMap(socket -> ProcessHandle.allProcesses().filter(process -> holds(process, socket)))
        .findFirst()
        .map(process -> "%s (pid %d)".formatted(name(process), process.pid()));
  }

  /** The columns of /proc/net/tcp: the second is the local address, the fourth the state. */
  private boolean isListening(String[] columns) {
    return columns.length > 9
        && columns[1].endsWith(":%04X".formatted(number))
        && columns[3].equals(LISTEN);
  }

  private static boolean holds(ProcessHandle process, String socket) {
    try (Stream<Path> files = Files.list(PROC.resolve(process.pid() + "/fd"))) {
      return files.anyMatch(file -> socket.equals(target(file)));
    } catch (IOException e) { // The process has exited, or belongs to another user.
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString())
        .orElse("a process");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
