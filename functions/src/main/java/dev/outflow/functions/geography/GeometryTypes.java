package dev.outflow.functions.geography;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Arguments that are GeoJSON records: ROWs with the fields {@code type} and {@code coordinates}.
 *
 * @param least their number
 * @param most empty for any number
 */
record GeometryTypes(int least, Optional<Integer> most) implements InputTypeStrategy {
  private static final List<String> FIELDS = List.of("type", "coordinates");

  /** Returns the types of a function of two geometries. */
  static TypeInference ofTwo(DataType result) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new GeometryTypes(2, Optional.of(2)))
        .outputTypeStrategy(call -> Optional.of(result))
        .build();
  }

  /** Returns the types of a function that makes a geometry of points. */
  static TypeInference ofPoints(int least, DataType result) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new GeometryTypes(least, Optional.empty()))
        .outputTypeStrategy(call -> Optional.of(result))
        .build();
  }

  /** Returns the type of a geometry whose coordinates are nested this often. */
  static DataType record(int depth) {
    DataType coordinates = DataTypes.DOUBLE();
    for (int i = 0; i < depth; i++) {
      coordinates = DataTypes.ARRAY(coordinates);
    }
    return DataTypes.ROW(
        DataTypes.FIELD("type", DataTypes.STRING()), DataTypes.FIELD("coordinates", coordinates));
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return most.map(count -> ConstantArgumentCount.between(least, count))
        .orElseGet(() -> ConstantArgumentCount.from(least));
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    for (DataType type : call.getArgumentDataTypes()) {
      if (!isGeometry(type.getLogicalType())) {
        return call.fail(
            throwOnFailure,
            "%s needs GeoJSON records, ROW<type STRING, coordinates ARRAY<...>>, not %s",
            call.getName(),
            type);
      }
    }
    return Optional.of(call.getArgumentDataTypes());
  }

  private static boolean isGeometry(LogicalType type) {
    return type instanceof RowType row && row.getFieldNames().containsAll(FIELDS);
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    Signature.Argument geometry = Signature.Argument.of("ROW<type, coordinates>");
    List<Signature.Argument> arguments = new ArrayList<>(Collections.nCopies(least, geometry));
    if (most.isEmpty()) {
      arguments.add(Signature.Argument.ofVarying("ROW<type, coordinates>"));
    }
    return List.of(Signature.of(arguments));
  }
}
