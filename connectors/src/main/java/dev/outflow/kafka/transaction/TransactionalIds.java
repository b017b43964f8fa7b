package dev.outflow.kafka.transaction;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Prefixes of transactional ids. Two jobs with the same ids would fence each other, so each run of
 * a job generates a prefix of its own. After a restore the writer's state still contains the
 * previous prefix, with which Flink's connector finds and aborts dangling transactions.
 */
public final class TransactionalIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SUFFIX_LENGTH = 8;
  private static final int RADIX = 36;

  /** The subtask and number that Flink's connector appends with every naming strategy. */
  private static final Pattern NUMBERS = Pattern.compile("-\\d{1,10}-\\d{1,18}");

  /** The rest of an id after the part of the prefix that all runs share. */
  private static final Pattern RUN_AND_NUMBERS =
      Pattern.compile("[0-9a-z]{" + SUFFIX_LENGTH + "}" + NUMBERS);

  private TransactionalIds() {}

  /** Returns {@code prefix}, a hyphen and eight random letters or digits. */
  public static String uniquePrefix(String prefix) {
    StringBuilder unique = new StringBuilder(prefix).append('-');
    RANDOM
        .ints(SUFFIX_LENGTH, 0, RADIX)
        .forEach(letter -> unique.append(Character.forDigit(letter, RADIX)));
    return unique.toString();
  }

  /**
   * Returns whether an id belongs to this output, but neither to this run nor to a restored one.
   */
  static boolean isOfAnotherRun(String id, String prefix, Collection<String> restored) {
    return isOfAnyRun(id, prefix.substring(0, prefix.length() - SUFFIX_LENGTH - 1))
        && !isOf(id, prefix)
        && restored.stream().noneMatch(previous -> isOf(id, previous));
  }

  /** Returns whether an id belongs to a run of the output with this {@code prefix}. */
  static boolean isOfAnyRun(String id, String prefix) {
    return id.startsWith(prefix + "-")
        && RUN_AND_NUMBERS.matcher(id.substring(prefix.length() + 1)).matches();
  }

  /**
   * Returns whether an id belongs to this run or to a restored one, and its transaction is
   * committed by a checkpoint after {@code checkpoint}. Incrementing ids end with the number of the
   * checkpoint that commits them.
   */
  static boolean isAfter(String id, String prefix, Collection<String> restored, long checkpoint) {
    return (isOf(id, prefix) || restored.stream().anyMatch(previous -> isOf(id, previous)))
        && Long.parseLong(id.substring(id.lastIndexOf('-') + 1)) > checkpoint;
  }

  /**
   * Returns whether only subtask and number follow, so the id is not of an output with a longer
   * name.
   */
  private static boolean isOf(String id, String prefix) {
    return id.startsWith(prefix) && NUMBERS.matcher(id.substring(prefix.length())).matches();
  }
}
