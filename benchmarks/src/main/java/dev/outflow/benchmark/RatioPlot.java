package dev.outflow.benchmark;

import java.util.List;
import java.util.Map;

/** Plots Outflow's records/s relative to each peer's: the median as a dot, the range as a line. */
record RatioPlot(List<Outcome> outcomes) {
  private static final int WIDTH = 900;
  private static final int LEFT = 330;
  private static final int RIGHT = 40;
  private static final int TOP = 56;
  private static final int ROW = 22;
  private static final double MAX_RATIO = 4.0;
  private static final String GREY = "#999";
  private static final Map<String, String> COLORS =
      Map.of(
          Peer.SQL.toString(), "#1f77b4",
          Peer.HAND_WRITTEN.toString(), "#d62728",
          Peer.PERF_TEST.toString(), "#7f7f7f");

  /** Plots the contests with peers. */
  static RatioPlot of(List<Outcome> outcomes) {
    return new RatioPlot(
        outcomes.stream()
            .filter(outcome -> outcome.scores().get(0).label().equals(Peer.OUTFLOW.toString()))
            .toList());
  }

  String svg() {
    int bottom = TOP + outcomes.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + 30);
    svg.text(LEFT, 18, "start", "Outflow's records/s relative to its peer's (median, min to max)");
    int key = LEFT;
    for (Map.Entry<String, String> peer : COLORS.entrySet()) {
      svg.dot(key, 34, peer.getValue()).text(key + 8, 38, "start", peer.getKey());
      key += 190;
    }
    for (double tick = 0; tick <= MAX_RATIO; tick += 0.25) {
      svg.line(x(tick), TOP - 6, x(tick), bottom, tick == 1 ? "black" : "#ddd");
      svg.text(x(tick), bottom + 16, "middle", String.valueOf(tick));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      row(svg, outcomes.get(i), TOP + i * ROW + ROW / 2.0);
    }
    return svg.toString();
  }

  private static void row(Svg svg, Outcome outcome, double y) {
    svg.text(LEFT - 12, y + 4, "end", outcome.title());
    for (Outcome.Score score : outcome.scores().subList(1, outcome.scores().size())) {
      Spread ratio = outcome.throughput(score);
      String color = COLORS.getOrDefault(score.label(), GREY);
      svg.line(x(ratio.min()), y, x(ratio.max()), y, color).dot(x(ratio.median()), y, color);
    }
  }

  private static double x(double ratio) {
    return LEFT + Math.min(ratio, MAX_RATIO) / MAX_RATIO * (WIDTH - LEFT - RIGHT);
  }
}
