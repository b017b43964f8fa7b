package dev.outflow.sampling.column;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The column that suits event time best, and how far it is out of order.
 *
 * @param column its name
 */
record EventTimeProposal(String column, Disorder disorder) {
  /** Such times are not those of the event. */
  private static final Pattern OTHER_TIMES =
      Pattern.compile(
          "(?i).*(?:updated|modified|expir|until|due|deadline|birth|valid|end|delete|process|ingest|sched|next).*");

  private static final Pattern EVENT_TIMES =
      Pattern.compile("(?i)(?:.*event.*|ts|time|timestamp|occurred.*|created.*|placed.*)");

  /** Event times further ahead of their arrival are those of the future. */
  private static final Duration MAX_EARLY = Duration.ofMinutes(5);

  /**
   * Proposes a column that all rows have. Names of event times come before others, then the column
   * nearest to the arrival of the records.
   *
   * @return empty if no column suits
   */
  static Optional<EventTimeProposal> of(List<SampleRow> rows, List<InferredColumn> columns) {
    return columns.stream()
        .filter(column -> column.type().isTime() && column.seen() == rows.size())
        .filter(column -> !OTHER_TIMES.matcher(column.name()).matches())
        .map(
            column ->
                new EventTimeProposal(column.name(), Disorder.of(rows, row -> millis(row, column))))
        .filter(proposal -> proposal.disorder().early().compareTo(MAX_EARLY) <= 0)
        .min(
            comparing(
                    (EventTimeProposal proposal) ->
                        !EVENT_TIMES.matcher(proposal.column()).matches())
                .thenComparing(proposal -> proposal.disorder().late()));
  }

  private static long millis(SampleRow row, InferredColumn column) {
    JsonNode value = row.values().get(column.name());
    return value.isNumber()
        ? EpochProfile.millis(value.longValue(), column.epoch().orElseThrow())
        : IsoTime.millis(value.textValue());
  }
}
