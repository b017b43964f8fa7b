package dev.outflow.javascript;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** Functions for Flink SQL from scripts of Azure Stream Analytics. */
public final class JavaScriptFunctions {
  private JavaScriptFunctions() {}

  /**
   * Returns the function of a script: an aggregate if the function is the constructor of an object
   * with {@code accumulate} and {@code computeResult}, else a scalar function.
   *
   * @param arguments the types of its arguments; empty if it takes any number of any types
   * @param result the type of its result, without {@link #unsupportedResult unsupported} parts
   * @throws ScriptException if the script is invalid
   */
  public static UserDefinedFunction of(
      Script script, Optional<List<DataType>> arguments, DataType result) {
    LoadedScript loaded = LoadedScript.load(script);
    Signature signature = new Signature(arguments.orElse(null), result);
    return isAggregate(script, loaded)
        ? new JavaScriptAggregate(script, signature)
        : new JavaScriptFunction(script, signature);
  }

  /**
   * Checks a script without the types of its function.
   *
   * @throws ScriptException if the script is invalid
   */
  public static void check(Script script) {
    LoadedScript.load(script);
  }

  /** Returns the part of a type that a script cannot return, if there is one. */
  public static Optional<LogicalType> unsupportedResult(DataType type) {
    return ResultType.unsupported(type.getLogicalType());
  }

  /** A scalar function can fail without arguments. */
  private static boolean isAggregate(Script script, LoadedScript loaded) {
    if (!script.text().contains("computeResult")) {
      return false;
    }
    try {
      return loaded.newAggregate().isComplete();
    } catch (ScriptException e) {
      return false;
    }
  }
}
