package dev.outflow.functions.geography;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code ST_WITHIN(a, polygon)}: 1 if a point, line or polygon is within a polygon, else 0. A point
 * on the boundary is not within it; a polygon may touch it. Computed in the plane of longitude and
 * latitude, as of ASA's compatibility level 1.2. NULL if an argument is NULL or not a valid
 * geometry, or if the second is not a polygon.
 *
 * <pre>{@code
 * ST_WITHIN(CREATEPOINT(10.1, 76.6), CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 10), CREATEPOINT(10, 10), CREATEPOINT(10, 0), CREATEPOINT(0, 0)))  -- 0
 * ST_WITHIN(CREATEPOINT(5, 5), CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 10), CREATEPOINT(10, 10), CREATEPOINT(10, 0), CREATEPOINT(0, 0)))  -- 1
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/st-within">ST_WITHIN</a>
 */
public final class Within extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(Row a, Row b) {
    Optional<Geometry> first = Geometry.of(a);
    Optional<Geometry> second = Geometry.of(b);
    if (first.isEmpty() || second.filter(of -> of.kind() == Geometry.Kind.POLYGON).isEmpty()) {
      return null;
    }
    return Plane.isWithin(first.get(), second.get()) ? 1L : 0L;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofTwo(DataTypes.BIGINT());
  }
}
