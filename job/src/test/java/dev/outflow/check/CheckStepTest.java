package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckStepTest {

  @ParameterizedTest
  @EnumSource
  void needsOnlyEarlierSteps(CheckStep step) {
    assertThat(step.needs()).allMatch(need -> need.compareTo(step) < 0);
  }

  @Test
  void noStepBeforeAStartNeedsOneThatIsLeftOutThere() {
    assertThat(
            Arrays.stream(CheckStep.values())
                .filter(CheckScope.BEFORE_START::includes)
                .flatMap(step -> step.needs().stream()))
        .isNotEmpty()
        .allMatch(CheckScope.BEFORE_START::includes);
  }

  @Test
  void reportsItsNameInWords() {
    assertThat(CheckStep.DEAD_LETTERS).hasToString("dead letters");
    assertThat(CheckStep.DOWNTIME).hasToString("downtime");
  }
}
