package dev.outflow.compose;

import dev.outflow.option.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * The time zone of a job: {@code table.local-time-zone}, UTC by default. Flink's own default is the
 * zone of the machine that submits the job.
 *
 * <p>Flink 2.3.0 cuts windows over TIMESTAMP_LTZ by the local time of this zone, and cuts some of
 * them wrongly; {@code JobTimeZoneTest} and {@code WindowsOfZonesTest} show in which zones.
 */
record JobTimeZone(ZoneId zone) {
  static final String KEY = TableConfigOptions.LOCAL_TIME_ZONE.key();

  private static final Duration DAY = Duration.ofDays(1);

  /** Returns the zone of a job with these options. */
  static JobTimeZone of(ReadableConfig options) {
    return new JobTimeZone(ZoneId.of(options.get(TableConfigOptions.LOCAL_TIME_ZONE)));
  }

  /** Returns the zone that a cluster sets; Flink's {@code default} is not a zone. */
  static Optional<String> ofCluster(ReadableConfig cluster) {
    return cluster
        .getOptional(TableConfigOptions.LOCAL_TIME_ZONE)
        .filter(id -> !id.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue()));
  }

  /** Returns why Flink does not accept a zone, or why a job must not use it. */
  static Optional<String> problem(String id) {
    if (id.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue())) {
      return Optional.of(
          "'%s' is the time zone of the machine that submits the job; set a zone such as Europe/Berlin, or remove it for UTC"
              .formatted(id));
    }
    return isValid(id)
        ? Optional.empty()
        : Optional.of(
            "'%s' is not a time zone; use UTC, the name of a zone such as Europe/Berlin, or an offset such as GMT+02:00%s"
                .formatted(
                    id,
                    Suggestion.misspelled(new TreeSet<>(ZoneId.getAvailableZoneIds()), id)
                        .map("; did you mean '%s'?"::formatted)
                        .orElse("")));
  }

  /** Flink accepts what {@link TimeZone} and {@link ZoneId} both know. */
  private static boolean isValid(String id) {
    try {
      return TimeZone.getTimeZone(id).toZoneId().equals(ZoneId.of(id));
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Returns whether its windows are those of UTC. */
  boolean isUtc() {
    ZoneRules rules = zone.getRules();
    return rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).getTotalSeconds() == 0;
  }

  /** Returns whether its offset changes after {@code now}, as with daylight saving time. */
  boolean changes(Instant now) {
    return zone.getRules().nextTransition(now) != null;
  }

  /**
   * Returns whether windows of this length contain an hour twice, or sessions are split: unless
   * they are whole days, which are then 23 or 25 hours long.
   */
  boolean merges(Duration slice, Instant now) {
    return changes(now) && !isMultiple(slice, DAY);
  }

  /**
   * Returns whether Flink's aggregations of windows lose records: without daylight saving time, it
   * fires them at multiples of the slice in UTC, when local windows have ended long before or are
   * still open.
   *
   * @param slice the length that the boundaries of the windows are multiples of
   */
  boolean loses(Duration slice, Instant now) {
    return !TimeZone.getTimeZone(zone).useDaylightTime()
        && offsets(now).anyMatch(offset -> !isMultiple(offset, slice));
  }

  private Stream<Duration> offsets(Instant now) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition next = rules.nextTransition(now);
    return Stream.of(
            rules.getOffset(now), next == null ? rules.getOffset(now) : next.getOffsetAfter())
        .map(offset -> Duration.ofSeconds(offset.getTotalSeconds()));
  }

  private static boolean isMultiple(Duration time, Duration unit) {
    return time.toMillis() % unit.toMillis() == 0;
  }
}
