package dev.outflow.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The current user's local Maven repository. */
final class LocalRepository {
  private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");

  private LocalRepository() {}

  /** {@code maven.repo.local} in {@code MAVEN_OPTS}; Maven's default otherwise. */
  static Path path() {
    String options = Optional.ofNullable(System.getenv("MAVEN_OPTS")).orElse("");
    Matcher option = OPTION.matcher(options);
    return option.find()
        ? Path.of(option.group(1))
        : Path.of(System.getProperty("user.home"), ".m2", "repository");
  }
}
