package dev.outflow.asa.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of a script without a project: their own scripts are next to it, as {@code NAME.js}
 * or {@code Functions/NAME.js}, or placeholders that fail.
 */
final class ScriptFunctions {
  /** How a placeholder begins. */
  static final String PLACEHOLDER = "// Placeholder: ";

  private static final Pattern CALL =
      Pattern.compile("(?i)\\b(ud[fa])\\s*\\.\\s*\\[?(\\w+)]?\\s*\\(");

  private ScriptFunctions() {}

  /** Returns a function for each name that the script calls. */
  static List<AsaFunction> of(Path file, String script) throws NotAnAsaJobException {
    Map<String, AsaFunction> functions = new LinkedHashMap<>();
    Matcher calls = CALL.matcher(script);
    while (calls.find()) {
      String kind = calls.group(1).toLowerCase(Locale.ROOT);
      String key = kind + "." + calls.group(2).toLowerCase(Locale.ROOT);
      if (!functions.containsKey(key)) {
        functions.put(key, function(file, kind.equals("uda"), calls.group(2), line(script, calls)));
      }
    }
    return List.copyOf(functions.values());
  }

  private static int line(String script, Matcher call) {
    return 1 + (int) script.substring(0, call.start()).chars().filter(c -> c == '\n').count();
  }

  private static AsaFunction function(Path file, boolean isAggregate, String alias, int line)
      throws NotAnAsaJobException {
    String name = alias + ".js";
    Path folder = file.toAbsolutePath().getParent();
    for (Path own : List.of(folder.resolve(name), folder.resolve("Functions").resolve(name))) {
      if (Files.isRegularFile(own)) {
        String path = folder.relativize(own).toString().replace('\\', '/');
        return function(alias, isAggregate, JobReader.text(own), path, 1);
      }
    }
    return function(
        alias, isAggregate, placeholder(isAggregate, alias), file.getFileName().toString(), line);
  }

  private static AsaFunction function(
      String alias, boolean isAggregate, String script, String file, int line) {
    return new AsaFunction(alias, isAggregate, script, List.of(), Optional.empty(), file, line);
  }

  private static String placeholder(boolean isAggregate, String alias) {
    String failure = "throw new Error('paste the script of %s into this file');".formatted(alias);
    String body =
        isAggregate
            ? "  this.accumulate = function () { %1$s };\n  this.computeResult = function () { %1$s };"
            : "  %1$s";
    return (PLACEHOLDER
            + "paste the script of %2$s here, unchanged.\nfunction main() {\n"
            + body
            + "\n}\n")
        .formatted(failure, alias);
  }
}
