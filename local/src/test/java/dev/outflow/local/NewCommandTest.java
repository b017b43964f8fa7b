package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What {@code ./outflow new} refuses; NewProjectE2ECase has what it makes. */
class NewCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void namesThatMavenOrJavaCannotHaveAreRefused() {
    assertThat(outflow("new", "My Job")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "NAME: 'My Job' is not possible; write it small letters, digits and hyphens, as my-job");
    assertThat(outflow("new", "my-job", "--group-id", "org..acme")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--group-id: 'org..acme' is not possible; write it as com.example");
    assertThat(outflow("new", "my-job", "--package", "org.acme.my-job")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--package: 'org.acme.my-job' is not possible; write it as com.example.orders");
  }

  @Test
  void aFolderThatIsThereIsRefused() {
    assertThat(outflow("new", "src")).isEqualTo(2);
    assertThat(err.toString()).startsWith("there is a 'src' here already; take another name");
  }

  private int outflow(String... args) {
    err.getBuffer().setLength(0);
    return Outflow.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args);
  }
}
