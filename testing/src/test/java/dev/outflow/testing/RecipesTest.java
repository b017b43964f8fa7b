package dev.outflow.testing;

import dev.outflow.testing.cases.JobCases;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The recipes of docs/migrate.md give the results that it states. */
class RecipesTest {
  @TestFactory
  Stream<DynamicTest> recipesGiveTheirResults() {
    return JobCases.in(Path.of("..", "conf", "tests", "recipes"));
  }
}
