package dev.outflow.local;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Colors of text on a terminal.
 *
 * @param on whether the output is a terminal that wants colors; otherwise text stays plain
 */
record Colors(boolean on) {
  static final Colors NONE = new Colors(false);

  /** Returns colors if the output is a terminal and the environment has no {@code NO_COLOR}. */
  static Colors auto() {
    return new Colors(Ansi.AUTO.enabled());
  }

  String bold(String text) {
    return in(text, Style.bold);
  }

  String red(String text) {
    return in(text, Style.fg_red);
  }

  String green(String text) {
    return in(text, Style.fg_green);
  }

  String yellow(String text) {
    return in(text, Style.fg_yellow);
  }

  private String in(String text, IStyle style) {
    return on && !text.isEmpty() ? style.on() + text + Style.reset.off() : text;
  }
}
