package dev.outflow.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The Javadoc of a function: what it does, examples, and the page of ASA that is its source.
 *
 * @param text begins with the signature
 * @param examples lines of SQL, with their results behind {@code --}
 * @param page a link to the page of ASA's documentation
 */
record FunctionJavadoc(String name, String text, List<String> examples, Optional<String> page) {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*public final");
  private static final Pattern EXAMPLES = Pattern.compile("(?s)<pre>\\{@code(.*?)}</pre>");
  private static final Pattern SEE =
      Pattern.compile("(?s)@see <a\\s+href=\"([^\"]*)\"\\s*>(.*?)</a>");

  /** Returns the Javadoc of all functions of the module, by name. */
  static List<FunctionJavadoc> all() throws IOException {
    OutflowModule module = new OutflowModule();
    List<FunctionJavadoc> all = new ArrayList<>();
    for (String name : module.listFunctions()) {
      Class<?> type = module.getFunctionDefinition(name).orElseThrow().getClass();
      Path source = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
      all.add(of(name, Files.readString(source)));
    }
    return all;
  }

  private static FunctionJavadoc of(String name, String source) {
    String comment = first(JAVADOC, source).orElseThrow().group(1).replaceAll("(?m)^ *\\* ?", "");
    return new FunctionJavadoc(
        name,
        comment
            .replaceAll("(?s)(<pre>|@see ).*", "")
            .replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
            .replaceAll("\n {2,}(?!<li>)", "\n  ")
            .replaceAll("</?(p|ul)>\\n?", "")
            .replaceAll(" *<li>", "- ")
            .strip(),
        first(EXAMPLES, comment)
            .map(examples -> examples.group(1).strip().lines().toList())
            .orElse(List.of()),
        first(SEE, comment)
            .map(see -> "[%s](%s)".formatted(see.group(2).replaceAll("\\s+", " "), see.group(1))));
  }

  private static Optional<MatchResult> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst();
  }
}
