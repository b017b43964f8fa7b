package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of the output 'large' of the job 'sales': run 0000aaaa is restored, 1111bbbb is running. */
class TransactionalIdsTest {
  private static final String RESTORED = "sales-large-0000aaaa";
  private static final String CURRENT = "sales-large-1111bbbb";

  @Test
  void idOfAnotherRunBelongsNeitherToTheCurrentNorToARestoredRun() {
    assertThat(ofAnotherRun(TransactionalIds.uniquePrefix("sales-large") + "-12-345")).isTrue();
    assertThat(ofAnotherRun(RESTORED + "-0-7")).isFalse();
    assertThat(ofAnotherRun(CURRENT + "-0-7")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales-large-orders-2222cccc-0-7", // another output, or another job's: 'sales-large'
        "sales-large-2222cccc-3333dddd-0-7", // a name that looks like a run
        "sales-large-eu-0-7", // another program's
        "sales-large-2222cccc-7",
        "sales-large-2222CCCC-0-7",
        "sales-large-2222cccc-0-x",
        "sales-larger-2222cccc-0-7"
      })
  void idOfAnOutputWithALongerNameIsNotOfThisOutput(String id) {
    assertThat(ofAnotherRun(id)).isFalse();
    assertThat(TransactionalIds.isOfAnyRun(id, "sales-large")).isFalse();
  }

  @Test
  void everyRunOfAnOutputHasIdsOfItsPrefix() {
    assertThat(TransactionalIds.isOfAnyRun(CURRENT + "-0-7", "sales-large")).isTrue();
    assertThat(TransactionalIds.isOfAnyRun(RESTORED + "-12-345", "sales-large")).isTrue();
  }

  @Test
  void transactionsOfLaterCheckpointsAreAborted() {
    assertThat(isAfter(RESTORED + "-0-42")).isFalse();
    assertThat(isAfter(RESTORED + "-0-43")).isTrue();
    assertThat(isAfter(CURRENT + "-3-43")).isTrue();
    assertThat(isAfter("sales-large-2222cccc-0-43")).isFalse();
  }

  @Test
  void transactionsOfAnOutputWithALongerNameAreNotAborted() {
    assertThat(isAfter(RESTORED + "-2222cccc-0-43")).isFalse();
    assertThat(isAfter(RESTORED + "b-0-43")).isFalse();
  }

  private static boolean ofAnotherRun(String id) {
    return TransactionalIds.isOfAnotherRun(id, CURRENT, List.of(RESTORED));
  }

  private static boolean isAfter(String id) {
    return TransactionalIds.isAfter(id, CURRENT, List.of(RESTORED), 42);
  }
}
