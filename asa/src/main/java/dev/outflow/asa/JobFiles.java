package dev.outflow.asa;

import dev.outflow.asa.project.AsaJob;
import dev.outflow.asa.project.Endpoint;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import dev.outflow.asa.translation.Translation;
import dev.outflow.asa.translation.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of the imported job: job.yaml and its queries. */
final class JobFiles {
  private static final long DEFAULT_LATE = 5;

  /** A window function with a length and an offset. */
  private static final Pattern OFFSET =
      Pattern.compile("(TUMBLE|HOP)\\(.*, INTERVAL [^,]*, INTERVAL");

  private final AsaJob job;
  private final Translation translation;
  private final List<ImportedFunction> functions;
  private final Map<String, Findings> findings = new LinkedHashMap<>();

  JobFiles(AsaJob job, Translation translation, List<ImportedFunction> functions) {
    this.job = job;
    this.translation = translation;
    this.functions =
        functions.stream()
            .filter(
                function ->
                    translation.views().stream()
                        .anyMatch(view -> view.sql().contains(function.call())))
            .toList();
  }

  /** Returns the findings about settings; complete after {@link #files}. */
  List<Findings> findings() {
    return List.copyOf(findings.values());
  }

  /** Returns the text of each file by its path; empty if no statement is translated. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    if (!translation.outputs().isEmpty()) {
      files.put("job.yaml", yaml());
      for (View view : translation.views()) {
        files.put("queries/" + view.name() + ".sql", sql(view));
      }
      functions.forEach(function -> files.put(function.file(), function.script()));
    }
    if (!translation.leftOut().isEmpty()) {
      files.put(
          "queries/left-out.sql",
          "-- Statements of the ASA job that are left out, and why.\n\n"
              + String.join("\n", translation.leftOut()));
    }
    return files;
  }

  private static String sql(View view) {
    String windows = "";
    if (OFFSET.matcher(view.sql()).find()) {
      windows =
          "-- The offset of 1 ms makes windows exclude their start and include their end, as in"
              + " ASA.\n";
    } else if (view.sql().contains("TUMBLE(")) {
      windows = "-- A window of 1 ms aggregates the rows of one instant.\n";
    }
    return "-- From %s\n%s%s\n".formatted(view.origin(), windows, view.sql());
  }

  private String yaml() {
    Yaml yaml = new Yaml();
    yaml.comment("Imported from Azure Stream Analytics (" + job.file() + "); see import.md.");
    yaml.entry(0, "name", job.name()).blank();
    yaml.line(0, "inputs:");
    translation.inputs().forEach(input -> input(yaml, input));
    if (!functions.isEmpty()) {
      yaml.blank().line(0, "functions:");
    }
    for (ImportedFunction function : functions) {
      yaml.line(1, function.name() + ":").entries(2, function.entries());
      function.note(findings(function.definition().file()));
    }
    yaml.blank().line(0, "queries:");
    for (View view : translation.views()) {
      yaml.entry(1, view.name(), "queries/" + view.name() + ".sql");
    }
    yaml.blank().line(0, "outputs:");
    translation.outputs().values().forEach(output -> output(yaml, output));
    yaml.blank().line(0, "flink:");
    yaml.line(1, "execution.checkpointing.interval: 10 s");
    yaml.line(1, "table.local-time-zone: UTC");
    return yaml.toString();
  }

  private void input(Yaml yaml, Translation.Input input) {
    if (input.isReference()) {
      reference(yaml, input);
      return;
    }
    Optional<Endpoint> endpoint = endpoint(job.inputs(), input.alias());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("connector", "kafka");
    properties.putAll(
        endpoint
            .map(found -> Connection.of(found, input.name(), false, findings(found.file())))
            .orElseGet(() -> unknown(input.name(), input.alias(), "input")));
    yaml.line(1, input.name() + ":").entries(2, properties);
    start(yaml);
    yaml.entries(
        2,
        endpoint
            .map(found -> Serialization.of(found, false, findings(found.file())))
            .orElse(Map.of("format", "json")));
    yaml.entry(2, "on-error", "drop");
    boolean isKafka = endpoint.filter(of -> of.kind() == Endpoint.Kind.KAFKA).isPresent();
    if (input.readsHeaders() && !isKafka) {
      yaml.entry(2, "header-encoding", "amqp"); // As IoT Hub and Azure's SDKs write them.
    }
    yaml.line(2, "columns:").entries(3, input.columns());
    input.eventTime().ifPresent(column -> eventTime(yaml, column, input));
    if (input.passesUndeclared()) {
      addedFields(input, endpoint);
    }
  }

  /** ASA adds fields to the events of event hubs. */
  private void addedFields(Translation.Input input, Optional<Endpoint> endpoint) {
    String added =
        "SELECT * of '%s' also writes EventProcessedUtcTime, PartitionId and EventEnqueuedUtcTime in ASA%s; if consumers read them, name them in the query"
            .formatted(input.alias(), endpoint.isPresent() ? "" : " if it is an event hub");
    if (endpoint.isEmpty()) {
      findings(job.file()).decide(0, 0, added);
    } else if (endpoint.get().kind() == Endpoint.Kind.EVENT_HUBS
        || endpoint.get().kind() == Endpoint.Kind.IOT_HUB) {
      findings(endpoint.get().file())
          .differs(endpoint.get().line(), 0, added, Section.UNDECLARED_FIELDS);
    }
  }

  private void reference(Yaml yaml, Translation.Input input) {
    Optional<Endpoint> endpoint = endpoint(job.inputs(), input.alias());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("connector", "reference-file");
    properties.put("path", "file:///data/" + path(endpoint).orElse(input.name()));
    boolean isCsv =
        endpoint
            .map(found -> found.serialization().getOrDefault("type", "json"))
            .filter("csv"::equalsIgnoreCase)
            .isPresent();
    properties.put("format", isCsv ? "csv" : "json");
    path(endpoint)
        .filter(path -> path.contains("{date}"))
        .flatMap(path -> endpoint.get().property("dateformat"))
        .map(format -> format.replace('Y', 'y').replace('D', 'd')) // As the portal shows it.
        .ifPresent(format -> properties.put("date-format", format));
    findings(endpoint.map(Endpoint::file).orElse(job.file()))
        .decide(
            endpoint.map(Endpoint::line).orElse(0),
            0,
            "'%s' is %s: set inputs.%s.path to its file, which each TaskManager reads"
                .formatted(
                    input.alias(),
                    endpoint.filter(Endpoint::isReference).isPresent()
                        ? "reference data"
                        : "taken as reference data, as its join has no DATEDIFF",
                    input.name()));
    yaml.line(1, input.name() + ":").entries(2, properties);
    if (isCsv) {
      yaml.line(2, "csv.header: true");
    }
    yaml.line(2, "columns:").entries(3, input.columns());
  }

  /** ASA's path, in which {date} and {time} mean the same. */
  private static Optional<String> path(Optional<Endpoint> endpoint) {
    return endpoint
        .flatMap(found -> found.property("pathpattern"))
        .filter(pattern -> pattern.matches("[\\w./{}-]+"));
  }

  private Map<String, String> unknown(String name, String alias, String what) {
    findings(job.file())
        .decide(
            0,
            0,
            "the connection of the %s '%s' is not in the script: set bootstrap-servers and topic"
                .formatted(what, alias));
    return Connection.unknown(name, alias);
  }

  /** ASA's default is now. */
  private void start(Yaml yaml) {
    String mode = job.settings().outputStart().orElse("JobStartTime").toLowerCase(Locale.ROOT);
    if (mode.equals("customtime") && job.settings().outputStartTime().isPresent()) {
      yaml.line(2, "start: { custom: %s }".formatted(job.settings().outputStartTime().get()));
    } else {
      yaml.line(2, "start: job-start");
      if (mode.equals("lastoutputeventtime")) {
        findings(job.settings().file())
            .decide(
                0,
                0,
                "the job starts when last stopped in ASA: set start of each input to { custom: TIME }"
                    + " for the first start, see docs/migrate.md#start-position");
      }
    }
  }

  private void eventTime(Yaml yaml, String column, Translation.Input input) {
    yaml.line(2, "event-time:").entry(3, "column", column);
    long late = job.settings().late().orElse(DEFAULT_LATE);
    if (!input.isByArrival() && !input.isComputed() && late >= 0) {
      yaml.line(3, "late: %d s".formatted(late));
    }
    yaml.line(
        3, "out-of-order: %d s".formatted(Math.max(0, job.settings().outOfOrder().orElse(0L))));
    if (input.isComputed()) {
      findings(job.file())
          .differs(
              0,
              0,
              "the time of '%s' is an expression, so that its events are not adjusted or dropped:"
                      .formatted(input.alias())
                  + " windows leave out events that are further out of order than out-of-order",
              Section.EVENT_ORDERING);
    } else {
      yaml.entry(3, "policy", job.settings().policy().orElse("adjust").toLowerCase(Locale.ROOT));
    }
    if (late > 0) {
      yaml.line(3, "idle-after: %d s".formatted(late));
    }
  }

  private void output(Yaml yaml, Translation.Output output) {
    Optional<Endpoint> endpoint = endpoint(job.outputs(), output.alias());
    yaml.line(1, output.name() + ":");
    yaml.entries(
        2,
        endpoint
            .map(found -> Connection.of(found, output.name(), true, findings(found.file())))
            .orElseGet(() -> unknown(output.name(), output.alias(), "output")));
    Map<String, String> format =
        endpoint
            .map(found -> Serialization.of(found, true, findings(found.file())))
            .orElse(Map.of("format", "json"));
    yaml.entries(2, format);
    if (output.hasTimes() && !format.get("format").equals("avro")) {
      yaml.entry(2, format.get("format") + ".min-fraction-digits", "7"); // As ASA writes times.
    }
    output.undeclared().ifPresent(column -> yaml.entry(2, "json.undeclared-column", column));
    endpoint.ifPresent(found -> partitionKey(yaml, found, output));
    if (job.settings().outputErrors().filter("drop"::equalsIgnoreCase).isPresent()) {
      yaml.entry(2, "on-error", "drop");
    }
  }

  private void partitionKey(Yaml yaml, Endpoint endpoint, Translation.Output output) {
    Optional<String> key = endpoint.property("partitionkey");
    if (key.isEmpty()) {
      return;
    }
    Optional<String> column =
        output.columns().stream().filter(name -> name.equalsIgnoreCase(key.get())).findFirst();
    if (column.isPresent()) {
      yaml.entry(2, "partition-key", column.get());
      if (endpoint.kind() == Endpoint.Kind.KAFKA) {
        yaml.entry(2, "partitioner", "crc32");
      }
    } else {
      findings(endpoint.file())
          .missing(
              endpoint.line(),
              0,
              "the partition key '%s' of '%s' is not a column of its query; it is left out"
                  .formatted(key.get(), endpoint.alias()),
              Optional.empty());
    }
  }

  private static Optional<Endpoint> endpoint(List<Endpoint> endpoints, String alias) {
    return endpoints.stream().filter(found -> found.alias().equalsIgnoreCase(alias)).findFirst();
  }

  private Findings findings(String file) {
    return findings.computeIfAbsent(file, Findings::new);
  }
}
