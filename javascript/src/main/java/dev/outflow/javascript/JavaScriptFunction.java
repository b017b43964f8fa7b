package dev.outflow.javascript;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** A scalar function that a script defines. */
public final class JavaScriptFunction extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  private final Script script;
  private final Signature signature;
  private transient LoadedScript loaded;

  JavaScriptFunction(Script script, Signature signature) {
    this.script = script;
    this.signature = signature;
  }

  @Override
  public void open(FunctionContext context) {
    loaded = LoadedScript.load(script);
  }

  /**
   * Calls the script.
   *
   * @throws ScriptException if it fails
   */
  public Object eval(Object... arguments) {
    return loaded.convert(loaded.call(SqlValues.toPlain(arguments)), signature);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return signature.typeInference().build();
  }
}
