package dev.outflow.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.Draft;
import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.OutputDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.output.KafkaOutput;
import dev.outflow.option.InvalidOptionsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutates a definition: no text causes a stack trace or a long wait, and no misspelled key is
 * accepted. Repeats the same mutations unless {@code -Dseed=} is set.
 */
class FuzzTest {
  private static final int MUTATIONS = 5_000;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Path CORPUS = Path.of("src/test/resources/wrong-definitions");

  /** Keys whose names the user chooses, or that only a connector can check. */
  private static final Pattern OWN =
      Pattern.compile(
          "(?:orders|ticks|expensive|large_orders|revenue|counted|order_id|city|amount|tags|placed_at|n"
              + "|rows-per-second)");

  private static final Pattern KEY =
      Pattern.compile("(?m)(?<=^|[ {])([a-z][a-z0-9.-]+)(?=:(?: |$))");
  private static final List<String> NASTY =
      List.of(
          "",
          "~",
          "null",
          "[]",
          "{}",
          "[[[[",
          "}",
          "\"",
          "'",
          "|",
          ">",
          "&a b",
          "*a",
          "!!int x",
          "!!binary aGk=",
          "<<: {a: b}",
          "? x",
          "--- ",
          "...",
          "%TAG",
          "\t",
          "\u0000",
          "\uFEFF",
          "${env:NO}",
          "${",
          "1e999",
          "0x1F",
          "1_000",
          "12:30:45",
          "2026-11-24",
          ".nan",
          "yes",
          "\uD83D\uDE00",
          "a: b: c",
          "- - -",
          "#",
          "@",
          "`",
          "x".repeat(5_000),
          "[".repeat(2_000));

  @TempDir private Path folder;

  private final long seed = Long.getLong("seed", 20_261_124L);
  private final Random random = new Random(seed);
  private String good;

  @BeforeEach
  void copy() throws IOException {
    System.out.println("seed " + seed);
    good = Files.readString(CORPUS.resolve("job.yaml"));
    Files.createDirectories(folder.resolve("queries"));
    for (String query : List.of("queries/large_orders.sql", "queries/revenue.sql")) {
      Files.copy(CORPUS.resolve(query), folder.resolve(query));
    }
    Path file = Files.writeString(folder.resolve("job.yaml"), good);
    DefinitionReader.draft(
        DefinitionSource.of(file.toString())); // Loads classes before times are measured.
  }

  @Test
  void readsOrRejectsAnyTextWithAPlainMessage() throws IOException {
    for (int i = 0; i < MUTATIONS; i++) {
      String text = good;
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        text = changed(text);
      }
      problems(text, List.of());
    }
  }

  @Test
  void readsOrRejectsAnyOverrideWithAPlainMessage() throws IOException {
    List<String> overrides =
        List.of(
            "outputs.revenue.topic=x",
            "inputs.orders.event-time.out-of-order=5 s",
            "outputs.counted.kafka.linger.ms=5",
            "flink.parallelism.default=2",
            "queries.expensive=SELECT 1",
            "outputs.revenue.partition-key=[city]");
    for (int i = 0; i < MUTATIONS; i++) {
      problems(good, List.of(changed(overrides.get(random.nextInt(overrides.size())))));
    }
  }

  @Test
  void rejectsEveryMisspelledKey() throws IOException {
    List<MatchResult> keys =
        KEY.matcher(good).results().filter(key -> !OWN.matcher(key.group()).matches()).toList();
    assertThat(keys).hasSizeGreaterThan(30);
    for (int i = 0; i < MUTATIONS / 5; i++) {
      MatchResult key = keys.get(random.nextInt(keys.size()));
      String slip = slip(key.group());
      String text = good.substring(0, key.start()) + slip + good.substring(key.end());
      assertThat(problems(text, List.of()))
          .as("%s for %s, seed %d", slip, key.group(), seed)
          .isNotEmpty();
    }
  }

  @Test
  void rejectsEveryMisspelledOverride() throws IOException {
    for (int i = 0; i < MUTATIONS / 5; i++) {
      String path = slip("outputs.revenue.compression-type");
      assertThat(problems(good, List.of(path + "=lz4"))).as("%s, seed %d", path, seed).isNotEmpty();
    }
  }

  private List<Problem> problems(String text, List<String> sets) throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.write(file, text.getBytes(UTF_8)); // Half a surrogate becomes a question mark.
    Instant begin = Instant.now();
    List<Problem> problems = new ArrayList<>();
    try {
      Draft draft = DefinitionReader.draft(DefinitionSource.of(file.toString()).with(sets));
      problems.addAll(draft.problems());
      problems.addAll(FlinkOptionNames.misspelled(draft.definition()));
      draft.definition().outputs().forEach((alias, output) -> problems.addAll(check(output)));
    } catch (InvalidDefinitionException e) {
      problems.addAll(e.problems());
    } catch (RuntimeException | Error e) {
      fail("seed %d: %s%n%s".formatted(seed, sets, text), e);
    }
    assertThat(Duration.between(begin, Instant.now())).as(text).isLessThan(LONGEST);
    assertThat(problems)
        .as("seed %d: %s%n%s", seed, sets, text)
        .allSatisfy(
            problem ->
                assertThat(problem.message())
                    .isNotBlank()
                    .doesNotContain("Exception", "com.fasterxml", "org.snakeyaml", "\n"));
    return problems;
  }

  private static List<Problem> check(OutputDefinition output) {
    try {
      KafkaOutput.of(output.options(), "any");
      return List.of();
    } catch (InvalidOptionsException e) {
      return e.problems().stream()
          .map(problem -> new Problem(Location.of("output"), problem.key(), problem.message()))
          .toList();
    }
  }

  private String changed(String text) {
    int index = random.nextInt(text.length() + 1);
    String before = text.substring(0, index);
    String after = text.substring(index);
    return switch (random.nextInt(7)) {
      case 0 -> before + (char) (' ' + random.nextInt(95)) + after;
      case 1 -> before + after.substring(Math.min(1, after.length()));
      case 2 -> before + after.substring(Math.min(random.nextInt(40), after.length()));
      case 3 -> before + NASTY.get(random.nextInt(NASTY.size())) + after;
      case 4 -> before + NASTY.get(random.nextInt(NASTY.size())) + after.replaceFirst(".*", "");
      case 5 -> before + after.lines().findFirst().orElse("") + "\n" + after;
      default -> before;
    };
  }

  /** Adds, drops or changes a letter, or swaps two; never returns the same word. */
  private String slip(String word) {
    int index = random.nextInt(word.length() - 1);
    String before = word.substring(0, index);
    char letter = (char) ('a' + random.nextInt(26));
    String slip =
        switch (random.nextInt(4)) {
          case 0 -> before + letter + word.substring(index);
          case 1 -> before + word.substring(index + 1);
          case 2 -> before + letter + word.substring(index + 1);
          default ->
              before + word.charAt(index + 1) + word.charAt(index) + word.substring(index + 2);
        };
    return slip.equals(word) ? slip(word) : slip;
  }
}
