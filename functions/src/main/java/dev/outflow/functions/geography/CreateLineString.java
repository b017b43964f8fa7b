package dev.outflow.functions.geography;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code CREATELINESTRING(point, ...)}: a line through two points or more, as a GeoJSON record.
 * NULL if an argument is NULL or not a point.
 *
 * <pre>{@code
 * CREATELINESTRING(CREATEPOINT(3.0, -10.2), CREATEPOINT(10, 10))  -- (LineString, [[-10.2, 3.0], [10.0, 10.0]])
 * }</pre>
 *
 * @see <a
 *     href="https://learn.microsoft.com/stream-analytics-query/createlinestring">CreateLineString</a>
 */
public final class CreateLineString extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Row eval(Row... points) {
    return Points.of(points)
        .map(coordinates -> Row.of(Geometry.Kind.LINE.type(), coordinates))
        .orElse(null);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofPoints(2, GeometryTypes.record(2));
  }
}
