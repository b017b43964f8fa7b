package dev.outflow.testing.cases;

import static java.util.stream.Collectors.toMap;

import dev.outflow.definition.FunctionDefinition;
import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.OutputDefinition;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the plan and the results of a job depend on: two jobs with equal contents have the same.
 *
 * @param queries the text of each query, in their order, as {@code [name, sql]}
 * @param files the time of the last change of each file that the definition names without
 *     containing its text, e.g. schemas and jars
 */
record JobContent(
    Map<String, InputDefinition> inputs,
    List<FunctionDefinition> functions,
    List<List<String>> queries,
    Optional<String> transformation,
    Map<String, OutputDefinition> outputs,
    Map<String, String> flink,
    Map<Path, FileTime> files) {

  static JobContent of(JobDefinition job, Map<Path, FileTime> files) {
    return new JobContent(
        job.inputs(),
        job.functions(),
        job.queries().stream().map(query -> List.of(query.name(), query.sql())).toList(),
        job.transformation(),
        job.outputs(),
        job.flink(),
        files);
  }

  /**
   * Returns the part that some outputs depend on, and possibly more: whatever the text of their
   * queries contains the name of. A transformation in Java can depend on everything.
   *
   * @param aliases the outputs
   */
  JobContent of(Set<String> aliases) {
    if (queries.isEmpty()) {
      return this;
    }
    StringBuilder text = new StringBuilder();
    List<List<String>> needed = new ArrayList<>();
    for (int i = queries.size() - 1; i >= 0; i--) { // A query reads those before it.
      List<String> query = queries.get(i);
      if (aliases.contains(query.get(0)) || text.indexOf(query.get(0)) >= 0) {
        needed.add(query);
        text.append(query.get(1)).append('\n');
      }
    }
    Map<String, InputDefinition> read = new LinkedHashMap<>(inputs);
    read.keySet().removeIf(name -> text.indexOf(name) < 0);
    read.values().forEach(input -> text.append(input.columns()).append('\n'));
    String calls = text.toString().toLowerCase(Locale.ROOT);
    return new JobContent(
        read,
        functions.stream()
            .filter(function -> calls.contains(function.name().toLowerCase(Locale.ROOT)))
            .toList(),
        needed,
        transformation,
        outputs.entrySet().stream()
            .filter(output -> aliases.contains(output.getKey()))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
        flink,
        files);
  }
}
