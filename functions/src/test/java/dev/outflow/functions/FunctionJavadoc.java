package dev.outflow.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Javadoc of a function: what it does, examples, and the page of ASA that is its source.
 *
 * @param text begins with the signature
 * @param examples lines of SQL, with their results behind {@code --}
 * @param page the address of the page, and its title
 */
record FunctionJavadoc(String name, String text, List<String> examples, List<String> page) {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "outflow", "functions");
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
      all.add(of(name, Files.readString(SOURCES.resolve(type.getSimpleName() + ".java"))));
    }
    return all;
  }

  private static FunctionJavadoc of(String name, String source) {
    String comment = first(JAVADOC, source).group(1).replaceAll("(?m)^ *\\* ?", "");
    MatchResult see = first(SEE, comment);
    return new FunctionJavadoc(
        name,
        comment
            .replaceAll("(?s)<pre>.*", "")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .replaceAll("<p>", "")
            .strip(),
        first(EXAMPLES, comment).group(1).strip().lines().toList(),
        List.of(see.group(1), see.group(2).replaceAll("\\s+", " ")));
  }

  private static MatchResult first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException(pattern + " is missing in " + text);
    }
    return matcher.toMatchResult();
  }
}
