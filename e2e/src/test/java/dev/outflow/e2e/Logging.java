package dev.outflow.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Returns the JVM option that configures where a process logs. */
final class Logging {
  private static final String CONFIGURATION =
      """
      status = error
      appender.to.type = %s
      appender.to.name = to
      %sappender.to.layout.type = PatternLayout
      appender.to.layout.pattern = %%d{HH:mm:ss.SSS} %%-5p %%c{1} [%%t] %%m%%n
      rootLogger.level = info
      rootLogger.appenderRef.to.ref = to
      logger.clients.name = org.apache.kafka.clients
      logger.clients.level = warn
      """;

  private Logging() {}

  /** Logs to standard output. */
  static String toOutput(Path folder) throws IOException {
    return option(
        folder.resolve("log4j-server.properties"), CONFIGURATION.formatted("Console", ""));
  }

  /** Logs to a file, separate from the output. */
  static String toFile(Path file) throws IOException {
    return option(
        Path.of(file + ".properties"),
        CONFIGURATION.formatted("File", "appender.to.fileName = " + file + "\n"));
  }

  private static String option(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return "-Dlog4j2.configurationFile=" + Files.writeString(file, text);
  }
}
