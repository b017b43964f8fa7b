package dev.outflow.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Maven keeps what it downloads and installs, for the one who runs this. */
final class LocalRepository {
  private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");

  private LocalRepository() {}

  /** What {@code MAVEN_OPTS} says, or where it is by default. */
  static Path path() {
    String options = Optional.ofNullable(System.getenv("MAVEN_OPTS")).orElse("");
    Matcher option = OPTION.matcher(options);
    return option.find()
        ? Path.of(option.group(1))
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }
}
