package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a job 'sales' with an output 'large', which has started as 0000aaaa and now as 1111bbbb. */
class TransactionalIdsTest {
  private static final String BEFORE = "sales-large-0000aaaa";
  private static final String NOW = "sales-large-1111bbbb";

  @Test
  void anIdOfAnotherStartIsOneThatNeitherThisStartNorTheStateKnows() {
    assertThat(ofAnotherStart(TransactionalIds.prefixOfThisStart("sales-large") + "-12-345"))
        .isTrue();
    assertThat(ofAnotherStart(BEFORE + "-0-7")).isFalse();
    assertThat(ofAnotherStart(NOW + "-0-7")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales-large-orders-2222cccc-0-7", // another output, or another job's: 'sales-large'
        "sales-large-2222cccc-3333dddd-0-7", // whatever its name looks like
        "sales-large-eu-0-7", // another program's
        "sales-large-2222cccc-7",
        "sales-large-2222CCCC-0-7",
        "sales-large-2222cccc-0-x",
        "sales-larger-2222cccc-0-7"
      })
  void anOutputWhoseNameGoesOnIsNotThisOne(String id) {
    assertThat(ofAnotherStart(id)).isFalse();
  }

  @Test
  void whatTheStartAbortsIsOfALaterCheckpoint() {
    assertThat(isAfter(BEFORE + "-0-42")).isFalse();
    assertThat(isAfter(BEFORE + "-0-43")).isTrue();
    assertThat(isAfter(NOW + "-3-43")).isTrue();
    assertThat(isAfter("sales-large-2222cccc-0-43")).isFalse();
  }

  @Test
  void anOutputWhoseNameGoesOnAfterTheStartIsNotAborted() {
    assertThat(isAfter(BEFORE + "-2222cccc-0-43")).isFalse();
    assertThat(isAfter(BEFORE + "b-0-43")).isFalse();
  }

  private static boolean ofAnotherStart(String id) {
    return TransactionalIds.isOfAnotherStart(id, NOW, List.of(BEFORE));
  }

  private static boolean isAfter(String id) {
    return TransactionalIds.isAfter(id, NOW, List.of(BEFORE), 42);
  }
}
