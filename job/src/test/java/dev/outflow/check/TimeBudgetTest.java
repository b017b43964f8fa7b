package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AtomicLong clock = new AtomicLong();
  private final CountDownLatch answered = new CountDownLatch(1);

  @Test
  void acceptsAnAnswerThatArrivesAfterTheMachineWasSuspendedForLongerThanTheLimit()
      throws Exception {
    try (TimeBudget budget = new TimeBudget(LIMIT, this::suspendedForHalfAnHour)) {
      assertThat(budget.within(LIMIT, this::answer)).isEqualTo("answer");
    }
  }

  @Test
  void endsQuestionsThatExceedTheirOwnLimit() throws Exception {
    try (TimeBudget budget = new TimeBudget(Duration.ofMinutes(1), this::tenthsOfASecond)) {
      assertThatThrownBy(() -> budget.within(LIMIT, this::answer))
          .isInstanceOf(TimeoutException.class)
          .hasMessage("timed out after 10 s");
    }
  }

  @Test
  void endsAllQuestionsWhenTheWholeCheckExceedsItsLimit() throws Exception {
    try (TimeBudget budget = new TimeBudget(LIMIT, this::tenthsOfASecond)) {
      assertThat(
              budget
                  .askAll(List.of("a", "b"), Duration.ofMinutes(1), asked -> answer())
                  .failures()
                  .values())
          .hasSize(2)
          .allSatisfy(
              failure ->
                  assertThat(failure)
                      .isInstanceOf(TimeoutException.class)
                      .hasMessage("timed out: the whole check has taken too long"));
    }
  }

  private String answer() throws InterruptedException {
    answered.await();
    return "answer";
  }

  /** Each reading is half an hour later; after some, there is an answer. */
  private long suspendedForHalfAnHour() {
    if (clock.addAndGet(Duration.ofMinutes(30).toNanos()) > Duration.ofHours(3).toNanos()) {
      answered.countDown();
    }
    return clock.get();
  }

  private long tenthsOfASecond() {
    return clock.addAndGet(Duration.ofMillis(100).toNanos());
  }
}
