package dev.outflow.sampling.column;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.outflow.format.reader.EpochUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Infers columns from rows: a pure function. */
public final class ColumnInference {
  private ColumnInference() {}

  /**
   * What was inferred.
   *
   * @param columns in the order of their first values
   * @param epochUnit the unit of numbers that become times, if there are any; other units stay
   *     numbers, because an input has one unit
   */
  public record Result(List<InferredColumn> columns, Optional<EpochUnit> epochUnit) {
    public Result {
      columns = List.copyOf(columns);
    }
  }

  /** Infers the columns of rows. */
  public static Result infer(List<SampleRow> rows) {
    ValueProfile all = new ValueProfile();
    rows.forEach(row -> all.add(row.values(), row.arrival()));
    Optional<EpochUnit> unit = unit(all);
    return new Result(
        all.fields().entrySet().stream()
            .map(field -> column(field.getKey(), field.getValue(), rows.size(), unit))
            .toList(),
        unit);
  }

  /** Returns the unit of most columns. */
  private static Optional<EpochUnit> unit(ValueProfile all) {
    return all.fields().entrySet().stream()
        .flatMap(field -> units(field.getKey(), field.getValue()))
        .collect(groupingBy(unit -> unit, () -> new EnumMap<>(EpochUnit.class), counting()))
        .entrySet()
        .stream()
        .max(comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }

  private static Stream<EpochUnit> units(String name, ValueProfile profile) {
    return Stream.concat(
        profile.epochUnit(name).stream(),
        profile.fields().entrySet().stream()
            .flatMap(field -> units(field.getKey(), field.getValue())));
  }

  private static InferredColumn column(
      String name, ValueProfile profile, int rows, Optional<EpochUnit> unit) {
    Optional<EpochUnit> own = profile.epochUnit(name);
    return new InferredColumn(
        name, profile.type(name, unit), profile.seen(), rows, own, note(profile, own, unit), false);
  }

  private static String note(
      ValueProfile profile, Optional<EpochUnit> own, Optional<EpochUnit> unit) {
    if (profile.kinds().isEmpty()) {
      return "always null";
    }
    if (profile.kinds().size() > 1) {
      return "mixed: "
          + profile.kinds().stream()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .collect(joining(", "));
    }
    return own.filter(found -> !own.equals(unit))
        .map("time in %s; an input has one epoch-unit"::formatted)
        .orElse("");
  }
}
