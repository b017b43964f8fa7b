package dev.outflow.testing.cases;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The cases of {@code ./outflow test} as tests of JUnit. */
public final class JobCases {
  private JobCases() {}

  /**
   * A test for each case, for a method with {@code @TestFactory} to return.
   *
   * @param folder what {@code ./outflow test} would be given: {@code conf/tests}
   * @throws dev.outflow.definition.InvalidDefinitionException with everything that is wrong with
   *     the cases or with the jobs that they test
   */
  public static Stream<DynamicTest> in(Path folder) {
    return JobCase.in(folder).stream()
        .map(each -> DynamicTest.dynamicTest(each.folder().toString(), () -> pass(each)));
  }

  private static void pass(JobCase test) {
    CaseResult result = test.run();
    if (!result.isPassed()) {
      fail(test.folder() + "\n" + String.join("\n", result.explanation()));
    }
  }
}
