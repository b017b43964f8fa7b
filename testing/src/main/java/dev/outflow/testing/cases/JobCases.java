package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs the test cases of {@code ./outflow test} as JUnit tests. */
public final class JobCases {
  private JobCases() {}

  /**
   * Returns a JUnit test for each test case, for a {@code @TestFactory} method.
   *
   * @param folder as for {@code ./outflow test}, e.g. {@code conf/tests}
   * @throws dev.outflow.definition.InvalidDefinitionException with all problems of the test cases
   *     and of their jobs
   */
  public static Stream<DynamicTest> in(Path folder) {
    return CaseReader.read(List.of(folder)).stream()
        .map(test -> DynamicTest.dynamicTest(test.folder().toString(), () -> run(test)));
  }

  private static void run(JobCase test) {
    CaseResult result = test.run();
    if (!result.isPassed()) {
      fail(test.folder() + "\n" + String.join("\n", result.explanation()));
    }
  }
}
