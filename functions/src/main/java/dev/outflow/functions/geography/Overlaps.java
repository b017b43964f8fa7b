package dev.outflow.functions.geography;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code ST_OVERLAPS(a, b)}: 1 if two polygons have area in common and neither is within the other,
 * else 0. Computed in the plane of longitude and latitude, as of ASA's compatibility level 1.2.
 * NULL if an argument is NULL or not a valid polygon.
 *
 * <pre>{@code
 * ST_OVERLAPS(CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 10), CREATEPOINT(10, 10), CREATEPOINT(10, 0), CREATEPOINT(0, 0)), CREATEPOLYGON(CREATEPOINT(5, 5), CREATEPOINT(5, 20), CREATEPOINT(20, 20), CREATEPOINT(5, 5)))  -- 1
 * ST_OVERLAPS(CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 10), CREATEPOINT(10, 10), CREATEPOINT(10, 0), CREATEPOINT(0, 0)), CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 10), CREATEPOINT(10, 10), CREATEPOINT(10, 0), CREATEPOINT(0, 0)))  -- 0
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/st-overlaps">ST_OVERLAPS</a>
 */
public final class Overlaps extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Long eval(Row a, Row b) {
    Optional<Geometry> first = Geometry.of(a);
    Optional<Geometry> second = Geometry.of(b);
    boolean arePolygons =
        first.filter(of -> of.kind() == Geometry.Kind.POLYGON).isPresent()
            && second.filter(of -> of.kind() == Geometry.Kind.POLYGON).isPresent();
    if (!arePolygons) {
      return null;
    }
    return Plane.overlap(first.get(), second.get()) ? 1L : 0L;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofTwo(DataTypes.BIGINT());
  }
}
