package dev.outflow.kafka.transaction;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * What transactional ids begin with. Two jobs with the same ids would end each other's
 * transactions, so each start of a job draws something of its own. After a restart the state of the
 * writer still has the beginning of before, by which Flink's connector finds and ends what was left
 * open.
 */
public final class TransactionalIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LETTERS = 8;
  private static final int RADIX = 36;

  /** What follows in Flink's connector, whatever the naming: subtask and number. */
  private static final Pattern NUMBERS = Pattern.compile("-\\d{1,10}-\\d{1,18}");

  /** What follows a prefix that is not of this start alone. */
  private static final Pattern START_AND_NUMBERS =
      Pattern.compile("[0-9a-z]{%d}%s".formatted(LETTERS, NUMBERS));

  private TransactionalIds() {}

  /** {@code prefix}, a hyphen and eight letters or digits that no other start has. */
  public static String prefixOfThisStart(String prefix) {
    StringBuilder start = new StringBuilder(prefix).append('-');
    RANDOM
        .ints(LETTERS, 0, RADIX)
        .forEach(letter -> start.append(Character.forDigit(letter, RADIX)));
    return start.toString();
  }

  /** Whether an id is this output's, but neither of this start nor of one that its state knows. */
  static boolean isOfAnotherStart(String id, String prefix, Collection<String> known) {
    String ofAnyStart = prefix.substring(0, prefix.length() - LETTERS);
    return id.startsWith(ofAnyStart)
        && START_AND_NUMBERS.matcher(id.substring(ofAnyStart.length())).matches()
        && !isOf(id, prefix)
        && known.stream().noneMatch(each -> isOf(id, each));
  }

  /**
   * Whether an id is of this start or of one that its state knows, and of a transaction that no
   * checkpoint up to {@code checkpoint} commits. Incrementing ids end with the number of the
   * checkpoint that commits them.
   */
  static boolean isAfter(String id, String prefix, Collection<String> known, long checkpoint) {
    return (isOf(id, prefix) || known.stream().anyMatch(each -> isOf(id, each)))
        && Long.parseLong(id.substring(id.lastIndexOf('-') + 1)) > checkpoint;
  }

  /** Whether nothing but subtask and number follows, so that it is of no longer name. */
  private static boolean isOf(String id, String start) {
    return id.startsWith(start) && NUMBERS.matcher(id.substring(start.length())).matches();
  }
}
