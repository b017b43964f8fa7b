package dev.outflow.functions.scalar;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * {@code FILL_NULL_ROWS(rows)}: an array of rows, with a row of NULLs in place of each NULL.
 * Flink's {@code UNNEST(rows) WITH ORDINALITY} fails the job at a NULL. NULL if the array is NULL.
 *
 * <pre>{@code
 * FILL_NULL_ROWS(ARRAY[ROW(1, 'a'), CAST(NULL AS ROW<n INT, s STRING>)])  -- [(1, a), (NULL, NULL)]
 * }</pre>
 */
public final class FillNullRows extends ScalarFunction implements SpecializedFunction {
  private static final long serialVersionUID = 1L;

  private final int columns;

  /** Creates the function, which is specialized for each type of rows. */
  public FillNullRows() {
    this(0);
  }

  private FillNullRows(int columns) {
    this.columns = columns;
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    LogicalType array = context.getCallContext().getArgumentDataTypes().get(0).getLogicalType();
    return new FillNullRows(array.getChildren().get(0).getChildren().size());
  }

  public ArrayData eval(ArrayData rows) {
    if (rows == null) {
      return null;
    }
    Object[] filled = new Object[rows.size()];
    boolean anyNull = false;
    for (int at = 0; at < filled.length; at++) {
      boolean isNull = rows.isNullAt(at);
      filled[at] = isNull ? new GenericRowData(columns) : rows.getRow(at, columns);
      anyNull |= isNull;
    }
    return anyNull ? new GenericArrayData(filled) : rows;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new RowsArgument())
        .outputTypeStrategy(call -> Optional.of(internal(call)))
        .build();
  }

  private static DataType internal(CallContext call) {
    return call.getArgumentDataTypes().get(0).bridgedTo(ArrayData.class);
  }

  /** An array of rows. */
  private record RowsArgument() implements InputTypeStrategy {
    @Override
    public ArgumentCount getArgumentCount() {
      return ConstantArgumentCount.of(1);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      LogicalType type = call.getArgumentDataTypes().get(0).getLogicalType();
      return type.is(LogicalTypeRoot.ARRAY) && type.getChildren().get(0).is(LogicalTypeRoot.ROW)
          ? Optional.of(List.of(internal(call)))
          : call.fail(throwOnFailure, "%s takes an array of rows, not %s", call.getName(), type);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
      return List.of(Signature.of(Signature.Argument.of("rows", "ARRAY<ROW>")));
    }
  }
}
