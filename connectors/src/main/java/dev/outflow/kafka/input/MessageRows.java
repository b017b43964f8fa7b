package dev.outflow.kafka.input;

import dev.outflow.format.reader.InvalidValueException;
import dev.outflow.format.reader.RowConsumer;
import dev.outflow.kafka.error.RecordProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;

/** Validates and collects the rows of one message; most messages have one. */
final class MessageRows implements RowConsumer {
  private final RowValidator validator;
  private final List<RowData> good = new ArrayList<>();
  private final List<RecordProblem> bad = new ArrayList<>();
  private boolean hasNull;

  MessageRows(RowValidator validator) {
    this.validator = validator;
  }

  void clear() {
    good.clear();
    bad.clear();
    hasNull = false;
  }

  /** Some of Flink's formats emit null for what they cannot decode. */
  @Override
  public void row(RowData row) {
    if (row == null) {
      hasNull = true;
      return;
    }
    RecordProblem problem = validator.check(row);
    if (problem == null) {
      good.add(row);
    } else {
      bad.add(problem.inRow(count() + 1));
    }
  }

  @Override
  public void invalid(int number, InvalidValueException problem) {
    bad.add(validator.problem(problem).inRow(number));
  }

  private int count() {
    return good.size() + bad.size();
  }

  /** Returns whether the message has no row, good or bad. */
  boolean isEmpty() {
    return count() == 0 && !hasNull;
  }

  boolean hasNull() {
    return hasNull;
  }

  List<RowData> good() {
    return good;
  }

  /** Passes the good rows on, in their order. */
  void emit(Consumer<RowData> rows) {
    for (int at = 0; at < good.size(); at++) {
      rows.accept(good.get(at));
    }
  }

  /** Returns whether no row is bad. */
  boolean isGood() {
    return bad.isEmpty();
  }

  /** Returns the problem of each bad row, with its number if the message has several rows. */
  List<RecordProblem> bad() {
    return count() == 1 ? bad.stream().map(RecordProblem::withoutRow).toList() : bad;
  }
}
