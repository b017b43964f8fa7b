package dev.outflow.e2e;

import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The ZooKeeper of the Flink distribution, for high availability. */
final class ZooKeeperProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);

  private final int port;
  private final JavaProcess process;

  private ZooKeeperProcess(int port, JavaProcess process) {
    this.port = port;
    this.process = process;
  }

  /** Starts it in a folder, which is created if needed, and waits until it is ready. */
  static ZooKeeperProcess start(Path folder) throws IOException {
    int port = Ports.free();
    Files.createDirectories(folder);
    Path configuration =
        Files.writeString(
            folder.resolve("zoo.cfg"),
            """
            clientPort=%d
            clientPortAddress=127.0.0.1
            dataDir=%s
            admin.enableServer=false
            """
                .formatted(port, folder.resolve("data")));
    JavaProcess process =
        new JavaCommand(
                "ZooKeeper",
                new OwnJvm(Map.of(), List.of("-Xmx128m", Logging.toOutput(folder))),
                FlinkDistribution.ofThisBuild().lib(),
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                List.of("--zkConfigFile", configuration.toString(), "--peerId", "1"),
                folder,
                folder.resolve("zookeeper.log"))
            .start();
    ZooKeeperProcess started = new ZooKeeperProcess(port, process);
    Await.until("ZooKeeper accepts connections", STARTING, List.of(process), () -> listens(port));
    return started;
  }

  /** Returns {@code host:port}. */
  String address() {
    return "127.0.0.1:" + port;
  }

  JavaProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
