package dev.outflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Input that {@code ./outflow new} rejects; NewProjectE2ECase covers what it generates. */
class NewCommandTest {
  private final OutflowCommand outflow = new OutflowCommand();

  @Test
  void rejectsNamesThatMavenOrJavaDoNotAllow() {
    assertThat(outflow.run("new", "My Job")).isEqualTo(2);
    assertThat(outflow.err())
        .startsWith(
            "NAME: 'My Job' is invalid; use lowercase letters, digits and hyphens, e.g. my-job");
    assertThat(outflow.run("new", "my-job", "--group-id", "org..acme")).isEqualTo(2);
    assertThat(outflow.err())
        .startsWith("--group-id: 'org..acme' is invalid; use a groupId, e.g. com.example");
    assertThat(outflow.run("new", "my-job", "--package", "org.acme.my-job")).isEqualTo(2);
    assertThat(outflow.err())
        .startsWith(
            "--package: 'org.acme.my-job' is invalid; use a package name, e.g. com.example.orders");
  }

  @Test
  void rejectsPackagesWithKeywordsOfJava() {
    assertThat(outflow.run("new", "my-job", "--package", "com.class.int")).isEqualTo(2);
    assertThat(outflow.err())
        .startsWith("--package: 'com.class.int' contains a keyword of Java; choose another name");
    assertThat(outflow.run("new", "my-job", "--group-id", "com.native")).isEqualTo(2);
    assertThat(outflow.err())
        .startsWith(
            "--group-id: 'com.native' contains a keyword of Java; choose another groupId, or set --package");
  }

  @Test
  void rejectsAnExistingDirectory() {
    assertThat(outflow.run("new", "src")).isEqualTo(2);
    assertThat(outflow.err()).startsWith("'src' already exists; choose another name");
  }
}
