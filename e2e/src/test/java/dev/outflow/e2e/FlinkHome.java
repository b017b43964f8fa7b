package dev.outflow.e2e;

import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster's {@code FLINK_HOME}; starts processes there the way Flink's scripts do. */
record FlinkHome(Path path, FlinkSettings settings, AtomicInteger clients) {
  /** Jobs do not depend on the time zone of the machine that submits them. */
  private static final String ZONE = "Asia/Kolkata";

  static FlinkHome create(Path path, FlinkSettings settings, int rpcPort, int restPort)
      throws IOException {
    for (String folder : new String[] {"lib", "plugins", "tmp"}) {
      Files.createDirectories(path.resolve(folder));
    }
    FlinkConf.write(path.resolve("conf"), settings, rpcPort, restPort);
    return new FlinkHome(path, settings, new AtomicInteger());
  }

  URI savepoints() {
    return path.resolve("savepoints").toUri();
  }

  /** Returns the command of a server that reads {@code conf/} and logs to {@code log/NAME.log}. */
  JavaCommand server(String name, String main, List<String> memory, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--configDir", path.resolve("conf").toString()));
    all.addAll(arguments);
    List<String> options = new ArrayList<>(memory);
    options.add(Logging.toOutput(path.resolve("conf")));
    return command(name, options, settings.distribution().lib(), main, all);
  }

  /** Returns the command of a client, whose log goes to a file of its own. */
  JavaCommand client(String name, List<Path> classPath, String main, List<String> arguments)
      throws IOException {
    String own = name.replace(' ', '-') + "-" + clients.incrementAndGet();
    String logging = Logging.toFile(path.resolve("log").resolve(own + "-client.log"));
    return command(
        own, List.of("-Xmx512m", "-Duser.timezone=" + ZONE, logging), classPath, main, arguments);
  }

  /** Returns the command of a process that runs {@code flink} commands. */
  JavaCommand commandLine() throws IOException {
    List<Path> classPath = new ArrayList<>(settings.distribution().lib());
    classPath.add(JavaCommand.TEST_CLASSES);
    return client("flink", classPath, FlinkCommandLoop.class.getName(), List.of());
  }

  private JavaCommand command(
      String name,
      List<String> options,
      List<Path> classPath,
      String main,
      List<String> arguments) {
    List<String> jvm = new ArrayList<>(options);
    jvm.addAll(settings.jvm());
    Map<String, String> environment = new HashMap<>(settings.environment());
    environment.put("FLINK_HOME", path.toString());
    environment.put("FLINK_CONF_DIR", path.resolve("conf").toString());
    environment.put("FLINK_LIB_DIR", path.resolve("lib").toString());
    environment.put("FLINK_PLUGINS_DIR", path.resolve("plugins").toString());
    environment.put("FLINK_LOG_DIR", path.resolve("log").toString());
    return new JavaCommand(
        name,
        new OwnJvm(environment, jvm),
        classPath,
        main,
        arguments,
        path,
        path.resolve("log").resolve(name + ".log"));
  }
}
