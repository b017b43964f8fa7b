package dev.outflow.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow new}: a project of one's own, made by the Maven archetype. */
@Command(
    name = "new",
    description = {
      "Makes a Maven project in a folder of its name: a job in SQL, one in Java, and tests of both.",
      "Outflow is in no public repository yet, so this installs it to the local one first."
    })
final class NewCommand implements Callable<Integer> {
  private static final String ARTIFACT_ID = "[a-z][a-z0-9]*([-._][a-z0-9]+)*";
  private static final String PACKAGE = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";
  private static final String PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the folder, and the artifactId.")
  private String name;

  @Option(
      names = "--group-id",
      paramLabel = "ID",
      defaultValue = "com.example",
      description = "The groupId. Default: ${DEFAULT-VALUE}.")
  private String groupId;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Java package. Default: the groupId.")
  private String javaPackage;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String inPackage = javaPackage == null ? groupId.replace('-', '_') : javaPackage;
    check("NAME", name, ARTIFACT_ID, "small letters, digits and hyphens, as my-job");
    check("--group-id", groupId, ARTIFACT_ID, "as com.example");
    check("--package", inPackage, PACKAGE, "as com.example.orders");
    Path folder = Path.of(name);
    if (Files.exists(folder)) {
      throw new ParameterException(
          spec.commandLine(), "there is a '%s' here already; take another name".formatted(name));
    }
    Path home = Path.of(System.getProperty("outflow.home", "."));
    PrintWriter out = spec.commandLine().getOut();
    String version = spec.root().version()[0].replaceFirst("outflow ", "");
    if (!Files.exists(LocalRepository.path().resolve("dev/outflow/outflow-archetype/" + version))) {
      out.println(
          "Installing Outflow %s to %s, because it is in no public repository yet ..."
              .formatted(version, LocalRepository.path()));
      maven(
          home,
          "-pl",
          "testing,archetype",
          "-am",
          "-DskipTests",
          "-Dspotless.check.skip",
          "-Dskip.outflow.jar",
          "install");
    }
    maven(
        Path.of(""),
        PLUGIN + ":generate",
        "-DarchetypeGroupId=dev.outflow",
        "-DarchetypeArtifactId=outflow-archetype",
        "-DarchetypeVersion=" + version,
        "-DgroupId=" + groupId,
        "-DartifactId=" + name,
        "-Dpackage=" + inPackage);
    out.println(
        """
        %s is a project of its own now. It builds and passes its tests:
          cd %1$s
          mvn verify
        and is submitted as any job:
          flink run target/%1$s.jar --config conf/job.yaml"""
            .formatted(name));
    return 0;
  }

  private void check(String what, String value, String pattern, String form) {
    if (!value.matches(pattern)) {
      throw new ParameterException(
          spec.commandLine(), "%s: '%s' is not possible; write it %s".formatted(what, value, form));
    }
  }

  private static void maven(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q"));
    command.addAll(Arrays.asList(arguments));
    Process maven =
        new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).inheritIO().start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("Maven failed, see above: " + String.join(" ", command));
    }
  }
}
