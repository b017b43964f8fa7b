package dev.outflow.functions.geography;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/**
 * {@code CREATEPOINT(latitude, longitude)}: a point as a GeoJSON record, whose coordinates are the
 * longitude and the latitude, in this order. NULL if an argument is NULL.
 *
 * <pre>{@code
 * CREATEPOINT(3.0, -10.2)  -- (Point, [-10.2, 3.0])
 * CREATEPOINT(3.0, CAST(NULL AS DOUBLE))  -- NULL
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/createpoint">CreatePoint</a>
 */
public final class CreatePoint extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  @DataTypeHint("ROW<type STRING, coordinates ARRAY<DOUBLE>>")
  public Row eval(Double latitude, Double longitude) {
    return latitude == null || longitude == null
        ? null
        : Row.of(Geometry.Kind.POINT.type(), new Double[] {longitude, latitude});
  }
}
