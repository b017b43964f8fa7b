package dev.outflow.definition;

import java.util.List;
import java.util.Optional;

/** A function that queries can call by its name. */
public sealed interface FunctionDefinition {
  /** Returns its name in SQL. */
  String name();

  /** Returns what it runs: a class or a script. */
  String source();

  /**
   * A function in Java.
   *
   * @param className the class, which extends one of Flink's classes of functions
   * @param jar the jar with the class; empty if the class is on the class path
   */
  record JavaFunction(String name, String className, Optional<String> jar)
      implements FunctionDefinition {
    @Override
    public String source() {
      return className + jar.map(" (%s)"::formatted).orElse("");
    }
  }

  /**
   * A function in JavaScript, as in Azure Stream Analytics.
   *
   * @param file the script
   * @param text its content
   * @param arguments the SQL types of its arguments; empty if it takes any number of any types
   * @param returns the SQL type of its result
   */
  record ScriptFunction(
      String name, String file, String text, Optional<List<String>> arguments, String returns)
      implements FunctionDefinition {
    public ScriptFunction {
      arguments = arguments.map(List::copyOf);
    }

    @Override
    public String source() {
      return file;
    }

    /** Shows no text, which can be long. */
    @Override
    public String toString() {
      return "ScriptFunction[%s, %s]".formatted(name, file);
    }
  }
}
