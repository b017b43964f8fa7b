package dev.outflow.local.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputOutagesTest {
  private static final String REASON = "bootstrap-servers: no Kafka broker responded";

  private final List<String> checked = new ArrayList<>();
  private Optional<String> answer = Optional.empty();
  private InputProgress.Snapshot progress = read(0);

  @Test
  void checksAnInputThatDoesNotAdvanceUntilItCanBeReadAgain() {
    try (InputOutages outages = outages()) {
      outages.look();
      progress = read(7);
      outages.look();
      assertThat(checked).isEmpty();

      outages.look();
      assertThat(checked).containsExactly("orders");
      assertThat(outages.current()).isEmpty();

      answer = Optional.of(REASON);
      outages.look();
      assertThat(outages.current()).containsExactly(Map.entry("orders", REASON));

      progress = read(8);
      outages.look();
      assertThat(outages.current()).isEmpty();
    }
  }

  @Test
  void forgetsAnOutageWithTheNextRecord() {
    answer = Optional.of(REASON);
    try (InputOutages outages = outages()) {
      outages.look();
      outages.look();
      assertThat(outages.current()).containsKey("orders");

      progress = read(1);

      assertThat(outages.current()).isEmpty();
    }
  }

  private InputOutages outages() {
    return new InputOutages(
        List.of("orders"),
        name -> progress,
        name -> {
          checked.add(name);
          return answer;
        });
  }

  private static InputProgress.Snapshot read(long rows) {
    return new InputProgress.Snapshot(true, rows, 0, 0, Map.of(), Optional.empty());
  }
}
