package dev.outflow.functions.geography;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** The relations of geometries are those that JTS finds, also where boundaries touch. */
class PlaneTest {
  private static final int COUNT = 20_000;
  private static final GeometryFactory JTS = new GeometryFactory();

  private final Random random = new Random(45);

  @Test
  void findsWhatIsWithinAPolygon() {
    agree(
        () -> random.nextInt(3) == 0 ? point() : random.nextBoolean() ? line() : polygon(),
        Plane::isWithin,
        org.locationtech.jts.geom.Geometry::within);
  }

  @Test
  void findsPolygonsThatOverlap() {
    agree(this::polygon, Plane::overlap, org.locationtech.jts.geom.Geometry::overlaps);
  }

  @Test
  void findsGeometriesThatIntersect() {
    agree(
        () -> random.nextInt(3) == 0 ? point() : random.nextBoolean() ? line() : polygon(),
        Plane::intersect,
        org.locationtech.jts.geom.Geometry::intersects);
    agree(
        this::polygon,
        (a, b) -> Plane.intersect(b, a),
        org.locationtech.jts.geom.Geometry::intersects);
  }

  private void agree(
      Supplier<Geometry> first,
      BiPredicate<Geometry, Geometry> own,
      BiPredicate<org.locationtech.jts.geom.Geometry, org.locationtech.jts.geom.Geometry> jts) {
    int found = 0;
    for (int i = 0; i < COUNT; i++) {
      Geometry a = first.get();
      Geometry b = polygon();
      boolean expected = jts.test(jts(a), jts(b));
      found += expected ? 1 : 0;
      assertThat(own.test(a, b)).as("%s and %s", a, b).isEqualTo(expected);
    }
    assertThat(found).isBetween(COUNT / 100, COUNT * 99 / 100);
  }

  private Geometry point() {
    return new Geometry(Geometry.Kind.POINT, List.of(position()));
  }

  private Geometry line() {
    List<Geometry.Position> points = new ArrayList<>(List.of(position()));
    while (points.size() < 2 || random.nextBoolean()) {
      Geometry.Position next = position();
      if (!next.equals(points.get(points.size() - 1))) {
        points.add(next);
      }
    }
    return new Geometry(Geometry.Kind.LINE, points);
  }

  /** Returns a polygon that does not cross itself. */
  private Geometry polygon() {
    while (true) {
      Geometry.Position center = position();
      List<Geometry.Position> corners = new ArrayList<>();
      for (int i = 0; i < 3 + random.nextInt(5); i++) {
        corners.add(position());
      }
      corners.sort(
          Comparator.comparingDouble(
              corner -> Math.atan2(corner.y() - center.y(), corner.x() - center.x())));
      if (random.nextBoolean()) {
        Collections.reverse(corners);
      }
      corners.add(corners.get(0));
      Geometry polygon = new Geometry(Geometry.Kind.POLYGON, corners);
      if (jts(polygon).isValid()) {
        return polygon;
      }
    }
  }

  private Geometry.Position position() {
    return new Geometry.Position(random.nextInt(9) - 4, random.nextInt(9) - 4);
  }

  private static org.locationtech.jts.geom.Geometry jts(Geometry geometry) {
    Coordinate[] coordinates =
        geometry.points().stream()
            .map(point -> new Coordinate(point.x(), point.y()))
            .toArray(Coordinate[]::new);
    return switch (geometry.kind()) {
      case POINT -> JTS.createPoint(coordinates[0]);
      case LINE -> JTS.createLineString(coordinates);
      case POLYGON -> JTS.createPolygon(coordinates);
    };
  }
}
