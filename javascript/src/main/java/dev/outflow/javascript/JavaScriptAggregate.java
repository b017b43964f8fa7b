package dev.outflow.javascript;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;

/** An aggregate that a script defines, for every kind of window. */
public final class JavaScriptAggregate extends AggregateFunction<Object, AggregatedRows> {
  private static final long serialVersionUID = 1L;

  private final Script script;
  private final Signature signature;
  private transient LoadedScript loaded;

  JavaScriptAggregate(Script script, Signature signature) {
    this.script = script;
    this.signature = signature;
  }

  @Override
  public void open(FunctionContext context) {
    loaded = LoadedScript.load(script);
  }

  @Override
  public AggregatedRows createAccumulator() {
    return new AggregatedRows(List.of());
  }

  /** Adds a row. */
  public void accumulate(AggregatedRows rows, Object... arguments) {
    rows.add(SqlValues.toPlain(arguments));
  }

  /** Removes a row that left a window over preceding rows. */
  public void retract(AggregatedRows rows, Object... arguments) {
    rows.remove(SqlValues.toPlain(arguments));
  }

  /** Adds the rows of parts of a window. */
  public void merge(AggregatedRows rows, Iterable<AggregatedRows> parts) {
    parts.forEach(rows::addAll);
  }

  /**
   * Calls the script with the rows since the last result.
   *
   * @throws ScriptException if it fails
   */
  @Override
  public Object getValue(AggregatedRows rows) {
    return loaded.convert(rows.result(loaded), signature);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    DataType rows = DataTypes.RAW(AggregatedRows.class, new AggregatedRowsSerializer());
    state.put("rows", StateTypeStrategy.of(call -> Optional.of(rows)));
    return signature.typeInference().stateTypeStrategies(state).build();
  }
}
