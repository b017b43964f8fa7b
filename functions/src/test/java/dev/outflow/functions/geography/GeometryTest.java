package dev.outflow.functions.geography;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GeometryTest {
  private static final Object[] RING = {
    new Long[] {0L, 0L}, new Long[] {4L, 0L}, new Long[] {4L, 4L}, new Long[] {0L, 0L}
  };

  @Test
  void readsNumbersOfAnyType() {
    assertThat(Geometry.of(record("Point", new Integer[] {3, 4})))
        .hasValueSatisfying(
            point -> assertThat(point.points()).containsExactly(new Geometry.Position(3, 4)));
    assertThat(Geometry.of(record("Polygon", new Object[] {RING})))
        .hasValueSatisfying(polygon -> assertThat(polygon.points()).hasSize(4));
  }

  @Test
  void hasNoValueForWhatIsNotAGeometry() {
    assertThat(Geometry.of(null)).isEmpty();
    assertThat(Geometry.of(record(null, null))).isEmpty();
    assertThat(Geometry.of(record("Circle", new Double[] {1.0, 2.0}))).isEmpty();
    assertThat(Geometry.of(record("Point", new Double[] {1.0}))).isEmpty();
    assertThat(Geometry.of(record("Point", new Double[] {1.0, null}))).isEmpty();
    assertThat(Geometry.of(record("Point", new Double[] {1.0, Double.NaN}))).isEmpty();
    assertThat(Geometry.of(record("LineString", new Object[] {new Double[] {1.0, 2.0}}))).isEmpty();
    assertThat(Geometry.of(record("Polygon", RING))).isEmpty();
    assertThat(Geometry.of(record("Polygon", new Object[] {RING, RING}))).as("a hole").isEmpty();
    assertThat(
            Geometry.of(
                record(
                    "Polygon", new Object[] {new Object[] {RING[0], RING[1], RING[2], RING[1]}})))
        .as("an open ring")
        .isEmpty();
  }

  @Test
  void measuresDistancesOnTheEllipsoid() {
    Distance distance = new Distance();

    assertThat(distance.eval(point(0, 0), point(1, 0))).isCloseTo(110574.389, within(0.001));
    assertThat(distance.eval(point(0, 0), point(0, 1))).isCloseTo(111319.491, within(0.001));
    assertThat(distance.eval(point(0, 0), point(0.5, 179.7)))
        .as("nearly opposite")
        .isCloseTo(19944127.421, within(0.001));
    assertThat(distance.eval(point(0, 0), record("Polygon", new Object[] {RING}))).isZero();
    assertThat(distance.eval(point(0, 0), null)).isNull();
  }

  private static Offset<Double> within(double meters) {
    return Offset.offset(meters);
  }

  private static Row point(double latitude, double longitude) {
    return record("Point", new Double[] {longitude, latitude});
  }

  private static Row record(String type, Object coordinates) {
    Row row = Row.withNames(RowKind.INSERT);
    row.setField("type", type);
    row.setField("coordinates", coordinates);
    return row;
  }
}
