package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void checksTopicsByDefault() {
    assertThat(Arguments.parse().skipTopicChecks()).isFalse();
    assertThat(Arguments.parse("--skip-topic-checks").skipTopicChecks()).isTrue();
  }

  @Test
  void parsesCheck() {
    assertThat(Arguments.parse().check()).isFalse();
    assertThat(Arguments.parse("--check").check()).isTrue();
  }

  @Test
  void listsTheOptionsForAnUnknownArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.parse("--skip-checks"))
        .withMessageContainingAll("--skip-checks", "--skip-topic-checks", "--config", "--set");
  }
}
