package dev.outflow.kafka;

import dev.outflow.kafka.client.BundledClient;
import java.lang.module.ModuleDescriptor.Version;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.FlinkVersion;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.common.utils.AppInfoParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that Outflow is compatible with the libraries of a Flink cluster.
 *
 * <p>Flink loads {@code org.apache.flink} classes from its {@code lib/} first and others from the
 * submitted jar ({@code classloader.parent-first-patterns}). A connector in both places is linked
 * partly to each, which fails with a {@code LinkageError} that names neither.
 *
 * @param flink the running Flink version, e.g. {@code 2.3}
 * @param kafkaClients the version of kafka-clients in use
 * @param kafkaClientsFrom where it was loaded from
 * @param foreignConnector where the connector was loaded from, if not by Outflow's class loader
 */
public record RuntimeCompatibility(
    String flink, String kafkaClients, String kafkaClientsFrom, Optional<String> foreignConnector) {
  /** The connector is built for 2.2 and uses its API; all tests run on 2.3. */
  static final String OLDEST_FLINK = "2.2";

  static final String NEWEST_FLINK = "2.3";

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeCompatibility.class);

  /** Inspects the JVM that this runs in: a cluster's, or that of its client. */
  public static RuntimeCompatibility current() {
    Class<?> connector = KafkaSink.class;
    boolean own = connector.getClassLoader() == RuntimeCompatibility.class.getClassLoader();
    return new RuntimeCompatibility(
        FlinkVersion.current().toString(),
        AppInfoParser.getVersion(),
        location(AppInfoParser.class),
        own ? Optional.empty() : Optional.of(location(connector)));
  }

  /**
   * Checks this JVM and logs a warning if its Flink version is untested.
   *
   * @throws IllegalStateException with all incompatibilities, one per line
   */
  public static void check() {
    RuntimeCompatibility current = current();
    if (!current.problems().isEmpty()) {
      throw new IllegalStateException(String.join("\n", current.problems()));
    }
    current.warning().ifPresent(LOG::warn);
  }

  /** Returns a warning if this Flink version may work but is untested. */
  public Optional<String> warning() {
    return isOlder(NEWEST_FLINK, flink)
        ? Optional.of(
            "Flink %3$s is untested; Outflow is tested with Flink %1$s to %2$s"
                .formatted(OLDEST_FLINK, NEWEST_FLINK, flink))
        : Optional.empty();
  }

  /** Returns the incompatibilities, each with what to do. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (isOlder(flink, OLDEST_FLINK)) {
      problems.add(
          "Outflow requires Flink %s to %s, but this cluster runs Flink %s; upgrade it"
              .formatted(OLDEST_FLINK, NEWEST_FLINK, flink));
    }
    foreignConnector.ifPresent(
        location ->
            problems.add(
                ("flink-connector-kafka is bundled with Outflow and also found in %s; remove it"
                        + " from Flink's lib/ on every machine and restart the cluster")
                    .formatted(location)));
    // The connector reflects on internals of the client that 4.3, for example, no longer has.
    if (!kafkaClients.equals(BundledClient.VERSION)) {
      problems.add(
          ("Outflow requires kafka-clients %s but found %s in %s; remove it from Flink's lib/ on"
                  + " every machine, or set classloader.resolve-order to child-first")
              .formatted(BundledClient.VERSION, kafkaClients, kafkaClientsFrom));
    }
    return problems;
  }

  /** Compares numerically: {@code 2.10} comes after {@code 2.9}. */
  private static boolean isOlder(String version, String than) {
    return Version.parse(version).compareTo(Version.parse(than)) < 0;
  }

  private static String location(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(Object::toString)
        .orElse("an unknown location");
  }
}
