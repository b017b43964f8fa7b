package dev.outflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.outflow.compose.JobComposer;
import dev.outflow.definition.DefinitionReader;
import dev.outflow.definition.DefinitionSource;
import dev.outflow.definition.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes each mistake of {@code wrong-definitions/mistakes.yaml} in the definition next to it, alone
 * and in pairs, and expects all of its problems with their locations.
 */
class WrongDefinitionsTest {
  private static final Path CORPUS = Path.of("src/test/resources/wrong-definitions");
  private static final List<Path> FILES =
      Stream.of("job.yaml", "queries/large_orders.sql", "queries/revenue.sql")
          .map(Path::of)
          .toList();

  @TempDir private Path folder;

  static List<Mistake> mistakes() throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readValue(CORPUS.resolve("mistakes.yaml").toFile(), new TypeReference<>() {});
  }

  static List<Arguments> pairsOfKinds() throws IOException {
    List<Mistake> kinds = mistakes().stream().filter(mistake -> mistake.kind() != null).toList();
    List<Arguments> pairs = new ArrayList<>();
    for (Mistake first : kinds) {
      kinds.stream()
          .skip(kinds.indexOf(first) + 1L)
          .filter(second -> !first.hides().contains(second.mistake()))
          .forEach(second -> pairs.add(Arguments.of(first, second)));
    }
    return pairs;
  }

  @Test
  void acceptsTheDefinitionWithoutMistakes() throws IOException {
    assertThat(problems(List.of())).isEmpty();
  }

  static List<Mistake> validVariants() {
    return List.of(
        valid("    topic: large-orders", "    topic: large-orders # with a remark"),
        valid("flink:", "flink:\n  pipeline.global-job-parameters: { k: v }"),
        valid("flink:", "flink:\n  metrics.scope.jm.job: a"),
        valid(
            "  execution.checkpointing.interval: 10 s",
            "  execution.checkpointing.interval: 10 s\n---"),
        valid("SELECT n FROM ticks", "\"-- first\\n/* then */ SELECT n FROM ticks\""),
        valid("linger.ms: 20", "my-plugin.linger: 20"),
        new Mistake("", null, null, null, null, "queries.revenue=SELECT 1 AS number", null, null),
        new Mistake(
            "",
            null,
            null,
            null,
            null,
            "queries.large_orders=SELECT order_id FROM orders",
            null,
            null));
  }

  private static Mistake valid(String from, String to) {
    return new Mistake(to, null, null, from, to, null, null, null);
  }

  @ParameterizedTest
  @MethodSource("validVariants")
  void acceptsValidVariants(Mistake variant) throws IOException {
    assertThat(problems(List.of(variant))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsEachMistakeAtItsLocation(Mistake mistake) throws IOException {
    assertThat(problems(List.of(mistake))).containsExactlyElementsOf(mistake.reports());
  }

  @ParameterizedTest
  @MethodSource("pairsOfKinds")
  void reportsTwoMistakesTogether(Mistake first, Mistake second) throws IOException {
    assertThat(problems(List.of(first, second)).stream().filter(WrongDefinitionsTest::isProblem))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(first.reports().stream(), second.reports().stream())
                .filter(WrongDefinitionsTest::isProblem)
                .toList());
  }

  /** One mistake can make checkable what another one leaves unchecked. */
  private static boolean isProblem(String line) {
    return !line.contains("not checked");
  }

  private List<String> problems(List<Mistake> mistakes) throws IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    for (Path file : FILES) {
      texts.put(file, Files.readString(CORPUS.resolve(file)));
    }
    List<String> sets = new ArrayList<>();
    for (Mistake mistake : mistakes) {
      mistake.makeIn(texts, sets);
    }
    Files.createDirectories(folder.resolve("queries"));
    for (Map.Entry<Path, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
    }
    try {
      JobComposer.compose(
          DefinitionReader.draft(
              DefinitionSource.of(folder.resolve("job.yaml").toString()).with(sets)),
          new Configuration(),
          StreamExecutionEnvironment::getExecutionEnvironment);
      return List.of();
    } catch (InvalidDefinitionException e) {
      return e.getMessage().lines().map(line -> line.replace(folder + "/", "")).toList();
    }
  }

  /**
   * A mistake in a definition.
   *
   * @param mistake its description
   * @param kind its kind, for one mistake of each kind; null for the others
   * @param in the file; null for job.yaml
   * @param from the correct text
   * @param to the wrong text
   * @param hides mistakes that cannot be detected until this one is fixed
   * @param set an override on the command line, instead of a wrong text
   * @param reports every line that is reported
   */
  record Mistake(
      String mistake,
      String kind,
      String in,
      String from,
      String to,
      String set,
      List<String> hides,
      List<String> reports) {

    Mistake {
      hides = hides == null ? List.of() : hides;
    }

    void makeIn(Map<Path, String> texts, List<String> sets) {
      if (set != null) {
        sets.add(set);
        return;
      }
      Path file = Path.of(in == null ? "job.yaml" : in);
      assertThat(texts.get(file)).as(mistake).containsOnlyOnce(from);
      texts.merge(file, "", (text, unused) -> text.replace(from, to));
    }

    @Override
    public String toString() {
      return mistake;
    }
  }
}
