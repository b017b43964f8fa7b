package dev.outflow.local.project;

import static java.util.stream.Collectors.joining;

import dev.outflow.compose.Ddl;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.kafka.output.KafkaOutputTableFactory;
import dev.outflow.sampling.column.InferredColumn;
import dev.outflow.sampling.column.InputProposal;
import dev.outflow.sampling.column.ProposalYaml;
import dev.outflow.sampling.column.YamlText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The definition of a new project's job, which reads a topic that was sampled. It uses brokers on
 * localhost, so that trial runs write nothing to real ones; those are in the file of an
 * environment.
 *
 * @param name the name of the project
 * @param bootstrapServers the real brokers
 * @param topic the topic
 * @param connection the options of the real connection
 * @param proposal what was inferred from the sample
 */
public record StarterJob(
    String name,
    String bootstrapServers,
    String topic,
    Map<String, String> connection,
    InputProposal proposal) {
  /** The environment of the real brokers. */
  public static final String ENVIRONMENT = "cluster";

  private static final String LOCAL_BROKER = "localhost:9092";

  /** For topics of a broker on the port of the other, which trial runs must not write to. */
  private static final String OTHER_LOCAL_BROKER = "localhost:19092";

  private static final Pattern USED =
      Pattern.compile(".*(?:localhost|127\\.0\\.0\\.1|::1]):9092.*");
  private static final String JSON = "json";
  private static final String INDENT = "    ";

  public StarterJob {
    connection = new LinkedHashMap<>(connection);
  }

  /** Returns the name of its input. */
  public String input() {
    return ProposalYaml.alias(topic);
  }

  /** Returns the alias of its output. */
  public String output() {
    String alias = ProposalYaml.alias(name);
    return alias.equals(input()) ? alias + "_out" : alias;
  }

  /** Returns the embedded broker of trial runs. */
  String localBroker() {
    return USED.matcher(bootstrapServers).matches() ? OTHER_LOCAL_BROKER : LOCAL_BROKER;
  }

  /** Returns the topic of its output. */
  public String outputTopic() {
    return name.equals(topic) ? name + "-out" : name;
  }

  /** Returns the options by which records of the real topic are read. */
  Map<String, String> topicOptions() {
    Map<String, String> options = new HashMap<>(connection);
    options.putAll(proposal.options());
    options.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    options.put(KafkaOptions.TOPIC.key(), topic);
    return options;
  }

  /** Returns the format on localhost: that of the topic, or JSON if outputs cannot write it. */
  Map<String, String> localFormat() {
    Map<String, String> options = proposal.options();
    boolean isWritable =
        options.getOrDefault(FactoryUtil.FORMAT.key(), "").matches("json|csv")
            && !options.containsKey("csv.header");
    return isWritable ? options : Map.of(FactoryUtil.FORMAT.key(), JSON);
  }

  Generator generator() {
    Map<String, String> format = new HashMap<>(localFormat());
    format.keySet().removeIf(key -> key.endsWith(".epoch-unit"));
    return new Generator(name, localBroker(), input(), topic, format, proposal.columns());
  }

  /** Returns the files, by their paths in the project, except those of the generator. */
  Map<String, String> files() {
    return Map.of(
        "README.md",
        readme(),
        "conf/job.yaml",
        definition(),
        "conf/job.%s.yaml".formatted(ENVIRONMENT),
        environment(),
        "conf/" + queryFile(),
        query());
  }

  private String readme() {
    return """
        %1$s
        %2$s

        A Flink job built with Outflow, which reads the topic `%3$s`.

        | | |
        |---|---|
        | `conf/job.yaml`, `conf/%4$s` | the job, on localhost |
        | `conf/job.%5$s.yaml` | the brokers of the topic: what `--env %5$s` changes |
        | `conf/tests/sample` | a test case: rows of the topic and the expected output |
        | `conf/generator.yaml` | similar rows for trial runs on this machine |
        | `src/test/java` | runs the test cases in Maven |

        `./outflow` calls a clone of Outflow: in `../outflow`, or where the environment variable `OUTFLOW_HOME` says.

            ./outflow run                    # with embedded Kafka and Flink, and generated rows
            ./outflow test                   # runs the test cases
            ./outflow check --env %5$s    # tests the connections

        Visual Studio Code underlines mistakes in YAML and SQL: allow the task `outflow check` of `.vscode/tasks.json` when the folder is
        opened.

        Build the jar with JDK 17 or later and Maven 3.8 or later, and submit it to a Flink cluster:

            mvn verify
            flink run target/%1$s.jar --config conf/job.yaml --env %5$s

        Outflow's `docs/develop.md` continues from here.
        """
        .formatted(name, "=".repeat(name.length()), topic, queryFile(), ENVIRONMENT);
  }

  private String queryFile() {
    return "queries/%s.sql".formatted(output());
  }

  private String definition() {
    Map<String, String> local = ProposalYaml.connection(localBroker(), topic);
    local.put("start", "earliest");
    InputProposal input =
        new InputProposal(
            localFormat(),
            proposal.columns(),
            proposal.eventTime(),
            proposal.arrivalDisorder(),
            proposal.notes());
    return """
        # yaml-language-server: $schema=job.schema.json
        # On localhost. '--env %s' overlays job.%s.yaml, with the brokers of the topic.
        name: %s

        inputs:
        %s
        queries:
          %s: %s

        outputs:
          %s:
            bootstrap-servers: %s
            topic: %s
            format: json
        """
        .formatted(
            ENVIRONMENT,
            ENVIRONMENT,
            name,
            new ProposalYaml(input, input(), local).text(),
            YamlText.name(output()),
            queryFile(),
            YamlText.name(output()),
            localBroker(),
            outputTopic());
  }

  private String environment() {
    Map<String, String> input = new LinkedHashMap<>();
    input.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    input.putAll(connection);
    if (!localFormat().equals(proposal.options())) {
      input.putAll(proposal.options());
    }
    Map<String, String> output = new LinkedHashMap<>();
    output.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    Set<String> known =
        new KafkaOutputTableFactory()
            .optionalOptions().stream().map(ConfigOption::key).collect(Collectors.toSet());
    connection.forEach(
        (key, value) -> {
          if (known.contains(key) || key.startsWith("kafka.")) {
            output.put(key, value);
          }
        });
    return """
        # The brokers of topic '%s': ./outflow check --env %s
        inputs:
          %s:
        %s
        outputs:
          %s:
        %s"""
        .formatted(
            topic,
            ENVIRONMENT,
            YamlText.name(input()),
            lines(input),
            YamlText.name(output()),
            lines(output));
  }

  private static String lines(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> YamlText.property(INDENT, option.getKey(), option.getValue()))
        .collect(joining());
  }

  private String query() {
    return proposal.columns().stream()
        .map(InferredColumn::name)
        .map(column -> "  " + Ddl.identifier(column))
        .collect(
            joining(
                ",\n",
                "-- Each row of the topic. Select, filter and aggregate it here.\nSELECT\n",
                "\nFROM %s\n".formatted(Ddl.identifier(input()))));
  }
}
