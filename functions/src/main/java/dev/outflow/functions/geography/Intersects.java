package dev.outflow.functions.geography;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code ST_INTERSECTS(a, b)}: 1 if two geometries have a point in common, else 0. Computed in the
 * plane of longitude and latitude, as of ASA's compatibility level 1.2. NULL if an argument is NULL
 * or not a valid geometry.
 *
 * <pre>{@code
 * ST_INTERSECTS(CREATELINESTRING(CREATEPOINT(0, -10), CREATEPOINT(0, 10)), CREATELINESTRING(CREATEPOINT(10, 0), CREATEPOINT(-10, 0)))  -- 1
 * ST_INTERSECTS(CREATELINESTRING(CREATEPOINT(0, -10), CREATEPOINT(0, 10)), CREATELINESTRING(CREATEPOINT(9, -10), CREATEPOINT(9, 10)))  -- 0
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/st-intersects">ST_INTERSECTS</a>
 */
public final class Intersects extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(Row a, Row b) {
    Optional<Geometry> first = Geometry.of(a);
    Optional<Geometry> second = Geometry.of(b);
    if (first.isEmpty() || second.isEmpty()) {
      return null;
    }
    return Plane.intersect(first.get(), second.get()) ? 1L : 0L;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofTwo(DataTypes.BIGINT());
  }
}
