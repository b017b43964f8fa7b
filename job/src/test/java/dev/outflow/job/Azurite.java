package dev.outflow.job;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** Azurite, the emulator of Azure Storage, from npm; on 127.0.0.1, with its well-known account. */
record Azurite(Process process, int port) implements AutoCloseable {
  static final String ACCOUNT = "devstoreaccount1";

  /** The key that Azurite's documentation publishes. */
  static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final String VERSION = "3.35.0"; // Later ones require Node.js 22.
  private static final Path INSTALLED = Path.of("target", "azurite");

  /** Installs Azurite if necessary, and starts it; skips the test if npm cannot. */
  static Azurite start(Path folder) throws IOException, InterruptedException {
    install(folder);
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "node",
                INSTALLED.resolve("node_modules/azurite/dist/src/blob/main.js").toString(),
                "--blobPort",
                String.valueOf(port),
                "--inMemoryPersistence",
                "--skipApiVersionCheck",
                "--disableTelemetry",
                "--silent")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("azurite.log").toFile())
            .start();
    Azurite azurite = new Azurite(process, port);
    Awaitility.await("Azurite on port " + port)
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(azurite::accepts);
    return azurite;
  }

  private static void install(Path folder) throws IOException, InterruptedException {
    if (Files.isDirectory(INSTALLED.resolve("node_modules/azurite/dist"))) {
      return;
    }
    Files.createDirectories(INSTALLED);
    File log = folder.resolve("npm.log").toFile();
    try {
      Process npm =
          new ProcessBuilder(
                  List.of(
                      "npm",
                      "install",
                      "--no-audit",
                      "--no-fund",
                      "--prefix",
                      INSTALLED.toString(),
                      "azurite@" + VERSION))
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
      boolean ended = npm.waitFor(4, TimeUnit.MINUTES);
      npm.destroyForcibly();
      Assumptions.assumeTrue(
          ended && npm.exitValue() == 0,
          () -> "skipped: npm could not install azurite; its output is in " + log);
    } catch (IOException e) {
      Assumptions.abort("skipped: npm is not installed, and Azurite is one of its packages");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** Returns the host and port of an account, which do not resolve without a hosts file. */
  String host(String account) {
    return "%s.blob.localhost:%d".formatted(account, port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
