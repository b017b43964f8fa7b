package dev.outflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outflow.definition.FunctionDefinition.JavaFunction;
import dev.outflow.definition.FunctionDefinition.ScriptFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an entry of {@code functions}, and the script that it names. */
final class FunctionReader {
  private static final String SCRIPT = ".js";

  /** The type of a result unless it is declared; a result that is not a string is an error. */
  private static final String DEFAULT_RESULT = "STRING";

  private final SourceFile file;
  private final Locations locations;

  /**
   * @param file the definition, to whose directory paths are relative
   */
  FunctionReader(SourceFile file, Locations locations) {
    this.file = file;
    this.locations = locations;
  }

  /**
   * Reads an entry, which is the name of a class or script, or a map.
   *
   * @throws InvalidDefinitionException if it is inconsistent or the script cannot be read
   */
  FunctionDefinition read(String name, JsonNode entry) {
    String path = "functions." + name;
    if (entry.isTextual()) {
      String written = entry.asText().strip();
      return written.toLowerCase(Locale.ROOT).endsWith(SCRIPT)
          ? script(name, written, entry, path)
          : new JavaFunction(name, written, Optional.empty());
    }
    Optional<String> className = text(entry, "class");
    Optional<String> script = text(entry, "script");
    if (className.isPresent() == script.isPresent()) {
      throw problem(
          path,
          className.isPresent()
              ? "has both 'class' and 'script'; keep one"
              : "requires 'class' for a function in Java, or 'script' for one in JavaScript");
    }
    if (script.isPresent()) {
      reject(entry, path, "jar", "script");
      return script(name, script.get(), entry, path + ".script");
    }
    reject(entry, path, "arguments", "class");
    reject(entry, path, "returns", "class");
    return new JavaFunction(
        name, className.get(), text(entry, "jar").map(jar -> jar(jar, path + ".jar")));
  }

  private ScriptFunction script(String name, String written, JsonNode entry, String path) {
    SourceFile script =
        file.readSibling(written, message -> new Problem(locations.of(path), path, message));
    Optional<List<String>> arguments = Optional.empty();
    if (entry.has("arguments")) {
      List<String> types = new ArrayList<>();
      entry.path("arguments").forEach(type -> types.add(type.asText()));
      arguments = Optional.of(types);
    }
    return new ScriptFunction(
        name,
        script.path(),
        script.text(),
        arguments,
        text(entry, "returns").orElse(DEFAULT_RESULT));
  }

  private String jar(String written, String path) {
    return file.existingSibling(written, message -> new Problem(locations.of(path), path, message));
  }

  private void reject(JsonNode entry, String path, String key, String other) {
    if (entry.has(key)) {
      throw problem(path + "." + key, "has no effect with '%s'; remove it".formatted(other));
    }
  }

  private static Optional<String> text(JsonNode entry, String key) {
    return Optional.ofNullable(entry.get(key)).map(JsonNode::asText).map(String::strip);
  }

  private InvalidDefinitionException problem(String path, String message) {
    return new InvalidDefinitionException(List.of(new Problem(locations.of(path), path, message)));
  }
}
