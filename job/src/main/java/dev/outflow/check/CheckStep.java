package dev.outflow.check;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A step of a check, with the steps that must succeed before it; in the order of reports. */
public enum CheckStep {
  DEFINITION,
  PLANNING,
  CONNECTOR,
  FILES(12),
  DNS(8),
  TCP(8, DNS),
  IDENTITY(13),
  VAULT(8),
  SECRETS(13, IDENTITY, VAULT),
  AUTHORITIES(8, SECRETS),
  CERTIFICATE(8, SECRETS),
  TLS(10, TCP, SECRETS, AUTHORITIES, CERTIFICATE),
  KAFKA(10, TLS, TCP),
  SASL(12, KAFKA, SECRETS, IDENTITY),
  BROKER(12, SASL, KAFKA, SECRETS, IDENTITY),
  ADVERTISED(12, BROKER),
  /** All steps up to {@link #BROKER}, for a table whose connection was checked for another one. */
  CONNECTION(20),
  REGISTRY(12),
  SCHEMA(12, REGISTRY),
  /** Which topics match {@code topic-pattern}. */
  TOPICS(12, BROKER, CONNECTION),
  TOPIC(12, BROKER, CONNECTION, TOPICS),
  LEADERS(12, TOPIC),
  READ(12, TOPIC),
  GROUP(12, TOPIC),
  WRITE(12, TOPIC),
  TRANSACTIONS(12, TOPIC),
  DOWNTIME(12, TRANSACTIONS),
  SETTINGS(12, TOPIC),
  REPLICAS(12, SETTINGS),
  RECORD_SIZE(12, SETTINGS),
  TIMESTAMPS(12, SETTINGS),
  RETENTION(12, SETTINGS),
  KEYS(12, SETTINGS),
  THROUGHPUT(12, TOPIC),
  COMPRESSION(12, TOPIC),
  CODEC(12, TOPIC),
  DEAD_LETTERS(12, BROKER, CONNECTION);

  /**
   * Steps about conditions that may resolve themselves, such as a broker that restarts, or that
   * affect only this machine. They do not prevent a job from starting.
   */
  private static final Set<CheckStep> ADVISORY =
      EnumSet.of(
          ADVERTISED,
          LEADERS,
          SETTINGS,
          REPLICAS,
          RECORD_SIZE,
          TIMESTAMPS,
          RETENTION,
          KEYS,
          THROUGHPUT,
          CODEC);

  private final Duration limit;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<CheckStep> needs;

  CheckStep(CheckStep... needs) {
    this(0, needs);
  }

  CheckStep(int limitInSeconds, CheckStep... needs) {
    this.limit = Duration.ofSeconds(limitInSeconds);
    this.needs = List.of(needs);
  }

  /** How long it may take. */
  Duration limit() {
    return limit;
  }

  /** Steps that must have succeeded before this one; steps that do not apply do not count. */
  List<CheckStep> needs() {
    return needs;
  }

  /** Returns whether the check before a job's start skips this step. */
  boolean isAdvisory() {
    return ADVISORY.contains(this);
  }

  /** The name in reports: {@code dead letters}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
