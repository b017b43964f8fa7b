package dev.outflow.functions.geography;

import java.util.Optional;
import org.apache.flink.types.Row;

/** The coordinates of the points that a line or polygon consists of. */
final class Points {
  private Points() {}

  /** Returns the coordinates; empty if an argument is NULL or not a point. */
  static Optional<Double[][]> of(Row... points) {
    Double[][] coordinates = new Double[points.length][];
    for (int i = 0; i < points.length; i++) {
      Optional<Geometry> point =
          Geometry.of(points[i]).filter(of -> of.kind() == Geometry.Kind.POINT);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      Geometry.Position position = point.get().points().get(0);
      coordinates[i] = new Double[] {position.x(), position.y()};
    }
    return Optional.of(coordinates);
  }
}
