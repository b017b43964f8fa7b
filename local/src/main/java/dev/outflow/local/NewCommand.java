package dev.outflow.local;

import dev.outflow.embedded.TemporaryFolder;
import dev.outflow.local.project.StarterProject;
import dev.outflow.sampling.EmptySampleException;
import dev.outflow.sampling.column.NoColumnsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
      "With --from, the SQL job reads a topic: with the columns and event time of a sample, a test"
          + " case of its rows, and a generator of similar rows for './outflow run'. No consumer"
          + " group is joined, and Kafka is not modified.",
      "Outflow is not in a public Maven repository yet, so it is first installed in the local one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the topic has no records to read, or none that columns can be inferred from; or Maven failed",
      "2:invalid command line, or the topic cannot be read"
    })
final class NewCommand implements Callable<Integer> {
  private static final String ARTIFACT_ID = "[a-z][a-z0-9]*([-._][a-z0-9]+)*";
  private static final String PACKAGE = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";
  private static final String PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1";

  private static final String LAUNCHER = "outflow";

  /** What is changed in a generated project before it is moved to its place. */
  private interface Change {
    void apply(Path generated) throws IOException;
  }

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

  @ArgGroup(exclusive = false, heading = "%nFrom a topic:%n")
  private NewFrom from;

  @Override
  public Integer call() throws Exception {
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
    if (from != null) {
      return createFromTopic(project, inPackage);
    }
    create(project, inPackage, folder -> {});
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

  private int createFromTopic(Path project, String inPackage) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Path parent = Files.createTempDirectory(project.getParent(), ".outflow-new");
    try (TemporaryFolder job = new TemporaryFolder(parent)) {
      StarterProject starter = from.write(job.path(), name, spec.commandLine());
      err.println("Starting Flink for the test case ...");
      Optional<String> failure = starter.accept();
      create(project, inPackage, starter::replaceExample);
      spec.commandLine().getOut().println(from.nextSteps(starter.job(), failure));
      return failure.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (EmptySampleException | NoColumnsException e) {
      err.println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void create(Path project, String inPackage, Change change) throws Exception {
    String version = spec.root().version()[0].replaceFirst("outflow ", "");
    install(version);
    generate(project, version, inPackage, change);
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
  private void generate(Path project, String version, String inPackage, Change change)
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
      Path generated = empty.path().resolve(name);
      generated.resolve(LAUNCHER).toFile().setExecutable(true);
      change.apply(generated);
      Files.move(generated, project);
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
