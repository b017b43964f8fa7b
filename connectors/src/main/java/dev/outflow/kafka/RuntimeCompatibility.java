package dev.outflow.kafka;

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
 * Whether Outflow works with the libraries that it meets in a cluster.
 *
 * <p>Flink takes each class of {@code org.apache.flink} from its {@code lib/} if it is there, and
 * others from the submitted jar ({@code classloader.parent-first-patterns}). A connector in both
 * places would be linked half to each, and end in a {@code LinkageError} that names neither.
 *
 * @param flink the version of the Flink that runs, as {@code 2.3}
 * @param kafkaClients the version of Kafka's client in use
 * @param kafkaClientsFrom where that is
 * @param foreignConnector where the connector is, if another class loader has it than Outflow
 */
public record RuntimeCompatibility(
    String flink, String kafkaClients, String kafkaClientsFrom, Optional<String> foreignConnector) {
  /** The connector is built for 2.2 and uses what came with it; all tests run on 2.3. */
  static final String OLDEST_FLINK = "2.2";

  static final String NEWEST_FLINK = "2.3";

  /** The connector reflects on internals of the client that 4.3 no longer has. */
  static final String KAFKA_CLIENTS = "4.2.";

  private static final Logger LOG = LoggerFactory.getLogger(RuntimeCompatibility.class);

  /** Of the cluster, or of the client of a cluster, that this runs in. */
  public static RuntimeCompatibility here() {
    Class<?> connector = KafkaSink.class;
    boolean own = connector.getClassLoader() == RuntimeCompatibility.class.getClassLoader();
    return new RuntimeCompatibility(
        FlinkVersion.current().toString(),
        AppInfoParser.getVersion(),
        place(AppInfoParser.class),
        own ? Optional.empty() : Optional.of(place(connector)));
  }

  /**
   * Goes on if Outflow works here; warns if nobody has tried.
   *
   * @throws IllegalStateException with everything that is in the way, one line each
   */
  public static void run() {
    RuntimeCompatibility check = here();
    if (!check.problems().isEmpty()) {
      throw new IllegalStateException(String.join("\n", check.problems()));
    }
    check.warning().ifPresent(LOG::warn);
  }

  /** What should be known, although it may work: nobody has tried this version of Flink. */
  public Optional<String> warning() {
    return isOlder(NEWEST_FLINK, flink)
        ? Optional.of(
            "Outflow is tested on Flink %s to %s; this cluster is Flink %s, which nobody has tried"
                .formatted(OLDEST_FLINK, NEWEST_FLINK, flink))
        : Optional.empty();
  }

  /** What makes it impossible, each with what to do; empty if nothing does. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (isOlder(flink, OLDEST_FLINK)) {
      problems.add(
          "Outflow runs on Flink %s to %s; this cluster is Flink %s: use a newer one"
              .formatted(OLDEST_FLINK, NEWEST_FLINK, flink));
    }
    foreignConnector.ifPresent(
        place ->
            problems.add(
                ("flink-connector-kafka is in the jar of Outflow and once more in %s: take that"
                        + " out of Flink's lib/ on each machine, and restart the cluster")
                    .formatted(place)));
    if (!kafkaClients.startsWith(KAFKA_CLIENTS)) {
      problems.add(
          ("Outflow needs kafka-clients %sx and finds %s in %s: take that out of Flink's lib/ on"
                  + " each machine, or set classloader.resolve-order to child-first")
              .formatted(KAFKA_CLIENTS, kafkaClients, kafkaClientsFrom));
    }
    return problems;
  }

  /** Flink's own versions are numbers: {@code 2.10} comes after {@code 2.9}. */
  private static boolean isOlder(String version, String than) {
    return Version.parse(version).compareTo(Version.parse(than)) < 0;
  }

  private static String place(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(Object::toString)
        .orElse("an unknown place");
  }
}
