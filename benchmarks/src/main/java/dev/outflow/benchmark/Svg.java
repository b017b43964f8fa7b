package dev.outflow.benchmark;

import java.util.Locale;

/** Builds an SVG image; coordinates start at the top left. */
final class Svg {
  private final StringBuilder shapes = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  Svg line(double x1, double y1, double x2, double y2, String color) {
    return add(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='1.5'/>",
        x1, y1, x2, y2, color);
  }

  Svg dot(double x, double y, String color) {
    return add("<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>", x, y, color);
  }

  /** {@code anchor} is start, middle or end. */
  Svg text(double x, double y, String anchor, String text) {
    return add(
        "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
        x, y, anchor, text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private Svg add(String shape, Object... values) {
    shapes.append(String.format(Locale.ROOT, shape, values)).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return """
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1$d %2$d' font-family='sans-serif' font-size='12'>
        <rect width='%1$d' height='%2$d' fill='white'/>
        %3$s</svg>
        """
        .formatted(width, height, shapes);
  }
}
