package dev.outflow.functions.geography;

import dev.outflow.functions.geography.Geometry.Kind;
import dev.outflow.functions.geography.Geometry.Position;
import dev.outflow.functions.geography.Geometry.Segment;
import java.util.ArrayList;
import java.util.List;

/** How geometries in the plane lie to each other, as OGC's Simple Feature Access defines it. */
final class Plane {
  /** Where a part of a geometry lies with respect to a polygon. */
  private enum Place {
    INSIDE,
    BOUNDARY,
    OUTSIDE
  }

  private Plane() {}

  /** Returns whether two geometries have a point in common. */
  static boolean intersect(Geometry a, Geometry b) {
    for (Segment first : a.segments()) {
      for (Segment second : b.segments()) {
        if (intersect(first, second)) {
          return true;
        }
      }
    }
    return (b.kind() == Kind.POLYGON && place(a.points().get(0), b) != Place.OUTSIDE)
        || (a.kind() == Kind.POLYGON && place(b.points().get(0), a) != Place.OUTSIDE);
  }

  /** Returns whether no point of a geometry is outside of a polygon, and some are inside. */
  static boolean isWithin(Geometry a, Geometry polygon) {
    if (a.kind() == Kind.POINT) {
      return place(a.points().get(0), polygon) == Place.INSIDE;
    }
    List<Place> places = places(a, polygon);
    return !places.contains(Place.OUTSIDE)
        && (a.kind() == Kind.POLYGON || places.contains(Place.INSIDE));
  }

  /** Returns whether polygons have area in common, and neither is within the other. */
  static boolean overlap(Geometry a, Geometry b) {
    List<Place> ofA = places(a, b);
    List<Place> ofB = places(b, a);
    return ofA.contains(Place.OUTSIDE)
        && ofB.contains(Place.OUTSIDE)
        && (ofA.contains(Place.INSIDE) || ofB.contains(Place.INSIDE));
  }

  /** Returns the places of the parts into which a polygon divides a line or boundary. */
  private static List<Place> places(Geometry line, Geometry polygon) {
    List<Place> places = new ArrayList<>();
    for (Segment segment : line.segments()) {
      List<Double> cuts = new ArrayList<>(List.of(0.0, 1.0));
      for (Segment edge : polygon.segments()) {
        addCuts(segment, edge, cuts);
      }
      cuts.sort(null);
      for (int i = 1; i < cuts.size(); i++) {
        if (cuts.get(i - 1) < cuts.get(i)) {
          places.add(place(segment, (cuts.get(i - 1) + cuts.get(i)) / 2, polygon));
        }
      }
    }
    return places;
  }

  private static Place place(Segment segment, double fraction, Geometry polygon) {
    Position point = at(segment, fraction);
    // A computed point of a common boundary is rounded; the ends of the segments are not.
    boolean isOnBoundary =
        polygon.segments().stream()
            .filter(edge -> areCollinear(segment, edge))
            .anyMatch(edge -> isBetween(point, edge));
    return isOnBoundary ? Place.BOUNDARY : place(point, polygon);
  }

  /** Counts the edges to the right of a point. */
  private static Place place(Position point, Geometry polygon) {
    boolean isInside = false;
    for (Segment edge : polygon.segments()) {
      double side = side(edge, point);
      if (side == 0 && isBetween(point, edge)) {
        return Place.BOUNDARY;
      }
      boolean isUpward = edge.from().y() <= point.y() && point.y() < edge.to().y();
      boolean isDownward = edge.to().y() <= point.y() && point.y() < edge.from().y();
      if ((isUpward && side > 0) || (isDownward && side < 0)) {
        isInside = !isInside;
      }
    }
    return isInside ? Place.INSIDE : Place.OUTSIDE;
  }

  private static void addCuts(Segment segment, Segment edge, List<Double> cuts) {
    double from = side(edge, segment.from());
    double to = side(edge, segment.to());
    if (from == 0 && to == 0) {
      for (Position end : List.of(edge.from(), edge.to())) {
        double fraction = fraction(end, segment);
        if (fraction > 0 && fraction < 1) {
          cuts.add(fraction);
        }
      }
    } else if (intersect(segment, edge)) {
      cuts.add(Math.max(0, Math.min(1, from / (from - to))));
    }
  }

  private static boolean intersect(Segment a, Segment b) {
    if (areCollinear(a, b)) {
      return isBetween(a.from(), b)
          || isBetween(a.to(), b)
          || isBetween(b.from(), a)
          || isBetween(b.to(), a);
    }
    return side(a, b.from()) * side(a, b.to()) <= 0 && side(b, a.from()) * side(b, a.to()) <= 0;
  }

  private static boolean areCollinear(Segment a, Segment b) {
    Segment longer = a.from().equals(a.to()) ? b : a;
    Segment other = longer.equals(a) ? b : a;
    return side(longer, other.from()) == 0 && side(longer, other.to()) == 0;
  }

  /** Returns a positive number if a point is on the left of a segment, 0 if it is on its line. */
  private static double side(Segment segment, Position point) {
    return (segment.to().x() - segment.from().x()) * (point.y() - segment.from().y())
        - (segment.to().y() - segment.from().y()) * (point.x() - segment.from().x());
  }

  /** Returns whether a point of the line of a segment is on the segment. */
  private static boolean isBetween(Position point, Segment segment) {
    return point.x() >= Math.min(segment.from().x(), segment.to().x())
        && point.x() <= Math.max(segment.from().x(), segment.to().x())
        && point.y() >= Math.min(segment.from().y(), segment.to().y())
        && point.y() <= Math.max(segment.from().y(), segment.to().y());
  }

  private static double fraction(Position point, Segment segment) {
    double width = segment.to().x() - segment.from().x();
    double height = segment.to().y() - segment.from().y();
    return Math.abs(width) > Math.abs(height)
        ? (point.x() - segment.from().x()) / width
        : (point.y() - segment.from().y()) / height;
  }

  private static Position at(Segment segment, double fraction) {
    return new Position(
        segment.from().x() + fraction * (segment.to().x() - segment.from().x()),
        segment.from().y() + fraction * (segment.to().y() - segment.from().y()));
  }
}
