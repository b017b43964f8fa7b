package dev.outflow.asa.translation;

import dev.outflow.asa.column.Sample;
import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Findings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reports the columns whose types are guessed. */
record ColumnDecisions(List<KnownInput> known, Findings findings) {
  void report(Collection<InputTable> read) {
    for (InputTable input : read) {
      input.columns().forEach(slot -> column(input, slot, slot.name()));
      sample(input).ifPresent(sample -> mixed(input, sample));
    }
  }

  private void column(InputTable input, Slot slot, String path) {
    if (!slot.fields().isEmpty()) {
      slot.fields().forEach(field -> column(input, field, path + "." + field.name()));
    } else if (slot.isGuessed()) {
      Position at = slot.firstUse().orElse(new Position(0, 0, 0));
      findings.decide(
          at.line(),
          at.column(),
          "inputs.%s.columns.%s is %s: %s"
              .formatted(
                  input.table(),
                  path,
                  slot.type().sql(),
                  slot.reason() + (sample(input).isPresent() ? ", not in the sample" : "")));
    }
  }

  private void mixed(InputTable input, Sample sample) {
    for (String column : sample.mixed()) {
      findings.decide(
          0,
          0,
          "inputs.%s.columns.%s is STRING: its values in %s have several types"
              .formatted(input.table(), column, sample.file()));
    }
  }

  private Optional<Sample> sample(InputTable input) {
    return known.stream()
        .filter(one -> one.alias().equals(input.alias()))
        .flatMap(one -> one.sample().stream())
        .findFirst();
  }
}
