package ${package};

import dev.outflow.testing.JobCases;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the test cases in conf/tests. */
class JobCasesTest {
  @TestFactory
  Stream<DynamicTest> casesPass() {
    return JobCases.in(Path.of("conf/tests"));
  }
}
