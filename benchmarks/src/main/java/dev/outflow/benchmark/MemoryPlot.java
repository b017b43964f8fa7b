package dev.outflow.benchmark;

import java.util.List;

/** Memory over time: what lives on the heap, and what the process has. */
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
    long most = samples.stream().mapToLong(Soak.Sample::residentBytes).max().orElse(1);
    int longest = Math.max(1, samples.get(samples.size() - 1).seconds());
    Svg svg = new Svg(WIDTH, HEIGHT);
    svg.dot(LEFT + 10, 18, LIVE).text(LEFT + 20, 22, "start", "live on the heap, MB");
    svg.dot(LEFT + 190, 18, RESIDENT).text(LEFT + 200, 22, "start", "resident, MB");
    svg.line(LEFT, TOP, LEFT, BOTTOM, "black").line(LEFT, BOTTOM, WIDTH - 20, BOTTOM, "black");
    for (int quarter = 0; quarter <= 4; quarter++) {
      double y = BOTTOM - quarter / 4.0 * (BOTTOM - TOP);
      svg.text(LEFT - 6, y + 4, "end", String.valueOf((most * quarter / 4) >> 20));
      svg.text(
          x(longest * quarter / 4, longest), BOTTOM + 18, "middle", longest * quarter / 4 + " s");
    }
    for (Soak.Sample sample : samples) {
      svg.dot(x(sample.seconds(), longest), y(sample.liveBytes(), most), LIVE);
      svg.dot(x(sample.seconds(), longest), y(sample.residentBytes(), most), RESIDENT);
    }
    return svg.toString();
  }

  private static double x(int seconds, int longest) {
    return LEFT + (double) seconds / longest * (WIDTH - LEFT - 40);
  }

  private static double y(long bytes, long most) {
    return BOTTOM - (double) bytes / most * (BOTTOM - TOP);
  }
}
