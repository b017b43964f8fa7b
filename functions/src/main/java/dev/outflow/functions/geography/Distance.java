package dev.outflow.functions.geography;

import java.util.Optional;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code ST_DISTANCE(a, b)}: the length in meters of the shortest line between two points on the
 * ellipsoid WGS84. Of other geometries 0, as ASA documents for polygons. NULL if an argument is
 * NULL or not a valid geometry.
 *
 * <pre>{@code
 * CAST(ST_DISTANCE(CREATEPOINT(-5, -5), CREATEPOINT(0, 0)) AS DECIMAL(12, 2))  -- 784028.74
 * ST_DISTANCE(CREATEPOINT(7, 7), CREATEPOINT(7, 7))  -- 0.0
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/stream-analytics-query/st-distance">ST_DISTANCE</a>
 */
public final class Distance extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  public Double eval(Row a, Row b) {
    Optional<Geometry> from = Geometry.of(a);
    Optional<Geometry> to = Geometry.of(b);
    if (from.isEmpty() || to.isEmpty()) {
      return null;
    }
    boolean arePoints =
        from.get().kind() == Geometry.Kind.POINT && to.get().kind() == Geometry.Kind.POINT;
    return arePoints ? meters(from.get().points().get(0), to.get().points().get(0)) : 0.0;
  }

  private static double meters(Geometry.Position from, Geometry.Position to) {
    return Geodesic.WGS84.Inverse(from.y(), from.x(), to.y(), to.x(), GeodesicMask.DISTANCE).s12;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return GeometryTypes.ofTwo(DataTypes.DOUBLE());
  }
}
