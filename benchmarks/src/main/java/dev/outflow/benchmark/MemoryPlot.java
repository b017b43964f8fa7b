package dev.outflow.benchmark;

import java.util.List;

/** Plots heap usage after collection and the resident set over time. */
record MemoryPlot(Soak soak) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int BOTTOM = 220;
  private static final int TOP = 40;
  private static final String LIVE = "#1f77b4";
  private static final String RESIDENT = "#d62728";

  String svg() {
    List<Soak.Sample> samples = soak.samples();
    long maxBytes = samples.stream().mapToLong(Soak.Sample::residentBytes).max().orElse(1);
    int duration = Math.max(1, samples.get(samples.size() - 1).seconds());
    Svg svg = new Svg(WIDTH, HEIGHT);
    svg.dot(LEFT + 10, 18, LIVE).text(LEFT + 20, 22, "start", "heap after full GC, MB");
    svg.dot(LEFT + 190, 18, RESIDENT).text(LEFT + 200, 22, "start", "resident set, MB");
    svg.line(LEFT, TOP, LEFT, BOTTOM, "black").line(LEFT, BOTTOM, WIDTH - 20, BOTTOM, "black");
    for (int quarter = 0; quarter <= 4; quarter++) {
      double y = BOTTOM - quarter / 4.0 * (BOTTOM - TOP);
      svg.text(LEFT - 6, y + 4, "end", String.valueOf((maxBytes * quarter / 4) >> 20));
      svg.text(
          x(duration * quarter / 4, duration),
          BOTTOM + 18,
          "middle",
          duration * quarter / 4 + " s");
    }
    for (Soak.Sample sample : samples) {
      svg.dot(x(sample.seconds(), duration), y(sample.liveBytes(), maxBytes), LIVE);
      svg.dot(x(sample.seconds(), duration), y(sample.residentBytes(), maxBytes), RESIDENT);
    }
    return svg.toString();
  }

  private static double x(int seconds, int duration) {
    return LEFT + (double) seconds / duration * (WIDTH - LEFT - 40);
  }

  private static double y(long bytes, long maxBytes) {
    return BOTTOM - (double) bytes / maxBytes * (BOTTOM - TOP);
  }
}
