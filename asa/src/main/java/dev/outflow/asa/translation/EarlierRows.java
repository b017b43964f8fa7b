package dev.outflow.asa.translation;

import static dev.outflow.sampling.column.ColumnType.Scalar.INT;

import dev.outflow.asa.query.Expression;
import dev.outflow.asa.query.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates LAG, LAST and ISFIRST to the table function EARLIER_ROW, one view for each frame. */
final class EarlierRows {
  private static final String LAST = "last";
  private static final String IS_FIRST = "isfirst";
  private static final Set<String> NAMES = Set.of("lag", LAST, IS_FIRST);
  private static final String EARLIER = Sql.name("earlier_row");
  private static final String ROWTIME = "rowtime";

  private final Notes notes;
  private final Views views;

  /** What calls of one view have in common; expressions are in SQL. */
  private record Frame(
      List<String> partition, Optional<String> when, Duration limit, int offset, boolean aligned) {}

  EarlierRows(Notes notes, Views views) {
    this.notes = notes;
    this.views = views;
  }

  /** Returns whether a call is of one of these functions; they need no OVER if it is ISFIRST. */
  static boolean isEarlierRow(Expression.Call call) {
    return NAMES.contains(call.function())
        && (call.over().isPresent() || call.function().equals(IS_FIRST));
  }

  From compute(List<Expression.Call> calls, From from, Computed computed) {
    Map<Frame, List<Expression.Call>> frames = new LinkedHashMap<>();
    List<Expression.Call> current = new ArrayList<>();
    for (Expression.Call call : calls) {
      if (call.function().equals(LAST) && call.over().orElseThrow().when().isEmpty()) {
        current.add(call);
      } else {
        frames.computeIfAbsent(frame(call, from), frame -> new ArrayList<>()).add(call);
      }
    }
    From source = from;
    for (List<Expression.Call> frame : frames.values()) {
      source = view(frame, source, computed);
    }
    // Without a condition, the last row is the current one.
    Expressions in = Overs.expressions(source, notes, false);
    current.forEach(call -> computed.put(call, result(call, in)));
    return source;
  }

  private Frame frame(Expression.Call call, From from) {
    Expressions in = Overs.expressions(from, notes, false);
    boolean isFirst = call.function().equals(IS_FIRST);
    return new Frame(
        partition(call).stream().map(key -> in.of(key).text()).toList(),
        when(call).map(condition -> in.of(condition).text()),
        isFirst ? interval(call) : Overs.limit(call),
        offset(call),
        isFirst);
  }

  private static List<Expression> partition(Expression.Call call) {
    return call.over().map(Expression.Over::partitionBy).orElse(List.of());
  }

  private static Optional<Expression> when(Expression.Call call) {
    return call.over().flatMap(Expression.Over::when);
  }

  private Duration interval(Expression.Call call) {
    Duration interval = Units.duration(argument(call, 0), argument(call, 1));
    Window.noteAlignment(interval, call.at(), notes);
    return interval;
  }

  private static int offset(Expression.Call call) {
    if (!call.function().equals("lag") || call.arguments().size() < 2) {
      return 1;
    }
    Expression offset = call.arguments().get(1);
    return Units.whole(offset)
        .filter(rows -> rows >= 1 && rows <= 10_000)
        .map(Long::intValue)
        .orElseThrow(() -> new Untranslatable(offset.at(), "LAG needs an offset of 1 to 10000"));
  }

  private static Expression argument(Expression.Call call, int index) {
    if (index >= call.arguments().size()) {
      throw new Untranslatable(call.at(), call.written() + " has too few arguments");
    }
    return call.arguments().get(index);
  }

  /** Returns the value of a row; {@code *} is the whole event as a record. */
  private static Sql result(Expression.Call call, Expressions in) {
    return argument(call, 0) instanceof Expression.AllRows
        ? EventRecord.of(call, in)
        : in.of(argument(call, 0));
  }

  private From view(List<Expression.Call> calls, From from, Computed computed) {
    Expression.Call any = calls.get(0);
    Position at = any.at();
    PartitionedInput input =
        PartitionedInput.of(
            from,
            partition(any),
            when(any).map(List::of).orElse(List.of()),
            computed,
            notes,
            views);
    TimeAttribute time = Overs.time(input.from(), at);
    String name = views.name("over");
    Frame frame = frame(any, from);
    StringBuilder sql = new StringBuilder("EARLIER_ROW(\n  input => ").append(input.table());
    sql.append(" ORDER BY ").append(Sql.name(time.column()));
    sql.append(",\n  limit_duration => ").append(Units.interval(frame.limit()));
    if (frame.offset() > 1) {
      sql.append(",\n  row_offset => ").append(frame.offset());
    }
    input
        .extra()
        .forEach(when -> sql.append(",\n  when_true => DESCRIPTOR(" + Sql.name(when) + ")"));
    if (frame.aligned()) {
      sql.append(",\n  aligned => TRUE");
    }
    sql.append(",\n  on_time => DESCRIPTOR(" + Sql.name(time.column()) + ")");
    sql.append(",\n  uid => " + Sql.literal(name) + ")");
    From rows = input.replacedBy(sql.toString(), ROWTIME);
    Optional<String> when = input.extra().stream().findFirst().map(input::qualified);
    for (Expression.Call call : calls) {
      computed.put(call, value(call, rows, time, input, when));
    }
    From view = views.add(name, rows, computed.columns(), "");
    computed.areIn(view);
    return view;
  }

  private Sql value(
      Expression.Call call,
      From rows,
      TimeAttribute time,
      PartitionedInput input,
      Optional<String> when) {
    String earlier = input.qualified("earlier_row");
    if (call.function().equals(IS_FIRST)) {
      String condition = when.map(column -> column + " AND ").orElse("");
      return Sql.of(
          "(CASE WHEN %s%s IS NULL THEN 1 ELSE 0 END)".formatted(condition, earlier), INT);
    }
    Overs.noteLimit(call.over().orElseThrow(), notes);
    From before = input.inRecord(rows, EARLIER, time.column());
    Sql value = result(call, Overs.expressions(before, notes, false));
    StringBuilder cases = new StringBuilder();
    if (call.function().equals(LAST)) {
      Sql own = result(call, Overs.expressions(rows, notes, false));
      cases.append(" WHEN ").append(when.orElseThrow()).append(" THEN ").append(own.text());
    }
    int defaultIndex = call.function().equals(LAST) ? 1 : 2;
    if (call.arguments().size() > defaultIndex) {
      Sql otherwise = Overs.expressions(rows, notes, false).of(argument(call, defaultIndex));
      cases.append(" WHEN ").append(earlier).append(" IS NULL THEN ").append(otherwise.text());
    }
    if (argument(call, 0) instanceof Expression.AllRows) { // A record of NULLs is not NULL.
      cases.append(" WHEN ").append(earlier).append(" IS NOT NULL THEN ").append(value.text());
      return new Sql("(CASE%s END)".formatted(cases), value.type(), value.slot(), false);
    }
    String text =
        cases.isEmpty() ? value.text() : "(CASE%s ELSE %s END)".formatted(cases, value.text());
    return new Sql(text, value.type(), value.slot(), false);
  }
}
