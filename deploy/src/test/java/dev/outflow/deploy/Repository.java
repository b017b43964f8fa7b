package dev.outflow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads files of this repository. */
final class Repository {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.*)</version>$");

  private Repository() {}

  static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  static JsonNode yaml(String path) throws IOException {
    return new YAMLMapper().readTree(text(path));
  }

  /** Returns the version in {@code pom.xml}. */
  static String version() throws IOException {
    Matcher version = VERSION.matcher(text("pom.xml"));
    if (!version.find()) {
      throw new IllegalStateException("pom.xml has no version");
    }
    return version.group(1);
  }
}
