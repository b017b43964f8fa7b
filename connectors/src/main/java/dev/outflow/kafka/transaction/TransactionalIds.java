package dev.outflow.kafka.transaction;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.regex.Matcher;
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
  private static final Pattern NUMBER = Pattern.compile("-(\\d{1,18})$");

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
        && !id.startsWith(prefix)
        && known.stream().noneMatch(id::startsWith);
  }

  /**
   * Whether an id is of this start or of one that its state knows, and of a transaction that no
   * checkpoint up to {@code checkpoint} commits. Incrementing ids end with the number of the
   * checkpoint that commits them.
   */
  static boolean isAfter(String id, String prefix, Collection<String> known, long checkpoint) {
    Matcher number = NUMBER.matcher(id);
    return (id.startsWith(prefix) || known.stream().anyMatch(id::startsWith))
        && number.find()
        && Long.parseLong(number.group(1)) > checkpoint;
  }
}
