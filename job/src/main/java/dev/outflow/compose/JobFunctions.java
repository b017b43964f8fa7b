package dev.outflow.compose;

import dev.outflow.definition.FunctionDefinition;
import dev.outflow.definition.FunctionDefinition.JavaFunction;
import dev.outflow.definition.FunctionDefinition.ScriptFunction;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.resource.ResourceType;
import org.apache.flink.table.resource.ResourceUri;

/** Creates the functions of a definition. */
public final class JobFunctions {
  private final JobDefinition definition;
  private final TableEnvironment tables;
  private final Map<String, List<Problem>> problems = new HashMap<>();

  private JobFunctions(JobDefinition definition, TableEnvironment tables) {
    this.definition = definition;
    this.tables = tables;
  }

  /**
   * Creates the functions.
   *
   * @throws InvalidDefinitionException with the problems of all of them
   */
  public static void create(JobDefinition definition, TableEnvironment tables) {
    Map<String, List<Problem>> problems = attempt(definition, tables);
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(
          problems.values().stream().flatMap(List::stream).toList());
    }
  }

  /** Creates the functions that are valid; returns the problems of the others by their names. */
  static Map<String, List<Problem>> attempt(JobDefinition definition, TableEnvironment tables) {
    JobFunctions functions = new JobFunctions(definition, tables);
    functions.create();
    return functions.problems;
  }

  private void create() {
    Set<String> builtIn =
        Arrays.stream(tables.listFunctions())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Map<String, String> names = new HashMap<>();
    for (FunctionDefinition function : definition.functions()) {
      String key = function.name().toLowerCase(Locale.ROOT);
      String other = names.putIfAbsent(key, function.name());
      if (builtIn.contains(key)) {
        report(function, "", "is also the name of a built-in function; rename it");
      } else if (other != null) {
        report(
            function,
            "",
            "differs from '%s' only in case, which SQL ignores in names of functions; rename one"
                .formatted(other));
      } else {
        create(function);
      }
    }
  }

  private void create(FunctionDefinition function) {
    try {
      if (function instanceof ScriptFunction script) {
        ScriptFunctions.create(script, tables, this::report);
      } else if (function instanceof JavaFunction java) {
        create(java);
      }
    } catch (RuntimeException e) { // Flink's own checks, e.g. of the methods of the class.
      report(function, "", rootMessage(e));
    }
  }

  private void create(JavaFunction function) {
    List<String> found = JavaFunctionClass.problems(function);
    if (!found.isEmpty()) {
      found.forEach(message -> report(function, "", message));
      return;
    }
    List<ResourceUri> jars =
        function.jar().stream().map(jar -> new ResourceUri(ResourceType.JAR, jar)).toList();
    tables.createTemporarySystemFunction(function.name(), function.className(), jars);
  }

  private void report(FunctionDefinition function, String key, String message) {
    report(function, definition.problem("functions." + function.name() + key, message));
  }

  private void report(FunctionDefinition function, Problem problem) {
    problems.computeIfAbsent(function.name(), any -> new ArrayList<>()).add(problem);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }

  /** Receives a problem of a part of a function, which begins with a dot or is empty. */
  interface Report {
    void problem(FunctionDefinition function, String key, String message);
  }
}
