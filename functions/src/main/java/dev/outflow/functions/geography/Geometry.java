package dev.outflow.functions.geography;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.types.Row;

/**
 * A geometry of GeoJSON in the plane of longitude and latitude. Polygons have no holes.
 *
 * @param points of a line in order, of a polygon with the first one again at the end
 */
record Geometry(Kind kind, List<Position> points) {
  private static final String TYPE = "type";
  private static final String COORDINATES = "coordinates";

  enum Kind {
    POINT("Point", 1),
    LINE("LineString", 2),
    POLYGON("Polygon", 4);

    private final String type;
    private final int leastPoints;

    Kind(String type, int leastPoints) {
      this.type = type;
      this.leastPoints = leastPoints;
    }

    String type() {
      return type;
    }
  }

  /** A point: x is the longitude, y the latitude, both in degrees. */
  record Position(double x, double y) {}

  /** A straight part of a line, or of the boundary of a polygon. */
  record Segment(Position from, Position to) {}

  Geometry {
    points = List.copyOf(points);
  }

  /** Reads a record; empty if it is NULL or not one of these geometries. */
  static Optional<Geometry> of(Row record) {
    if (record == null) {
      return Optional.empty();
    }
    // What CREATEPOINT and others return has no names if Flink passes it on as it is.
    boolean isNamed = record.getFieldNames(true) != null;
    Object type = isNamed ? record.getField(TYPE) : record.getField(0);
    Object coordinates = isNamed ? record.getField(COORDINATES) : record.getField(1);
    for (Kind kind : Kind.values()) {
      if (kind.type.equals(type)) {
        return points(kind, coordinates)
            .map(points -> new Geometry(kind, points))
            .filter(Geometry::isValid);
      }
    }
    return Optional.empty();
  }

  private static Optional<List<Position>> points(Kind kind, Object coordinates) {
    if (kind == Kind.POINT) {
      return position(coordinates).map(List::of);
    }
    Object line = coordinates;
    if (kind == Kind.POLYGON) {
      if (!(coordinates instanceof Object[] rings) || rings.length != 1) {
        return Optional.empty();
      }
      line = rings[0];
    }
    List<Position> points = new ArrayList<>();
    for (Object point : line instanceof Object[] all ? all : new Object[] {null}) {
      Optional<Position> position = position(point);
      if (position.isEmpty()) {
        return Optional.empty();
      }
      points.add(position.get());
    }
    return Optional.of(points);
  }

  private static Optional<Position> position(Object coordinates) {
    return coordinates instanceof Object[] pair
            && pair.length >= 2
            && pair[0] instanceof Number longitude
            && pair[1] instanceof Number latitude
        ? Optional.of(new Position(longitude.doubleValue(), latitude.doubleValue()))
        : Optional.empty();
  }

  private boolean isValid() {
    boolean isFinite =
        points.stream().allMatch(point -> Double.isFinite(point.x) && Double.isFinite(point.y));
    boolean isClosed = kind != Kind.POLYGON || points.get(0).equals(points.get(points.size() - 1));
    return isFinite && points.size() >= kind.leastPoints && isClosed;
  }

  /** Returns the parts of a line or of the boundary; of a point, the point as a segment. */
  List<Segment> segments() {
    if (kind == Kind.POINT) {
      return List.of(new Segment(points.get(0), points.get(0)));
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      segments.add(new Segment(points.get(i - 1), points.get(i)));
    }
    return segments;
  }
}
