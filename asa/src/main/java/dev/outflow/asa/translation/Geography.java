package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.BIGINT;
import static dev.outflow.sampling.column.ColumnType.Scalar.DOUBLE;
import static dev.outflow.sampling.column.ColumnType.Scalar.STRING;
import static java.util.stream.Collectors.joining;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Expression.Call;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Translates geospatial functions. Geometries are GeoJSON records. */
final class Geography {
  private static final int POINT = 1;
  private static final int LINE = 2;
  private static final int POLYGON = 3;

  /** What a column is taken as, by the depth of its coordinates, if nothing else tells its type. */
  private static final Map<String, List<Integer>> ARGUMENTS =
      Map.of(
          "st_distance", List.of(POINT, POINT),
          "st_within", List.of(POINT, POLYGON),
          "st_overlaps", List.of(POLYGON, POLYGON),
          "st_intersects", List.of(LINE, LINE));

  private Geography() {}

  static Sql point(Call call, Expressions in) {
    String latitude = in.number(Functions.argument(call, 2, 0)).text();
    String longitude = in.number(call.arguments().get(1)).text();
    return record(
        "CREATEPOINT(CAST(%s AS DOUBLE), CAST(%s AS DOUBLE))".formatted(latitude, longitude),
        POINT,
        call);
  }

  static Sql line(Call call, Expressions in) {
    return record("CREATELINESTRING(%s)".formatted(points(call, 2, in)), LINE, call);
  }

  static Sql polygon(Call call, Expressions in) {
    return record("CREATEPOLYGON(%s)".formatted(points(call, 4, in)), POLYGON, call);
  }

  static Sql distance(Call call, Expressions in) {
    in.notes()
        .differsOnce(
            call.at(),
            "ST_DISTANCE is exact on the ellipsoid; ASA's documentation has a distance that is 1 mm"
                + " longer for 784 km",
            Section.GEOGRAPHY);
    return Sql.of(text(call, in), DOUBLE);
  }

  static Sql relation(Call call, Expressions in) {
    in.notes()
        .differsOnce(
            call.at(),
            "%s is computed in the plane of longitude and latitude; ASA's documentation does not say how it treats common boundaries and the 180th meridian"
                .formatted(call.function().toUpperCase(Locale.ROOT)),
            Section.GEOGRAPHY);
    return Sql.of(text(call, in), BIGINT);
  }

  private static String text(Call call, Expressions in) {
    List<Integer> depths = ARGUMENTS.get(call.function());
    Functions.argument(call, depths.size(), 0);
    return IntStream.range(0, depths.size())
        .mapToObj(i -> geometry(call.arguments().get(i), depths.get(i), in))
        .collect(joining(", ", call.function().toUpperCase(Locale.ROOT) + "(", ")"));
  }

  private static String points(Call call, int least, Expressions in) {
    if (call.arguments().size() < least) {
      throw new Untranslatable(
          call.at(), "%s needs %d points or more".formatted(call.written(), least));
    }
    return call.arguments().stream()
        .map(argument -> geometry(argument, POINT, in))
        .collect(joining(", "));
  }

  private static String geometry(Expression argument, int depth, Expressions in) {
    Sql sql = in.of(argument);
    sql.slot().filter(Slot::isGuessed).ifPresent(slot -> use(slot, depth, argument.at()));
    boolean isGeometry =
        sql.type()
            .filter(ColumnType.Row.class::isInstance)
            .map(type -> ((ColumnType.Row) type).fields().keySet())
            .filter(fields -> fields.containsAll(List.of("type", "coordinates")))
            .isPresent();
    if (!isGeometry && !in.scope().isCollecting()) {
      throw new Untranslatable(
          argument.at(), "needs a GeoJSON record with 'type' and 'coordinates'", Section.GEOGRAPHY);
    }
    return sql.text();
  }

  private static void use(Slot record, int depth, Position at) {
    record.field("type", at).ifPresent(type -> type.use(Slot.Use.TEXT));
    Slot coordinates = record.field("coordinates", at).orElse(record);
    for (int i = 0; i < depth; i++) {
      coordinates = coordinates.element(at).orElse(coordinates);
    }
    coordinates.use(Slot.Use.NUMBER);
  }

  private static Sql record(String text, int depth, Call call) {
    ColumnType coordinates = DOUBLE;
    for (int i = 0; i < depth; i++) {
      coordinates = new ColumnType.Array(coordinates);
    }
    Map<String, ColumnType> fields = new LinkedHashMap<>();
    fields.put("type", STRING);
    fields.put("coordinates", coordinates);
    return Aggregates.declared(text, new ColumnType.Row(fields), call);
  }
}
