package dev.outflow.local;

import dev.outflow.embedded.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow new}: generates a project from the Maven archetype. */
@Command(
    name = "new",
    description = {
      "Create a Maven project in a new directory: a job in SQL, one in Java, and tests for both.",
      "Outflow is not in a public Maven repository yet, so it is first installed in the local one."
    })
final class NewCommand implements Callable<Integer> {
  private static final String ARTIFACT_ID = "[a-z][a-z0-9]*([-._][a-z0-9]+)*";
  private static final String PACKAGE = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";
  private static final String PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Directory name and artifactId.")
  private String name;

  @Option(
      names = "--group-id",
      paramLabel = "ID",
      defaultValue = "com.example",
      description = "groupId. Default: ${DEFAULT-VALUE}.")
  private String groupId;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Java package. Default: the groupId.")
  private String javaPackage;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String inPackage = javaPackage == null ? groupId.replace('-', '_') : javaPackage;
    check("NAME", name, ARTIFACT_ID, "lowercase letters, digits and hyphens, e.g. my-job");
    check("--group-id", groupId, ARTIFACT_ID, "a groupId, e.g. com.example");
    check("--package", inPackage, PACKAGE, "a package name, e.g. com.example.orders");
    if (!SourceVersion.isName(inPackage)) { // For example, com.class.int.
      throw new ParameterException(
          spec.commandLine(),
          "%s: '%s' contains a keyword of Java; choose another %s"
              .formatted(
                  javaPackage == null ? "--group-id" : "--package",
                  inPackage,
                  javaPackage == null ? "groupId, or set --package" : "name"));
    }
    Path project = Path.of(name).toAbsolutePath();
    if (Files.exists(project)) {
      throw new ParameterException(
          spec.commandLine(), "'%s' already exists; choose another name".formatted(name));
    }
    String version = spec.root().version()[0].replaceFirst("outflow ", "");
    install(version);
    generate(project, version, inPackage);
    spec.commandLine()
        .getOut()
        .println(
            """
            Created %1$s. Build and test it:
              cd %1$s
              mvn verify
            Submit its SQL job to a cluster:
              flink run target/%1$s.jar --config conf/job.yaml
            Next steps: %1$s/README.md"""
                .formatted(name));
    return 0;
  }

  private void check(String what, String value, String pattern, String expected) {
    if (!value.matches(pattern)) {
      throw new ParameterException(
          spec.commandLine(), "%s: '%s' is invalid; use %s".formatted(what, value, expected));
    }
  }

  private void install(String version) throws IOException, InterruptedException {
    if (Files.exists(LocalRepository.path().resolve("dev/outflow/outflow-archetype/" + version))) {
      return;
    }
    spec.commandLine()
        .getOut()
        .println(
            "Installing Outflow %s in %s, because it is not in a public repository yet ..."
                .formatted(version, LocalRepository.path()));
    maven(
        Path.of(System.getProperty("outflow.home", ".")),
        "-P",
        "launcher",
        "-pl",
        "testing,archetype",
        "-am",
        "install");
  }

  /** In an empty directory: the plugin would add the project as a module to any pom.xml there. */
  private void generate(Path project, String version, String inPackage)
      throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory(project.getParent(), ".outflow-new");
    try (TemporaryFolder empty = new TemporaryFolder(parent)) {
      maven(
          empty.path(),
          PLUGIN + ":generate",
          "-DarchetypeCatalog=local",
          "-DarchetypeGroupId=dev.outflow",
          "-DarchetypeArtifactId=outflow-archetype",
          "-DarchetypeVersion=" + version,
          "-DgroupId=" + groupId,
          "-DartifactId=" + name,
          "-Dpackage=" + inPackage);
      Files.move(empty.path().resolve(name), project);
    }
  }

  private void maven(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q"));
    command.addAll(Arrays.asList(arguments));
    Process maven =
        new ProcessBuilder(command)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    PrintWriter err = spec.commandLine().getErr();
    try (BufferedReader output = maven.inputReader()) {
      // Maven resets the terminal's colors even if it has set none.
      output
          .lines()
          .map(line -> line.replaceAll("\u001B\\[[0-9;]*m", ""))
          .filter(line -> !line.isBlank())
          .forEach(err::println);
    }
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven failed, see above: " + String.join(" ", command));
    }
  }
}
