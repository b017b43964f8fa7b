package dev.outflow.sampling.column;

import dev.outflow.kafka.option.KafkaOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A proposal as YAML to paste below {@code inputs:}. It contains names of fields, but no values.
 *
 * @param alias the input's name
 * @param connection the bootstrap servers and the topic; empty if the input has them already
 */
public record ProposalYaml(InputProposal proposal, String alias, Map<String, String> connection) {
  private static final int MAX_WIDTH = 48;
  private static final int EVENT_TIME_WIDTH = 26;
  private static final String IN_INPUT = "    ";
  private static final String IN_COLUMNS = "      ";

  public ProposalYaml {
    connection = new LinkedHashMap<>(connection);
  }

  /** Returns the options that name a topic. */
  public static Map<String, String> connection(String bootstrapServers, String topic) {
    Map<String, String> connection = new LinkedHashMap<>();
    connection.put("connector", "kafka");
    connection.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    connection.put(KafkaOptions.TOPIC.key(), topic);
    return connection;
  }

  /** Returns a name for an input that reads a topic. */
  public static String alias(String topic) {
    String name = topic.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /** Returns the YAML, indented for its place below {@code inputs:}. */
  public String text() {
    StringBuilder yaml = new StringBuilder();
    proposal.notes().forEach(note -> yaml.append("  # %s\n".formatted(note)));
    yaml.append("  %s:\n".formatted(YamlText.name(alias)));
    if (connection.isEmpty()) {
      yaml.append(IN_INPUT).append("# Keep connector, topic and security as they are.\n");
    }
    connection.forEach((key, value) -> yaml.append(YamlText.property(IN_INPUT, key, value)));
    proposal
        .options()
        .forEach((key, value) -> yaml.append(YamlText.property(IN_INPUT, key, value)));
    yaml.append(IN_INPUT).append("columns:\n");
    int width = width();
    proposal.columns().forEach(column -> yaml.append(line(column, width)));
    String arrival = arrivalColumn();
    if (proposal.eventTime().isEmpty()) {
      yaml.append(
          commented(
              IN_COLUMNS + "%s: TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'".formatted(arrival),
              width,
              "when Kafka received it; no other column suits event time"));
    }
    yaml.append(IN_INPUT).append("event-time:\n");
    yaml.append(
        YamlText.property(
            IN_COLUMNS,
            "column",
            proposal.eventTime().map(EventTimeProposal::column).orElse(arrival)));
    yaml.append(eventTime());
    return yaml.toString();
  }

  private String eventTime() {
    Duration outOfOrder =
        proposal
            .eventTime()
            .map(time -> time.disorder().outOfOrder())
            .orElse(proposal.arrivalDisorder());
    String order =
        commented(
            IN_COLUMNS + "out-of-order: " + rounded(outOfOrder),
            EVENT_TIME_WIDTH,
            "99.9 %% of the sample: at most %s behind earlier rows".formatted(text(outOfOrder)));
    return proposal
        .eventTime()
        .map(time -> time.disorder().late())
        .map(
            late ->
                order
                    + commented(
                        IN_COLUMNS + "# late: " + rounded(late),
                        EVENT_TIME_WIDTH,
                        "99.9 %% of the sample: at most %s behind arrival; late turns on event ordering"
                            .formatted(text(late))))
        .orElse(order);
  }

  /** The event-time column has milliseconds, as Flink requires. */
  private String line(InferredColumn column, int width) {
    boolean isEventTime =
        proposal.eventTime().filter(time -> time.column().equals(column.name())).isPresent();
    String type = isEventTime ? milliseconds(column) : column.sql();
    String seen = "%d of %d".formatted(column.seen(), column.rows());
    return commented(
        IN_COLUMNS + YamlText.name(column.name()) + ": " + YamlText.value(type),
        width,
        column.note().isEmpty() ? seen : seen + "; " + column.note());
  }

  private static String milliseconds(InferredColumn column) {
    return ColumnType.Scalar.TIME.sql() + (column.isRequired() ? " NOT NULL" : "");
  }

  private int width() {
    return proposal.columns().stream()
        .mapToInt(
            column ->
                IN_COLUMNS.length()
                    + YamlText.name(column.name()).length()
                    + 2
                    + YamlText.value(column.sql()).length())
        .filter(length -> length <= MAX_WIDTH)
        .max()
        .orElse(0);
  }

  private String arrivalColumn() {
    Set<String> names =
        proposal.columns().stream().map(InferredColumn::name).collect(Collectors.toSet());
    return List.of("arrival", "arrival_time", "kafka_timestamp").stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .orElse("outflow_arrival_time");
  }

  private static String commented(String line, int width, String comment) {
    return line + " ".repeat(Math.max(0, width - line.length())) + "  # " + comment + "\n";
  }

  /** Returns a duration that is easy to remember and not shorter. */
  static String rounded(Duration duration) {
    long seconds = duration.plusMillis(999).toSeconds();
    if (seconds <= 60) {
      return "%d s".formatted(seconds);
    }
    long minutes = (seconds + 59) / 60;
    return minutes <= 120 ? "%d min".formatted(minutes) : "%d h".formatted((minutes + 59) / 60);
  }

  private static String text(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(10)) < 0
        ? "%d ms".formatted(duration.toMillis())
        : rounded(duration);
  }
}
