package dev.outflow.functions.geography;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code CREATEPOLYGON(point, ...)}: a polygon with these corners, as a GeoJSON record. The last
 * point is the first one again. NULL if an argument is NULL or not a point.
 *
 * <pre>{@code
 * CREATEPOLYGON(CREATEPOINT(0, 0), CREATEPOINT(0, 9), CREATEPOINT(9, 9), CREATEPOINT(0, 0))  -- (Polygon, [[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]])
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/createpolygon">CreatePolygon</a>
 */
public final class CreatePolygon extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Row eval(Row... points) {
    return Points.of(points)
        .map(coordinates -> Row.of(Geometry.Kind.POLYGON.type(), new Double[][][] {coordinates}))
        .orElse(null);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofPoints(4, GeometryTypes.record(3));
  }
}
